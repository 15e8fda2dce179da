"""The letter that goes with each answer: which template, and what it says. Templates are data: `law/letters/correction_*.toml`."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from doorleren.applications.corrections.sealed import party_of, said_in
from doorleren.applications.corrections.standing import Standing
from doorleren.applications.models import CorrectionAct
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
    CorrectionAct.REFUSED: "correction_refused",
}  # fmt: skip
"""Which letter goes with which step; the others need none."""
_NOBODY = "aanvrager"


def reference_of(number: int) -> str:
    """Give the mark under which somebody finds a request again."""
    return f"AVG-{number}"


def letter_ahead(standing: Standing, step: str, said: Mapping[str, Any], until: date | None, *, on: date) -> Content:
    """Fill the letter of a step that was not set yet, for the preview."""
    return fill(_templates()[TEMPLATES[step]], _values(standing, said, until), on=on, language=LANGUAGE)


def write_letter(standing: Standing, step: str, said: Mapping[str, Any], until: date | None, *, at: datetime) -> Letter:
    """Keep the letter of a step to the person; the site sends it as every letter. Raises Destroyed."""
    person = Party("person", str(standing.request.person_id))
    return make_letter(
        _templates()[TEMPLATES[step]], _values(standing, said, until), about=party_of(standing.request), recipient=person,
        language=LANGUAGE, channel=Channel.MESSAGE_BOX, on=day_of(at), at=at,
    )  # fmt: skip


def _values(standing: Standing, said: Mapping[str, Any], until: date | None) -> dict[str, Any]:
    request = standing.request
    body = Body.objects.get(pk=request.body_id)
    name = Person.objects.values_list("name", flat=True).get(pk=request.person_id)
    words = str(said.get("words", ""))
    return {
        "reference": reference_of(request.pk), "body": body.name, "recipient": name or _NOBODY, "address": (),
        "applied_on": day_of(request.asked_at), "question": asked_in_words(said_in(standing.asked)),
        "corrected": str(said.get("new", "")), "grounds": words, "note": words, "has_note": bool(words),
        "told": tuple(said.get("told", ())), "new_until": until or standing.due_on, "objection_open": True,
        "objection_where": tuple(one for one in (body.objection_url, body.address) if one) or (f"per brief aan {body.name}",),
        "appeal_open": False, "court": "",
    }  # fmt: skip


def asked_in_words(said: Mapping[str, Any]) -> str:
    """Write what was asked in one line: what is wrong, and what it should be."""
    return f"{said['wrong']} Dit moet zijn: {said['wished']}" if said.get("wished") else str(said["wrong"])


@lru_cache(maxsize=1)
def _templates() -> Mapping[str, Template]:
    return read_templates(folder("law") / "letters")
