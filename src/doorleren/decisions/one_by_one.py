"""What the site does by itself with one after another, each in a transaction of its own: what goes wrong with one holds up no other."""

import logging
from collections.abc import Callable, Iterable

from django.db import DataError, IntegrityError, transaction

from doorleren.core.refusals import ActRefused

log = logging.getLogger(__name__)

FAILED = (ActRefused, LookupError, ValueError, IntegrityError, DataError)
"""What leaves one for a person, with a word in the log."""


def one_by_one(
    numbers: Iterable[int], act: Callable[[int], object], *, wrong: str, stopped: Callable[[], bool] = lambda: False,
    refusals: bool = True,
) -> int:  # fmt: skip
    """Do the act with each of these (ids); give with how many something was done: where it gave anything but nothing.

    `wrong` says with %s what went wrong with which one. `refusals`: a refusal is said too; without, it only means: not now.
    """
    done = 0
    for number in numbers:
        if stopped():
            break
        try:
            with transaction.atomic():
                done += bool(act(number))
        except FAILED as error:
            if refusals or not isinstance(error, ActRefused):
                tell(wrong, number, error)
    return done


def tell(wrong: str, number: object, error: Exception) -> None:
    """Say in the log what went wrong with one."""
    log.error("%s: %s: %s", wrong % number, type(error).__name__, " ".join(str(error).split()))
