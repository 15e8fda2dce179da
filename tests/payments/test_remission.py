"""Remission of a loan: only where the scheme lets it, weighed, by who decides; and how the ledger and the plan stand after it."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from doorleren.audit.acts import SITE, Party
from doorleren.cases.models import Case, CaseAct
from doorleren.core.days import day_of
from doorleren.decisions.commands.amend import amend
from doorleren.decisions.commands.settle import settle_as_granted
from doorleren.decisions.loans import REPAID
from doorleren.decisions.models import Decision
from doorleren.decisions.refusing import DecisionRefused
from doorleren.decisions.said_with_acts import words_with
from doorleren.payments.checking import check_ledger
from doorleren.payments.commands import post_decisions
from doorleren.payments.commands.post import Event, post
from doorleren.payments.commands.remit_loan import remit_loan, why_not_remitted
from doorleren.payments.jobs import follow_all
from doorleren.people.access import NotAllowed
from doorleren.people.models import RoleKind
from tests.decisions import made
from tests.decisions.made import by
from tests.decisions.objecting import Staff, next_moment, said, went
from tests.payments.lifting import sums
from tests.payments.test_afterwards import by_the_bank
from tests.payments.test_loans import LENT, MONTHLY, STOPPED, WEIGHED, came_in, granted_until, kept, lent, stands
from tests.payments.test_loans_undone import gone, undone
from tests.people import made as people

__all__ = ["lent"]

pytestmark = pytest.mark.django_db

REMITTED = made.LOAN.replace(
    'repay_interest = "rate"', 'repay_interest = "rate"\nrepay_remission = "most_remitted"'
).replace(
    "[[parameter]]",
    '[[parameter]]\nid = "most_remitted"\nunit = "share"\nvalues = [{ from = 2026-01-01, value = 0.5, source = "order" }]\n[[parameter]]',
    1,
)
WHY = "u bent langdurig ziek en hebt geen inkomen"
KINDS = ("loan", "remitted", "repaid", "expense", "undue")


@pytest.fixture
def may(tmp_path: Path) -> tuple[Staff, Case]:
    """A loan of 1,000 euros of which the scheme lets the half be remitted, up to and including the bank."""
    staff, case = granted_until(tmp_path, STOPPED, REMITTED)
    follow_all(lambda: made.AT)
    by_the_bank(case)
    return staff, case


def remit(case: Case, staff: Staff, cents: int, why: str = WHY, who: str = "decider") -> CaseAct:
    at = next_moment(case)
    return remit_loan(case.pk, cents, why, by=by(staff[who], at), at=at)


def test_not_where_the_scheme_says_nothing_of_it(lent: tuple[Staff, Case]) -> None:
    """Without a rule nothing is remitted (Awb 4:94a), and the page says why."""
    staff, case = lent
    with pytest.raises(DecisionRefused, match="laat niet toe"):
        remit(case, staff, 1)
    told = why_not_remitted(case, STOPPED)
    assert told is not None
    assert "4:94a" in told["nl"]


def test_remitted_in_part(may: tuple[Staff, Case]) -> None:
    """With the weighing, within the share of the scheme and what is outstanding, by who decides; the letter and the record say so."""
    staff, case = may
    for cents in (0, LENT // 2 + 1):
        with pytest.raises(DecisionRefused, match="tot en met € 500,00"):
            remit(case, staff, cents)
    with pytest.raises(DecisionRefused, match="de belangen hebt afgewogen"):
        remit(case, staff, 10_000, " ")
    for who in ("paymaster", "assessor"):
        with pytest.raises(NotAllowed):
            remit(case, staff, 10_000, who=who)
    act = remit(case, staff, 10_000)
    assert (act.details["cents"], words_with(act)) == (10_000, WHY)
    words = said(act).replace("\N{NO-BREAK SPACE}", " ")
    for one in ("U hoeft € 100,00 van uw lening niet terug te betalen", WHY[1:], "Er staat nu nog € 900,00 open."):
        assert one in words, one
    assert sums(case, *KINDS) == [LENT - 10_000, 10_000, 0, 0, 0]
    remit(case, staff, 40_000)
    with pytest.raises(DecisionRefused, match="tot en met € 0,00"):
        remit(case, staff, 1)


def test_the_last_instalments_are_less(may: tuple[Staff, Case]) -> None:
    """What was remitted comes off the end of the plan: the next instalments stay as they were told."""
    staff, case = may
    before = stands(case, date(2027, 1, 1)).standing
    remit(case, staff, 2 * MONTHLY)
    after = stands(case, date(2027, 1, 1))
    assert [one.instalment for one in after.standing[:9]] == [one.instalment for one in before[:9]]
    total = sum(one.instalment.cents for one in before)
    assert sum(one.instalment.cents for one in after.standing) == total - 2 * MONTHLY
    assert (after.remitted, after.left, after.lent) == (2 * MONTHLY, LENT - 2 * MONTHLY, LENT)


def test_repaid_for_the_rest_it_is_settled_at_what_was_lent(may: tuple[Staff, Case]) -> None:
    """Half remitted and half repaid, nothing is outstanding: noted, and settled at what was lent; no grant expense."""
    staff, case = may
    remit(case, staff, LENT // 2)
    assert came_in(case, LENT // 2, staff) == {"received": 1}
    assert CaseAct.objects.filter(case=case, details__what=REPAID).count() == 1
    at = next_moment(case)
    assert settle_as_granted(case.pk, by=by(staff["decider"], at), at=at).settled_cents == LENT
    follow_all(lambda: at)
    assert sums(case, "settled", *KINDS) == [LENT, 0, LENT // 2, LENT // 2, 0, 0]


def test_lowered_after_it_what_was_remitted_is_to_be_paid_back(may: tuple[Staff, Case]) -> None:
    """A loan that comes down below what is outstanding and was remitted: of both what is above it was paid without a ground."""
    staff, case = may
    remit(case, staff, LENT // 2)
    at = next_moment(case)
    amend(case.pk, "own-request", 20_000, WEIGHED, by=by(staff["decider"], at), at=at)
    follow_all(lambda: at)
    assert sums(case, "obligation", "loan", "remitted", "undue") == [20_000, 0, 20_000, 80_000]


def withdrawn_and_back(may: tuple[Staff, Case], times: int = 1) -> Case:
    """Remit 400 and let 100 be repaid, then let the whole loan be withdrawn and come back, so many times."""
    staff, case = may
    went(Decision.objects.get(case=case).act)
    remit(case, staff, 40_000)
    came_in(case, 10_000, staff)
    staff["third"] = people.person(name="third")
    people.role(staff["third"], RoleKind.DECIDER, body=case.body)
    for who in ("second", "third")[:times]:
        number = gone(staff, case)
        assert sums(case, "loan", "remitted", "undue") == [0, 0, LENT - 10_000]
        undone(staff, case, number, who)
        follow_all(lambda: made.AT)
    return case


BACK = ("loan", "remitted", "repaid", "undue", "received", "payable")


@pytest.mark.parametrize("times", [1, 2])
def test_withdrawn_and_back_it_stays_remitted(times: int, may: tuple[Staff, Case]) -> None:
    """A loan that comes back is remitted, repaid and outstanding for as much as before, and nothing of it is paid out or asked once more."""
    assert sums(withdrawn_and_back(may, times), *BACK) == [LENT - 50_000, 40_000, 10_000, 0, 0, 0]


def test_without_that_the_remission_is_lost(may: tuple[Staff, Case], monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: were what was remitted not looked up, it would be outstanding again."""
    monkeypatch.setattr(post_decisions, "remitted_before", lambda case: 0)
    assert sums(withdrawn_and_back(may), *BACK) == [LENT - 10_000, 0, 10_000, 0, 0, 0]


def test_a_remission_without_its_decision_is_found(may: tuple[Staff, Case]) -> None:
    """Negative control of the check: what is remitted by hand is named."""
    _, case = may
    round_ = Decision.objects.get(case=case).round_id
    event = Event("remit", Party("case", str(case.pk)), 7, "remit/0", case.body_id, round_)
    post(event, by=SITE, at=made.AT)
    assert "remitted_as_decided" in check_ledger().counts


def test_interest_of_before_counts_first(may: tuple[Staff, Case]) -> None:
    """The interest of the months that are over is posted before a loan is remitted: over what was outstanding then."""
    staff, case = may
    day = datetime(2027, 2, 1, 12, tzinfo=made.AT.tzinfo)
    remit_loan(case.pk, 1_000, WHY, by=by(staff["decider"], day), at=day)
    assert sums(case, "loan_interest", "loan", "remitted") == [1_000, LENT, 1_000]
    assert kept(day_of(day) + timedelta(days=1)) == 1  # the letter with the plan
