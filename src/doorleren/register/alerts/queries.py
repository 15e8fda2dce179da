"""What is read of alerts: how much was asked, which are due, and which trainings could be found since when."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import Q, QuerySet

from doorleren.register.alerts.rules import AN_HOUR, Asked, lapses_before
from doorleren.register.models import Alert, FirstListed


def asked(address: str, *, besides: int, at: datetime) -> Asked:
    """Count what was asked. `besides` is an alert that does not count as waiting, because it is the one asked again; 0 for none.

    Capitals in an address make no difference here.
    """
    of_address = Alert.objects.filter(address__iexact=address)
    waiting = of_address.filter(confirmed_at__isnull=True, asked_at__gt=lapses_before(at)).exclude(pk=besides)
    past_hour = Q(asked_at__gt=at - AN_HOUR)
    return Asked(waiting.count(), of_address.filter(past_hour).count(), Alert.objects.filter(past_hour).count())


def lapsed(at: datetime) -> QuerySet[Alert]:
    """Give the alerts that nobody confirmed in time."""
    return Alert.objects.filter(confirmed_at__isnull=True, asked_at__lte=lapses_before(at))


def uninvited() -> list[int]:
    """Give the alerts whose mail that asks to confirm has to go out still."""
    return list(Alert.objects.filter(invited_at__isnull=True).order_by("pk").values_list("pk", flat=True))


def due(today: date, at: datetime) -> QuerySet[Alert]:
    """Give the alerts on a search to be looked at: confirmed, not looked at today, and asked before this round began."""
    confirmed = Alert.objects.filter(scheme="", confirmed_at__isnull=False, seen_until__lte=at)
    return confirmed.exclude(looked_on__gte=today)


def on_schemes(today: date, until: datetime) -> QuerySet[Alert]:
    """Give the alerts on the rounds of a scheme that may be mailed: confirmed, and not one whose mail was refused today."""
    confirmed = Alert.objects.filter(confirmed_at__isnull=False, seen_until__lt=until).exclude(scheme="")
    return confirmed.exclude(looked_on__gte=today)


def first_listed(after: datetime, until: datetime) -> Mapping[int, datetime]:
    """Give the activities first listed after a moment and until another, with that moment."""
    return dict(FirstListed.objects.filter(at__gt=after, at__lte=until).values_list("activity", "at"))
