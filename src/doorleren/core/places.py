"""Where Doorleren keeps what it makes: one home folder, from the variables that say so."""

from collections.abc import Mapping
from pathlib import Path


def home_of(variables: Mapping[str, str]) -> Path:
    """Give the folder that DOORLEREN_HOME names, else `doorleren` in the user's data folder; absolute."""
    named = variables.get("DOORLEREN_HOME")
    if named:
        return Path(named).expanduser().absolute()
    base = variables.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(base).expanduser().absolute() / "doorleren"


def index_folder(home: Path, name: str) -> Path:
    """Give the folder of a read index, "activities" or "occupations"; all of them can be made again."""
    return home / "index" / name
