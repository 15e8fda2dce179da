"""How providers and activities stand, read from their decisions: one of them, or all activities admitted on a day."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from doorleren.register.admission import Decision, Standing, admission, standing
from doorleren.register.answers import Answer
from doorleren.register.models import Activity, AdmissionDecision

EXCLUDED = frozenset({"suspended", "removed"})
"""The acts by which what was admitted no longer qualifies."""

_COLUMNS = ("act", "effective_on", "decided_at", "grants_a_year", "id")


def decisions_of(*, provider: int | None = None, activity: int | None = None) -> list[Decision]:
    """Give the decisions on one provider or one activity (name one), oldest first."""
    about = Q(provider=provider) if activity is None else Q(activity=activity)
    rows = AdmissionDecision.objects.filter(about).order_by("decided_at", "id").values_list(*_COLUMNS)
    return [Decision(*row) for row in rows]


def standing_of_provider(provider: int, on: date) -> Standing:
    """Give how a provider stands on a day."""
    return standing(decisions_of(provider=provider), on)


def standing_of_activity(activity: int, on: date) -> Standing:
    """Give how an activity itself stands on a day; whether it is admitted depends on its provider too."""
    return standing(decisions_of(activity=activity), on)


def admission_of(activity: int, on: date) -> Answer:
    """Say whether an activity is admitted on a day, itself and its provider. Raises Activity.DoesNotExist."""
    provider = Activity.objects.values_list("provider_id", flat=True).get(pk=activity)
    return admission(decisions_of(activity=activity), decisions_of(provider=provider), on)


@dataclass(frozen=True, slots=True)
class Admissions:
    """The numbers of all activities that are admitted on a day, and of those that were and are excluded now."""

    admitted: frozenset[int]
    excluded: frozenset[int]


def standings_of(activities: Sequence[int], on: date) -> dict[int, tuple[Standing, bool]]:
    """Give for some activities how each itself stands on a day, and whether it is admitted: itself and its provider."""
    owners = dict(Activity.objects.filter(pk__in=activities).values_list("pk", "provider_id"))
    about = Q(activity__in=owners) | Q(provider__in=set(owners.values()))
    told: defaultdict[tuple[int | None, int | None], list[Decision]] = defaultdict(list)
    for provider, activity, *row in AdmissionDecision.objects.filter(about).values_list(
        "provider_id", "activity_id", *_COLUMNS
    ):
        told[provider, activity].append(Decision(*row))
    found = {}
    for activity, provider in owners.items():
        own = told[None, activity]
        found[activity] = (standing(own, on), bool(admission(own, told[provider, None], on).holds))
    return found


def admitted_activities(on: date) -> frozenset[int]:
    """Give the numbers of all activities that are admitted on a day."""
    return admissions_on(on).admitted


def admissions_on(day: date) -> Admissions:
    """Give how all activities stand on a day. Excluded: suspended or removed, itself or admitted by one who is."""
    providers: defaultdict[int, list[Decision]] = defaultdict(list)
    activities: defaultdict[tuple[int, int], list[Decision]] = defaultdict(list)
    rows = AdmissionDecision.objects.values_list("provider_id", "activity_id", "activity__provider_id", *_COLUMNS)
    for provider, activity, owner, *told in rows.iterator():
        if activity is None:
            providers[provider].append(Decision(*told))
        else:
            activities[owner, activity].append(Decision(*told))
    owners = {number: standing(told, day).act for number, told in providers.items()}
    acts = {
        activity: (standing(told, day).act, owners.get(owner, "")) for (owner, activity), told in activities.items()
    }
    return Admissions(
        frozenset(activity for activity, both in acts.items() if both == ("admitted", "admitted")),
        frozenset(
            activity
            for activity, (own, owner) in acts.items()
            if own in EXCLUDED or (own == "admitted" and owner in EXCLUDED)
        ),
    )
