"""What was paid too much to us goes back to who paid it, whatever became of the grant: ordered by two people, booked, and then the case closes."""

from datetime import timedelta
from pathlib import Path

import pytest

from doorleren.applications.models import Application
from doorleren.audit.acts import SITE, Party
from doorleren.cases.commands.close_case import close_case
from doorleren.cases.commands.perform import perform
from doorleren.cases.models import Case, CaseAct
from doorleren.core.days import day_of
from doorleren.decisions.commands.uphold_debts import uphold_recovery
from doorleren.decisions.models import Decision
from doorleren.payments.balances import round_money, standing_of
from doorleren.payments.banking_days import next_banking_day
from doorleren.payments.checking import check_ledger
from doorleren.payments.commands.give_account import may_give
from doorleren.payments.commands.import_message import import_message
from doorleren.payments.commands.owe_again import owe_again
from doorleren.payments.commands.pay_back import pay_back
from doorleren.payments.commands.post import Event, post
from doorleren.payments.commands.propose_run import Proposed, propose_run
from doorleren.payments.commands.release_run import PAYER, release_run
from doorleren.payments.models import PaymentLine
from doorleren.payments.payable import act_of, stopped
from doorleren.payments.refunds import REFUND
from doorleren.payments.telling import case_of_payee
from doorleren.people.models import RoleKind
from tests.applications.made import a_round
from tests.decisions import made
from tests.decisions.made import by
from tests.decisions.objecting import WHY, Staff, next_moment, objected, went
from tests.decisions.test_settling import PROVEN
from tests.payments.lifting import OWED_BACK, collected, revoked, sums
from tests.payments.paying import IBANS, PAYERS_IBAN, account, entry, granted, statement
from tests.payments.test_afterwards import GRANTED
from tests.payments.test_closing import why
from tests.people import made as people

pytestmark = pytest.mark.django_db
MUCH = 2_000


def applied(case: Case) -> Party:
    """Give who applied, as a payee."""
    one = Application.objects.get(pk=int(case.subject_id))
    return Party(one.applicant_kind, str(one.applicant_number))


def payers(case: Case, staff: Staff) -> None:
    """Let there be a second paymaster, an account to pay from, and one of who applied."""
    staff["other"] = people.person(name="other")
    people.role(staff["other"], RoleKind.PAYMASTER, body=case.body)
    account(case.body, Party(PAYER, str(case.body_id)), PAYERS_IBAN, staff)
    account(case.body, applied(case), IBANS[0], staff)


def too_much(case: Case, staff: Staff, cents: int = MUCH) -> None:
    """Let more come in than was asked, and let a paymaster have it paid back."""
    collected(case, cents)
    at = next_moment(case, 3)
    assert pay_back(case.pk, by=by(staff["paymaster"], at), at=at) == cents


def proposed(case: Case, staff: Staff) -> Proposed:
    """Propose to pay what is owed in the case."""
    at = next_moment(case, 3)
    day = next_banking_day(day_of(at))
    return propose_run(case.body_id, pay_on=day, by=by(staff["paymaster"], at), at=at, only=[case.pk])


def ordered(case: Case, staff: Staff) -> PaymentLine:
    """Propose and release what is owed in the case: one payment."""
    run, at = proposed(case, staff).run, next_moment(case, 3)
    (line,) = release_run(run.pk, by=by(staff["other"], at), at=at).ordered
    return line


def booked(line: PaymentLine, case: Case, staff: Staff, back: str = "") -> dict[str, int]:
    """Let the bank say that it paid, or that it came back."""
    at = next_moment(case, 3)
    content = statement(entry(line.end_to_end, line.cents, debit=not back, back=back))
    return import_message(case.body_id, content, by=by(staff["paymaster"], at), at=at).outcomes


@pytest.fixture
def gone(life: tuple[Staff, Case]) -> tuple[Staff, Case]:
    """The officials, and a case whose grant was withdrawn after it was paid; all of it was recovered and came in."""
    staff, case = life
    payers(case, staff)
    went(Decision.objects.get(case=case).act)
    went(revoked(case, staff, collects=GRANTED))
    return staff, case


@pytest.mark.parametrize("closed", [False, True])
def test_to_the_end_in_a_case_whose_grant_is_over(closed: bool, gone: tuple[Staff, Case]) -> None:
    """Withdrawn, recovered and too much came in, before or after the case was closed: it is proposed, released and booked, and the case closes."""
    staff, case = gone
    assert why(case) is None
    if closed:
        at = next_moment(case)
        close_case(case.pk, by=by(staff["assessor"], at), at=at)
    too_much(case, staff)
    assert sums(case, "suspense", "payable", "received") == [0, 0, GRANTED]
    before = round_money(Decision.objects.get(case=case).round_id).received
    if not closed:
        assert why(case) == "money"
    line = ordered(case, staff)
    assert (line.what, line.cents, Party(line.payee_kind, line.payee_id)) == (REFUND, MUCH, applied(case))
    assert booked(line, case, staff) == {"matched": 1}
    act = CaseAct.objects.get(case=case, act="refunded")
    assert (act.by_kind, act.details["cents"]) == ("payment_run", MUCH)
    standing = standing_of(REFUND, str(case.pk))
    assert [standing.amount(kind) for kind in ("payable", "in_transit", "paid", "received")] == [0, 0, MUCH, MUCH]
    assert round_money(Decision.objects.get(case=case).round_id).received == before == GRANTED + MUCH
    assert check_ledger().breaks == ()
    case.refresh_from_db()
    assert case.state == ("closed" if closed else "revoked")
    if not closed:
        assert why(case) is None


def test_the_grant_of_such_a_case_is_not_paid(gone: tuple[Staff, Case]) -> None:
    """What the ledger still has as granted in a withdrawn case stays where it is: only money that is owed back leaves."""
    case = gone[1]
    assert (act_of(case), stopped(case), act_of(case, REFUND), stopped(case, REFUND)) == (
        "refunded",
        None,
        "refunded",
        None,
    )
    with pytest.MonkeyPatch.context() as patched:  # as before the ledger followed the withdrawal
        patched.setattr("doorleren.payments.refunds.standings_of", lambda _: {("case", str(case.pk)): (1, Granted())})
        assert (act_of(case), stopped(case)) == ("advance_paid", "act_forbidden")


class Granted:
    """A case of which the ledger has the grant."""

    def amount(self, kind: str) -> int:
        """Give what stands on a kind of account."""
        return GRANTED if kind == "obligation" else 0


def test_a_suspended_payment_stops_it(life: tuple[Staff, Case]) -> None:
    """While payment is suspended it waits, and says so; released, it is paid."""
    staff, case = life
    payers(case, staff)
    too_much(case, staff)
    at = next_moment(case)
    perform(case.pk, "payment_suspended", by=by(staff["decider"], at), at=at)
    case.refresh_from_db()
    assert stopped(case, REFUND) == "suspended"
    at = next_moment(case)
    perform(case.pk, "payment_released", by=by(staff["decider"], at), at=at)
    case.refresh_from_db()
    assert stopped(case, REFUND) is None
    assert booked(ordered(case, staff), case, staff) == {"matched": 1}


def test_paid_to_who_applied_and_not_to_who_gets_the_grant(tmp_path: Path) -> None:
    """Where a training provider gets the grant, what the applicant paid too much goes to the applicant, on the same run; the grant to the provider."""
    known = made.library(tmp_path, PROVEN)
    round_ = a_round(known, opened=True)
    staff = made.officials(round_.body)
    provider = Party("organisation", str(people.organisation("11111111").pk))
    case = granted(known, round_, staff, "Nadia", payee=provider)
    payers(case, staff)
    account(case.body, provider, IBANS[1], staff)
    sums(case)
    too_much(case, staff)
    run, at = proposed(case, staff).run, next_moment(case, 3)
    grant, back = release_run(run.pk, by=by(staff["other"], at), at=at).ordered
    assert (grant.what, Party(grant.payee_kind, grant.payee_id)) == ("case", provider)
    assert [booked(one, case, staff) for one in (grant, back)] == [{"matched": 1}] * 2
    assert (back.what, back.cents, Party(back.payee_kind, back.payee_id)) == (REFUND, MUCH, applied(case))
    assert may_give(Application.objects.get(pk=int(case.subject_id)), case)
    assert case_of_payee(case.body_id, applied(case)) == case, (
        "who applied is told of an account too, though no decision pays them"
    )
    assert case_of_payee(case.body_id, Party("person", "1")) is None
    assert check_ledger().breaks == ()


def test_half_of_a_refund_is_found(life: tuple[Staff, Case]) -> None:
    """Negative control of the check: one half alone, posted past the command, is named."""
    case = life[1]
    round_ = Decision.objects.get(case=case).round_id
    event = Event("owe_refund", Party(REFUND, str(case.pk)), 5, f"pay_back/{case.pk}/1/owed", case.body_id, round_)
    post(event, by=SITE, at=made.AT)
    assert [one.invariant for one in check_ledger().breaks] == ["refund_both"]


def test_one_that_comes_back_is_paid_again(gone: tuple[Staff, Case]) -> None:
    """A refund that the bank sends back waits until somebody has looked, and is then paid once more, to the same person."""
    staff, case = gone
    too_much(case, staff)
    line = ordered(case, staff)
    booked(line, case, staff)
    booked(line, case, staff, back="AC04")
    assert standing_of(REFUND, str(case.pk)).amount("suspense") == MUCH
    assert why(case) == "money"
    at = next_moment(case)
    owe_again(line.pk, by=by(staff["paymaster"], at), at=at)
    again = ordered(case, staff)
    assert (again.what, again.payee_id, booked(again, case, staff)) == (REFUND, line.payee_id, {"matched": 1})
    assert (why(case), check_ledger().breaks) == (None, ())


def test_what_was_collected_of_a_recovery_that_fell_away(life: tuple[Staff, Case]) -> None:
    """The grant stays withdrawn and its recovery falls away in part: what came in on that leaves too, also after the bank sent it back; nothing twice."""
    staff, case = life
    payers(case, staff)
    went(Decision.objects.get(case=case).act)
    went(revoked(case, staff, collects=GRANTED))
    act = CaseAct.objects.get(case=case, act="recovery_decided")
    objected(case, against=act.number)
    at = next_moment(case)
    uphold_recovery(case.pk, MUCH, WHY, by=by(staff["second"], at), at=at)
    assert sums(case, OWED_BACK, "payable", "obligation", "settled") == [MUCH, 0, 0, 0]
    case.refresh_from_db()
    assert case.state == "revoked"
    line = ordered(case, staff)
    assert (line.what, line.cents, Party(line.payee_kind, line.payee_id)) == (REFUND, MUCH, applied(case))
    assert booked(line, case, staff) == {"matched": 1}
    assert CaseAct.objects.filter(case=case, act="refunded").count() == 1
    booked(line, case, staff, back="AC04")
    at = next_moment(case)
    owe_again(line.pk, by=by(staff["paymaster"], at), at=at)
    assert sums(case, OWED_BACK, "payable", "suspense") == [MUCH, 0, 0]


def test_what_was_ordered_while_the_grant_stood_is_no_refund(gone: tuple[Staff, Case]) -> None:
    """Booked after the withdrawal it is still an advance, which the case refuses so that somebody looks; nor is it one while a claim is open."""
    _staff, case = gone
    case.refresh_from_db()
    assert case.revoked_at is not None
    before, after = (case.revoked_at + timedelta(minutes=one) for one in (-1, 1))
    assert [act_of(case, "case", one) for one in (None, before, after)] == ["refunded", "advance_paid", "refunded"]
    post(
        Event("charge_costs", Party("case", str(case.pk)), 1, "costs", case.body_id, None),
        by=SITE,
        at=next_moment(case),
    )
    assert act_of(case) == "advance_paid"
