"""One record of a CSV to an entry with its provider: values are read, put together and checked against each other."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from doorleren.register.entries import Entry, ProviderEntry
from doorleren.register.intake import checks, days
from doorleren.register.intake.amounts import says_free
from doorleren.register.intake.faults import Fault, Misread, fault
from doorleren.register.intake.records import Broken
from doorleren.register.intake.row_prices import LOST, LOST_TOTAL, NET, prices_of
from doorleren.register.intake.row_providers import LOST_KVK, Owners, lighter
from doorleren.register.intake.row_runs import runs_of
from doorleren.register.intake.rows import Row
from doorleren.register.intake.several_days import Several
from doorleren.register.intake.several_places import ONLINE
from doorleren.register.intake.targets import Target
from doorleren.register.intake.texts import DAMAGED, LONGEST_TEXT, LONGEST_VALUE, calculates, is_formula, slug, too_long
from doorleren.register.intake.words import is_untold

MOST_REMEMBERED = 4096
"""Values of a column whose reading is remembered: prices, days and words come back."""

_TEXTS = frozenset({"text", "list", "code"})
_DAYS = frozenset({"day", "end"})
_LISTS = frozenset({"esco", "runs", "recognitions", "locations"})
_GROUPS = {"price": 1, "run": 2, "provider": 3}
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

    `exact` is a column of our own open data, in which an empty cell alone is not told: "none" is a word there. `meant`
    says what the codes of the column mean.
    """

    place: int
    column: str
    target: Target
    read: Callable[[str], Any]
    exact: bool = False
    meant: Mapping[str, str] = field(default_factory=dict)
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
        if self.meant:
            raw = self.meant.get(raw.strip(), raw)
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
    owners: Owners
    damaged: bool
    usual: int = 0
    rates: Mapping[str, Decimal] = field(default_factory=dict)
    seen: dict[str, dict[str, int]] = field(default_factory=dict)
    rows_seen: dict[str, set[int]] = field(default_factory=dict)
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
                _lose(one, told[one.group])
                continue
            if value is None:
                continue
            if value == 0 and one.target.kind == "price" and says_free(raw):
                faults.append(checks.read_as_free(number, one.target.name, raw, one.column))
            if isinstance(value, Several):
                faults += _of_several(number, one, value)
            elif one.target.kind in _DAYS and isinstance(value, date) and days.says_month(raw):
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
        owner = self.owners.of(provider)
        if LOST_KVK in provider:
            faults = lighter(faults, owner)
        named = values.get("code") or self._derived(owner, values.get("title"), cells)
        values["code"] = named
        faults += checks.of_values(number, values, owner, faults)
        if prices:
            values["prices"], wrong = prices_of(number, prices, self.rates)
            if any(part.cents for part in values["prices"]):
                faults = [_lighter(one) for one in faults]
            faults += wrong
        if run.get("place") and str(run["place"]).lower() in ONLINE:
            del run["place"]
            values.setdefault("delivery", "online")
        if run and "runs" not in values:
            values["runs"], wrong = runs_of(number, run)
            faults += wrong
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


def _lose(one: Field, group: dict[str, Any]) -> None:
    """Remember that a value stands there and cannot be read, where the others of its group then say too little."""
    if one.target.kind == "kvk":
        group[LOST_KVK] = True
    elif one.target.kind == "currency" or (one.target.kind == "price" and one.key not in ("total", "total" + NET)):
        group[LOST] = True
    elif one.target.kind == "price":
        group[LOST_TOTAL] = True


def _of_several(number: int, one: Field, value: Several) -> list[Fault]:
    """Say which of several days in a cell cannot be read (the others stand), and which were read from a month."""
    name, column = one.target.name, one.column
    wrong = [fault(number, name, part, allowed, refuses=False, column=column) for part, allowed in value.wrong]
    return wrong + [checks.read_as_day(number, name, part, day, column) for part, day in value.months]


def _lighter(one: Fault) -> Fault:
    """Let a row stand whose total cannot be read where the parts of its price can: they say what it costs."""
    return replace(one, refuses=False) if one.field in ("price.total", "price.total" + NET) else one


def _settle(values: dict[str, Any]) -> None:
    """Bring a level of NLQF or EQF to its own field, and "online: yes" to the delivery."""
    level = values.get("level")
    if level is not None and level.startswith(("nlqf", "eqf")):
        values.setdefault(f"{level[:-1]}_level", int(level[-1]))
        del values["level"]
    if values.pop("delivery.online", None):
        values.setdefault("delivery", "online")
