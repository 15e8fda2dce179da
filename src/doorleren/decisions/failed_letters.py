"""Letters about cases and requests for correction of some bodies that did not go out, the newest first, page after page. Reads only."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from doorleren.applications.corrections.sealed import KIND as CORRECTION
from doorleren.applications.models import CorrectionRequest
from doorleren.cases.models import Case
from doorleren.letters.models import NOTHING_LEFT, Dispatch, Letter

ABOUT = ("case", CORRECTION)
"""What such letters are about."""
PAGE = 50
MOST_COUNTED = 1000
"""Letters that are counted at most: a mail server that is down for a day leaves more than anybody wants counted exactly."""


@dataclass(frozen=True, slots=True)
class FailedLetter:
    """A letter that did not go out: its row, what it is about (a case, else a request for correction), and every attempt in order.

    `again`: it went out, came back and did not go out again; that is tried from its case (commands/send_again.py).
    """

    letter: Letter
    case: Case | None
    request: CorrectionRequest | None
    tries: tuple[Dispatch, ...]

    @property
    def again(self) -> bool:
        """Say whether it went out before."""
        return self.tries[-1].turn > 1


def failed_letters(bodies: Collection[int], *, before: int | None = None, most: int = PAGE) -> list[FailedLetter]:
    """Give the letters that were tried and did not go out; `before`: those with a lower number than this."""
    rows = list(_before(bodies, before).order_by("-pk").defer("content", "pdf").prefetch_related("dispatches")[:most])
    of = {kind: [int(one.about_id) for one in rows if one.about_kind == kind] for kind in ABOUT}
    cases, requests = Case.objects.in_bulk(of["case"]), CorrectionRequest.objects.in_bulk(of[CORRECTION])
    found = []
    for one in rows:
        number, tries = int(one.about_id), tuple(sorted(one.dispatches.all(), key=lambda each: each.pk))
        case, request = (cases[number], None) if one.about_kind == "case" else (None, requests[number])
        found.append(FailedLetter(one, case, request, tries))
    return found


def how_many(bodies: Collection[int], *, before: int | None = None) -> int:
    """Count the same letters, up to MOST_COUNTED."""
    return _before(bodies, before)[:MOST_COUNTED].count()


def _before(bodies: Collection[int], before: int | None) -> QuerySet[Letter]:
    found = failed(bodies)
    return found if before is None else found.filter(pk__lt=before)


def failed(bodies: Collection[int]) -> QuerySet[Letter]:
    """Give the letters of these bodies of which an attempt failed, none succeeded in that turn, and one can still be made."""
    tries = Dispatch.objects.filter(letter=OuterRef("pk"))
    gone = Dispatch.objects.filter(letter=OuterRef("letter"), turn=OuterRef("turn"), sent=True)
    number = models.Case(models.When(about_kind__in=ABOUT, then=Cast("about_id", models.BigIntegerField())))
    of = {"case": Case.objects, CORRECTION: CorrectionRequest.objects}
    theirs = (Q(about_kind=kind, of__in=rows.filter(body__in=bodies).values("pk")) for kind, rows in of.items())
    rows = Letter.objects.filter(
        Q(Exists(tries.filter(~Exists(gone), sent=False))),
        ~Exists(tries.filter(reason=NOTHING_LEFT)),
        about_kind__in=ABOUT,
    )
    return rows.annotate(of=number).filter(reduce(or_, theirs))
