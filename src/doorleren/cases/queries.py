"""Named reads of cases: one by its reference, its acts, and the work lists of officials, page after page.

A page costs the same wherever it begins, and nothing is counted beyond MOST_COUNTED. Read by pages; who may see the lists of
a body is asked before (access.ensure_may_list).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter
from typing import Literal

from django.db import connection
from django.db.models import BooleanField, CharField, Func, Q, QuerySet, Value, When
from django.db.models import Case as Either
from django.db.models.expressions import F
from django.db.models.lookups import GreaterThan

from doorleren.audit.rows import rows_of
from doorleren.cases.models import OPEN, TO_JUDGE, Case, CaseAct
from doorleren.cases.recording import law, life_of
from doorleren.cases.references import read_reference
from doorleren.cases.rules import FINAL, STATE_NAMES
from doorleren.cases.terms import CaseTerm, terms_of

MOST_COUNTED = 1000
PAGE = 50
UNASSIGNED = 0
Order = Literal["due", "received"]
COLUMNS = (
    "id", "reference", "scheme", "stands", "subject_kind", "subject_id", "received_on", "due_on", "due_term",
    "assigned_to_id", "assigned_to__name", "procedure",
)  # fmt: skip
"""What is read of a case for a list, as `Row` has it."""
WAITS_FOR_PERSON = "to_judge"
"""How a list calls what was assessed with something left open: the state is "assessed", but nobody can decide."""
LISTED: tuple[str, ...] = (*STATE_NAMES, WAITS_FOR_PERSON)
_STANDS = Either(When(TO_JUDGE, then=Value(WAITS_FOR_PERSON)), default=F("state"), output_field=CharField())


@dataclass(frozen=True, slots=True)
class Position:
    """Where a page begins: after this row. `day` is the day of the order (None: the rows without one have begun)."""

    day: date | None
    case: int


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for: the beginning of a reference (empty: none), or one of these cases."""

    begins: str = ""
    among: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a work list of a body is asked for. Empty or None: all that is open.

    `official`: of whom (UNASSIGNED: of nobody); `team`: of any of these instead. `due_by`: due on that day or before. `state`: any of LISTED; a closed
    one is found by it or by a `search` only, and "assessed" is what can be decided on.
    """

    body: int
    official: int | None = None
    scheme: str = ""
    state: str = ""
    due_by: date | None = None
    order: Order = "due"
    after: Position | None = None
    team: tuple[int, ...] = ()
    search: Search | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One case on a list; `state` is any of LISTED."""

    case: int
    reference: str
    scheme: str
    state: str
    subject_kind: str
    subject_id: str
    received_on: date
    due_on: date | None
    due_term: str
    official: int | None
    official_name: str | None
    procedure: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list: its rows, and where the next begins (None: there is no more)."""

    rows: tuple[Row, ...]
    after: Position | None


def case_by_reference(text: str) -> Case:
    """Give the case with a reference as somebody typed it. Raises NotAReference or Case.DoesNotExist."""
    found = rows_of(Case, "reference = %s", [read_reference(text)])
    if not found:
        raise Case.DoesNotExist
    return found[0]


def stands_as(case: Case) -> str:
    """Give the state of a case as lists have it (LISTED)."""
    open_ = case.state == "assessed" and case.assessed_as == "open" and case.hardship_applied_at is None
    return WAITS_FOR_PERSON if open_ else case.state


def acts_of(case: int) -> list[CaseAct]:
    """Give the acts on a case, in order."""
    return rows_of(CaseAct, "case_id = %s ORDER BY number", [case])


def terms_of_case(case: Case) -> tuple[CaseTerm, ...]:
    """Give all terms of a case with their calculations."""
    return terms_of(life_of(case, acts_of(case.pk)), law())


def work_list(wanted: Wanted) -> Page:
    """Give a page of a list. Raises ValueError for a state or order that there is not."""
    rows = page_rows(chosen_by(wanted), wanted, PAGE + 1)
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    after = Position(last.due_on if wanted.order == "due" else last.received_on, last.case) if last else None
    return Page(tuple(rows[:PAGE]), after)


def counts_of(lists: Iterable[Wanted]) -> dict[Wanted, int | None]:
    """Give how many cases are on each list (None: more than MOST_COUNTED), all in one question; where a page begins is nothing to it.

    Raises ValueError for a state or order that there is not.
    """
    asked = {one: replace(one, order="due", after=None) for one in lists}
    alike = list(dict.fromkeys(asked.values()))
    queries = [_counted(one).query.sql_with_params() for one in alike]
    told: list[int] = []
    if queries:
        parts = ", ".join(f"(SELECT count(*) FROM ({sql}) listed)" for sql, _ in queries)  # noqa: S608 - written by Django, values apart
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {parts}", [value for _, values in queries for value in values])
            told = list(cursor.fetchone())
    found = {one: count if count <= MOST_COUNTED else None for one, count in zip(alike, told, strict=True)}
    return {one: found[plain] for one, plain in asked.items()}


def _counted(wanted: Wanted) -> QuerySet[Case, int]:
    """Give what is counted of a list: at most one more than MOST_COUNTED."""
    return chosen_by(wanted).order_by().values_list("pk", flat=True)[: MOST_COUNTED + 1]


def chosen_by(wanted: Wanted) -> QuerySet[Case]:
    """Give the cases of a list, without order: what is shown, counted and exported. Raises ValueError."""
    if wanted.state and wanted.state not in LISTED:
        raise ValueError(f"state: given is {wanted.state!r}, allowed are: {', '.join(LISTED)}")
    if wanted.order not in ("due", "received"):
        raise ValueError(f"order: given is {wanted.order!r}, allowed are: due, received")
    found = Case.objects.filter(body=wanted.body)
    if wanted.search is not None:
        found = found.filter(_looked_for(wanted.search))
    elif wanted.state not in FINAL:
        found = found.filter(OPEN)
    if wanted.state == WAITS_FOR_PERSON:
        found = found.filter(TO_JUDGE)
    elif wanted.state:
        found = found.filter(state=wanted.state)
        found = found.filter(~TO_JUDGE) if wanted.state == "assessed" else found
    if wanted.scheme:
        found = found.filter(scheme=wanted.scheme)
    if wanted.team:
        found = found.filter(assigned_to__in=wanted.team)
    elif wanted.official is not None:
        found = found.filter(assigned_to=wanted.official or None)
    return found.filter(due_on__lte=wanted.due_by) if wanted.due_by else found


def _looked_for(search: Search) -> Q:
    among = Q(pk__in=search.among or (0,))  # no case is number 0; among none would be no question to the database
    return among | Q(reference__startswith=search.begins) if search.begins else among


def page_rows(chosen: QuerySet[Case], wanted: Wanted, most: int) -> list[Row]:
    """Give so many rows of a list from where it begins: by day and number; those without a day come last."""
    column = "due_on" if wanted.order == "due" else "received_on"
    rows: list[Row] = []
    if wanted.after is None or wanted.after.day is not None:
        dated = chosen.filter(**{f"{column}__isnull": False})
        if wanted.after is not None and wanted.after.day is not None:
            dated = dated.filter(_beyond(column, wanted.after.day, wanted.after.case))
        rows = _rows(dated, wanted.team, (column, "id"), most)
    if len(rows) < most and wanted.order == "due" and wanted.due_by is None:
        undated = chosen.filter(due_on__isnull=True)
        if wanted.after is not None and wanted.after.day is None:
            undated = undated.filter(pk__gt=wanted.after.case)
        rows += _rows(undated, wanted.team, ("id",), most - len(rows))
    return rows


def _rows(found: QuerySet[Case], team: tuple[int, ...], order: tuple[str, ...], most: int) -> list[Row]:
    """Give the first rows. Of a team each one's first are read, so that the index gives them in order, and put together."""
    told = found.annotate(stands=_STANDS).order_by(*order).values_list(*COLUMNS)
    if not team:
        return [Row(*one) for one in told[:most]]
    first, *others = [told.filter(assigned_to=one)[:most] for one in team]
    rows = [Row(*one) for one in (first.union(*others, all=True) if others else first)]
    return sorted(rows, key=attrgetter(*("case" if name == "id" else name for name in order)))[:most]


class _Pair(Func):
    """Two values side by side, compared as the index has them: first by the day, then by the number."""

    template = "ROW(%(expressions)s)"
    output_field = BooleanField()


def _beyond(column: str, day: date, case: int) -> Q:
    return Q(GreaterThan(_Pair(F(column), F("id")), _Pair(Value(day), Value(case))))
