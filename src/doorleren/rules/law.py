"""Dated law that conditions lean on: the state pension age per year and the size classes of firms (`law/*.toml`)."""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from doorleren.core.days import add_months
from doorleren.core.money import scaled


@dataclass(frozen=True, slots=True)
class PensionAge:
    """The state pension age, in months, per year in which it is reached; after the last year it is not yet set.

    It never falls and rises by at most `yearly_step` months a year (art. 7a AOW), which bounds the later years.
    """

    months: Mapping[int, int]
    yearly_step: int

    def reached_if_born_by(self, day: date) -> date:
        """Give the last birth date of which it is certain that the age has been reached on the day."""
        return max(self._born_by(day, year, latest=True) for year in self._years(day))

    def not_reached_if_born_after(self, day: date) -> date:
        """Give the last birth date that may have reached the age; who is born later certainly has not."""
        return max(self._born_by(day, year, latest=False) for year in self._years(day))

    def _years(self, day: date) -> range:
        return range(min(self.months), max(day.year, min(self.months)) + 1)

    def _born_by(self, day: date, year: int, *, latest: bool) -> date:
        """Give who reaches the age by the day, or by the end of an earlier year, at the year's age."""
        last = max(self.months)
        age = self.months[min(year, last)]
        if year > last and latest:
            age += (year - last) * self.yearly_step
        return add_months(min(day, date(year, 12, 31)), -age)


@dataclass(frozen=True, slots=True)
class FirmSize:
    """One size class: fewer persons than, and turnover or balance total (in cents) at most."""

    name: str
    fewer_than: int
    turnover: int
    balance_total: int


@dataclass(frozen=True, slots=True)
class LawTables:
    """The tables that functions of the expression language look into; the digest is of the files they came from."""

    pension: PensionAge
    firm_sizes: tuple[FirmSize, ...]
    largest: str
    digest: str


def load_law(folder: Path) -> LawTables:
    """Read `pension-age.toml` and `firm-size.toml`. Raises OSError if one is absent."""
    written = [(folder / name).read_text("utf-8") for name in ("pension-age.toml", "firm-size.toml")]
    pension, sizes = (tomllib.loads(text) for text in written)
    return LawTables(
        PensionAge(
            {row["year"]: row["years"] * 12 + row["months"] for row in pension["age"]},
            pension["yearly_step_months"],
        ),
        tuple(
            FirmSize(row["name"], row["fewer_than"], scaled(row["turnover"], 2), scaled(row["balance_total"], 2))
            for row in sizes["class"]
        ),
        sizes["otherwise"],
        hashlib.sha256("\n".join(written).encode()).hexdigest(),
    )
