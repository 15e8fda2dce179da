"""What the law says of money that must be paid back: `law/money-debts.toml`, read once. Dated: each day has its own row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Protocol, TypeVar

from doorleren.rules.shape import Part, part_of
from doorleren.shipped import folder

ARTICLES = ("attribution", "set_off", "deferred", "interest", "reminded", "writ", "waived", "barred")


class _Dated(Protocol):
    @property
    def starts(self) -> date: ...


Row = TypeVar("Row", bound=_Dated)


class NotDated(LookupError):
    """The file has no row for a day; the message names the day and the first one that has a row."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Legal interest of so many whole percents a year, from a day on."""

    starts: date
    percent: int
    source: str


@dataclass(frozen=True, slots=True)
class ReminderFee:
    """What a reminder may cost from a day on, in cents: less for a debt below the limit."""

    starts: date
    below_cents: int
    from_limit_cents: int
    limit_cents: int

    def of(self, debt: int) -> int:
        """Give the fee for a debt of so many cents."""
        return self.below_cents if debt < self.limit_cents else self.from_limit_cents


@dataclass(frozen=True, slots=True)
class LawOfDebts:
    """Rates and fees in the order of their days; less interest than `least_cents` is not owed; the article of each act."""

    rates: tuple[Rate, ...]
    fees: tuple[ReminderFee, ...]
    least_cents: int
    articles: Mapping[str, str]

    def rate_on(self, day: date) -> Rate:
        """Give the rate of a day. Raises NotDated."""
        return _on(day, self.rates)

    def fee_on(self, day: date) -> ReminderFee:
        """Give the fee of a day. Raises NotDated."""
        return _on(day, self.fees)


def read_law(path: Path) -> LawOfDebts:
    """Read the file. Raises SchemeFault, which names the place, what was given and what is allowed."""
    whole = part_of(path)
    interest = whole.table("interest")
    rates = tuple(_rate(one) for one in interest.parts("rate"))
    fees = tuple(_fee(one) for one in whole.parts("reminder_fee"))
    articles = [_article(one) for one in whole.parts("article")]
    found = LawOfDebts(rates, fees, interest.required("least_cents", int), dict(articles))
    for name in ("source", "least_source", "a_year_source"):
        interest.required(name, str)
    if sorted(found.articles) != sorted(ARTICLES) or len(articles) != len(ARTICLES):
        whole.refuse("article", ", ".join(name for name, _ in articles), f"each once: {', '.join(ARTICLES)}")
    for name, rows in (("interest.rate", rates), ("reminder_fee", fees)):
        days = [one.starts for one in rows]
        if not days or days != sorted(set(days)):
            whole.refuse(name, ", ".join(map(str, days)), "rows by day, the earliest first")
    for part in (interest, whole):
        part.finish()
    return found


@lru_cache(maxsize=1)
def law_of_debts() -> LawOfDebts:
    """Give the law as shipped."""
    return read_law(folder("law") / "money-debts.toml")


def _rate(part: Part) -> Rate:
    found = Rate(part.required("from", date), part.required("percent", int), part.required("source", str))
    part.finish()
    return found


def _fee(part: Part) -> ReminderFee:
    amounts = [part.required(name, int) for name in ("below_cents", "from_limit_cents", "limit_cents")]
    found = ReminderFee(part.required("from", date), *amounts)
    part.required("source", str)
    part.finish()
    return found


def _article(part: Part) -> tuple[str, str]:
    found = part.choice("id", ARTICLES), part.required("article", str)
    part.required("source", str)
    part.finish()
    return found


def _on(day: date, rows: Sequence[Row]) -> Row:
    found = [one for one in rows if one.starts <= day]
    if not found:
        raise NotDated(f"day: given is {day}, allowed is a day from {rows[0].starts} on")
    return found[-1]
