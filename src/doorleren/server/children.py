"""Processes that this one starts and that must not outlive it, however it ends."""

import ctypes
import shutil
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

_PR_SET_PDEATHSIG = 1


def bound(words: Sequence[str | Path], at_death: str) -> list[str]:
    """The command line that gets the signal `at_death` (INT, TERM, KILL) when the thread that starts it dies.

    Linux only; elsewhere the command is returned as it is, and a killed parent leaves it running.
    """
    setpriv = shutil.which("setpriv")
    before = [setpriv, "--pdeathsig", at_death] if setpriv else []
    return [*before, *map(str, words)]


def follow_parent() -> None:
    """Ends this process when the one that started it dies or asks; for children that a library starts for us.

    A worker that granian has just forked still has its parent's way of answering a request to stop, and
    would lose one that comes before it is ready.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
