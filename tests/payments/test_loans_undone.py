"""A loan that was taken back: what comes in before it is recovered, what comes back when that is undone, and what an earlier ledger left on it."""

from datetime import date, datetime

import pytest

from doorleren.cases.models import Case
from doorleren.decisions.commands.recover import decide_recovery
from doorleren.decisions.commands.uphold_revocation import uphold_revocation
from doorleren.decisions.models import Decision
from doorleren.payments.checking import check_ledger
from doorleren.payments.claims import paid_on
from doorleren.payments.commands import post_decisions
from doorleren.payments.commands.keep_loans import keep_loans
from doorleren.payments.event_lines import less_due, move
from doorleren.payments.jobs import follow_all
from doorleren.payments.models import Transaction
from doorleren.payments.standings import Standing
from doorleren.people.models import RoleKind
from tests.decisions import made
from tests.decisions.made import by
from tests.decisions.objecting import WHY, Staff, next_moment, objected, went
from tests.decisions.test_recovering import WEIGHED, paid
from tests.payments.lifting import recovered, sums, withdrawn
from tests.payments.test_closing import why
from tests.payments.test_loans import LENT, MONTHLY, came_in, kept, lent, stands
from tests.people import made as people

__all__ = ["lent"]
pytestmark = pytest.mark.django_db
KINDS = ("loan", "repaid", "received", "undue", "payable")


@pytest.fixture
def told(lent: tuple[Staff, Case]) -> tuple[Staff, Case]:
    """The same, with the letter sent and the payment noted."""
    staff, case = lent
    went(Decision.objects.get(case=case).act)
    paid(case, staff)
    return staff, case


def undone(staff: Staff, case: Case, number: int, who: str = "second") -> None:
    """Let an objection against the withdrawal be upheld."""
    objected(case, against=number)
    at = next_moment(case)
    uphold_revocation(case.pk, WHY, by=by(staff[who], at), at=at)


def gone(staff: Staff, case: Case) -> int:
    """Withdraw the whole loan, up to and including the ledger; give the number of that act."""
    act = withdrawn(case, staff)
    went(act)
    follow_all(lambda: made.AT)
    return act.number


def test_what_was_repaid_counts_again(told: tuple[Staff, Case]) -> None:
    """Lent 1,000 and 800 repaid, withdrawn and undone: 200 is outstanding as before, and nothing is paid out once more."""
    staff, case = told
    came_in(case, 80_000, staff)
    number = gone(staff, case)
    assert sums(case, *KINDS) == [0, 0, 80_000, 20_000, 0]
    undone(staff, case, number)
    assert sums(case, *KINDS) == [20_000, 80_000, 0, 0, 0]
    loan = stands(case, date(2026, 12, 1))
    assert (loan.lent, loan.repaid, loan.left) == (LENT, 80_000, 20_000)
    assert check_ledger().breaks == ()


def test_without_that_it_would_be_paid_out_again(told: tuple[Staff, Case], monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: were what was repaid not looked up, 800 would be lent and paid a second time."""
    monkeypatch.setattr(post_decisions, "repaid_before", lambda case: 0)
    staff, case = told
    came_in(case, 80_000, staff)
    undone(staff, case, gone(staff, case))
    assert sums(case, "loan", "payable") == [LENT, 80_000]


def test_repaid_whole_it_stays_repaid(told: tuple[Staff, Case]) -> None:
    """All was repaid before it was withdrawn: undone, nothing is lent anew, and the site notes that it is repaid."""
    staff, case = told
    came_in(case, LENT, staff)
    undone(staff, case, gone(staff, case))
    assert sums(case, *KINDS) == [0, LENT, 0, 0, 0]
    at = next_moment(case)
    assert keep_loans(lambda: at).done == 1


def test_twice_withdrawn_and_twice_back(told: tuple[Staff, Case]) -> None:
    """What counted as repaid again is not counted a second time after that."""
    staff, case = told
    came_in(case, 80_000, staff)
    undone(staff, case, gone(staff, case))
    follow_all(lambda: made.AT)
    came_in(case, 5_000, staff)
    staff["third"] = people.person(name="third")
    people.role(staff["third"], RoleKind.DECIDER, body=case.body)
    undone(staff, case, gone(staff, case), "third")
    assert sums(case, *KINDS) == [15_000, 85_000, 0, 0, 0]


def test_months_that_were_charged_are_not_charged_again(told: tuple[Staff, Case]) -> None:
    """One month of interest and an instalment, then withdrawn and undone: the interest falls away and that month bears none any more."""
    staff, case = told
    kept(date(2027, 1, 31))
    came_in(case, MONTHLY, staff, datetime(2027, 2, 1, 12, tzinfo=made.AT.tzinfo))
    number = gone(staff, case)
    assert sums(case, "loan_interest", *KINDS) == [0, 0, 0, MONTHLY, LENT - MONTHLY, 0]
    undone(staff, case, number)
    assert sums(case, "loan_interest", *KINDS) == [0, LENT - MONTHLY, MONTHLY, 0, 0, 0]
    kept(date(2027, 2, 28))
    months = Transaction.objects.filter(act="charge_loan_interest", key__endswith="/2027-01")
    assert months.count() == 1


def test_an_instalment_before_it_was_recovered(told: tuple[Staff, Case]) -> None:
    """It comes in on what was not due: only the rest can be recovered; that comes in too, and the case closes."""
    staff, case = told
    gone(staff, case)
    assert sums(case, "undue", "received") == [LENT, 0]
    assert came_in(case, MONTHLY, staff) == {"received": 1}
    assert sums(case, "undue", "received", "suspense") == [LENT - MONTHLY, MONTHLY, 0]
    assert paid_on(case.pk) == LENT - MONTHLY
    recovered(case, staff, LENT - MONTHLY, collects=0)
    assert came_in(case, LENT - MONTHLY, staff) == {"received": 1}
    assert sums(case, "undue", "recoverable", "received") == [0, 0, LENT]
    assert (why(case), check_ledger().breaks) == (None, ())


def test_what_was_not_asked_back_stays_theirs(told: tuple[Staff, Case]) -> None:
    """Of what was not due a part was recovered: what comes in above that is no part of the rest, and waits to be paid back."""
    staff, case = told
    gone(staff, case)
    recovered(case, staff, LENT - MONTHLY, collects=0)
    assert came_in(case, LENT, staff) == {"received": 1}
    assert came_in(case, 1, staff) == {"received": 1}
    assert sums(case, "undue", "recoverable", "suspense") == [MONTHLY, 0, MONTHLY + 1]


def test_such_an_instalment_counts_as_repaid_when_the_loan_comes_back(told: tuple[Staff, Case]) -> None:
    """Paid on while it was withdrawn, the loan comes back less by that; with the rest it is repaid, and the check agrees."""
    staff, case = told
    number = gone(staff, case)
    came_in(case, MONTHLY, staff)
    undone(staff, case, number)
    assert sums(case, *KINDS) == [LENT - MONTHLY, MONTHLY, 0, 0, 0]
    came_in(case, LENT - MONTHLY, staff)
    assert sums(case, *KINDS) == [0, LENT, 0, 0, 0]
    assert check_ledger().breaks == ()


def test_more_than_was_not_due_waits_to_be_paid_back(told: tuple[Staff, Case]) -> None:
    """What comes in above it stands on suspense; what comes in after a decision that the ledger has yet to follow waits for a person."""
    staff, case = told
    gone(staff, case)
    at = next_moment(case)
    decide_recovery(case.pk, LENT, WEIGHED, paid_cents=LENT, by=by(staff["decider"], at), at=at)
    assert came_in(case, 1, staff) == {"unknown": 1}
    follow_all(lambda: made.AT)
    assert came_in(case, LENT + 1, staff) == {"received": 1}
    assert sums(case, "recoverable", "suspense") == [0, 1]


def test_interest_that_an_earlier_ledger_left(told: tuple[Staff, Case], monkeypatch: pytest.MonkeyPatch) -> None:
    """It stands on a loan of which nothing is lent any more, and the check says so; the daily look takes it off, once."""
    staff, case = told
    kept(date(2027, 1, 31))
    monkeypatch.setattr("doorleren.payments.events.taken_back", as_it_was)
    act = withdrawn(case, staff)
    went(act)
    follow_all(lambda: made.AT)
    assert [one.invariant for one in check_ledger().breaks] == ["loan_is_repaid"]
    at = next_moment(case)
    assert [keep_loans(lambda: at).done, keep_loans(lambda: at).done] == [1, 0]
    assert sums(case, "loan", "loan_interest", "undue") == [0, 0, LENT]
    assert Transaction.objects.get(act="drop_loan_interest").cents == 1_000
    monkeypatch.undo()
    undone(staff, case, act.number)
    assert sums(case, "loan", "loan_interest", "payable") == [LENT, 0, 0]


def as_it_was(standing: Standing, advanced: int, lent: int) -> tuple[object, ...]:
    """Take back what was lent as a ledger of before did, which left the interest."""
    off = min(standing.amount("loan"), lent)
    return (*less_due(standing, (advanced, "advance"), (off, "loan")), *move(lent - off, "received", "repaid"))
