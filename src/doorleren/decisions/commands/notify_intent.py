"""Telling an applicant of a refusal that is meant, so that they can give a view first. Ground: Awb 4:7, 4:8 and 4:12(2)."""

from datetime import date, datetime

from django.db import transaction

from doorleren.cases.acts import PREPARING, why_said
from doorleren.cases.commands.perform import perform
from doorleren.cases.models import CaseAct
from doorleren.cases.recording import moments_of
from doorleren.cases.refusing import CaseRefused
from doorleren.cases.rules import stopped
from doorleren.core.days import day_of
from doorleren.decisions.commands.write_letter import LANGUAGE, write_letter
from doorleren.decisions.grounds import ground_of
from doorleren.decisions.letter_values import lacking
from doorleren.decisions.matters import Matter, matter_held
from doorleren.decisions.queries import assessment_in_force
from doorleren.decisions.rules import Ground
from doorleren.decisions.sealed import content_of
from doorleren.decisions.time_for_view import ensure_time_for_view
from doorleren.letters.variables import Reason
from doorleren.people.signed_in import SignedIn
from doorleren.rules.provisions import what_is_meant

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
            raise CaseRefused(why_said(why, matter.case.procedure), "intent_notified")
        ensure_time_for_view(until, day_of(at))
        details = {"until": until.isoformat(), "ground": found.id}
        act = perform(case, "intent_notified", by=by, at=at, details=details, ground=found.article)
        values = {
            "grounds": words.strip() or found.texts[LANGUAGE], "respond_until": until, "calculation": (),
            "meant": what_is_meant("refuse", matter.version.procedure, LANGUAGE), "reasons": meant_to_fail(matter, found),
        }  # fmt: skip
        write_letter(act, "intent", values, matter, at=at)
    return act


def meant_to_fail(matter: Matter, ground: Ground) -> tuple[Reason, ...]:
    """Give the conditions that are not met by the last assessment, where the refusal would rest on those, each with what was found."""
    found = assessment_in_force(matter.case.pk) if ground.given == "conditions" else None
    return () if found is None else lacking(matter, content_of(found).results, LANGUAGE)
