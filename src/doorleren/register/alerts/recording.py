"""The acts of alerts in the record: which alert, never whose address or which search."""

from datetime import datetime
from typing import Literal

from doorleren.audit.acts import SITE, Details, Party, record

VISITOR = Party("visitor", "")
"""Who acts without an account: whoever asks, and whoever has the link of a mail."""


def record_asked(alert: int, language: str, *, at: datetime) -> None:
    """Record that somebody asked."""
    _record("alert_asked", alert, VISITOR, at, {"language": language})


def record_confirmed(alert: int, *, at: datetime) -> None:
    """Record that the address agreed."""
    _record("alert_confirmed", alert, VISITOR, at, {})


def record_ended(alert: int, *, at: datetime) -> None:
    """Record that whoever has the link ended it."""
    _record("alert_ended", alert, VISITOR, at, {})


def record_lapsed(alert: int, *, at: datetime) -> None:
    """Record that nobody confirmed in time."""
    _record("alert_lapsed", alert, SITE, at, {})


def record_given_up(alert: int, *, at: datetime) -> None:
    """Record that the site ended it because the address refused its mail again and again."""
    _record("alert_given_up", alert, SITE, at, {})


def record_mailed(alert: int, number: int, *, about: Literal["trainings", "rounds"], at: datetime) -> None:
    """Record that a mail about some trainings or rounds was handed over."""
    _record("alert_mailed", alert, SITE, at, {about: number})


def _record(act: str, alert: int, by: Party, at: datetime, details: Details) -> None:
    record(act, Party("alert", str(alert)), by=by, at=at, details=details)
