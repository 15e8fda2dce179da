"""A loan: a receivable in the ledger, repaid by a plan with interest, noted as repaid, and only then settled and closed."""

from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import count
from pathlib import Path

import pytest

from doorleren.cases.commands.close_case import close_case
from doorleren.cases.models import Case, CaseAct
from doorleren.cases.refusing import CaseRefused
from doorleren.core.days import day_of
from doorleren.decisions.commands.amend import amend
from doorleren.decisions.commands.settle import Weighed, settle_as_granted, settle_lower
from doorleren.decisions.loans import NEVER_LOWER, NOT_REPAID, REPAID, never_lower, not_repaid
from doorleren.decisions.models import Decision
from doorleren.decisions.refusing import DecisionRefused
from doorleren.decisions.repayment import monthly_cents, plan
from doorleren.payments.balances import standing_of
from doorleren.payments.checking import check_ledger
from doorleren.payments.commands.import_message import import_message
from doorleren.payments.commands.keep_loans import keep_loans
from doorleren.payments.jobs import follow_all
from doorleren.payments.loans import Loan, loan_of
from doorleren.payments.models import Transaction
from doorleren.rules.handling import Repaying
from tests.applications.made import a_round
from tests.decisions import made
from tests.decisions.made import by
from tests.decisions.objecting import Staff, next_moment, said, went
from tests.decisions.test_advances import given
from tests.decisions.test_recovering import paid
from tests.payments.lifting import recovered, sums, withdrawn
from tests.payments.made import run, unguarded
from tests.payments.paying import statement
from tests.payments.test_afterwards import by_the_bank
from tests.payments.test_closing import why

pytestmark = pytest.mark.django_db
STOPPED, LENT, MONTHLY = date(2026, 9, 30), 100_000, 8_885
WEIGHED = Weighed("u gaf minder uit", "dat kan")
_numbers = count(1)


@pytest.fixture
def lent(tmp_path: Path) -> tuple[Staff, Case]:
    """The officials, and a case in which 1,000 euros were lent, up to and including the bank."""
    staff, case = granted_until(tmp_path, STOPPED)
    follow_all(lambda: made.AT)
    assert by_the_bank(case) == LENT
    return staff, case


def granted_until(folder: Path, until: date | None, scheme: str = made.LOAN) -> tuple[Staff, Case]:
    """Grant a loan for activities until a day; give the officials and the case."""
    known = made.library(folder, scheme)
    round_ = a_round(known, opened=True)
    staff = made.officials(round_.body)
    return staff, given(known, round_, staff, until).case


def came_in(case: Case, cents: int, staff: Staff, at: datetime | None = None) -> dict[str, int]:
    """Let the bank say that somebody paid so much with the reference of the case; give how many entries came to what."""
    amount, when = f'<Amt Ccy="EUR">{cents // 100}.{cents % 100:02d}</Amt>', at or next_moment(case)
    entry = (
        f"<Ntry>{amount}<CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{day_of(when)}</Dt></BookgDt><BkTxCd/>"
        f"<NtryDtls><TxDtls><Refs><EndToEndId>theirs{next(_numbers)}</EndToEndId></Refs>{amount}<CdtDbtInd>CRDT</CdtDbtInd>"
        f"<RmtInf><Ustrd>{case.reference}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
    )
    return import_message(case.body_id, statement(entry), by=by(staff["paymaster"], when), at=when).outcomes


def stands(case: Case, day: date) -> Loan:
    """Give the loan as it stands on a day."""
    found = loan_of(case, day)
    assert found is not None
    return found


def kept(day: date) -> int:
    """Keep all loans on a day; the ledger holds after that."""
    at = datetime(day.year, day.month, day.day, 12, tzinfo=made.AT.tzinfo)
    done = keep_loans(lambda: at).done
    assert check_ledger().breaks == ()
    return done


@pytest.mark.parametrize("rate", [Fraction(0), Fraction("0.0257"), Fraction("0.12")])
def test_the_plan_is_exact_to_the_cent(rate: Fraction) -> None:
    """All months together repay the loan; each but the last is the same; the first interest is that of a month over the whole."""
    law = Repaying(date(2027, 1, 1), 180, rate, ())
    months = plan(1_000_000, law)
    assert (sum(one.repaid for one in months), months[-1].left, len(months) <= 180) == (1_000_000, 0, True)
    assert {one.cents for one in months[:-1]} == {monthly_cents(1_000_000, law)}
    assert months[-1].cents <= months[0].cents
    assert months[0].interest == round(1_000_000 * rate / 12)
    assert (months[0].day, months[1].day) == (date(2027, 1, 31), date(2027, 2, 28))


def test_the_plan_by_hand() -> None:
    """1,000 euros in twelve months at 12 per cent: 88.85 a month, 10.00 interest in the first, 9.21 in the second."""
    months = plan(LENT, Repaying(date(2027, 1, 1), 12, Fraction("0.12"), ()))
    assert [one.cents for one in months[:2]] == [MONTHLY, MONTHLY]
    assert [one.interest for one in months[:2]] == [1000, 921]
    assert (len(months), sum(one.cents for one in months)) == (12, LENT + sum(one.interest for one in months))


def test_a_loan_is_a_receivable_and_no_expense(lent: tuple[Staff, Case]) -> None:
    """What was paid out stands as a loan: nothing is advanced, nothing is an expense, and the ledger holds."""
    case = lent[1]
    assert sums(case, "loan", "advance", "expense", "obligation", "paid") == [LENT, 0, 0, LENT, LENT]
    assert check_ledger().breaks == ()


def test_the_plan_of_a_case(lent: tuple[Staff, Case]) -> None:
    """It starts on 1 January after the activities stopped, in the years and at the rate of that day; the assumption goes with it."""
    found = stands(lent[1], date(2026, 12, 1))
    assert found.law == Repaying(date(2027, 1, 1), 12, Fraction("0.12"), ("Staatscourant 2026, 1",) * 2)
    assert (found.next and found.next.instalment.day, found.next_cents, found.left) == (
        date(2027, 1, 31),
        MONTHLY,
        LENT,
    )
    assert found.assumption is not None
    assert found.assumption.source.startswith("assumption:")
    assert (found.overdue, stands(lent[1], date(2027, 2, 1)).overdue) == (0, MONTHLY)


def test_no_plan_without_a_last_day(tmp_path: Path) -> None:
    """While nobody knows when the activities stop there is a loan without a plan, and no interest is counted."""
    _, case = granted_until(tmp_path, None)
    follow_all(lambda: made.AT)
    assert kept(date(2028, 1, 1)) == 0
    found = stands(case, date(2028, 1, 1))
    assert (found.law, found.months, found.next, found.left) == (None, (), None, LENT)


def test_repaid_by_instalments(lent: tuple[Staff, Case]) -> None:
    """Interest is counted on the last day of each month, over what is outstanding and once; instalments pay the oldest month first."""
    staff, case = lent
    assert (kept(STOPPED + timedelta(days=1)), kept(date(2027, 1, 30))) == (1, 0)  # the letter with the plan
    assert (kept(date(2027, 1, 31)), kept(date(2027, 1, 31))) == (1, 0)
    assert sums(case, "loan", "loan_interest") == [LENT + 1000, 1000]
    at = datetime(2027, 2, 1, 12, tzinfo=made.AT.tzinfo)
    assert came_in(case, MONTHLY, staff, at) == {"received": 1}
    assert sums(case, "loan", "repaid", "received", "recoverable") == [LENT + 1000 - MONTHLY, MONTHLY, 0, 0]
    found = stands(case, date(2027, 2, 1))
    assert found.next is not None
    assert (found.next.instalment.number, found.overdue) == (2, 0)
    kept(date(2027, 2, 28))
    assert sums(case, "loan_interest") == [1000 + 921]
    assert came_in(case, 10**6, staff, at + timedelta(days=60)) == {"received": 1}
    assert sums(case, "loan", "suspense") == [0, 10**6 - (LENT + 1000 + 921 + 930 - MONTHLY)]
    assert kept(date(2028, 1, 1)) == 0


def test_settled_and_closed_only_once_it_is_repaid(lent: tuple[Staff, Case]) -> None:
    """Before, settling and closing are refused with a sentence, also one cent short; after, it is settled and closes."""
    staff, case = lent
    came_in(case, LENT - 1, staff)
    at = next_moment(case)
    with pytest.raises(DecisionRefused, match="nog niet terugbetaald"):
        settle_as_granted(case.pk, words="x", by=by(staff["decider"], at), at=at)
    with pytest.raises(DecisionRefused, match="geen lager bedrag"):
        settle_lower(case.pk, 0, WEIGHED, by=by(staff["decider"], at), at=at)
    with pytest.raises(CaseRefused):
        close_case(case.pk, by=by(staff["assessor"], at), at=at)
    assert not_repaid(case) is NOT_REPAID
    assert never_lower(case) is NEVER_LOWER
    came_in(case, 1, staff)
    assert not_repaid(case) is None
    note = CaseAct.objects.get(case=case, act="contact_noted")
    assert (note.by_kind, note.details) == ("site", {"what": REPAID, "cents": LENT})
    at = next_moment(case)
    row = settle_as_granted(case.pk, by=by(staff["decider"], at), at=at)
    assert (row.settled_cents, row.ex_officio) == (LENT, True)
    follow_all(lambda: at)
    assert sums(case, "settled", "expense", "obligation", "loan", "repaid") == [LENT, 0, 0, 0, LENT]
    assert check_ledger().breaks == ()
    at = next_moment(case)
    close_case(case.pk, by=by(staff["assessor"], at), at=at)


def test_changed_after_it_was_repaid_it_is_noted_anew(lent: tuple[Staff, Case]) -> None:
    """Changed after all was repaid: the earlier note no longer counts, settling waits until that was noted anew."""
    staff, case = lent
    at = next_moment(case)
    amend(case.pk, "own-request", 60_000, WEIGHED, by=by(staff["decider"], at), at=at)
    follow_all(lambda: at)
    assert sums(case, "loan", "undue") == [60_000, LENT - 60_000]
    came_in(case, 60_000, staff)
    assert CaseAct.objects.filter(case=case, details__what=REPAID).count() == 1
    at = next_moment(case)
    amend(case.pk, "own-request", 50_000, WEIGHED, by=by(staff["decider"], at), at=at)
    at = next_moment(case)
    with pytest.raises(DecisionRefused, match="nog niet terugbetaald"):
        settle_as_granted(case.pk, by=by(staff["decider"], at), at=at)
    follow_all(lambda: at)
    assert sums(case, "loan", "repaid", "received") == [0, 50_000, 10_000]
    assert keep_loans(lambda: at).done == 1
    at = next_moment(case)
    settle_as_granted(case.pk, by=by(staff["decider"], at), at=at)


def taken_back(staff: Staff, case: Case, cents: int, day: date) -> None:
    """Lower the loan to so many cents on a day, up to and including the ledger."""
    at = datetime(day.year, day.month, day.day, 12, tzinfo=made.AT.tzinfo)
    went(amend(case.pk, "own-request", cents, WEIGHED, by=by(staff["decider"], at), at=at).act)
    follow_all(lambda: at)
    assert check_ledger().breaks == ()


def test_interest_over_what_was_taken_back_falls_away_and_the_case_closes(lent: tuple[Staff, Case]) -> None:
    """Lowered from 1,000 to 600 euros after a month with 10.00 interest: 4.00 falls away, 606.00 is still repaid; then the case closes."""
    staff, case = lent
    went(Decision.objects.get(case=case).act)
    paid(case, staff)
    kept(date(2027, 1, 31))
    taken_back(staff, case, 60_000, date(2027, 2, 10))
    assert sums(case, "loan", "loan_interest", "undue") == [60_600, 600, 40_000]
    told = said(recovered(case, staff, 40_000, collects=40_000).act)
    assert ("daarvan blijft uw lening" in told, "mag u houden" in told) == (True, False)
    came_in(case, 60_599, staff)
    assert not_repaid(case) is NOT_REPAID
    came_in(case, 1, staff)
    assert sums(case, "loan", "undue", "recoverable", "received", "repaid") == [0, 0, 0, 40_000, 60_600]
    at = next_moment(case)
    went(settle_as_granted(case.pk, by=by(staff["decider"], at), at=at).act)
    follow_all(lambda: at)
    assert (why(case), check_ledger().breaks) == (None, ())


def test_withdrawn_whole_nothing_of_the_loan_is_left(lent: tuple[Staff, Case]) -> None:
    """Withdrawn after two months with interest and an instalment of 88.85: neither loan nor interest stands, 911.15 is to come back; then the case closes."""
    staff, case = lent
    went(Decision.objects.get(case=case).act)
    paid(case, staff)
    kept(date(2027, 1, 31))
    came_in(case, MONTHLY, staff, datetime(2027, 2, 1, 12, tzinfo=made.AT.tzinfo))
    kept(date(2027, 2, 28))
    went(withdrawn(case, staff))
    assert sums(case, "loan", "loan_interest", "repaid", "received", "undue") == [0, 0, 0, MONTHLY, LENT - MONTHLY]
    assert why(case) == "money"
    recovered(case, staff, LENT - MONTHLY, collects=LENT - MONTHLY)
    assert (why(case), check_ledger().breaks) == (None, ())


def test_when_the_site_looked_does_not_matter_for_what_was_taken_back(lent: tuple[Staff, Case]) -> None:
    """Lowered before the site saw two months: it charges them over what stayed, as it would have if it had seen them in time."""
    staff, case = lent
    taken_back(staff, case, 60_000, date(2027, 3, 10))
    kept(date(2027, 3, 10))
    assert sums(case, "loan", "loan_interest") == [60_000 + 600 + 606, 600 + 606]


def test_interest_that_was_paid_already_is_paid_back(lent: tuple[Staff, Case]) -> None:
    """Repaid whole with 10.00 interest and then lowered to 600 euros: 400.00 was received for what was not due, and 4.00 is to be paid back."""
    staff, case = lent
    kept(date(2027, 1, 31))
    came_in(case, LENT + 1_000, staff, datetime(2027, 2, 1, 12, tzinfo=made.AT.tzinfo))
    taken_back(staff, case, 60_000, date(2027, 2, 10))
    assert sums(case, "loan", "loan_interest", "undue", "received", "repaid", "payable") == [
        0,
        600,
        0,
        40_400,
        60_600,
        400,
    ]


def test_no_interest_of_months_in_which_nothing_was_lent(tmp_path: Path) -> None:
    """Lent only in June of the year in which repayment began, it bears interest from June on, and not of the five months before."""
    case = granted_until(tmp_path, STOPPED)[1]
    follow_all(lambda: datetime(2027, 6, 10, 9, tzinfo=made.AT.tzinfo))
    for day, interest in ((date(2027, 5, 31), 0), (date(2027, 6, 30), 1000), (date(2027, 7, 31), 2010)):
        kept(day)
        assert sums(case, "loan_interest") == [interest]


def test_when_the_site_looked_does_not_matter(lent: tuple[Staff, Case]) -> None:
    """Three months seen at once bear the interest that each would have borne if it had been seen on its last day."""
    case = lent[1]
    kept(date(2027, 3, 31))
    assert sums(case, "loan_interest") == [1000 + 1010 + 1020]


def test_what_an_earlier_ledger_advanced_becomes_a_loan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A loan that stands as an advance is booked as one, once, by postings that are added; a receipt at once finds it so."""
    staff, case = granted_until(tmp_path, STOPPED)
    monkeypatch.setattr("doorleren.payments.following._given_before", lambda told: "grant_advance")
    follow_all(lambda: made.AT)
    assert by_the_bank(case) == sums(case, "advance")[0] == LENT
    assert came_in(case, 1_000, staff) == {"received": 1}
    assert sums(case, "advance", "loan", "repaid") == [0, LENT - 1_000, 1_000]
    assert keep_loans(lambda: made.AT).done == 0
    assert Transaction.objects.filter(act="lend_advanced").count() == 1
    assert check_ledger().breaks == ()


BROKEN = {
    "loan_as_decided": "UPDATE decisions_decision SET settle_how = 'on_request'",
    "loan_repaid_as_noted": "UPDATE payments_transaction SET cents = cents - 1 WHERE act = 'repay'",
}


@pytest.mark.parametrize("name", ["loan_as_decided", "loan_repaid_as_noted"])
def test_the_check_finds(name: str, lent: tuple[Staff, Case]) -> None:
    """Negative control: a decision or posting that was changed past the guards is named by the check of the ledger."""
    staff, case = lent
    came_in(case, LENT, staff)
    assert check_ledger().breaks == ()
    with unguarded():
        run("ALTER TABLE decisions_decision DISABLE TRIGGER USER")
        run(BROKEN[name])
        assert name in {one.invariant for one in check_ledger().breaks}
        run("ALTER TABLE decisions_decision ENABLE TRIGGER USER")


def test_only_a_loan_is_lent(lent: tuple[Staff, Case]) -> None:
    """What is no loan has none to show: another decision of the same case that is settled otherwise gives nothing."""
    case = lent[1]
    assert standing_of("case", str(case.pk)).lent == LENT
    with unguarded():
        run("ALTER TABLE decisions_decision DISABLE TRIGGER USER")
        run("UPDATE decisions_decision SET settle_how = 'on_request'")
        run("ALTER TABLE decisions_decision ENABLE TRIGGER USER")
    assert Decision.objects.get(case=case).settle_how == "on_request"
    assert loan_of(case, STOPPED) is None
