"""A case of which the whole grant was paid: what is withdrawn, settled lower, recovered and collected of it, and how the ledger stands."""

from datetime import datetime, timedelta
from itertools import count

from doorleren.audit.acts import SITE, Party
from doorleren.cases.models import Case, CaseAct
from doorleren.core.days import day_of
from doorleren.decisions.commands.recover import decide_recovery
from doorleren.decisions.commands.revoke import intend_to_revoke, revoke
from doorleren.decisions.models import Decision, Recovery
from doorleren.payments.balances import standing_of
from doorleren.payments.checking import check_ledger
from doorleren.payments.claims import paid_on
from doorleren.payments.commands.post import Event, post
from doorleren.payments.jobs import follow_all
from doorleren.payments.refunds import REFUND
from tests.decisions import made
from tests.decisions.made import by
from tests.decisions.objecting import Staff, next_moment, went
from tests.decisions.test_recovering import WEIGHED

_keys = count(1)
OWED_BACK = "owed_back"
"""Asked of `sums`: what is to be paid as the refund of the case, to who applied."""


def told_of(case: Case, staff: Staff, ground: str, cents: int) -> None:
    """Tell that a grant is to be withdrawn, or lowered to so many cents."""
    at = next_moment(case)
    until = day_of(at) + timedelta(days=14)
    went(intend_to_revoke(case.pk, ground, cents, "er was niets", until=until, by=by(staff["decider"], at), at=at))


def revoked(
    case: Case, staff: Staff, ground: str = "not-done", collects: int = 30_000, recovers: int | None = None
) -> CaseAct:
    """Tell, wait and withdraw everything; recover it (or so much), and collect so much of that. Gives the withdrawal."""
    act = withdrawn(case, staff, ground)
    recovered(case, staff, recovers or standing_of("case", str(case.pk)).amount("paid"), collects)
    return act


def withdrawn(case: Case, staff: Staff, ground: str = "not-done") -> CaseAct:
    """Tell, wait and withdraw everything. Gives the withdrawal."""
    told_of(case, staff, ground, 0)
    at = next_moment(case, 15)
    return revoke(case.pk, WEIGHED, by=by(staff["decider"], at), at=at).act


def recovered(case: Case, staff: Staff, cents: int, collects: int = 30_000) -> Recovery:
    """Recover so many cents and let the debtor pay something of it, with the ledger following."""
    follow_all(lambda: made.AT)
    at = next_moment(case)
    row = decide_recovery(case.pk, cents, WEIGHED, paid_cents=paid_on(case.pk), by=by(staff["decider"], at), at=at)
    went(row.act)
    follow_all(lambda: made.AT)
    if collects:
        collected(case, collects)
    return row


def collected(case: Case, cents: int, at: datetime = made.AT) -> None:
    """Let the bank receive so much on the claim."""
    decision = Decision.objects.filter(case=case).latest("number")
    key = f"receive/{case.pk}/{next(_keys)}"
    post(Event("receive", Party("case", str(case.pk)), cents, key, case.body_id, decision.round_id), by=SITE, at=at)


def sums(case: Case, *kinds: str) -> list[int]:
    """Follow until nothing moves, hold the ledger to all it must keep to, and give these amounts of the case.

    `OWED_BACK` is what is to be paid to who paid us.
    """
    for _ in range(3):
        follow_all(lambda: made.AT)
    assert check_ledger().breaks == ()
    standing = standing_of("case", str(case.pk))
    back = standing_of(REFUND, str(case.pk)).amount("payable")
    return [back if kind == OWED_BACK else standing.amount(kind) for kind in kinds]
