"""The overview of all instruments that the papers describe, computed or not. Read once; the caller keeps it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from doorleren.core.texts import Texts, in_language
from doorleren.rules.faults import SchemeFault


@dataclass(frozen=True, slots=True)
class Site:
    """The website of a desk or body, and the source that names it."""

    url: str
    source: str


@dataclass(frozen=True, slots=True)
class Instrument:
    """One instrument: what it is, who runs it, for whom, the schemes it belongs to, and why it is not computed if so.

    `pillar` is "1" to "4" or "cross"; `assigned` says that the papers name no pillar and an analyst chose one.
    """

    id: str
    name: Texts
    kind: str
    pillar: str
    status: str
    runs: Texts
    for_whom: Texts
    what: Texts
    schemes: tuple[str, ...]
    computed: bool
    source: str
    why: Texts | None = None
    assigned: bool = False
    site: Site | None = None

    def called(self, language: str) -> str:
        """Give the name in a language, in Dutch if there is no other."""
        return in_language(self.name, language)


def load_instruments(path: Path) -> tuple[Instrument, ...]:
    """Read the file of instruments, in its order.

    Raises OSError if it is absent, SchemeFault if an entry is incomplete or an id occurs twice.
    """
    entries = tomllib.loads(path.read_text("utf-8")).get("instrument", [])
    found = tuple(_instrument(entry, path.name, place) for place, entry in enumerate(entries, start=1))
    names = [one.id for one in found]
    for name in names:
        if names.count(name) > 1:
            raise SchemeFault(f"{path.name}: instrument {name!r} stands there twice")
    return found


def _instrument(entry: Mapping[str, object], file: str, place: int) -> Instrument:
    content = {**entry, "pillar": str(entry.get("pillar", "")), "schemes": tuple(entry.get("schemes", ()))}  # type: ignore[arg-type]
    try:
        if "site" in entry:
            content["site"] = Site(**entry["site"])  # type: ignore[arg-type]
        return Instrument(**content)  # type: ignore[arg-type]
    except TypeError as error:
        raise SchemeFault(f"{file}, instrument {entry.get('id', place)}: {error}") from error
