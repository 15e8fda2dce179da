"""Acts on a case that take effect by a letter to the applicant: asking to complete, extending the term, forwarding.

Each does the act of `cases` and writes its letter in one transaction; the term moves once the letter has been sent.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from doorleren.cases.commands import ask_to_complete as asking
from doorleren.cases.commands import extend_decision as extending
from doorleren.cases.commands import forward as forwarding
from doorleren.cases.models import Case, CaseAct
from doorleren.decisions.attachments import attachments_of
from doorleren.decisions.commands.write_letter import LANGUAGE, write_letter
from doorleren.decisions.completeness import makes_incomplete
from doorleren.decisions.letter_values import of_every_letter, template_for
from doorleren.decisions.matters import matter_held, matter_of
from doorleren.letters.filled import Content, fill
from doorleren.people.models import Body
from doorleren.people.signed_in import SignedIn
from doorleren.rounds.commands.note_completeness import note_incomplete
from doorleren.rounds.completing import at_the_end
from doorleren.rounds.models import Round
from doorleren.rounds.queries import announced_for


def ask_by_letter(
    case: int, *, until: date, parts: Mapping[str, str], note: str = "", explains: bool = False, by: SignedIn, at: datetime,
) -> CaseAct:  # fmt: skip
    """Ask to complete: `parts` by code (ids of evidence or facts) in the words of the letter. Ground: Awb 4:5(1).

    `explains`: they are there, and are only to be explained. Else the application is incomplete, and where its round says so
    it has no place until it was completed (decisions/completeness.py). Raises NotAllowed, CaseRefused, DecisionRefused for
    a case that is about no application.
    """
    with transaction.atomic():
        matter = matter_held(case)
        lacks = makes_incomplete(matter.version, parts, explains=explains)
        if lacks:  # before the act: who records one locks no places after it (note_completeness)
            note_incomplete(matter.ticket.pk, by=by.party, at=at)
        act = asking.ask_to_complete(case, until=until, parts=tuple(parts), by=by, at=at, explains=not lacks)
        values = asked_values(tuple(parts.values()), until, note) | place_values(matter.round, lacks=lacks)
        write_letter(act, "asked_to_complete", values, matter, at=at)
    return act


def extend_by_letter(case: int, *, until: date, grounds: str, by: SignedIn, at: datetime) -> CaseAct:
    """Extend the term for deciding to a day; the letter says why. Ground: Awb 4:14. Raises as `ask_by_letter`."""
    with transaction.atomic():
        matter = matter_held(case)
        act = extending.extend_decision(case, until=until, by=by, at=at)
        write_letter(act, "extended", {"new_until": until, "grounds": grounds}, matter, at=at)
    return act


def forward_by_letter(case: int, *, to: str, grounds: str, by: SignedIn, at: datetime) -> CaseAct:
    """Forward to a body (its code), with word to the applicant. Ground: Awb 2:3 (recalled). Raises as `ask_by_letter`."""
    with transaction.atomic():
        matter = matter_held(case)
        act = forwarding.forward(case, to=to, by=by, at=at)
        write_letter(act, "forwarded", forwarded_values(to, grounds), matter, at=at)
    return act


def forwarded_values(to: str, grounds: str) -> dict[str, Any]:
    """Give what the letter says of where it went: the name of the body, or its code where it is not one of this site."""
    name = Body.objects.filter(code=to).values_list("name", flat=True).first()
    return {"forwarded_to": name or to, "grounds": grounds}


def asked_values(missing: Sequence[str], until: date, note: str) -> dict[str, Any]:
    """Give what the letter that asks to complete names of its own."""
    return {"missing": tuple(missing), "complete_until": until, "has_note": bool(note), "note": note}


def place_values(round_: Round, *, lacks: bool) -> dict[str, Any]:
    """Give what that letter says of the place in the order: what lacks may cost it, what is only to be explained never does."""
    announced = announced_for(round_)
    moves, last = announced.follows_completion, at_the_end(announced)
    return {"lacks": lacks, "place_last": lacks and last, "place_by_completion": lacks and moves and not last}


def letter_ahead(case: Case, kind: str, values: Mapping[str, Any], *, on: date) -> Content:
    """Give what a letter would say, for who is about to send it; nothing is kept. Raises DecisionRefused, NotFilled."""
    matter = matter_of(case)
    told = {**of_every_letter(matter, language=LANGUAGE), "attached": attachments_of(matter, kind, LANGUAGE), **values}
    return fill(template_for(case, kind), told, on=on, language=LANGUAGE)
