"""While very many small things are made and dropped in a stream, Python looks for cycles among them far too often.

None of a million entries refers back to itself, yet each sweep walks over all that lives. Sweeping stays on: who reads
a file for an hour must not keep what could be thrown away. How often is swept holds for the whole process, in which
two files may be read at once: the last block that ends puts back what stood before the first.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

MADE_BETWEEN, YOUNG_BETWEEN, OLD_BETWEEN = 50_000, 20, 100
"""What is made between two sweeps, and how many sweeps of the youngest pass before older ones are swept."""

_guard = Lock()
_before: list[tuple[int, int, int]] = []
"""What each running block found; the first found what must stand again in the end."""


@contextmanager
def swept_seldom() -> Iterator[None]:
    """Let Python look for cycles seldom within the block; after the last of the blocks as often as before the first."""
    with _guard:
        _before.append(gc.get_threshold())
        gc.set_threshold(MADE_BETWEEN, YOUNG_BETWEEN, OLD_BETWEEN)
    try:
        yield
    finally:
        with _guard:
            first = _before[0]
            _before.pop()
            if not _before:
                gc.set_threshold(*first)
