"""Telling an applicant of a refusal that is meant, so that they can give a view first. Ground: Awb 4:7, 4:8 and 4:12(2)."""

from datetime import date, datetime

from django.db import transaction

from doorleren.cases.commands.perform import perform
from doorleren.cases.models import CaseAct
from doorleren.decisions.commands.write_letter import write_letter
from doorleren.decisions.grounds import ground_of
from doorleren.decisions.matters import matter_held
from doorleren.people.signed_in import SignedIn


def notify_intent(case: int, ground: str, *, until: date, words: str = "", by: SignedIn, at: datetime) -> CaseAct:
    """Give notice, with the last day for a view; the letter says the ground, in `words` where there are. Gives the act.

    The words stand in the letter alone, sealed with it. Raises NotAllowed, CaseRefused, DecisionRefused.
    """
    found = ground_of(ground)
    with transaction.atomic():
        matter = matter_held(case)
        details = {"until": until.isoformat(), "ground": found.id}
        act = perform(case, "intent_notified", by=by, at=at, details=details, ground=found.article)
        values = {"grounds": words.strip() or found.texts["nl"], "respond_until": until, "calculation": ()}
        write_letter(act, "intent", values, matter, at=at)
    return act
