"""Confirm an alert with the link of its mail: from now on mails about new trainings go out."""

from datetime import datetime

from django.db import transaction

from doorleren.register.alerts.recording import record_confirmed
from doorleren.register.alerts.tokens import read_confirming
from doorleren.register.models import Alert


class LinkOver(Exception):
    """The link is not one of this site, its time is over, or its alert is not there any more."""


def alert_to_confirm(token: str, *, at: datetime) -> Alert:
    """Give the alert that a link confirms, for the page with the button. Raises LinkOver. Writes nothing."""
    return _named(token, at, lock=False)


def confirm_alert(token: str, *, at: datetime) -> Alert:
    """Confirm. A second time changes nothing. Raises LinkOver."""
    with transaction.atomic():
        alert = _named(token, at, lock=True)
        if alert.confirmed_at is None:
            alert.confirmed_at = at
            alert.save(update_fields=["confirmed_at"])
            record_confirmed(alert.pk, at=at)
    return alert


def _named(token: str, at: datetime, *, lock: bool) -> Alert:
    named = read_confirming(token, at)
    if named is None or not named.holds:
        raise LinkOver
    alerts = Alert.objects.select_for_update() if lock else Alert.objects.all()
    alert = alerts.filter(pk=named.alert).first()
    if alert is None:
        raise LinkOver
    return alert
