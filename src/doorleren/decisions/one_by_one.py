"""Acts that the site does by itself in one case after another: what goes wrong in one is said in the log, and holds up no other."""

import logging
from collections.abc import Callable, Iterable

from django.db import DataError, IntegrityError

from doorleren.core.refusals import ActRefused

log = logging.getLogger(__name__)


def one_by_one(
    cases: Iterable[int], act: Callable[[int], object], *, wrong: str, stopped: Callable[[], bool]
) -> int:  # fmt: skip
    """Do the act in these cases (ids); give in how many. What is refused is passed by. `wrong` says with %s in which case it went wrong."""
    done = 0
    for case in cases:
        if stopped():
            break
        try:
            act(case)
            done += 1
        except ActRefused:
            continue
        except (LookupError, ValueError, IntegrityError, DataError) as error:
            log.error("%s: %s: %s", wrong % case, type(error).__name__, error)
    return done
