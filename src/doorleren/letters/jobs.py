"""Sending what waits: called by the site while it runs, and by hand after a failure."""

from collections.abc import Callable
from datetime import datetime

from doorleren.letters.commands.send_letter import send_letter
from doorleren.letters.queries import waiting

AT_ONCE = 1000


def send_waiting(
    at: Callable[[], datetime], *, most: int = AT_ONCE, tell: Callable[[int, int], None] | None = None
) -> tuple[int, int]:
    """Try letters that wait, each in a transaction of its own; give how many went out and how many did not.

    `tell` hears how many were tried, of how many.
    """
    numbers = list(waiting(at(), most))
    sent = 0
    for place, number in enumerate(numbers, 1):
        sent += send_letter(number, at=at()).sent
        if tell:
            tell(place, len(numbers))
    return sent, len(numbers) - sent
