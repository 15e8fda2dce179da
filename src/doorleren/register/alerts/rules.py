"""What holds for alerts: how long a link holds, how often may be asked and mailed. Pure; every number stands here.

Called by the commands of alerts. None of these numbers comes from a scheme or a law.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from doorleren.core.days import AMSTERDAM

LINK_HOLDS = timedelta(hours=48)
"""How long an unconfirmed alert is kept, and its link works."""

AN_HOUR = timedelta(hours=1)
MOST_OPEN = 3
"""Alerts of one address that wait for confirmation."""

MOST_AN_HOUR = 3
"""Alerts of one address asked within an hour."""

MOST_AN_HOUR_IN_ALL = 300
"""Alerts of all addresses asked within an hour, so that nobody uses this site to mail strangers."""

FIRST_HOUR = 7
"""Mails about trainings go out from this hour on, in Amsterdam."""

MOST_IN_A_MAIL = 20
"""Trainings named in one mail; a link leads to the rest."""

MOST_FAILURES = 5
"""Days on which an address may refuse its mail before the alert ends."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How much was asked: alerts of the address that wait, its askings of the past hour, and those of everybody."""

    waiting: int
    of_address: int
    of_all: int


def has_room(asked: Asked) -> bool:
    """Whether one more alert of this address may be asked: at most 3 that wait and 3 in an hour."""
    return asked.waiting < MOST_OPEN and asked.of_address < MOST_AN_HOUR


def is_full(asked: Asked) -> bool:
    """Whether nobody may ask for now, whatever the address."""
    return asked.of_all >= MOST_AN_HOUR_IN_ALL


def link_holds(asked_at: datetime, at: datetime) -> bool:
    """Whether a link made at a moment still holds: asked on Monday at 10:00, it holds until Wednesday at 10:00."""
    return at - asked_at < LINK_HOLDS


def lapses_before(at: datetime) -> datetime:
    """Give the moment before which unconfirmed alerts have lapsed."""
    return at - LINK_HOLDS


def is_mail_time(at: datetime) -> bool:
    """Whether mails about trainings may go out at this hour."""
    return at.astimezone(AMSTERDAM).hour >= FIRST_HOUR


def is_given_up(failures: int) -> bool:
    """Whether an address has refused its mail so often that the alert ends."""
    return failures >= MOST_FAILURES
