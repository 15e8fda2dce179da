"""What the site destroys by rule alone: of each kind what is due, on which day that goes, and what the record says went.

No two people agree on a list of it. The list beforehand counts what the same query finds that the destroying command asks. Reads only.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, DateField, Exists, Max, Min, OuterRef, Q, QuerySet, Value
from django.db.models.functions import TruncDate

from doorleren.audit.models import Act
from doorleren.cases.frameworks import law_of_terms
from doorleren.cases.models import Case
from doorleren.cases.retention import latest_begun
from doorleren.core.days import AMSTERDAM, day_of, midnight

NOT_HELD = Value(None, output_field=DateField())
"""The `held` of rows that nothing but their term keeps."""
DAYS_AHEAD = 30
"""How far the list beforehand looks, by our own choice: a month, in which somebody can still say that something is wrong."""
MONTHS_BACK = 12
"""How far back the report goes, by our own choice; the record itself keeps all of it."""


@dataclass(frozen=True, slots=True)
class Due:
    """A thing (by kind and number) with the day that its term began and the last day on which it is kept; and which term."""

    kind: str
    number: int
    began_on: date
    kept_until: date
    term: str
    source: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind that the site destroys by rule alone. `content`: the row of law/personal-content.toml that says why it was kept.

    `rows` gives what may be due before a day, with `last` (when the term began) and `held` (a day that it is kept in any case).
    `act`: by which name the record says that one went.
    """

    kind: str
    content: str
    term: str
    rows: Callable[[date], QuerySet[Any]]
    act: str = "destroyed"

    def due(self, on: date, only: int | None = None) -> Iterator[Due]:
        """Give what is kept until before a day, by number; of one number where it is named."""
        rows = self.rows(on) if only is None else self.rows(on).filter(pk=only)
        for number, last, held in rows.order_by("pk").values_list("pk", "last", "held"):
            found = self._kept(number, day_of(last), held)
            if found.kept_until < on:
                yield found

    def ahead(self, first: date, last: date) -> Counter[date]:
        """Count what goes on each day from a first to a last, as it stands now; what is due already goes on the first."""
        days = self.rows(last).annotate(began=TruncDate("last", tzinfo=AMSTERDAM)).values("began", "held")
        found = Counter[date]()
        for began, held, count in days.annotate(count=Count("pk")).order_by().values_list("began", "held", "count"):
            goes_on = self._kept(0, began, held).kept_until + timedelta(days=1)
            if goes_on <= last:
                found[max(first, goes_on)] += count
        return found

    def _kept(self, number: int, began: date, held: date | None) -> Due:
        found = due_on(self.kind, number, began, self.term)
        if held is None or held <= found.kept_until:
            return found
        return Due(self.kind, number, began, held, self.term, found.source)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of a kind on a day; of what went also the numbers of the first and the last act under which."""

    on: date
    kind: str
    count: int
    first_act: int | None = None
    last_act: int | None = None


def ahead(rules: Collection[Rule], today: date) -> list[Counted]:
    """Give what the site destroys by rule alone from today until `DAYS_AHEAD` days later, as it stands now, by day and kind."""
    last = today + timedelta(days=DAYS_AHEAD)
    found = [Counted(day, rule.kind, count) for rule in rules for day, count in rule.ahead(today, last).items()]
    return sorted(found, key=lambda one: one.on)


def gone(rules: Collection[Rule], first: date, last: date) -> list[Counted]:
    """Give what went by rule alone on the days from a first to a last, by day (the newest first) and kind, out of the record of acts.

    Of applications those without a case: with a case they went by a list that two people agreed on.
    """
    acts = Act.objects.filter(
        reduce(or_, (Q(act=one.act, subject_kind=one.kind) for one in rules)),
        ~Exists(Case.objects.filter(subject_kind=OuterRef("subject_kind"), subject_id=OuterRef("subject_id"))),
        at__gte=midnight(first),
        at__lt=midnight(last + timedelta(days=1)),
    )
    days = acts.annotate(day=TruncDate("at", tzinfo=AMSTERDAM)).values("day", "subject_kind")
    counted = days.annotate(count=Count("pk"), first=Min("pk"), last=Max("pk")).order_by("-day", "subject_kind")
    return [Counted(*one) for one in counted.values_list("day", "subject_kind", "count", "first", "last")]


def due_after(kind: str, number: int, began: datetime, term: str, source: str = "") -> Due:
    """Count a term of law/terms.toml from the day of a moment."""
    return due_on(kind, number, day_of(began), term, source)


def due_on(kind: str, number: int, day: date, term: str, source: str = "") -> Due:
    """Count a term of law/terms.toml from a day."""
    counted = law_of_terms().reckon(term, day)
    return Due(kind, number, day, counted.last, term, source or counted.term.length.source)


def latest_begun_of(term: str, on: date) -> datetime:
    """Give the moment before which a term of law/terms.toml began that ended before a day."""
    return latest_begun(law_of_terms().kinds[term].length, on)
