"""While very many small things are made and dropped in a stream, Python looks for cycles among them far too often.

None of a million entries refers back to itself, yet each sweep walks over all that lives. Sweeping stays on: who reads
a file for an hour must not keep what could be thrown away.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

MADE_BETWEEN, YOUNG_BETWEEN, OLD_BETWEEN = 50_000, 20, 100
"""What is made between two sweeps, and how many sweeps of the youngest pass before older ones are swept."""


@contextmanager
def swept_seldom() -> Iterator[None]:
    """Let Python look for cycles seldom within the block; afterwards as often as before. Not for blocks within others."""
    before = gc.get_threshold()
    gc.set_threshold(MADE_BETWEEN, YOUNG_BETWEEN, OLD_BETWEEN)
    try:
        yield
    finally:
        gc.set_threshold(*before)
