"""The ledger follows what comes after a decision: settlement, recovery and waiver, each once, to the cent."""

from pathlib import Path

import pytest

from doorleren.audit.acts import SITE, Party
from doorleren.cases.models import Case
from doorleren.decisions.commands.recover import decide_recovery, waive
from doorleren.decisions.models import Decision
from doorleren.payments.balances import standing_of
from doorleren.payments.checking import check_ledger
from doorleren.payments.commands.post import Event, post
from doorleren.payments.commands.post_afterwards import post_afterwards
from doorleren.payments.jobs import follow_all, follow_decisions
from doorleren.payments.models import Transaction
from tests.applications.made import a_round
from tests.decisions import made
from tests.decisions.made import by
from tests.decisions.objecting import Staff, granted, next_moment
from tests.decisions.test_recovering import WEIGHED, paid, settled_at
from tests.decisions.test_settling import PROVEN

pytestmark = pytest.mark.django_db

SETTLED, GRANTED = 40_000, 69_995


@pytest.fixture
def staff_and_case(tmp_path: Path) -> tuple[Staff, Case]:
    """The officials, and a case that was granted; the ledger has followed that far."""
    return followed(tmp_path, PROVEN)


def followed(folder: Path, scheme: str) -> tuple[Staff, Case]:
    """Grant a case under a scheme, and let the ledger follow; give the officials and the case."""
    known = made.library(folder, scheme)
    round_ = a_round(known, opened=True)
    staff = made.officials(round_.body)
    case = made.a_case(known, round_)
    granted(case, known, staff)
    follow_decisions(lambda: made.AT)
    return staff, case


def by_the_bank(case: Case) -> int:
    """Let the bank pay what is payable, and give how much that was."""
    cents = standing_of("case", str(case.pk)).amount("payable")
    decision = Decision.objects.get(case=case)
    for act in ("order_payment", "confirm_payment"):
        event = Event(act, Party("case", str(case.pk)), cents, f"{act}/1", case.body_id, decision.round_id)
        post(event, by=SITE, at=made.AT)
    return cents


def test_a_lower_settlement_is_recovered_and_partly_waived(staff_and_case: tuple[Staff, Case]) -> None:
    """Settled below what was paid, the rest is not due, then a claim, then given up: each once, and every invariant holds."""
    staff, case = staff_and_case
    assert by_the_bank(case) == GRANTED
    paid(case, staff)
    settled_at(SETTLED, case, staff)
    assert follow_all(lambda: made.AT) == 1
    standing = standing_of("case", str(case.pk))
    assert (standing.amount("settled"), standing.amount("undue")) == (SETTLED, GRANTED - SETTLED)
    at = next_moment(case)
    decide_recovery(case.pk, GRANTED - SETTLED, WEIGHED, paid_cents=GRANTED, by=by(staff["decider"], at), at=at)
    at = next_moment(case)
    waive(case.pk, 10_000, "u hebt weinig inkomen", by=by(staff["decider"], at), at=at)
    assert follow_all(lambda: made.AT) == 2
    standing = standing_of("case", str(case.pk))
    assert (standing.amount("recoverable"), standing.amount("written_off")) == (GRANTED - SETTLED - 10_000, 10_000)
    before = Transaction.objects.count()
    assert follow_all(lambda: made.AT) == 0
    assert Transaction.objects.count() == before
    assert check_ledger().breaks == ()


def test_what_the_ledger_does_not_take_yet_waits(staff_and_case: tuple[Staff, Case]) -> None:
    """A recovery whose payment the bank has not confirmed waits, is named, and is posted once it can be."""
    staff, case = staff_and_case
    paid(case, staff)
    settled_at(SETTLED, case, staff)
    at = next_moment(case)
    recovery = decide_recovery(
        case.pk, GRANTED - SETTLED, WEIGHED, paid_cents=GRANTED, by=by(staff["decider"], at), at=at
    )
    found = post_afterwards(at=made.AT, most=10)
    assert (found.posted, found.waiting) == (1, (f"recovery/{recovery.pk}",))
    assert standing_of("case", str(case.pk)).amount("recoverable") == 0
