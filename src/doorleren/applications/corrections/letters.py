"""The letter that goes with each answer: which template, and what it says. Templates are data: `law/letters/correction_*.toml`."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from doorleren.applications.corrections.law import correction_law
from doorleren.applications.corrections.sealed import party_of, said_in
from doorleren.applications.corrections.standing import Standing
from doorleren.applications.models import ENDS, OBJECTION_ENDS, CorrectionAct
from doorleren.audit.acts import Party
from doorleren.core.days import day_of
from doorleren.letters.commands.make_letter import make_letter
from doorleren.letters.filled import Content, fill
from doorleren.letters.models import Channel, Letter
from doorleren.letters.templates import Template, read_templates
from doorleren.people.models import Body, Person
from doorleren.shipped import folder

LANGUAGE = "nl"
TEMPLATES: Mapping[str, str] = {
    CorrectionAct.EXTENDED: "correction_extended", CorrectionAct.CORRECTED: "correction_made",
    CorrectionAct.IN_PART: "correction_in_part", CorrectionAct.COMPLETED: "correction_completed",
    CorrectionAct.REFUSED: "correction_refused", CorrectionAct.OBJECTED: "correction_objected",
    CorrectionAct.MORE_TIME: "correction_more_time", CorrectionAct.UPHELD: "correction_upheld",
    CorrectionAct.UPHELD_IN_PART: "correction_upheld_in_part", CorrectionAct.REJECTED: "correction_rejected",
    CorrectionAct.INADMISSIBLE: "correction_inadmissible",
}  # fmt: skip
"""Which letter goes with which step, a kind of its own for each; the others need none."""
ONLINE = "in Mijn account, bij dit verzoek"
_NOBODY = "aanvrager"


def reference_of(number: int) -> str:
    """Give the mark under which somebody finds a request again."""
    return f"AVG-{number}"


def letter_ahead(standing: Standing, step: str, said: Mapping[str, Any], until: date | None, *, on: date) -> Content:
    """Fill the letter of a step that was not set yet, for the preview."""
    return fill(_templates()[TEMPLATES[step]], _values(standing, step, said, until), on=on, language=LANGUAGE)


def write_letter(standing: Standing, step: str, said: Mapping[str, Any], until: date | None, *, at: datetime) -> Letter:
    """Keep the letter of a step to the person; the site sends it as every letter. Raises Destroyed."""
    person = Party("person", str(standing.request.person_id))
    return make_letter(
        _templates()[TEMPLATES[step]], _values(standing, step, said, until), about=party_of(standing.request), recipient=person,
        language=LANGUAGE, channel=Channel.MESSAGE_BOX, on=day_of(at), at=at,
    )  # fmt: skip


def _values(standing: Standing, step: str, said: Mapping[str, Any], until: date | None) -> dict[str, Any]:
    request = standing.request
    body = Body.objects.get(pk=request.body_id)
    name = Person.objects.values_list("name", flat=True).get(pk=request.person_id)
    words = str(said.get("words", ""))
    return {
        "reference": reference_of(request.pk), "body": body.name, "recipient": name or _NOBODY, "address": (),
        "applied_on": day_of(request.asked_at), "question": asked_in_words(said_in(standing.asked)),
        "corrected": str(said.get("new", "")), "grounds": words, "note": words, "has_note": bool(words),
        "told": tuple(said.get("told", ())), "new_until": until or standing.due_on, "objection_open": step in ENDS, "objection_where": (ONLINE, *_where(body)),
        "appeal_open": step in OBJECTION_ENDS, "court": correction_law().objection.court[LANGUAGE],
    }  # fmt: skip


def _where(body: Body) -> tuple[str, ...]:
    """Give where one can object besides in the account."""
    return tuple(one for one in (body.objection_url, body.address) if one) or (f"per brief aan {body.name}",)


def asked_in_words(said: Mapping[str, Any]) -> str:
    """Write what was asked in one line: what is wrong, and what it should be."""
    return f"{said['wrong']} Dit moet zijn: {said['wished']}" if said.get("wished") else str(said["wrong"])


@lru_cache(maxsize=1)
def _templates() -> Mapping[str, Template]:
    return read_templates(folder("law") / "letters")
