"""A table of a TOML file that is read key by key, so that a misspelt or superfluous key is refused, not ignored."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

from doorleren.rules.faults import SchemeFault

LANGUAGES = ("nl", "en")


def part_of(path: Path) -> "Part":
    """Read a TOML file as one table, whose name is in every fault. Raises SchemeFault for what is no TOML."""
    try:
        return Part(tomllib.loads(path.read_text("utf-8")), path.name)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SchemeFault(f"{path.name}: {error}") from error


class Part:
    """One table with its place in the file; `finish` refuses the keys that nobody asked for."""

    def __init__(self, content: Mapping[str, Any], where: str) -> None:
        """Take a table and the words that say where it stands."""
        self.content = content
        self.where = where
        self.asked: set[str] = set()

    def __bool__(self) -> bool:
        """Say whether there is anything in it."""
        return bool(self.content)

    def refuse(self, key: str, given: object, allowed: str) -> NoReturn:
        """Stop, naming file, part and key, what was given and what is allowed."""
        name = self.content.get("id")
        place = f"{self.where} {name}" if isinstance(name, str) and name not in self.where else self.where
        raise SchemeFault(f"{place}, {key}: given {given!r}, allowed is {allowed}")

    def required(self, key: str, kind: type | None = None) -> Any:
        """Give the value of a key that must be there, of a type."""
        value = self.optional(key, kind)
        if value is None:
            self.refuse(key, None, kind.__name__ if kind else "a value")
        return value

    def optional(self, key: str, kind: type | tuple[type, ...] | None = None, otherwise: Any = None) -> Any:
        """Give the value of a key that may be absent."""
        self.asked.add(key)
        value = self.content.get(key, otherwise)
        if kind is None or value is None or value is otherwise:
            return value
        exact_day = kind is date and isinstance(value, datetime)
        number_as_truth = isinstance(value, bool) and kind is not bool
        if not isinstance(value, kind) or exact_day or number_as_truth:
            wanted = kind if isinstance(kind, tuple) else (kind,)
            self.refuse(key, value, " or ".join(one.__name__ for one in wanted))
        return value

    def choice(self, key: str, allowed: Sequence[str], otherwise: str | None = None) -> str:
        """Give a text that must be one of some."""
        value: str | None = self.optional(key, str, otherwise)
        if value is None or value not in allowed:
            self.refuse(key, value, ", ".join(allowed))
        return value

    def instant(self, key: str, *, needed: bool = True) -> datetime | None:
        """Give an instant; one without a zone is refused."""
        value = self.optional(key)
        if value is None and not needed:
            return None
        if not isinstance(value, datetime) or value.tzinfo is None:
            self.refuse(key, value, "an instant with its zone, such as 2020-08-01T00:00:00+02:00")
        return value

    def texts(self, key: str, *, needed: bool = True) -> dict[str, str]:
        """Give a text per language: a table with nl, or a plain text for Dutch."""
        value = self.optional(key)
        if isinstance(value, str):
            return {"nl": value}
        if value is None and not needed:
            return {}
        if not isinstance(value, dict) or not isinstance(value.get("nl"), str):
            self.refuse(key, value, "a text in Dutch (nl) and other languages")
        return value

    def own_texts(self, *, needed: bool = True) -> dict[str, str]:
        """Give the texts that stand in the table itself under nl and en."""
        found = {language: self.optional(language, str) for language in LANGUAGES if self.optional(language)}
        if needed and "nl" not in found:
            self.refuse("nl", None, "the sentence in Dutch")
        return found

    def table(self, key: str) -> "Part":
        """Give a table within this one, empty if absent."""
        return Part(self.optional(key, dict, {}), f"{self.where}, {key}")

    def parts(self, key: str) -> list["Part"]:
        """Give the tables of a list."""
        entries = self.optional(key, list, [])
        if not all(isinstance(entry, dict) for entry in entries):
            self.refuse(key, entries, f"tables, each under [[{key}]]")
        return [Part(entry, f"{self.where}, {key} {entry.get('id', place + 1)}") for place, entry in enumerate(entries)]

    def named_parts(self) -> Iterator[tuple[str, "Part"]]:
        """Give the tables in this one by their names."""
        for name, entry in self.content.items():
            if not isinstance(entry, dict):
                self.refuse(name, entry, "a table")
            yield name, Part(entry, f"{self.where} {name}")

    def finish(self) -> None:
        """Refuse keys that nobody asked for."""
        for key in self.content:
            if key not in self.asked:
                self.refuse(key, self.content[key], "one of " + ", ".join(sorted(self.asked)))
