"""What was paid too much on a claim or a loan, and waits to be paid back. Reads only.

It stands on suspense, as what came back of a payment of ours does: that is no such money (queries.came_back). While a claim or a
loan of the case is open, or something was paid without a ground that can be asked back, it is not told of: more is asked of who paid.
"""

from collections.abc import Collection, Iterable, Mapping
from itertools import islice

from django.db.models import Sum

from doorleren.payments.balances import standing_of, standings_of
from doorleren.payments.claims import asked_no_more
from doorleren.payments.models import PaymentLine, Posting
from doorleren.payments.queries import came_back, came_back_in
from doorleren.payments.standings import NEW, Standing

ASKED = ("recoverable", "loan")
"""On one of these something stands while more is asked of who paid; so on what is undue, while that has to be decided on."""


def paid_too_much(case: int) -> int:
    """Give the cents that were paid too much in a case; 0 where nothing was, or more is asked of who paid."""
    standing = standing_of("case", str(case))
    return 0 if _to_decide({case: standing}) else _too_much(standing, came_back_in(case))


def paid_too_much_to(bodies: Collection[int], most: int) -> dict[int, int]:
    """Give the cases (ids) of these bodies in which too much was paid, with the cents; at most so many, the oldest first."""
    rows = Posting.objects.filter(
        account__kind="suspense", account__body__in=bodies, transaction__subject_kind="case",
        transaction__subject_id__regex="^[0-9]{1,18}$",
    )  # fmt: skip
    held = rows.values("transaction__subject_id").annotate(cents=Sum("cents")).filter(cents__lt=0)
    cases = sorted(int(one) for one in held.values_list("transaction__subject_id", flat=True))
    standings, back = standings_of(("case", str(one)) for one in cases), dict[int, list[PaymentLine]]()
    for line in came_back(bodies):
        if line.what == "case":
            back.setdefault(line.case_id, []).append(line)
    stands = {one: standings.get(("case", str(one)), (0, NEW))[1] for one in cases}
    waits = _to_decide(stands)
    found = ((one, _too_much(stands[one], back.get(one, ()))) for one in cases if one not in waits)
    return dict(islice(((case, cents) for case, cents in found if cents), most))


def _to_decide(standings: Mapping[int, Standing]) -> set[int]:
    """Give the cases in which something was paid without a ground, and somebody may still decide to ask it back."""
    undue = {one for one, standing in standings.items() if standing.amount("undue")}
    return undue - asked_no_more(undue)


def _too_much(standing: Standing, came_back: Iterable[PaymentLine]) -> int:
    if any(standing.amount(kind) for kind in ASKED):
        return 0
    return max(0, standing.amount("suspense") - sum(one.cents for one in came_back))
