"""Figures that are not the same: applied, granted, refused, started, delivered, paid; for each scheme, in cases. And who pays what.

Reads only.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum

from doorleren.cases.models import REVOKED, Case
from doorleren.decisions.grounds import grounds
from doorleren.decisions.models import CostShare, Decision, Delivery
from doorleren.decisions.models.decision import GIVING


@dataclass(frozen=True, slots=True)
class Figures:
    """How many cases of a scheme were applied for, granted, refused, left out of treatment, started, delivered and paid.

    By the decision that is in force now. `no_money`: those refused as the money of the round had run out. `started`: a report says that it began. `delivered`: something was done by the last report, and whom it was for said so
    or reported it. `paid`: money went out, as an advance or after. Who was paid and did not start shows as a difference.
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
    whole = reports.filter(
        Q(own_word=True) | Q(word__confirmed=True), ~Exists(reports_after()), realised__gt=0,
    )  # fmt: skip
    last = Decision.objects.filter(case=OuterRef("pk"), replaced_by=None).order_by("-number")
    cases = Case.objects.all() if body is None else Case.objects.filter(body=body)
    counted = cases.annotate(
        said=Subquery(last.values("kind")[:1]),
        ground=Subquery(last.values("ground")[:1]),
        began=Exists(reports),
        did=Exists(whole),
    ).order_by("scheme")
    rows = counted.values("scheme").annotate(
        applied=Count("pk"), granted=Count("pk", filter=Q(said__in=GIVING)), refused=Count("pk", filter=Q(said="refused")),
        no_money=Count("pk", filter=Q(said="refused", ground__in=_no_money())), left_out=Count("pk", filter=Q(said="left_out")),
        started=Count("pk", filter=Q(began=True)), delivered=Count("pk", filter=Q(did=True)),
        paid=Count("pk", filter=Q(paid_at__isnull=False) | Q(advance_paid_at__isnull=False)),
    )  # fmt: skip
    told = rows.values_list("scheme", *Figures.__slots__)
    return {scheme: Figures(*numbers) for scheme, *numbers in told}


def _no_money() -> list[str]:
    """Name the grounds on which is refused as the place is outside the ceiling of the round."""
    return [one.id for one in grounds().values() if one.given == "ceiling"]


def shares(body: int | None = None) -> Mapping[str, Mapping[str, int]]:
    """Give who pays what of the cost of grants in force, in cents, by scheme and payer (models.share.PAYERS).

    As it was told when each was decided; what was settled lower shows among the payments, not here.
    """
    cases = Case.objects.all() if body is None else Case.objects.filter(body=body)
    rows = CostShare.objects.filter(decision__case__in=cases.exclude(REVOKED), decision__replaced_by=None)
    found: dict[str, dict[str, int]] = {}
    sums = rows.values_list("decision__case__scheme", "payer").annotate(total=Sum("cents"))
    for scheme, payer, cents in sums.order_by("decision__case__scheme", "payer"):
        found.setdefault(scheme, {})[payer] = int(cents)
    return found


def shares_of_case(case: int) -> Mapping[str, int]:
    """Give who pays what of the cost of a case, in cents, by payer; empty where nothing was granted."""
    rows = CostShare.objects.filter(decision__case=case, decision__replaced_by=None)
    return dict(rows.order_by("pk").values_list("payer", "cents"))


def reports_after() -> QuerySet[Delivery]:
    """Give the reports that came after the one that is asked about, in the same case."""
    return Delivery.objects.filter(case=OuterRef("case"), number__gt=OuterRef("number"))
