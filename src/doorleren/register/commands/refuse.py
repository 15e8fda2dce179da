"""Refuse the admission that a provider applied for, with the reason and the checks that were not met."""

from collections.abc import Sequence
from datetime import datetime

from doorleren.register.access import Actor
from doorleren.register.commands.deciding import Proposal, decide
from doorleren.register.models import AdmissionDecision


def refuse(
    *, provider: int | None = None, activity: int | None = None, reason: str, checks: Sequence[str], by: Actor,
    at: datetime, seen: int | None = None,
) -> AdmissionDecision:  # fmt: skip
    """Refuse what was applied for, today; `checks` are names of `register.quality`, at least one.

    The provider may object, and may apply again.
    """
    proposal = Proposal("refused", provider, activity, None, reason, tuple(checks))
    return decide(proposal, permission="refuse", by=by, at=at, seen=seen)
