"""Figures that are not the same: applied, granted, refused, started, delivered, paid; for each scheme, in cases.

Reads only. What was paid the ledger says: an act of paying stays in a case also where the bank sent the money back.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Cast

from doorleren.cases.models import REVOKED, Case
from doorleren.decisions.grounds import grounds
from doorleren.decisions.models import Decision, Delivery
from doorleren.decisions.models.decision import GIVING
from doorleren.payments.models import Posting
from doorleren.rules.frameworks import WITH_GRANT

PAID = ("paid", "set_off_paid")
"""Accounts with what a payee got: by the bank, or set off against what they owed elsewhere."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How many cases of a scheme were applied for, granted, refused, left out of treatment, started, delivered and paid.

    By the decision that is in force now. `no_money`: those refused as the money of the round had run out. `started`: something
    was done by the last report, or without one progress was told, or the grant settled at once. `delivered`: something was done
    by the last report, and whom it was for said so or reported it. `paid`: money went out, as an advance or after, and did not
    come back unpaid. Who was paid and did not start shows as a difference.
    """

    applied: int
    granted: int
    refused: int
    no_money: int
    left_out: int
    started: int
    delivered: int
    paid: int


def figures(body: int | None = None) -> Mapping[str, Figures]:
    """Give the figures by scheme, of one body or of all; one question of the database."""
    reports = Delivery.objects.filter(case=OuterRef("pk"))
    done = reports.filter(~Exists(_reports_after()), realised__gt=0)
    last = Decision.objects.filter(case=OuterRef("pk"), replaced_by=None).order_by("-number")
    cases = Case.objects.all() if body is None else Case.objects.filter(body=body)
    counted = cases.annotate(
        said=Subquery(last.values("kind")[:1]),
        ground=Subquery(last.values("ground")[:1]),
        settles=Subquery(last.values("settle_how")[:1]),
        reported=Exists(reports),
        did=Exists(done),
        proved=Exists(done.filter(Q(own_word=True) | Q(word__confirmed=True))),
        key=Cast("pk", CharField()),
    ).order_by("scheme")
    rows = counted.values("scheme").annotate(
        applied=Count("pk"), granted=Count("pk", filter=Q(said__in=GIVING)), refused=Count("pk", filter=Q(said="refused")),
        no_money=Count("pk", filter=Q(said="refused", ground__in=_no_money())), left_out=Count("pk", filter=Q(said="left_out")),
        started=Count("pk", filter=_started()), delivered=Count("pk", filter=Q(proved=True)),
        paid=Count("pk", filter=Q(key__in=_paid())),
    )  # fmt: skip
    told = rows.values_list("scheme", *Figures.__slots__)
    return {scheme: Figures(*numbers) for scheme, *numbers in told}


def _started() -> Q:
    """Say of a counted case whether it began.

    A grant that settles at once and stands is for what was done or had begun when it was applied for: nothing is granted before
    it (Kaderregeling subsidies OCW, SZW en VWS, art. 1.5). That it began is an assumption until somebody reports otherwise.
    """
    at_once = Q(said__in=GIVING, settles=WITH_GRANT) & ~REVOKED
    return Q(did=True) | Q(reported=False) & (Q(progress_reported_at__isnull=False) | at_once)


def _paid() -> QuerySet[Posting, str]:
    """Give the cases, as text, that by the ledger got more than came back unpaid."""
    rows = Posting.objects.filter(account__kind__in=PAID, transaction__subject_kind="case")
    sums = rows.values("transaction__subject_id").annotate(total=Sum("cents"))
    return sums.filter(total__lt=0).values_list("transaction__subject_id", flat=True)


def _no_money() -> list[str]:
    """Name the grounds on which is refused as the place is outside the ceiling of the round."""
    return [one.id for one in grounds().values() if one.given == "ceiling"]


def _reports_after() -> QuerySet[Delivery]:
    """Give the reports that came after the one that is asked about, in the same case."""
    return Delivery.objects.filter(case=OuterRef("case"), number__gt=OuterRef("number"))
