"""Letters about cases that did not go out, of the cases of some bodies, the newest first, page after page. Reads only."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from doorleren.cases.models import Case
from doorleren.letters.models import NOTHING_LEFT, Dispatch, Letter

PAGE = 50
MOST_COUNTED = 1000
"""Letters that are counted at most: a mail server that is down for a day leaves more than anybody wants counted exactly."""


@dataclass(frozen=True, slots=True)
class FailedLetter:
    """A letter that did not go out: its row, its case, and every attempt in order."""

    letter: Letter
    case: Case
    tries: tuple[Dispatch, ...]


def failed_letters(bodies: Collection[int], *, before: int | None = None, most: int = PAGE) -> list[FailedLetter]:
    """Give the letters that were tried and never went out; `before`: those with a lower number than this."""
    rows = list(_before(bodies, before).order_by("-pk").defer("content", "pdf").prefetch_related("dispatches")[:most])
    cases = Case.objects.in_bulk([int(one.about_id) for one in rows])
    return [
        FailedLetter(one, cases[int(one.about_id)], tuple(sorted(one.dispatches.all(), key=lambda each: each.pk)))
        for one in rows
    ]


def how_many(bodies: Collection[int], *, before: int | None = None) -> int:
    """Count the same letters, up to MOST_COUNTED."""
    return _before(bodies, before)[:MOST_COUNTED].count()


def _before(bodies: Collection[int], before: int | None) -> QuerySet[Letter]:
    found = failed(bodies)
    return found if before is None else found.filter(pk__lt=before)


def failed(bodies: Collection[int]) -> QuerySet[Letter]:
    """Give the letters about cases of these bodies of which an attempt failed, none succeeded, and one can still be made."""
    tries = Dispatch.objects.filter(letter=OuterRef("pk"))
    number = models.Case(models.When(about_kind="case", then=Cast("about_id", models.BigIntegerField())))
    rows = Letter.objects.filter(
        Q(Exists(tries.filter(sent=False))),
        ~Exists(tries.filter(Q(sent=True) | Q(reason=NOTHING_LEFT))),
        about_kind="case",
    )
    return rows.annotate(of=number).filter(of__in=Case.objects.filter(body__in=bodies).values("pk"))
