"""Named reads of the record of acts and of the log of who viewed: filtered, newest first, in pages by key."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

from django.db import connection
from django.db.models import Model, OuterRef, Q, QuerySet, Subquery

from doorleren.audit.acts import Break, Party, digest
from doorleren.audit.models import Act, View
from doorleren.core.days import midnight

LARGEST_KEY = 2**63 - 1
Row = TypeVar("Row", bound=Model)

_ACT_NAMES = """
WITH RECURSIVE named(act) AS (
    (SELECT act FROM audit_act ORDER BY act LIMIT 1)
    UNION ALL
    SELECT (SELECT act FROM audit_act WHERE act > named.act ORDER BY act LIMIT 1) FROM named WHERE named.act IS NOT NULL
)
SELECT act FROM named WHERE act IS NOT NULL
"""
"""One step through the index per name, however long the record is."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: by whom, about what (an empty id: any of that kind), which act or page, which days of Amsterdam."""

    by: Party | None = None
    subject: Party | None = None
    name: str = ""
    first_on: date | None = None
    last_on: date | None = None


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Rows, newest first, and the key before which the next page begins (None: there is no more)."""

    rows: Sequence[Row]
    next_before: int | None


def acts(wanted: Wanted, *, before: int | None = None, size: int = 50) -> Page[Act]:
    """Give a page of the record of acts."""
    asked = _days(wanted) & _party("actor", wanted.by) & _party("subject", wanted.subject)
    return _page(Act.objects.filter(asked & (Q(act=wanted.name) if wanted.name else Q())), before, size)


def views(wanted: Wanted, *, before: int | None = None, size: int = 50) -> Page[View]:
    """Give a page of the log of who viewed."""
    asked = _days(wanted) & _party("viewer", wanted.by) & _party("subject", wanted.subject)
    return _page(View.objects.filter(asked & (Q(page=wanted.name) if wanted.name else Q())), before, size)


def names_of_acts() -> list[str]:
    """Give every name of an act that the record holds, in alphabetical order."""
    with connection.cursor() as cursor:
        cursor.execute(_ACT_NAMES)
        return [name for (name,) in cursor.fetchall()]


def break_among(some: Sequence[Act]) -> Break | None:
    """Check some acts, each by its own content and by the act before it in the record; gives the oldest that is wrong."""
    earlier = Act.objects.filter(pk__lt=OuterRef("pk")).order_by("-pk").values("hash")[:1]
    keys = [one.pk for one in some]
    links = dict(Act.objects.filter(pk__in=keys).annotate(link=Subquery(earlier)).values_list("pk", "link"))
    for one in sorted(some, key=lambda act: act.pk):
        if one.previous != (links.get(one.pk) or ""):
            return Break(one.pk, "order")
        if one.hash != digest(one):
            return Break(one.pk, "content")
    return None


def _page(found: QuerySet[Row], before: int | None, size: int) -> Page[Row]:
    rows = list(found.filter(pk__lt=min(before, LARGEST_KEY) if before else LARGEST_KEY).order_by("-pk")[: size + 1])
    return Page(rows[:size], rows[size - 1].pk if len(rows) > size else None)


def _party(role: str, party: Party | None) -> Q:
    if party is None:
        return Q()
    asked = {f"{role}_kind": party.kind, **({f"{role}_id": party.id} if party.id else {})}
    return Q(**asked)


def _days(wanted: Wanted) -> Q:
    asked = Q()
    if wanted.first_on:
        asked &= Q(at__gte=midnight(wanted.first_on))
    if wanted.last_on:
        asked &= Q(at__lt=midnight(wanted.last_on + timedelta(days=1)))
    return asked
