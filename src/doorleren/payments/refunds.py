"""What is owed back to who paid us too much, as money: what it is called in the ledger, and who gets it. Reads only.

It is no money of a grant: who applied was asked for it and paid it, whoever the grant is paid to, and no decision on the grant stops it.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Max, Q

from doorleren.cases.models import Case
from doorleren.cases.recording import moments_of
from doorleren.cases.rules import stopped
from doorleren.payments.balances import standings_of
from doorleren.payments.models import Transaction
from doorleren.payments.penalties import applicants_of
from doorleren.payments.standings import NEW

REFUND = "refund"
"""The kind of subject of a refund in the ledger; its id is that of the case."""
OVER = ("closed", "revoked", "refused", "left_out")
"""Stops on the grant of a case: while one of them holds nothing is paid on it."""


def who_is_refunded(cases: Collection[int]) -> dict[int, tuple[str, str, datetime]]:
    """Give for each case who applied (kind, id), who gets the refund, and when it was let be paid last."""
    numbers = [str(one) for one in cases]
    rows = Transaction.objects.filter(subject_kind=REFUND, subject_id__in=numbers, act="owe_refund")
    owed = dict(rows.values_list("subject_id").annotate(at=Max("at")).order_by()) if numbers else {}
    applied = applicants_of([int(one) for one in owed])
    return {int(one): (*applied[int(one)], at) for one, at in owed.items() if int(one) in applied}


def without_a_grant(cases: Iterable[Case]) -> set[int]:
    """Give those of these cases whose grant is over, with nothing granted, settled or claimed in the ledger: what is payable there is owed back.

    Such as what was collected of a recovery that fell away after an objection, while the grant stays withdrawn.
    """
    over = [one.pk for one in cases if stopped(OVER, moments_of(one)) is not None]
    if not over:
        return set()
    standings = standings_of(("case", str(one)) for one in over)
    told = {one: standings.get(("case", str(one)), (0, NEW))[1] for one in over}
    return {
        one
        for one, standing in told.items()
        if not any(standing.amount(kind) for kind in ("obligation", "settled", "recoverable"))
    }


def refunded_cases(cases: Collection[int]) -> set[int]:
    """Give those of these cases (ids) for which the same is true."""
    ended = (
        Q(closed_at__isnull=False)
        | Q(revoked_at__isnull=False)
        | Q(refused_at__isnull=False)
        | Q(left_out_at__isnull=False)
    )
    return without_a_grant(Case.objects.filter(ended, pk__in=cases))
