"""Remove a provider or an activity from what is admitted. What was said of it stays; it may apply again."""

from collections.abc import Sequence
from datetime import date, datetime

from doorleren.register.access import Actor
from doorleren.register.commands.deciding import Proposal, decide
from doorleren.register.models import AdmissionDecision


def remove_from_register(
    *, provider: int | None = None, activity: int | None = None, effective_on: date | None = None, reason: str,
    checks: Sequence[str] = (), by: Actor, at: datetime, seen: int | None = None,
) -> AdmissionDecision:  # fmt: skip
    """Remove what is admitted or suspended, from today or a later day; rights in an open round stay as with `suspend`."""
    proposal = Proposal("removed", provider, activity, effective_on, reason, tuple(checks))
    return decide(proposal, permission="remove_from_register", by=by, at=at, seen=seen)
