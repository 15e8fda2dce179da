"""The rows of all that matches some words, taken out of tantivy, and the last of them kept.

Taking a row out costs some 150 ns, so a common word costs milliseconds. Who narrows a search, sorts it or turns a page
asks the same words again, and many people ask the same words: what was taken out is kept for the next question.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

import polars as pl

KEPT_TIMES = 8
"""How many rows are kept at most, in times the activities: 4 bytes each, so 32 MB for a million activities."""


class KeptRows:
    """What was taken out of one version of the index for the questions asked last; safe to use from several threads."""

    def __init__(self, activities: int) -> None:
        """Keep at most KEPT_TIMES as many rows as there are activities."""
        self._most = KEPT_TIMES * activities
        self._kept: OrderedDict[Hashable, pl.Series] = OrderedDict()
        self._rows = 0
        self._guard = Lock()

    def of(self, question: Hashable, take_out: Callable[[], pl.Series]) -> pl.Series:
        """Give what a question matches, as kept or else as `take_out` finds it; two may look for the same at once."""
        with self._guard:
            if question in self._kept:
                self._kept.move_to_end(question)
                return self._kept[question]
        found = take_out()
        with self._guard:
            self._keep(question, found)
        return found

    def _keep(self, question: Hashable, found: pl.Series) -> None:
        """Keep the newest, and let go of what was asked longest ago."""
        if question not in self._kept:
            self._rows += len(found)
        self._kept[question] = found
        while self._rows > self._most:
            _, gone = self._kept.popitem(last=False)
            self._rows -= len(gone)
