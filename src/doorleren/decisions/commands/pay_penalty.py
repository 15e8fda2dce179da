"""Noting that the penalty for a late decision was paid. Awb 4:18. It is paid outside the runs of grants: no round bears it."""

from datetime import date, datetime

from django.db import transaction

from doorleren.cases.commands.perform import perform
from doorleren.cases.models import Case, CaseAct
from doorleren.decisions.models import FixedPenalty
from doorleren.decisions.refusing import refused
from doorleren.people.signed_in import SignedIn


def note_penalty_paid(case: int, *, by: SignedIn, at: datetime, on: date | None = None) -> CaseAct:
    """Note that the last penalty was paid, once for each, by somebody who did not fix it. Gives the act, with its cents.

    Raises NotAllowed, CaseRefused, DecisionRefused.
    """
    with transaction.atomic():
        Case.objects.select_for_update(of=("self",)).get(pk=case)
        fixed = FixedPenalty.objects.select_related("act").filter(act__case=case).order_by("-act__number").first()
        paid = CaseAct.objects.filter(case=case, act="penalty_paid", number__gt=fixed.act.number if fixed else 0)
        if fixed is None or paid.exists():
            raise refused(
                "nothing", "Er is geen dwangsom die nog moet worden betaald.", "No penalty is still to be paid."
            )
        return perform(case, "penalty_paid", by=by, at=at, on=on, details={"cents": fixed.cents})
