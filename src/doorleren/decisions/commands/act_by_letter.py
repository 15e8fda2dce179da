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
from doorleren.decisions.commands.write_letter import LANGUAGE, write_letter
from doorleren.decisions.letter_values import of_every_letter, template_for
from doorleren.decisions.matters import matter_held, matter_of
from doorleren.letters.filled import Content, fill
from doorleren.people.signed_in import SignedIn


def ask_by_letter(
    case: int, *, until: date, parts: Mapping[str, str], note: str = "", by: SignedIn, at: datetime
) -> CaseAct:  # fmt: skip
    """Ask to complete: `parts` by code (ids of evidence or facts) in the words of the letter. Ground: Awb 4:5(1).

    Raises NotAllowed, CaseRefused, DecisionRefused for a case that is about no application.
    """
    with transaction.atomic():
        matter = matter_held(case)
        act = asking.ask_to_complete(case, until=until, parts=tuple(parts), by=by, at=at)
        write_letter(act, "asked_to_complete", asked_values(tuple(parts.values()), until, note), matter, at=at)
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
        write_letter(act, "forwarded", {"grounds": grounds}, matter, at=at)
    return act


def asked_values(missing: Sequence[str], until: date, note: str) -> dict[str, Any]:
    """Give what the letter that asks to complete names of its own."""
    return {"missing": tuple(missing), "complete_until": until, "has_note": bool(note), "note": note}


def letter_ahead(case: Case, kind: str, values: Mapping[str, Any], *, on: date) -> Content:
    """Give what a letter would say, for who is about to send it; nothing is kept. Raises DecisionRefused, NotFilled."""
    told = {**of_every_letter(matter_of(case), language=LANGUAGE), **values}
    return fill(template_for(case, kind), told, on=on, language=LANGUAGE)
