"""Apply for admission to the register: by the provider itself, for the provider or for one of its activities."""

from datetime import datetime

from doorleren.register.access import Actor
from doorleren.register.commands.deciding import Proposal, decide
from doorleren.register.models import AdmissionDecision


def apply_for_admission(
    *, provider: int | None = None, activity: int | None = None, by: Actor, at: datetime
) -> AdmissionDecision:
    """Note that a provider asks to be admitted, itself or one activity, from the day of asking.

    Possible for who never applied, was refused or was removed. It is no decision: nobody can object to it (Awb 6:3).
    """
    return decide(Proposal("applied", provider, activity), permission="apply_for_admission", by=by, at=at)
