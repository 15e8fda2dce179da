"""A recovery that falls away: who paid gets back what came in, whoever the grant is paid to; what is asked no more is taken off, and the case closes."""

from pathlib import Path

import pytest

from doorleren.audit.acts import SITE, Party
from doorleren.cases.models import Case, CaseAct
from doorleren.core.days import day_of
from doorleren.core.money import euros
from doorleren.decisions.commands.uphold_debts import uphold_recovery
from doorleren.decisions.models import Decision, Recovery, Settlement
from doorleren.payments.balances import round_money, standing_of
from doorleren.payments.checking import check_ledger
from doorleren.payments.claims import asked_no_more, nothing_undue
from doorleren.payments.commands.close_cases import close_quiet
from doorleren.payments.commands.pay_back import pay_back
from doorleren.payments.commands.post import Event, post
from doorleren.payments.commands.propose_run import run_ahead
from doorleren.payments.commands.release_run import release_run
from doorleren.payments.payable import owed_by
from doorleren.payments.refunds import REFUND
from doorleren.payments.too_much import paid_too_much, paid_too_much_to
from doorleren.web.applicant.file.decision import payments_shown
from tests.applications.made import a_round
from tests.decisions import made
from tests.decisions.made import by
from tests.decisions.objecting import WHY, Staff, next_moment, objected, went
from tests.decisions.test_recovering import settled_at
from tests.decisions.test_settling import PROVEN
from tests.payments.lifting import OWED_BACK, collected, recovered, sums
from tests.payments.paying import IBANS, account, granted
from tests.payments.test_afterwards import GRANTED, SETTLED
from tests.payments.test_closing import quiet, why
from tests.payments.test_refunds import applied, booked, ordered, payers, proposed, too_much
from tests.people import made as people

pytestmark = pytest.mark.django_db
CLAIM = GRANTED - SETTLED
CAME_IN = 12_345


def of_a_provider(folder: Path, *, has_account: bool = True) -> tuple[Staff, Case, Party]:
    """Give the officials, a case of which a training provider gets the grant, and that provider; who applied has an account too."""
    known = made.library(folder, PROVEN)
    round_ = a_round(known, opened=True)
    staff = made.officials(round_.body)
    provider = Party("organisation", str(people.organisation("11111111").pk))
    case = granted(known, round_, staff, "Nadia", payee=provider)
    payers(case, staff)
    if has_account:
        account(case.body, provider, IBANS[1], staff)
    sums(case)
    return staff, case, provider


def lifted(case: Case, staff: Staff, row: Recovery, cents: int) -> None:
    """Object against a recovery, and let so much of it fall away."""
    objected(case, against=row.act.number)
    at = next_moment(case)
    went(uphold_recovery(case.pk, cents, WHY, by=by(staff["second"], at), at=at).act)


def test_a_whole_life(tmp_path: Path) -> None:
    """Granted and paid to a provider, settled lower, recovered, partly collected of who applied, and lifted: they get that back, and the case closes with nothing left."""
    staff, case, provider = of_a_provider(tmp_path)
    went(Decision.objects.get(case=case).act)
    line = ordered(case, staff)
    assert (line.what, Party(line.payee_kind, line.payee_id), line.cents) == ("case", provider, GRANTED)
    assert booked(line, case, staff) == {"matched": 1}
    settled_at(SETTLED, case, staff)
    went(Settlement.objects.get(case=case).act)
    row = recovered(case, staff, CLAIM, CAME_IN)
    assert (why(case), sums(case, "recoverable", "received")) == ("money", [CLAIM - CAME_IN, CAME_IN])
    assert {"label": "Terug te betalen", "amount": euros(CLAIM - CAME_IN)} in payments_shown(case)
    lifted(case, staff, row, CLAIM)
    assert sums(case, "recoverable", "received", "payable", "undue", OWED_BACK) == [0, 0, 0, CLAIM, CAME_IN]
    assert why(case) == "money"
    shown = {one["label"]: one["amount"] for one in payments_shown(case)}
    assert ("Terug te betalen" in shown, shown["Dit betalen wij u nog terug"]) == (False, euros(CAME_IN))
    told = nothing_undue(case.pk)
    assert told is not None
    assert "al besloten" in told["nl"]
    back = ordered(case, staff)
    assert (back.what, Party(back.payee_kind, back.payee_id), back.cents) == (REFUND, applied(case), CAME_IN)
    assert booked(back, case, staff) == {"matched": 1}
    assert why(case) is None
    at = quiet(case)
    assert close_quiet(lambda: at).done == 1
    standing = standing_of("case", str(case.pk))
    assert [standing.amount(kind) for kind in ("undue", "kept", "expense", "paid", "received")] == [
        0,
        CLAIM,
        SETTLED,
        GRANTED,
        0,
    ]
    told_of_round = round_money(Decision.objects.get(case=case).round_id or 0)
    assert (told_of_round.recoverable, told_of_round.written_off, told_of_round.paid) == (0, CLAIM, GRANTED + CAME_IN)
    assert check_ledger().breaks == ()


def test_what_nobody_recovers_in_time_is_asked_no_more(life: tuple[Staff, Case]) -> None:
    """Without a recovery the case stays open for five years from the settlement (Awb 4:57), and closes after them."""
    staff, case = life
    went(Decision.objects.get(case=case).act)
    settled_at(SETTLED, case, staff)
    went(Settlement.objects.get(case=case).act)
    assert sums(case, "undue") == [CLAIM]
    assert why(case) == "money"
    last = day_of(CaseAct.objects.get(case=case, act="settled_lower").at)
    late = last.replace(year=last.year + 5, day=1, month=last.month % 12 + 1)
    assert asked_no_more([case.pk], last) == set()
    assert asked_no_more([case.pk], late.replace(year=late.year + 1)) == {case.pk}


def test_what_is_recovered_less_than_was_paid_too_much(life: tuple[Staff, Case]) -> None:
    """What the recovery leaves to who was paid, by its weighing, is asked no more once the rest came in."""
    staff, case = life
    went(Decision.objects.get(case=case).act)
    settled_at(SETTLED, case, staff)
    went(Settlement.objects.get(case=case).act)
    recovered(case, staff, CLAIM - 1_000, CLAIM - 1_000)
    assert (sums(case, "undue"), why(case)) == ([1_000], None)


def test_too_much_that_came_in_is_not_kept_for_what_fell_away(life: tuple[Staff, Case]) -> None:
    """What was paid above the claim can be paid back though the claim fell away; while nobody decided on what is undue it waits."""
    staff, case = life
    settled_at(SETTLED, case, staff)
    sums(case)
    collected(case, 500)
    assert paid_too_much(case.pk) == 0, "it may be asked back"
    row = recovered(case, staff, CLAIM, CLAIM)
    lifted(case, staff, row, CLAIM)
    assert sums(case, "suspense", "undue", OWED_BACK) == [500, CLAIM, CLAIM]
    assert (paid_too_much(case.pk), paid_too_much_to([case.body_id], 9)) == (500, {case.pk: 500})
    at = next_moment(case)
    assert pay_back(case.pk, by=by(staff["paymaster"], at), at=at) == 500
    assert sums(case, "suspense", OWED_BACK) == [0, CLAIM + 500]


@pytest.mark.parametrize(("act", "kind", "key", "name"), [
    ("owe_refund", REFUND, "lift/0/owed", "lifted_paid_back"), ("let_keep", "case", "let_keep/1", "kept_at_closing"),
])  # fmt: skip
def test_what_no_decision_says_is_found(act: str, kind: str, key: str, name: str, life: tuple[Staff, Case]) -> None:
    """Negative control of the checks: a refund of a claim that never fell away, and what is taken off of an open case, are named."""
    staff, case = life
    settled_at(SETTLED, case, staff)
    assert sums(case, "undue") == [CLAIM]
    round_ = Decision.objects.filter(case=case).latest("number").round_id
    post(Event(act, Party(kind, str(case.pk)), 7, key, case.body_id, round_), by=SITE, at=made.AT)
    assert set(check_ledger().counts) == {name}


def test_a_refund_does_not_wait_for_a_grant_that_cannot_be_paid(tmp_path: Path) -> None:
    """The provider has no account, so the grant waits with its reason; what who applied gets back goes on the run all the same."""
    staff, case, _ = of_a_provider(tmp_path, has_account=False)
    too_much(case, staff, 2_000)
    assert {one.what for one in owed_by(case.body_id, rehearsal=False)} == {"case", REFUND}
    at = next_moment(case, 3)
    ahead = run_ahead(case.body_id, by=by(staff["paymaster"], at), at=at)
    assert ([one.what for one in ahead.lines], dict(ahead.left)) == ([REFUND], {(case.pk, "case"): "no_account"})
    made_run = proposed(case, staff)
    assert (made_run.not_on_it, [one.what for one in made_run.run.rows.all()]) == ({case.pk: "no_account"}, [REFUND])
    at = next_moment(case, 3)
    (line,) = release_run(made_run.run.pk, by=by(staff["other"], at), at=at).ordered
    assert (line.what, line.cents) == (REFUND, 2_000)
    assert booked(line, case, staff) == {"matched": 1}
    assert check_ledger().breaks == ()
