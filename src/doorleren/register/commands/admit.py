"""Admit a provider or an activity to the register; also how a suspension ends and how the most grants a year changes."""

from datetime import date, datetime

from doorleren.register.access import Actor
from doorleren.register.commands.deciding import Proposal, decide
from doorleren.register.models import AdmissionDecision


def admit(
    *, provider: int | None = None, activity: int | None = None, effective_on: date | None = None, reason: str = "",
    grants_a_year: int | None = None, by: Actor, at: datetime, seen: int | None = None,
) -> AdmissionDecision:  # fmt: skip
    """Admit from a day on (the day of the decision unless told), an activity with at most so many grants a year.

    Asks that the provider has a recognition on that day, and for an activity that its provider is admitted then.
    A provider that is suspended takes its activities with it, and brings them back when it is admitted again.
    """
    proposal = Proposal("admitted", provider, activity, effective_on, reason, (), grants_a_year)
    return decide(proposal, permission="admit", by=by, at=at, seen=seen)
