"""Looking along what waits, some at a time, so that no look takes all of it and nothing is passed over."""

from collections.abc import Sequence
from dataclasses import dataclass

AT_ONCE = 200
"""How many are looked at before something else has its turn."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What one look did, and after which number the next one goes on; None: there is no more."""

    done: int
    after: int | None


def looked(done: int, numbers: Sequence[int], most: int) -> Looked:
    """Tell of a look at these numbers, in order, where there could be `most`. Example: fewer than that: there is no more."""
    return Looked(done, numbers[-1] if len(numbers) == most else None)
