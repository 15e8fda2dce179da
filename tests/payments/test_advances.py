"""The parts of an advance in the ledger: each on its day and once, held while they must be, and never after the settlement."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from doorleren.audit.acts import SITE, Party
from doorleren.cases.models import Case
from doorleren.core.days import day_of
from doorleren.decisions.commands.accept_progress import accept_progress
from doorleren.decisions.commands.amend import amend
from doorleren.decisions.commands.report_progress import report_progress
from doorleren.decisions.commands.request_settlement import request_settlement
from doorleren.decisions.commands.revoke import revoke
from doorleren.decisions.commands.settle import Weighed, settle_as_granted
from doorleren.decisions.commands.suspend_payment import release_payment, suspend_payment
from doorleren.decisions.commands.uphold_revocation import uphold_revocation
from doorleren.decisions.models import AdvancePart, Decision
from doorleren.payments.advances import parts_now
from doorleren.payments.balances import standing_of
from doorleren.payments.checking import check_ledger
from doorleren.payments.commands.post import Event, post
from doorleren.payments.commands.post_advances import post_advances
from doorleren.payments.commands.propose_run import run_ahead
from doorleren.payments.jobs import follow_all, follow_decisions
from doorleren.payments.models import FollowedAdvance, Transaction
from doorleren.people.models import RoleKind
from tests.applications.made import a_round
from tests.decisions import made
from tests.decisions.made import UNTIL, by
from tests.decisions.objecting import WHY, Staff, next_moment, objected
from tests.decisions.test_advances import LARGE, LATER, given
from tests.decisions.test_recovering import WEIGHED
from tests.decisions.test_settling_on_request import reported
from tests.payments.lifting import sums, told_of
from tests.payments.made import run, unguarded
from tests.payments.test_afterwards import by_the_bank
from tests.people import made as people

pytestmark = pytest.mark.django_db
WHOLE = 6_000_000
MONTH, TWO, THREE = (WHOLE * number // 7 for number in (1, 2, 3))
"""What the first parts come to, of seven."""


@pytest.fixture
def granted(tmp_path: Path) -> tuple[Staff, Decision]:
    """The officials, and a grant of 60,000 euros in seven parts that the ledger has not followed yet."""
    return _granted(tmp_path, LARGE, UNTIL)


def _granted(folder: Path, scheme: str, until: date) -> tuple[Staff, Decision]:
    known = made.library(folder, scheme)
    round_ = a_round(known, opened=True)
    staff = made.officials(round_.body)
    return staff, given(known, round_, staff, until)


def advanced(case: Case, days: int = 0) -> int:
    """Let the ledger follow so many days after the grant, and give what it has as advance."""
    at = made.AT + timedelta(days=days)
    follow_all(lambda: at)
    assert check_ledger().breaks == ()
    return standing_of("case", str(case.pk)).amount("advance")


def test_each_part_comes_on_its_day_and_once(granted: tuple[Staff, Decision]) -> None:
    """The first part at once, another each month, the last to the cent; asked again nothing comes twice."""
    case = granted[1].case
    assert [advanced(case, days) for days in (0, 0, 30, 31, 31)] == [MONTH, MONTH, MONTH, TWO, TWO]
    assert advanced(case, 400) == WHOLE
    assert Transaction.objects.filter(key__startswith="advance/").count() == FollowedAdvance.objects.count() == 7
    assert advanced(case, 401) == WHOLE


def test_held_while_suspended(granted: tuple[Staff, Decision]) -> None:
    """While payment is suspended no part comes; once it is released, what was due meanwhile does."""
    staff, decision = granted
    case = decision.case
    assert advanced(case) == MONTH
    at = next_moment(case)
    suspend_payment(case.pk, grounds="er is een vermoeden", by=by(staff["decider"], at), at=at)
    case.refresh_from_db()
    assert advanced(case, 65) == MONTH
    assert [one.how for one in parts_now(case, day_of(made.AT + timedelta(days=65)))][:2] == ["given", "stopped"]
    at = next_moment(case, 66)
    release_payment(case.pk, grounds="het vermoeden klopt niet", by=by(staff["decider"], at), at=at)
    assert advanced(case, 67) == THREE


def test_a_claim_holds_nothing_up(granted: tuple[Staff, Decision]) -> None:
    """While a claim is open in the case its parts come all the same: only a notice of a serious suspicion suspends payment (Awb 4:56)."""
    staff, decision = granted
    case = decision.case
    assert advanced(case, 31) == TWO
    subject, place = Party("case", str(case.pk)), (case.body_id, decision.round_id)
    for act in ("order_payment", "confirm_payment"):
        post(Event(act, subject, TWO, f"{act}/1", *place), by=SITE, at=made.AT)
    at = next_moment(case)
    amend(case.pk, "own-request", 1_000_000, Weighed("u vroeg minder", "dat kan"), by=by(staff["decider"], at), at=at)
    follow_all(lambda: made.AT + timedelta(days=40))
    assert standing_of("case", str(case.pk)).amount("undue") == TWO - 1_000_000
    post(Event("recover", subject, TWO - 1_000_000, "recover/1", *place), by=SITE, at=made.AT)
    post(Event("amend_up", subject, 1_500_000, "amend_up/1", *place), by=SITE, at=made.AT)
    part = {"number": 1, "cents": 1_200_000, "due_on": day_of(made.AT)}
    AdvancePart.objects.create(decision=case.decisions.latest("number"), **part)
    found = post_advances(at=made.AT + timedelta(days=40))
    standing = standing_of("case", str(case.pk))
    assert (found.followed, found.waiting) == (1, ())
    assert (standing.amount("payable"), standing.amount("recoverable")) == (200_000, TWO - 1_000_000)


def test_a_grant_that_came_back_goes_on_with_what_was_paid(granted: tuple[Staff, Decision]) -> None:
    """After a withdrawal that is undone the first parts are what was paid already, nothing is to come back, and the rest is paid."""
    staff, decision = granted
    case = decision.case
    assert advanced(case, 31) == by_the_bank(case) == TWO
    told_of(case, staff, "not-done", 0)
    at = next_moment(case, 15)
    act = revoke(case.pk, WEIGHED, by=by(staff["decider"], at), at=at).act
    assert sums(case, "advance", "undue") == [0, TWO]
    objected(case, against=act.number)
    at = next_moment(case)
    uphold_revocation(case.pk, WHY, by=by(staff["second"], at), at=at)
    assert sums(case, "advance", "undue", "payable") == [MONTH, TWO - MONTH, 0]
    assert (advanced(case, 31), sums(case, "undue", "payable")) == (TWO, [0, 0])
    assert (advanced(case, 400), sums(case, "payable")) == (WHOLE, [WHOLE - TWO])


def test_never_after_the_settlement(granted: tuple[Staff, Decision]) -> None:
    """Once it was settled no part comes any more, whatever the plan said, and what was advanced is taken into account."""
    staff, decision = granted
    case = decision.case
    assert advanced(case) == MONTH
    reported(case)
    at = next_moment(case)
    request_settlement(case.pk, by=by(staff["assessor"], at), at=at)
    at = next_moment(case)
    settle_as_granted(case.pk, words="alles is gedaan", by=by(staff["decider"], at), at=at)
    assert advanced(case, 400) == 0
    standing = standing_of("case", str(case.pk))
    assert (standing.amount("settled"), standing.amount("payable")) == (WHOLE, WHOLE)
    assert FollowedAdvance.objects.count() == 1


def test_a_grant_that_changed_pays_nothing_twice(granted: tuple[Staff, Decision]) -> None:
    """After two months it is amended: the new plan begins with all that is due by then, less what was advanced already."""
    staff, decision = granted
    case = decision.case
    assert advanced(case, 31) == TWO
    at: datetime = next_moment(case, 50)
    row = amend(
        case.pk, "own-request", 4_200_000, Weighed("u vroeg minder", "dat kan"), by=by(staff["decider"], at), at=at
    )
    first = row.advance_parts.get(number=1)
    assert (first.due_on, row.advance_cents) == (day_of(at), 4_200_000)
    assert advanced(case, 51) == max(first.cents, TWO)
    assert advanced(case, 400) == 4_200_000
    assert not FollowedAdvance.objects.filter(part__decision=decision).exclude(part__number__lte=2).exists()


def test_a_part_that_waits_for_a_report(tmp_path: Path) -> None:
    """A quarter comes at once; half only once an official accepted a report, however long that takes, and never paid by that official."""
    staff, decision = _granted(tmp_path, LATER, date(2027, 9, 30))
    case = decision.case
    assert [advanced(case, days) for days in (0, 500)] == [1_500_000, 1_500_000]
    at = next_moment(case)
    report_progress(case.pk, "op de helft", by=by(staff["assessor"], at), at=at)
    assert advanced(case, 500) == 1_500_000
    at = next_moment(case)
    people.role(accepts := people.person(name="accepts"), RoleKind.DECIDER, body=case.body)
    people.role(accepts, RoleKind.PAYMASTER, body=case.body)
    accept_progress(case.pk, by=by(accepts, at), at=at)
    assert advanced(case, 500) == 4_500_000
    at = made.AT + timedelta(days=500)
    assert run_ahead(case.body_id, by=by(accepts, at), at=at).not_on_it == {case.pk: "own_case"}
    assert run_ahead(case.body_id, by=by(staff["paymaster"], at), at=at).not_on_it == {case.pk: "no_account"}


def test_a_backlog_is_followed_some_at_a_time(tmp_path: Path) -> None:
    """A look follows at most so many parts and the next goes on, also past a case of which all parts wait; in the end nothing is left."""
    known = made.library(tmp_path, LARGE.replace("money = 100000", "money = 1000000"))
    round_ = a_round(known, opened=True)
    staff = made.officials(round_.body)
    held, goes = (given(known, round_, staff, UNTIL, name) for name in ("Nadia", "Omar"))
    follow_decisions(lambda: made.AT)
    at = next_moment(held.case)
    suspend_payment(held.case.pk, grounds="er is een vermoeden", by=by(staff["decider"], at), at=at)
    late, after, seen = made.AT + timedelta(days=400), 0, []
    while (found := post_advances(at=late, after=after, most=3)).after is not None:
        seen.append((found.followed, len(found.waiting)))
        after = found.after
    assert seen == [(0, 3), (3, 0), (3, 0)]
    assert (found.followed, standing_of("case", str(goes.case.pk)).amount("advance")) == (1, WHOLE)
    assert standing_of("case", str(held.case.pk)).amount("advance") == 0
    assert [post_advances(at=late, most=100).followed, len(post_advances(at=late, most=100).waiting)] == [0, 7]


BROKEN = {
    "advance_plan_whole": "UPDATE decisions_advancepart SET cents = cents + 1 WHERE number = 2",
    "advance_part_once": "UPDATE payments_transaction SET cents = cents + 1 WHERE key LIKE 'advance/%%'",
    "advance_not_early": "UPDATE decisions_advancepart SET due_on = due_on + 1 WHERE number = 1",
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_check_finds(name: str, granted: tuple[Staff, Decision]) -> None:
    """Negative control: a plan or posting that was changed past the guards is named by the check of the ledger."""
    assert advanced(granted[1].case) == MONTH
    with unguarded():
        run("ALTER TABLE decisions_advancepart DISABLE TRIGGER USER")
        run(BROKEN[name])
        assert name in {one.invariant for one in check_ledger().breaks}
        run("ALTER TABLE decisions_advancepart ENABLE TRIGGER USER")
