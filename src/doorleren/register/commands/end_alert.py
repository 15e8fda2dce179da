"""End an alert with a link of any of its mails: the row goes, and the address with it."""

from datetime import datetime

from django.db import transaction

from doorleren.register.alerts.recording import record_ended
from doorleren.register.alerts.tokens import read_ending
from doorleren.register.commands.confirm_alert import LinkOver
from doorleren.register.models import Alert


def alert_to_end(token: str) -> Alert | None:
    """Give the alert that a link ends, for the page with the button; None if it has ended. Raises LinkOver. Writes nothing."""
    named = read_ending(token)
    if named is None:
        raise LinkOver
    return Alert.objects.filter(pk=named.alert).first()


def end_alert(token: str, *, at: datetime) -> Alert | None:
    """Delete the alert and give what it was; None if it had ended. Raises LinkOver for a link of no alert ever."""
    with transaction.atomic():
        named = read_ending(token)
        if named is None:
            raise LinkOver
        alert = Alert.objects.select_for_update().filter(pk=named.alert).first()
        if alert is not None:
            Alert.objects.filter(pk=alert.pk).delete()
            record_ended(alert.pk, at=at)
    return alert
