"""Who pays what of the cost of grants, for each scheme. Reads only."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from django.db.models import DecimalField, ExpressionWrapper, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Cast, Coalesce

from doorleren.cases.models import REVOKED, Case
from doorleren.core.money import half_up
from doorleren.decisions.models import CostShare, Settlement

_WHOLE: "DecimalField[Decimal, Decimal]" = DecimalField(max_digits=40, decimal_places=10)


def shares(body: int | None = None) -> Mapping[str, Mapping[str, int]]:
    """Give who pays what of the cost of grants in force, in cents, by scheme and payer (models.share.PAYERS).

    As it was told when each was decided, in proportion to what was settled of it: whose cost is less, pays less.
    """
    cases = Case.objects.all() if body is None else Case.objects.filter(body=body)
    rows = CostShare.objects.filter(decision__case__in=cases.exclude(REVOKED), decision__replaced_by=None)
    granted, settled = F("decision__amount_cents"), _settled(OuterRef("decision"))
    kept = Coalesce(Subquery(settled), granted)
    part = ExpressionWrapper(Cast("cents", _WHOLE) * Cast(kept, _WHOLE) / Cast(granted, _WHOLE), output_field=_WHOLE)
    found: dict[str, dict[str, int]] = {}
    sums = (
        rows.filter(decision__amount_cents__gt=0)
        .values_list("decision__case__scheme", "payer")
        .annotate(total=Sum(part))
    )
    for scheme, payer, cents in sums.order_by("decision__case__scheme", "payer"):
        found.setdefault(scheme, {})[payer] = half_up(Fraction(cents))
    return found


def shares_of_case(case: int) -> Mapping[str, int]:
    """Give who pays what of the cost of a case, in cents, by payer, in proportion to what was settled; empty where nothing was granted."""
    rows = CostShare.objects.filter(decision__case=case, decision__replaced_by=None)
    told = rows.annotate(settled=Subquery(_settled(OuterRef("decision"))))
    found = told.order_by("pk").values_list("payer", "cents", "settled", "decision__amount_cents")
    return {
        payer: cents if settled is None or not granted else half_up(Fraction(cents * settled, granted))
        for payer, cents, settled, granted in found
    }


def _settled(decision: OuterRef) -> QuerySet[Settlement, int]:
    """Give at how many cents a decision was settled, by the settlement that counts."""
    rows = Settlement.objects.filter(decision=decision, replaced_by=None).order_by("-number")
    return rows.values_list("settled_cents", flat=True)[:1]
