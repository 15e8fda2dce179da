"""What the keeper of rounds tells the officials: that the clock jumped, so that nothing opens or closes by itself.

A small file in the home folder: the keeper writes it, the pages read it, and it needs no database that agrees on the time.
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

FILE = "clock-jumped.json"


@dataclass(frozen=True, slots=True)
class Jump:
    """By how many seconds the clock was seen to jump (ahead is positive), and when that was by the same clock."""

    seconds: int
    at: str


def tell_jump(home: Path, *, seconds: int, at: datetime) -> None:
    """Say that the clock jumped."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = home / f"{FILE}.new"
    fresh.write_text(json.dumps(asdict(Jump(seconds, at.isoformat()))))
    fresh.replace(home / FILE)


def clear_jump(home: Path) -> None:
    """Take it back: the clock is right."""
    (home / FILE).unlink(missing_ok=True)


def jump_told(home: Path) -> Jump | None:
    """Give what was said; None where nothing is wrong."""
    try:
        return Jump(**json.loads((home / FILE).read_text()))
    except (FileNotFoundError, ValueError, TypeError):
        return None
