"""Sending what waits: called by the site while it runs, and by hand after a failure."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import count, groupby

from django.db import DatabaseError

from doorleren.letters.commands.send_letter import send_letters, together_by
from doorleren.letters.models import Channel
from doorleren.letters.queries import waiting
from doorleren.people.file_keys import DoesNotOpen

log = logging.getLogger(__name__)

AT_ONCE = 1000


def send_waiting(
    at: Callable[[], datetime], *, most: int = AT_ONCE, tell: Callable[[int, int], None] | None = None
) -> tuple[int, int]:
    """Try letters that wait, as many in a transaction as their way allows; give how many went out and how many did not.

    `tell` hears how many were tried, of how many.
    """
    found = list(waiting(at(), most))
    done = sent = 0
    for some in _together(found):
        told = count(done + 1)
        sent += _send(some, at, lambda told=told: tell and tell(next(told), len(found)))  # type: ignore[misc]
        done += len(some)
    return sent, len(found) - sent


def _send(letters: Sequence[int], at: Callable[[], datetime], tell: Callable[[], object]) -> int:
    """Send some letters; where one stands in the way of the others, each on its own. Give how many went out."""
    try:
        return sum(one.sent for one in send_letters(letters, at=at(), tell=tell))
    except (DoesNotOpen, DatabaseError) as error:
        if len(letters) == 1:
            log.error("letter %s could not be sent: %s: %s", letters[0], type(error).__name__, error)
            return 0
    return sum(_send((one,), at, tell) for one in letters)


def _together(letters: Sequence[tuple[int, str]]) -> list[list[int]]:
    """Divide letters into those that are sent together: by one channel, in their order."""
    found: list[list[int]] = []
    for channel, rows in groupby(letters, key=lambda one: one[1]):
        numbers, size = [number for number, _ in rows], together_by(Channel(channel))
        found += [numbers[first : first + size] for first in range(0, len(numbers), size)]
    return found
