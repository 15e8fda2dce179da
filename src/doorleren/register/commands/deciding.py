"""What the acts of admission share: find and lock the subject, ask access and rules, write the decision, record it.

Called by the commands of admission only, one per act; each says its ground and what it asks beyond this.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from doorleren.core.days import day_of
from doorleren.register.access import Actor, ensure, name_of
from doorleren.register.admission import Decision, may_follow
from doorleren.register.answers import ActRefused
from doorleren.register.models import Activity, AdmissionDecision, Provider
from doorleren.register.quality import CHECKS, assess
from doorleren.register.quality.reading import provider_alone
from doorleren.register.recording import record_act
from doorleren.register.standings import decisions_of
from doorleren.register.standings import standing_of_provider as provider_stands


@dataclass(frozen=True, slots=True)
class Proposal:
    """A decision that somebody wants to take: the act, what it is about (one of the two), and all it says."""

    act: str
    provider: int | None
    activity: int | None
    effective_on: date | None = None
    reason: str = ""
    checks: tuple[str, ...] = ()
    grants_a_year: int | None = None


class Overtaken(ActRefused):
    """Another decision was taken since the official looked; the sentence says to look at that one first."""


def decide(
    proposal: Proposal, *, permission: str, by: Actor, at: datetime, seen: int | None = None
) -> AdmissionDecision:
    """Take a decision if access and rules allow it. Raises Forbidden, Overtaken or another ActRefused, with the sentence.

    The provider is locked, then the activity, so that two officials who decide at once do so one after the other;
    the lock leaves deliveries alone. `seen` is the number of the last decision on the subject that the official saw, 0
    for none: with it the second of the two is told of the first, also where the rules would allow both.
    """
    if (proposal.provider is None) == (proposal.activity is None):
        raise TypeError("a decision is about a provider or about an activity: give one of the two")
    with transaction.atomic():
        provider, activity = _subject(proposal)
        ensure(by, permission, {provider.kvk})
        decided_on = day_of(at)
        effective_on = proposal.effective_on or decided_on
        before = decisions_of(provider=proposal.provider, activity=proposal.activity)
        if seen is not None and seen != max((one.number for one in before), default=0):
            raise _overtaken()
        new = Decision(proposal.act, effective_on, at, proposal.grants_a_year)
        _ask_rules(proposal, new, before, decided_on)
        if proposal.act == "admitted":
            ask_provider(provider, activity, effective_on)
        made = AdmissionDecision.objects.create(
            provider=provider if activity is None else None, activity=activity, act=proposal.act,
            effective_on=effective_on, decided_at=at, decided_by=name_of(by)[:100], checks=list(proposal.checks),
            reason=proposal.reason.strip(), grants_a_year=proposal.grants_a_year,
        )  # fmt: skip
        record_act(
            proposal.act, "provider" if activity is None else "activity", (activity or provider).pk, by=by, at=at,
            details={"decision": made.pk, "effective_on": effective_on.isoformat()},
        )  # fmt: skip
    return made


def locked_providers() -> QuerySet[Provider]:
    """Give the providers to lock; a lock that lets deliveries refer to them."""
    return Provider.objects.select_for_update(no_key=True)


def locked_activities() -> QuerySet[Activity]:
    """Give the activities to lock, as `locked_providers`."""
    return Activity.objects.select_for_update(no_key=True, of=("self",))


def _subject(proposal: Proposal) -> tuple[Provider, Activity | None]:
    number = proposal.provider
    if proposal.activity is not None:
        number = Activity.objects.filter(pk=proposal.activity).values_list("provider_id", flat=True).first()
    provider = None if number is None else locked_providers().filter(pk=number).first()
    if provider is None:
        raise ActRefused({
            "nl": f"Nummer {proposal.activity or proposal.provider} staat niet in het register.",
            "en": f"Number {proposal.activity or proposal.provider} is not in the register.",
        })  # fmt: skip
    return provider, None if proposal.activity is None else locked_activities().get(pk=proposal.activity)


def _ask_rules(proposal: Proposal, new: Decision, before: Sequence[Decision], decided_on: date) -> None:
    unknown = [name for name in proposal.checks if name not in {check.name for check in CHECKS}]
    if unknown:
        raise ActRefused({
            "nl": f"Er is geen toets met de naam “{unknown[0]}”.", "en": f"There is no check named “{unknown[0]}”.",
        })  # fmt: skip
    if proposal.act in ("refused", "suspended", "removed") and not proposal.reason.strip():
        raise ActRefused({"nl": "Geef de reden van dit besluit.", "en": "Give the reason of this decision."})
    if proposal.act == "refused" and not proposal.checks:
        raise ActRefused({
            "nl": "Noem de toets waaraan niet is voldaan.", "en": "Name the check that was not met.",
        })  # fmt: skip
    _ask_cap(proposal)
    if before and new.decided_at < max(one.decided_at for one in before):
        raise _overtaken()
    answer = may_follow(new, before, decided_on)
    if not answer.holds:
        raise ActRefused(answer.texts)


def _overtaken() -> Overtaken:
    return Overtaken({
        "nl": "Er is intussen een ander besluit genomen. Bekijk dat eerst.",
        "en": "Another decision was taken in the meantime. Look at that one first.",
    })  # fmt: skip


def _ask_cap(proposal: Proposal) -> None:
    most = proposal.grants_a_year
    if most is not None and (most < 1 or proposal.activity is None):
        raise ActRefused({
            "nl": f"Een maximum per jaar is een getal vanaf 1 en hoort bij een opleiding. Gegeven is {most}.",
            "en": f"A maximum a year is a number from 1 and belongs to a training. Given is {most}.",
        })  # fmt: skip


def ask_provider(provider: Provider, activity: Activity | None, on: date) -> None:
    """Ask for admission that the provider is recognised, and for an activity that its provider is admitted.

    Raises ActRefused with the sentence. The form of a decision asks it too, before it asks anybody to confirm.
    """
    if activity is not None and provider_stands(provider.pk, on).act != "admitted":
        raise ActRefused({
            "nl": "De opleider is op deze dag niet toegelaten. Laat eerst de opleider toe.",
            "en": "The provider is not admitted on this day. Admit the provider first.",
        })  # fmt: skip
    binding = tuple(check for check in CHECKS if check.binding)
    refused = [one for one in assess(provider_alone(provider.pk, on), binding) if one.holds is False]
    if refused:
        raise ActRefused(refused[0].texts)
