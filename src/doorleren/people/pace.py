"""How often something may be done: so many times in a stretch of time, counted per process."""

from collections import OrderedDict
from datetime import datetime, timedelta
from threading import Lock


class Pace:
    """At most `most` times in `within` for each name. The stretch begins with the first time and is not renewed by others."""

    def __init__(self, most: int, within: timedelta, *, names: int = 10_000) -> None:
        """Remember at most so many names; beyond that the one whose stretch began first is forgotten."""
        self.most, self.within, self.names = most, within, names
        self._counted: OrderedDict[str, tuple[datetime, int]] = OrderedDict()
        self._lock = Lock()

    def wait(self, name: str, *, at: datetime) -> timedelta | None:
        """Count one more time and give None; where it is too often, count nothing and give how long to wait."""
        with self._lock:
            begun, times = self._counted.get(name, (at, 0))
            if not begun <= at < begun + self.within:  # also where the clock went back
                self._counted.pop(name, None)
                begun, times = at, 0
            if times >= self.most:
                return begun + self.within - at
            self._counted[name] = (begun, times + 1)
            while len(self._counted) > self.names:
                self._counted.popitem(last=False)
        return None
