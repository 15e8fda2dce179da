"""Who gives the training of a row of a CSV: by its code, else its KvK number, else its name, else the provider of the file.

A KvK number that is none ("abc", seven digits) refuses the row only where nothing else says whose it is. What a user
means is then known: a row with a code or a name is of that provider, and stands without the number, with a remark. A
row with neither is of the provider of the whole file, if no other row has a number of somebody else; in a file that
tells providers apart by their numbers it could be anybody's, and is refused.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from doorleren.register.entries import ProviderEntry, Recognition
from doorleren.register.intake.codes import read_kvk
from doorleren.register.intake.faults import Fault, Misread
from doorleren.register.intake.texts import slug

LOST_KVK = "?"
"""Among what is told of a provider: a KvK number stands there, and cannot be read."""
MOST_KEPT = 100_000


@dataclass(slots=True)
class Owners:
    """The providers of a file. `default` is the code of the one for rows that name none, or an empty text.

    `of_name` gives the KvK number that the first rows have with a name, so that a row whose number is broken does not
    make a second provider of that name; `others` says that those rows have numbers of others than the default.
    """

    default: str
    of_name: Mapping[str, str] = field(default_factory=dict)
    others: bool = False
    made: dict[tuple[Any, ...], ProviderEntry] = field(default_factory=dict)

    def of(self, told: dict[str, Any]) -> ProviderEntry | None:
        """Give the provider of a row by what it tells (by the name of a target behind "provider."), or None."""
        known = tuple(told.items())
        if known in self.made:
            return self.made[known]
        name, lost = told.get("name", ""), told.get(LOST_KVK, False)
        found = self.of_name.get(slug(name), "") if lost else ""
        code = told.get("code") or told.get("kvk") or found or slug(name) or self._default(lost=lost)
        if not code:
            return None
        route = told.get("recognition")
        recognitions = told.get("recognitions") or ((Recognition(route),) if route else ())
        rest = {
            key: value
            for key, value in told.items()
            if key not in ("code", "name", "recognition", "recognitions", LOST_KVK)
        }
        if found and "code" not in told:
            rest["kvk"] = found
        made = ProviderEntry(code, name or code, recognitions=recognitions, **rest)
        if len(self.made) < MOST_KEPT:
            self.made[known] = made
        return made

    def _default(self, *, lost: bool) -> str:
        return "" if lost and self.others else self.default


def owners_of(default: str, told: Iterable[tuple[str, str]]) -> Owners:
    """Begin with the first rows of a file: their names of providers and KvK numbers, as they stand there, or empty."""
    named: dict[str, set[str]] = {}
    others = False
    for name, number in told:
        try:
            kvk = read_kvk(number)
        except Misread:
            continue
        named.setdefault(slug(name), set()).add(kvk)
        others = others or kvk != default
    one_each = {name: next(iter(found)) for name, found in named.items() if name and len(found) == 1}
    return Owners(default, one_each, others)


def lighter(faults: Iterable[Fault], owner: ProviderEntry | None) -> list[Fault]:
    """Let a row whose provider is known stand without its KvK number."""
    return [replace(one, refuses=False) if owner is not None and one.field == "provider.kvk" else one for one in faults]
