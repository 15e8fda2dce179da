"""Suspend a provider or an activity from a day on. `admit` ends it, or calls it off before that day."""

from collections.abc import Sequence
from datetime import date, datetime

from doorleren.register.access import Actor
from doorleren.register.commands.deciding import Proposal, decide
from doorleren.register.models import AdmissionDecision


def suspend(
    *, provider: int | None = None, activity: int | None = None, effective_on: date, reason: str,
    checks: Sequence[str] = (), by: Actor, at: datetime, seen: int | None = None,
) -> AdmissionDecision:  # fmt: skip
    """Suspend what is admitted, from today or a later day.

    Who filed an application in an open round before that day keeps the right (`admission.right_of_application`).
    """
    proposal = Proposal("suspended", provider, activity, effective_on, reason, tuple(checks))
    return decide(proposal, permission="suspend", by=by, at=at, seen=seen)
