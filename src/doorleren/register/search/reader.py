"""The index as a server holds it: whatever version is in use, opened again when another one takes its place."""

from pathlib import Path
from threading import Lock

from doorleren.register.search import versions
from doorleren.register.search.opened import Damaged
from doorleren.register.search.searching import Index

ABSENT, BEING_BUILT, BROKEN = "absent", "being_built", "broken"


class IndexUnavailable(Exception):
    """There is no index to ask: `state` is "absent" (never built), "being_built" or "broken" (build it anew)."""

    def __init__(self, state: str, reason: str = "") -> None:
        """Keep the state for the page that says so."""
        super().__init__(f"the index is {state}{': ' if reason else ''}{reason}")
        self.state = state


class Reader:
    """Opens the index in a folder when it is first asked for; costs one look at the file system after that."""

    def __init__(self, root: Path) -> None:
        """Name the folder; nothing is opened yet."""
        self._root = root
        self._lock = Lock()
        self._stamp = (0, 0)
        self._index: Index | None = None
        self._fault = ""

    def index(self) -> Index:
        """Give the index in use; the one before it while a new one is broken. Raises IndexUnavailable."""
        if versions.stamp(self._root) != self._stamp:
            with self._lock:
                self._reopen()
        if self._index is None:
            raise IndexUnavailable(self._state(), self._fault)
        return self._index

    def _reopen(self) -> None:
        stamp = versions.stamp(self._root)
        if stamp == self._stamp:
            return
        folder = versions.current(self._root)
        try:
            if folder is None:
                raise Damaged("no version is named")
            self._index, self._fault = Index(folder), ""
        except Damaged as fault:
            self._fault = str(fault)
        self._stamp = stamp

    def _state(self) -> str:
        if versions.being_built(self._root):
            return BEING_BUILT
        return BROKEN if self._fault and self._stamp != (0, 0) else ABSENT
