"""Deviating from a scheme in a special case, because its rules would be too hard here. Kaderregeling art. 1.6.

It decides nothing by itself: whoever decides can then grant although a condition is not met. Nothing is computed from it.
"""

from datetime import datetime

from django.db import transaction

from doorleren.applications.entered_for import took_part
from doorleren.cases.commands.perform import perform
from doorleren.cases.models import CaseAct
from doorleren.decisions.matters import matter_held
from doorleren.decisions.said_with_acts import ensure_said, keep_words
from doorleren.people.access import NotAllowed, Refused
from doorleren.people.signed_in import SignedIn

WHY_HARD = {
    "nl": "Schrijf op waarom de regel hier te hard uitpakt, en hoe u de belangen hebt afgewogen.",
    "en": "Write down why the rule is too hard here, and how you weighed the interests.",
}  # fmt: skip


def apply_hardship(case: int, weighing: str, *, by: SignedIn, at: datetime) -> CaseAct:
    """Apply the hardship clause, with the weighing in words. Gives the act. Raises NotAllowed, CaseRefused, DecisionRefused."""
    with transaction.atomic():
        matter = matter_held(case)
        if by.person in took_part(matter.application.pk):
            raise NotAllowed(Refused("entered_it"))
        told = ensure_said(weighing, "weighing", WHY_HARD)
        act = perform(case, "hardship_applied", by=by, at=at)
        keep_words(act, told, at=at)
    return act
