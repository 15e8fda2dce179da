"""A register with an index, somebody who has an alert on it, and rounds of mails; what the tests of alerts share."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from doorleren.core.days import day_of
from doorleren.register.alerts.tokens import confirming
from doorleren.register.commands.ask_for_alert import ask_for_alert
from doorleren.register.commands.confirm_alert import confirm_alert
from doorleren.register.commands.rebuild_index import rebuild_index
from doorleren.register.commands.send_alerts import Sent, send_alerts
from doorleren.register.entries import Entry
from doorleren.register.models import Alert
from doorleren.register.portal import Portal
from doorleren.web import known
from doorleren.web.portal.alert_pages import AlertPages
from tests.register.commands.scene import KVK, receive

AT = datetime(2026, 5, 1, 9, tzinfo=UTC)
SITE = "https://doorleren.example"
PAGES = AlertPages(SITE)
ADA = "ada@voorbeeld.nl"


def day(number: int, *, hour: int = 9) -> datetime:
    """An hour on a day in May 2026."""
    return AT.replace(hour=hour) + timedelta(days=number - 1)


def welding(code: str, title: str = "Lassen", **more: object) -> Entry:
    """A training of the school."""
    return Entry(KVK, code, f"{title} {code}", **more)  # type: ignore[arg-type]


@dataclass
class Site:
    """The portal on a home of its own."""

    home: Path

    def __post_init__(self) -> None:
        self.portal = Portal(known.library(), self.home)

    def receive(self, *entries: Entry, at: datetime) -> None:
        """Take entries in and build the index anew, as the site does after a delivery."""
        receive(*entries, at=at)
        self.rebuild(at)

    def rebuild(self, at: datetime) -> None:
        """Build the index for a day."""
        rebuild_index(self.portal.library, self.home, today=day_of(at))

    def round(self, at: datetime) -> Sent:
        """Send what is due."""
        return send_alerts(self.portal, pages=PAGES, at=at, today=day_of(at))


def asked(search: str = "q=lassen", *, address: str = ADA, at: datetime = AT, language: str = "nl") -> Alert:
    """An alert that waits for confirmation."""
    number = ask_for_alert(address, search, language=language, at=at)
    assert number is not None
    return Alert.objects.get(pk=number)


def confirmed(search: str = "q=lassen", *, address: str = ADA, at: datetime = AT, language: str = "nl") -> Alert:
    """An alert that is on, whose question to confirm has gone."""
    one = asked(search, address=address, at=at, language=language)
    Alert.objects.filter(pk=one.pk).update(invited_at=at)
    return confirm_alert(confirming(one.pk, one.asked_at), at=at)
