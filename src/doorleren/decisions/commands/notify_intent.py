"""Telling an applicant of a refusal that is meant, so that they can give a view first. Ground: Awb 4:7, 4:8 and 4:12(2)."""

from datetime import date, datetime

from django.db import transaction

from doorleren.cases.acts import PREPARING
from doorleren.cases.commands.perform import perform
from doorleren.cases.models import CaseAct
from doorleren.cases.recording import moments_of
from doorleren.cases.refusing import CaseRefused
from doorleren.cases.rules import stopped
from doorleren.decisions.commands.write_letter import write_letter
from doorleren.decisions.grounds import ground_of
from doorleren.decisions.matters import matter_held
from doorleren.people.signed_in import SignedIn

STOPPED = PREPARING
"""What stops it: notice of intent is given of other acts too, but a refusal can be meant only until it has been decided."""


def notify_intent(case: int, ground: str, *, until: date, words: str = "", by: SignedIn, at: datetime) -> CaseAct:
    """Give notice, with the last day for a view; the letter says the ground, in `words` where there are. Gives the act.

    The words stand in the letter alone, sealed with it. Raises NotAllowed, CaseRefused, DecisionRefused.
    """
    found = ground_of(ground)
    with transaction.atomic():
        matter = matter_held(case)
        why = stopped(STOPPED, moments_of(matter.case))
        if why is not None:
            raise CaseRefused(why, "intent_notified")
        details = {"until": until.isoformat(), "ground": found.id}
        act = perform(case, "intent_notified", by=by, at=at, details=details, ground=found.article)
        values = {"grounds": words.strip() or found.texts["nl"], "respond_until": until, "calculation": ()}
        write_letter(act, "intent", values, matter, at=at)
    return act
