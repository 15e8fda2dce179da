"""Several penalties in one case: each is owed, paid and objected to for itself, and together they are what the ledger says."""

from dataclasses import replace
from pathlib import Path

import pytest

from doorleren.audit.acts import Party
from doorleren.cases.commands.give_notice_of_default import give_notice_of_default
from doorleren.cases.models import Case, CaseAct
from doorleren.core.days import day_of
from doorleren.decisions.commands.fix_penalty import fix_penalty
from doorleren.decisions.commands.uphold_debts import uphold_penalty
from doorleren.decisions.models import FixedPenalty
from doorleren.payments.balances import standing_of
from doorleren.payments.banking_days import next_banking_day
from doorleren.payments.checking import check_ledger
from doorleren.payments.commands.import_message import import_message
from doorleren.payments.commands.pay_outside import note_penalty_paid
from doorleren.payments.jobs import follow_all
from doorleren.payments.models import PaymentLine, PaymentRun
from doorleren.payments.payable import owed_by
from doorleren.payments.refusing import PaymentRefused
from tests.decisions import made
from tests.decisions.made import by
from tests.decisions.objecting import WHY, Staff, next_moment, objected, said, went
from tests.decisions.test_penalties import after, last_days
from tests.payments import paying
from tests.payments.test_upheld import decided_too_late
from tests.people import made as people

pytestmark = pytest.mark.django_db
FIRST = 49_700
"""What nineteen days cost."""


@pytest.fixture
def late(tmp_path: Path) -> tuple[Staff, Case]:
    """The officials, and a case that was granted nineteen days too late, whose penalty the ledger owes."""
    staff, case, row = decided_too_late(tmp_path)
    assert row.cents == FIRST
    return staff, case


def late_again(staff: Staff, case: Case) -> FixedPenalty:
    """Let nobody decide on an objection against the grant, and fix the penalty of that: all its days."""
    objected(case, against=CaseAct.objects.get(case=case, act="granted").number)
    at = after(case, last_days(case)[-1])
    give_notice_of_default(case.pk, on=day_of(at), by=by(staff["assessor"], at), at=at)
    at = next_moment(case, 60)
    return fix_penalty(case.pk, by=by(staff["decider"], at), at=at)


def owed(case: Case) -> int:
    """Give what the ledger owes of the penalties of a case."""
    return standing_of("penalty", str(case.pk)).amount("payable")


def outside(staff: Staff, case: Case) -> CaseAct:
    """Let the paymaster note that it was paid outside a run."""
    at = next_moment(case)
    return note_penalty_paid(case.pk, "afschrift 12", "spoed", by=by(staff["paymaster"], at), at=at)


def accounts(staff: Staff, case: Case) -> None:
    """Give the body and who applied an account, and the body a second paymaster."""
    staff["other"] = people.person(name="other")
    people.role(staff["other"], paying.RoleKind.PAYMASTER, body=case.body)
    paying.account(case.body, Party(paying.PAYER, str(case.body_id)), paying.PAYERS_IBAN, staff)
    paying.account(case.body, paying.payee_of(case), paying.IBANS[0], staff)


def sent_to_the_bank(staff: Staff, case: Case) -> PaymentRun:
    """Let two paymasters pay what is owed in the case."""
    at = next_moment(case, 1)
    first, second = (people.signed_in(staff[name], at=at) for name in ("paymaster", "other"))
    run = paying.propose_run(case.body_id, pay_on=next_banking_day(day_of(at)), by=first, at=at).run
    paying.release_run(run.pk, by=second, at=at)
    return run


def confirmed(staff: Staff, case: Case, run: PaymentRun) -> PaymentLine:
    """Let the bank say that it paid the last payment of a run."""
    line, at = PaymentLine.objects.filter(run=run).latest("number"), next_moment(case, 1)
    booked = paying.entry(line.end_to_end, line.cents)
    import_message(case.body_id, paying.statement(booked), by=people.signed_in(staff["paymaster"], at=at), at=at)
    return line


def test_one_is_fixed_while_another_is_paid(late: tuple[Staff, Case]) -> None:
    """A second penalty that is fixed while the bank has the first stays owed when the first is paid, and goes on the next run."""
    staff, case = late
    accounts(staff, case)
    run = sent_to_the_bank(staff, case)
    row = late_again(staff, case)
    assert (row.days, row.cents) == (42, 144_200)
    follow_all(lambda: made.AT)
    with pytest.raises(PaymentRefused, match="staat op een betaalrun"):
        outside(staff, case)
    line = confirmed(staff, case, run)
    assert (line.what, line.cents, owed(case)) == ("penalty", FIRST, 144_200)
    case.refresh_from_db()
    assert case.penalty_paid_at is not None
    assert case.penalty_fixed_at is not None
    assert case.penalty_paid_at > case.penalty_fixed_at  # what was paid last is not what was fixed last
    line = confirmed(staff, case, sent_to_the_bank(staff, case))
    assert (line.what, line.cents, owed(case)) == ("penalty", 144_200, 0)
    paid = CaseAct.objects.filter(case=case, act="penalty_paid").order_by("number")
    assert [one.details["cents"] for one in paid] == [FIRST, 144_200]
    assert not owed_by(case.body_id, rehearsal=False)
    assert list(run.rows.values_list("what", flat=True).order_by("number")) == ["case", "penalty"]
    assert check_ledger().breaks == ()


def test_each_is_noted_once_outside_a_run(late: tuple[Staff, Case]) -> None:
    """Of two penalties what is due is noted as paid: the first, then the second once the ledger owes it, and nothing twice."""
    staff, case = late
    assert outside(staff, case).details["cents"] == FIRST
    with pytest.raises(PaymentRefused, match="geen dwangsom"):
        outside(staff, case)
    late_again(staff, case)
    with pytest.raises(PaymentRefused, match="nog niet in het grootboek"):
        outside(staff, case)
    follow_all(lambda: made.AT)
    assert outside(staff, case).details["cents"] == 144_200
    with pytest.raises(PaymentRefused, match="geen dwangsom"):
        outside(staff, case)
    standing = standing_of("penalty", str(case.pk))
    assert (standing.amount("payable"), standing.amount("paid")) == (0, FIRST + 144_200)
    assert check_ledger().breaks == ()


def test_an_objection_against_the_first_of_two(late: tuple[Staff, Case]) -> None:
    """Upheld, the first penalty becomes higher and is still that of its own notice; the second stays as it was."""
    staff, case = late
    first = FixedPenalty.objects.get()
    went(first.act)
    second = late_again(staff, case)
    objection = objected(case, against=first.act.number)
    at = next_moment(case)
    heard = replace(WHY, objection=objection.number, excused="u was ziek")
    answer = uphold_penalty(case.pk, 20, heard, by=by(staff["second"], at), at=at)
    again = FixedPenalty.objects.get(replaces=first)
    assert (again.notice, again.days, again.cents) == (first.notice, 20, 53_200)
    assert again.act.details == {"cents": 53_200, "days": 20, "notice": first.notice.number}
    assert answer.instead == again.act
    assert "te laat waren met beslissen op uw aanvraag" in said(again.act)
    assert FixedPenalty.objects.get(pk=second.pk).notice != first.notice
    follow_all(lambda: made.AT)
    assert owed(case) == 53_200 + 144_200
    assert check_ledger().breaks == ()
