"""What a late decision costs: the days and amounts of the penalty (dwangsom), from `law/terms.toml`. Source: Awb, art. 4:17.

It runs from the day after two weeks have passed since the notice of default, at most for the days of its steps.
"""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from doorleren.core.terms import BadTerm, Terms


@dataclass(frozen=True, slots=True)
class PenaltyStep:
    """So many days at so many cents a day."""

    days: int
    cents_a_day: int


@dataclass(frozen=True, slots=True)
class Penalty:
    """What is owed: the first day that costs money, the last one that did, and the cents up to and including it."""

    first: date
    last: date | None
    cents: int


@dataclass(frozen=True, slots=True)
class PenaltyRule:
    """The steps of the penalty, and the terms that it follows."""

    steps: tuple[PenaltyStep, ...]
    terms: Terms

    @classmethod
    def read(cls, path: Path) -> "PenaltyRule":
        """Read the rule from the file of terms."""
        told = tomllib.loads(path.read_text("utf-8"))["penalty"]
        return cls(tuple(PenaltyStep(**one) for one in told["step"]), Terms.read(path))

    @property
    def most_cents(self) -> int:
        """Give the most that a late decision can cost."""
        return sum(one.days * one.cents_a_day for one in self.steps)

    def owed(self, term_ended: date, notice: date, decided: date) -> Penalty:
        """Count what is owed for a decision on day `decided`, when notice of default was received on day `notice`.

        The day of the decision itself costs nothing. Raises BadTerm for a notice before the term had ended.
        """
        if notice <= term_ended:
            raise BadTerm(f"notice: received on {notice}, allowed is a day after the end of the term, {term_ended}")
        first = self.terms.reckon("default", notice).last + timedelta(days=1)
        late = max((decided - first).days, 0)
        cents, left = 0, late
        for step in self.steps:
            cents += min(left, step.days) * step.cents_a_day
            left -= min(left, step.days)
        return Penalty(first, first + timedelta(days=late - left - 1) if late else None, cents)
