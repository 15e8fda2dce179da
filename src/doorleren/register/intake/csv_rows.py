"""One record of a CSV to an entry with its provider: values are read, put together and checked against each other."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from doorleren.register.entries import PRICE_PARTS, Entry, PricePart, ProviderEntry, Recognition, Run
from doorleren.register.intake import checks, days
from doorleren.register.intake.amounts import says_free
from doorleren.register.intake.faults import Fault, Misread, fault
from doorleren.register.intake.records import Broken
from doorleren.register.intake.rows import Row
from doorleren.register.intake.targets import Target
from doorleren.register.intake.texts import DAMAGED, LONGEST_TEXT, LONGEST_VALUE, calculates, is_formula, slug, too_long
from doorleren.register.intake.words import is_untold

MOST_REMEMBERED = 4096
"""Values of a column whose reading is remembered: prices, days and words come back."""

_TEXTS = frozenset({"text", "list", "code"})
_DAYS = frozenset({"day", "end"})
_ENDS = frozenset({1, 28, 29, 30, 31})
"""Days that a month alone can have been read as."""
_LISTS = frozenset({"esco", "runs", "recognitions", "locations"})
_GROUPS = {"price": 1, "run": 2, "provider": 3}
ONLINE = frozenset({"online", "op afstand", "digitaal", "e-learning", "internet", "thuis", "virtual", "remote"})
"""What some write where a place is asked for: no place, but a way of delivery."""
TOTALS = frozenset({
    "totaal", "subtotaal", "eindtotaal", "totalen", "som", "total", "totals", "subtotal", "grand total", "sum", "gesamt",
    "gesamtsumme", "summe", "somme", "total général",
})  # fmt: skip
"""What stands in front of the sums below a table."""
SEVERAL = 4
"""Cells that rows usually tell, from which on a title alone is a heading or a remark."""
A_TRAINING = {
    "nl": "een rij met een opleiding; dit is een optelling, een kopje of een opmerking",
    "en": "a row with a training; this is a sum, a heading or a remark",
}


@dataclass(slots=True)
class Field:
    """A mapped column: its place and name, what it is, how it is read, and the values read before.

    `exact` is a column of our own open data, in which an empty cell alone is not told: "none" is a word there.
    """

    place: int
    column: str
    target: Target
    read: Callable[[str], Any]
    exact: bool = False
    group: int = 0
    key: str = ""
    is_text: bool = False
    known: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Work out once where the value goes."""
        first, _, rest = self.target.name.partition(".")
        self.group = _GROUPS.get(first, 0)
        self.key = rest if self.group else self.target.name if self.target.name == "delivery.online" else first
        self.is_text = self.target.kind in _TEXTS

    def value(self, raw: str) -> Any:
        """Read a value; None is not told. Raises Misread."""
        if self.is_text:
            return self.read(raw)
        if len(raw) > LONGEST_VALUE and self.target.kind not in _LISTS:
            raise too_long(LONGEST_VALUE)
        found = None if not self.exact and is_untold(raw) else self.read(raw.strip())
        if len(self.known) < MOST_REMEMBERED and len(raw) < 100:
            self.known[raw] = found
        return found


@dataclass(slots=True)
class RowReader:
    """Reads records one after another; remembers the codes it has seen, to find the second of two."""

    fields: list[Field]
    width: int
    text_language: str
    default_provider: str
    damaged: bool
    usual: int = 0
    seen: dict[str, dict[str, int]] = field(default_factory=dict)
    rows_seen: dict[str, set[int]] = field(default_factory=dict)
    providers: dict[tuple[Any, ...], ProviderEntry] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Work out once by which column a field is called; of several the first."""
        for one in reversed(self.fields):
            self.columns[one.target.name] = one.column

    def row(self, number: int, cells: list[str]) -> Row:
        """Give the row of a record; never raises for what the record holds."""
        wrong = self._shape(number, cells)
        if wrong is not None:
            return Row(number, None, None, (wrong,))
        told: tuple[dict[str, Any], ...] = ({}, {}, {}, {})
        faults: list[Fault] = []
        formulas: list[str] = []
        width = len(cells)
        for one in self.fields:
            raw = cells[one.place] if one.place < width else ""
            if not raw:
                continue
            try:
                value = one.known[raw] if raw in one.known else self._read(one, raw)
            except Misread as error:
                refuses = one.target.refuses if error.refuses is None else error.refuses
                faults.append(
                    fault(number, one.target.name, raw, error.allowed, refuses=refuses, column=one.column)
                )  # fmt: skip
                if one.group == 1 and one.key != "total":
                    told[1][""] = None
                continue
            if value is None:
                continue
            if value == 0 and one.target.kind == "price" and says_free(raw):
                faults.append(checks.read_as_free(number, one.target.name, raw, one.column))
            if one.target.kind in _DAYS and isinstance(value, date) and value.day in _ENDS and days.says_month(raw):
                faults.append(checks.read_as_day(number, one.target.name, raw, value, one.column))
            if one.is_text and value and is_formula(value if isinstance(value, str) else value[0]):
                formulas.append(one.target.name)
                if calculates(raw):
                    faults.append(checks.read_as_text(number, one.target.name, raw, one.column))
            group = told[one.group]
            if one.key not in group:
                group[one.key] = value
            elif one.target.adds:
                group[one.key] = _together(group[one.key], value)
        made = self._made(number, cells, told, faults, tuple(formulas))
        return made if not made.faults else replace(made, faults=tuple(checks.in_columns(made.faults, self.columns)))

    def _read(self, one: Field, raw: str) -> Any:
        if self.damaged and "\ufffd" in raw:
            raise Misread(DAMAGED, refuses=True)
        return one.value(raw)

    def _shape(self, number: int, cells: list[str]) -> Fault | None:
        """Say what is wrong with the record as a whole: quotes, a giant cell, more cells than columns."""
        if isinstance(cells, Broken) and len(cells) != self.width:
            if not cells:
                return fault(number, "row", "…", too_long(LONGEST_TEXT).allowed)
        elif len(cells) <= self.width or not any(cells[self.width :]):
            return None
        allowed = {
            "nl": f"een rij van {self.width} cellen, met om een cel geen of twee aanhalingstekens",
            "en": f"a row of {self.width} cells, each with no quotes around it or two",
        }
        return fault(number, "row", " | ".join(cells[:5]), allowed)

    def _made(
        self, number: int, cells: list[str], told: tuple[dict[str, Any], ...], faults: list[Fault],
        formulas: tuple[str, ...],
    ) -> Row:  # fmt: skip
        values, prices, run, provider = told
        if self._is_no_training(cells, told):
            return Row(number, None, None, (fault(number, "row", " ".join(cells)[:LONGEST_VALUE].strip(), A_TRAINING),))
        owner = self._provider(provider)
        named = values.get("code") or self._derived(owner, values.get("title"), cells)
        values["code"] = named
        faults += checks.of_values(number, values, owner, faults)
        if prices:
            values["prices"], wrong = _prices(number, prices)
            faults = (
                [_lighter(one) for one in faults] + wrong
                if any(part.cents for part in values["prices"])
                else faults + wrong
            )
        if run.get("place", "").lower() in ONLINE:
            del run["place"]
            values.setdefault("delivery", "online")
        if run:
            values.setdefault("runs", (Run(**run),))
        for one in values.get("runs", ()):
            faults += checks.of_run(number, one)
        if any(one.refuses for one in faults) or owner is None:
            return Row(number, None, owner, tuple(faults), formulas)
        again = self._again(number, owner.code, named)
        if again is not None:
            return Row(number, None, owner, (*faults, again), formulas)
        _settle(values)
        values.setdefault("language", "")
        values.setdefault("text_language", self.text_language)
        return Row(number, Entry(owner.code, **values), owner, tuple(faults), formulas)

    def _is_no_training(self, cells: list[str], told: tuple[dict[str, Any], ...]) -> bool:
        """Whether the row is a sum below the table, or a heading or remark: one cell where rows have many."""
        title = told[0].get("title")
        if title is None or self.fields[0].exact:
            return False
        if title.strip(" :.").lower() in TOTALS or cells[0].strip(" :.").lower() in TOTALS:
            return True
        return self.usual >= SEVERAL and sum(map(len, told)) == 1 and sum(map(bool, map(str.strip, cells))) == 1

    def _provider(self, told: dict[str, Any]) -> ProviderEntry | None:
        """Give the provider of a row: by its code, else its KvK number, else its name, else the one of the whole file."""
        known = tuple(told.items())
        if known in self.providers:
            return self.providers[known]
        name = told.get("name", "")
        code = told.get("code") or told.get("kvk") or slug(name) or self.default_provider
        if not code:
            return None
        route = told.get("recognition")
        recognitions = told.get("recognitions") or ((Recognition(route),) if route else ())
        rest = {key: value for key, value in told.items() if key not in ("code", "name", "recognition", "recognitions")}
        made = ProviderEntry(code, name or code, recognitions=recognitions, **rest)
        if len(self.providers) < 100_000:
            self.providers[known] = made
        return made

    def _derived(self, owner: ProviderEntry | None, title: str | None, cells: list[str]) -> str:
        """Make a code from the title where no column holds one; the second with a title gets a number behind it.

        A record that says exactly the same again gets the same code, and is then found as the second of two.
        """
        if title is None or owner is None or any(one.key == "code" and not one.group for one in self.fields):
            return ""
        base = slug(title, 150) or "activity"
        same = self.rows_seen.setdefault(f"{owner.code}\x00{base}", set())
        print_ = hash(tuple(cells))
        times = len(same)
        same.add(print_)
        return base if not times or len(same) == times else f"{base}-{times + 1}"

    def _again(self, number: int, provider: str, code: str) -> Fault | None:
        first = self.seen.setdefault(provider, {}).setdefault(code, number)
        return None if first == number else checks.second(number, code, first)


def _together(before: Any, value: Any) -> Any:
    """Put the values of two columns for one field together: amounts and lists add up, texts come one under another."""
    if isinstance(value, str):
        return before if value in before else f"{before}\n{value}"
    return before + value


def _lighter(one: Fault) -> Fault:
    """Let a row stand whose total cannot be read where the parts of its price can: they say what it costs."""
    return replace(one, refuses=False) if one.field == "price.total" else one


def _settle(values: dict[str, Any]) -> None:
    """Bring a level of NLQF or EQF to its own field, and "online: yes" to the delivery."""
    level = values.get("level")
    if level is not None and level.startswith(("nlqf", "eqf")):
        values.setdefault(f"{level[:-1]}_level", int(level[-1]))
        del values["level"]
    if values.pop("delivery.online", None):
        values.setdefault("delivery", "online")


def _prices(number: int, told: dict[str, Any]) -> tuple[tuple[PricePart, ...], list[Fault]]:
    """Give the price in its parts. A total without parts is tuition; parts that miss the total stand, with a word.

    If one part could not be read there is no price at all: the rest would be too low.
    """
    total, rate = told.pop("total", None), told.pop("vat", None)
    rates = {part: told.pop(f"{part}.vat", rate) for part in PRICE_PARTS}
    if "" in told:
        return (), []
    if total is not None and not any(told.values()) and (total or not told):
        return (PricePart("tuition", total, rate),), []
    faults = []
    if total is not None and sum(told.values()) != total:
        faults.append(checks.total_differs(number, total, sum(told.values())))
    faults += checks.of_sum(number, sum(told.values()))
    return tuple(PricePart(part, told[part], rates[part]) for part in PRICE_PARTS if part in told), faults
