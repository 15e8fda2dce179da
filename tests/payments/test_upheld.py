"""Objections against a withdrawal, a recovery and a penalty that are upheld: case, letter and ledger follow, to the cent."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.db import transaction

from doorleren.cases.commands.give_notice_of_default import give_notice_of_default
from doorleren.cases.commands.note_appeal import ENDS, note_appeal, note_judgment
from doorleren.cases.models import Case
from doorleren.cases.recording import moments_of
from doorleren.cases.refusing import CaseRefused
from doorleren.cases.rules import why_not
from doorleren.cases.terms.appealing import ANNULLED
from doorleren.core.days import day_of
from doorleren.decisions.collecting import debt_of
from doorleren.decisions.commands.amend import amend
from doorleren.decisions.commands.decide_objection import Heard, reject, uphold
from doorleren.decisions.commands.fix_penalty import fix_penalty
from doorleren.decisions.commands.recover import decide_recovery, remind
from doorleren.decisions.commands.uphold_debts import uphold_penalty, uphold_recovery
from doorleren.decisions.commands.uphold_revocation import uphold_revocation
from doorleren.decisions.figures import shares_of_case
from doorleren.decisions.models import Decision, FixedPenalty, ObjectionDecision, Settlement
from doorleren.decisions.refusing import DecisionRefused
from doorleren.decisions.said_with_acts import words_with
from doorleren.payments.balances import standing_of
from doorleren.payments.checking import check_ledger
from doorleren.payments.claims import claim_of
from doorleren.payments.commands.pay_outside import note_penalty_paid
from doorleren.payments.jobs import follow_all
from doorleren.payments.models import Transaction
from doorleren.payments.payable import owed_by
from doorleren.payments.refusing import PaymentRefused
from doorleren.people.access import NotAllowed
from doorleren.people.models import RoleKind
from tests.applications.made import a_round
from tests.decisions import made
from tests.decisions.made import YES, assessed, by
from tests.decisions.objecting import WHY, Staff, granted, next_moment, objected, said, went
from tests.decisions.test_recovering import WEIGHED, settled_at
from tests.payments.lifting import OWED_BACK, recovered, revoked, sums
from tests.payments.made import run
from tests.payments.test_afterwards import GRANTED, PROVEN, SETTLED
from tests.people import made as people

pytestmark = pytest.mark.django_db


def test_who_pays_what_follows_a_change(life: tuple[Staff, Case]) -> None:
    """Once a grant is lowered the figures say what the government pays now, and of the same cost the rest is borne by others."""
    staff, case = life
    before = shares_of_case(case.pk)
    at = next_moment(case)
    amend(case.pk, "own-request", GRANTED - 10_000, WEIGHED, by=by(staff["decider"], at), at=at)
    after = shares_of_case(case.pk)
    assert after["government"] == before["government"] - 10_000
    assert sum(after.values()) >= sum(before.values())


def test_a_grant_that_was_withdrawn_comes_back(life: tuple[Staff, Case]) -> None:
    """Upheld by who had no hand in it, the grant stands as it was, nothing is claimed any more, and what was collected is owed back."""
    staff, case = life
    act = revoked(case, staff)
    assert sums(case, "released", "recoverable", "received") == [GRANTED, GRANTED - 30_000, 30_000]
    shares = shares_of_case(case.pk)
    assert shares
    objected(case, against=act.number)
    at = next_moment(case)
    with pytest.raises(NotAllowed):
        uphold_revocation(case.pk, WHY, by=by(staff["decider"], at), at=at)
    with pytest.raises(DecisionRefused, match="niet over een terugvordering"):
        uphold_recovery(case.pk, 1, WHY, by=by(staff["second"], at), at=at)
    answer = uphold_revocation(case.pk, WHY, by=by(staff["second"], at), at=at)
    case.refresh_from_db()
    assert (case.state, answer.lifted_cents, answer.awarded_cents) == ("granted", GRANTED, GRANTED)
    assert "in beroep gaan bij de rechtbank" in said(answer.instead)
    kinds = ("obligation", "advance", "released", "recoverable", "undue", OWED_BACK, "above_ceiling")
    assert sums(case, *kinds) == [GRANTED, GRANTED, 0, 0, 0, 30_000, 0]
    assert (debt_of(case.pk).open, shares_of_case(case.pk)) == (0, shares)
    at = next_moment(case)
    with pytest.raises(DecisionRefused, match="geen bezwaar"):
        uphold_revocation(case.pk, WHY, by=by(staff["second"], at), at=at)


def test_an_objection_against_the_grant_undoes_its_withdrawal(life: tuple[Staff, Case]) -> None:
    """It came before the grant was withdrawn and goes about that too (Awb 6:19): upheld, the ledger restores what had been released."""
    staff, case = life
    objected(case, against=Decision.objects.get(case=case).act.number)
    act = revoked(case, staff)
    case.refresh_from_db()
    assert case.state == "objection"
    assert "gaat ook over dit nieuwe besluit" in said(act)
    at = next_moment(case)
    answer = uphold_revocation(case.pk, WHY, by=by(staff["second"], at), at=at)
    case.refresh_from_db()
    assert (case.state, answer.lifted_cents) == ("granted", GRANTED)
    kinds = ("obligation", "advance", "released", "recoverable", "undue", OWED_BACK, "above_ceiling")
    assert sums(case, *kinds) == [GRANTED, GRANTED, 0, 0, 0, 30_000, 0]


def test_a_settlement_that_was_withdrawn_comes_back(life: tuple[Staff, Case]) -> None:
    """After a settlement it is the settlement that stands again, of as much as before."""
    staff, case = life
    settled_at(SETTLED, case, staff)
    act = revoked(case, staff, "facts-after-settlement")
    objected(case, against=act.number)
    at = next_moment(case)
    uphold_revocation(case.pk, WHY, by=by(staff["second"], at), at=at)
    case.refresh_from_db()
    last = Settlement.objects.filter(case=case).latest("number")
    assert (case.state, last.number, last.settled_cents) == ("settled", 2, SETTLED)
    kinds = ("settled", "expense", "recoverable", "undue", OWED_BACK)
    assert sums(case, *kinds) == [SETTLED, SETTLED, 0, GRANTED - SETTLED, 30_000]


def test_a_recovery_falls_away_in_part(life: tuple[Staff, Case]) -> None:
    """What is open falls first, with the fees of reminders; what was collected above what stays is owed back, and the settlement stays."""
    staff, case = life
    settled_at(SETTLED, case, staff)
    row = recovered(case, staff, GRANTED - SETTLED - 1)  # 29,994; all of it comes in, and 6 cents more
    assert sums(case, "recoverable", "suspense") == [0, 6]
    at = next_moment(case)
    objected(case, against=row.act.number)
    at = next_moment(case)
    second = by(staff["second"], at)
    for wrong in (0, 29_995):
        with pytest.raises(DecisionRefused, match="tot en met € 299,94"):
            uphold_recovery(case.pk, wrong, WHY, by=second, at=at)
    with pytest.raises(DecisionRefused, match="niet over de intrekking"):
        uphold_revocation(case.pk, WHY, by=second, at=at)
    answer = uphold_recovery(case.pk, 20_000, WHY, by=second, at=at)
    case.refresh_from_db()
    assert (case.state, answer.outcome, answer.instead) == ("settled", "debt_objection_upheld", None)
    assert "€ 99,94" in said(answer.act).replace("\N{NO-BREAK SPACE}", " ")
    assert sums(case, "settled", "recoverable", "undue", OWED_BACK) == [SETTLED, 0, 20_001, 20_000]


def test_fees_fall_with_a_recovery(life: tuple[Staff, Case]) -> None:
    """A recovery with a fee of a reminder falls away as a whole: nothing is open, and page and ledger say the same."""
    staff, case = life
    settled_at(SETTLED, case, staff)
    follow_all(lambda: made.AT)
    at = next_moment(case)
    cents = GRANTED - SETTLED
    row = decide_recovery(case.pk, cents, WEIGHED, paid_cents=GRANTED, by=by(staff["decider"], at), at=at)
    went(row.act)
    objected(case, against=row.act.number)
    at = next_moment(case, (row.pay_by - day_of(at)).days + 1)
    fee = remind(case.pk, cents, with_fee=True, by=by(staff["assessor"], at), at=at).fee_cents
    assert sums(case, "recoverable", "costs") == [cents + fee, fee]
    assert fee > 0
    at = next_moment(case)
    uphold_recovery(case.pk, cents, replace(WHY, excused="u was ziek"), by=by(staff["second"], at), at=at)
    assert sums(case, "recoverable", "costs", "undue", "payable") == [0, 0, cents, 0]
    claim = claim_of(case.pk, day_of(at))
    assert (claim.posted, claim.open_cents, claim.overdue_cents, claim.interest_cents) == (True, 0, 0, 0)


@pytest.fixture
def late(tmp_path: Path) -> tuple[Staff, Case, FixedPenalty]:
    """The officials, a case that was granted nineteen days too late, and its penalty, which the ledger owes."""
    return decided_too_late(tmp_path)


def decided_too_late(folder: Path, *, rehearsal: bool = False) -> tuple[Staff, Case, FixedPenalty]:
    """Grant a case nineteen days too late and fix the penalty, in a round to practise with or not."""
    known = made.library(folder)
    round_ = a_round(known, opened=True)
    staff = made.officials(round_.body)
    case = made.a_case(known, round_)
    run("UPDATE rounds_round SET rehearsal = %s WHERE id = %s", rehearsal, round_.pk)
    assert case.due_on is not None
    at = next_moment(case, (case.due_on - day_of(case.last_act_at)).days + 1)
    give_notice_of_default(case.pk, on=day_of(at), by=by(staff["assessor"], at), at=at)
    made.assessed(case, known, staff["assessor"], made.YES, at=next_moment(case, 14 + 20))
    granted(case, known, staff)
    at = next_moment(case)
    row = fix_penalty(case.pk, by=by(staff["decider"], at), at=at)
    follow_all(lambda: made.AT)
    return staff, case, row


def test_a_penalty_becomes_higher(late: tuple[Staff, Case, FixedPenalty]) -> None:
    """Over more days by the amounts of the law, never fewer or more than the law has; only the rest is owed besides what was."""
    staff, case, row = late
    objected(case, against=row.act.number)
    at = next_moment(case)
    for days in (row.days, 43):
        with pytest.raises(DecisionRefused, match=f"meer dan {row.days} en ten hoogste 42"):
            uphold_penalty(case.pk, days, WHY, by=by(staff["second"], at), at=at)
    answer = uphold_penalty(case.pk, 42, WHY, by=by(staff["second"], at), at=at)
    case.refresh_from_db()
    again = FixedPenalty.objects.get(replaces=row)
    assert (again.cents, again.days, answer.instead, case.state) == (144_200, 42, again.act, "granted")
    at = next_moment(case)
    with pytest.raises(PaymentRefused, match="nog niet in het grootboek"):  # else the first is noted as this one
        note_penalty_paid(case.pk, "afschrift 12", "spoed", by=by(staff["paymaster"], at), at=at)
    follow_all(lambda: made.AT)
    assert standing_of("penalty", str(case.pk)).amount("payable") == 144_200
    assert check_ledger().breaks == ()
    assert "1.442,00" in said(answer.act)
    assert "1.442,00" in said(again.act)


def annulled(case: Case, staff: Staff, answer: ObjectionDecision) -> None:
    """Let a court annul the answer to an objection."""
    at = next_moment(case)
    note_appeal(case.pk, answer.act.number, by=by(staff["assessor"], at), at=at)
    at = next_moment(case)
    note_judgment(case.pk, ANNULLED, by=by(staff["assessor"], at), at=at)
    case.refresh_from_db()
    assert case.state == "objection"


def test_a_penalty_is_decided_on_again_after_a_judgment(late: tuple[Staff, Case, FixedPenalty]) -> None:
    """The answer that raised it was annulled: another official raises it further, from what it became, and the rest is owed once."""
    staff, case, row = late
    third = people.person(name="third")
    people.role(third, RoleKind.DECIDER, body=case.body)
    objected(case, against=row.act.number)
    for days, who in ((row.days + 1, staff["second"]), (42, third)):
        at = next_moment(case)
        answer = uphold_penalty(case.pk, days, WHY, by=by(who, at), at=at)
        follow_all(lambda: made.AT)
        if days < 42:
            annulled(case, staff, answer)
    assert standing_of("penalty", str(case.pk)).amount("payable") == 144_200
    assert FixedPenalty.objects.get(replaced_by=None).cents == 144_200
    assert check_ledger().breaks == ()


def test_a_recovery_is_decided_on_again_after_a_judgment(life: tuple[Staff, Case]) -> None:
    """Rejected and annulled, the same objection lets the recovery fall away; the settlement stands all the while, and the ledger follows."""
    staff, case = life
    settled_at(SETTLED, case, staff)
    row = recovered(case, staff, 20_000, 0)
    objected(case, against=row.act.number)
    at = next_moment(case)
    annulled(case, staff, reject(case.pk, WHY, by=by(staff["second"], at), at=at))
    assert why_not("granted", moments_of(case)) is not None
    assert sums(case, "settled", "recoverable") == [SETTLED, 20_000]
    at = next_moment(case)
    answer = uphold_recovery(case.pk, 20_000, WHY, by=by(staff["second"], at), at=at)
    case.refresh_from_db()
    assert (answer.number, answer.lifted_cents, case.state) == (2, 20_000, "settled")
    assert sums(case, "settled", "recoverable") == [SETTLED, 0]


def test_a_penalty_paid_outside_a_run(late: tuple[Staff, Case, FixedPenalty]) -> None:
    """Only a paymaster notes it, with evidence and reason, sealed; the ledger books it at once, no run pays it, and twice is refused."""
    staff, case, row = late
    at = next_moment(case)
    for evidence, reason, field in ((" ", "spoed", "evidence"), ("afschrift 12", "", "reason")):
        with pytest.raises(DecisionRefused) as lacks:
            note_penalty_paid(case.pk, evidence, reason, by=by(staff["paymaster"], at), at=at)
        assert lacks.value.field == field
    for name in ("assessor", "decider"):
        with pytest.raises(NotAllowed):
            note_penalty_paid(case.pk, "afschrift 12", "spoed", by=by(staff[name], at), at=at)
    act = note_penalty_paid(case.pk, "afschrift 12", "spoed", by=by(staff["paymaster"], at), at=at)
    assert act.details == {"cents": row.cents, "outside": True}
    assert words_with(act) == "afschrift 12\n\nspoed"
    standing = standing_of("penalty", str(case.pk))
    assert (standing.amount("payable"), standing.amount("paid")) == (0, row.cents)
    assert not any(one.what == "penalty" for one in owed_by(case.body_id, rehearsal=False))
    assert check_ledger().breaks == ()
    at = next_moment(case)
    with pytest.raises(PaymentRefused, match="geen dwangsom"):
        note_penalty_paid(case.pk, "afschrift 12", "spoed", by=by(staff["paymaster"], at), at=at)


def test_a_penalty_to_practise_with_is_noted_for_what_is_due(tmp_path: Path) -> None:
    """In a rehearsal, which the ledger owes nothing, a penalty that became higher after it was noted is noted for the rest, and each once."""
    staff, case, row = decided_too_late(tmp_path, rehearsal=True)
    assert not Transaction.objects.filter(subject_kind="penalty").exists()

    def noted() -> int:
        at = next_moment(case)
        return int(
            note_penalty_paid(case.pk, "afschrift", "spoed", by=by(staff["paymaster"], at), at=at).details["cents"]
        )

    assert noted() == row.cents
    objected(case, against=row.act.number)
    at = next_moment(case)
    uphold_penalty(case.pk, 42, WHY, by=by(staff["second"], at), at=at)
    assert noted() == 144_200 - row.cents
    with pytest.raises(PaymentRefused, match="geen dwangsom"):
        noted()


@pytest.mark.parametrize("judgment", [*ENDS, "annulled"])
def test_only_an_annulment_makes_room(judgment: str, life: tuple[Staff, Case]) -> None:
    """Of all ways in which an appeal ends, only an annulment with a decision to take lets another decision be taken."""
    staff, case = life
    at = next_moment(case)
    note_appeal(case.pk, Decision.objects.get(case=case).act.number, by=by(staff["assessor"], at), at=at)
    at = next_moment(case)
    with pytest.raises(CaseRefused):
        note_judgment(case.pk, "founded", by=by(staff["assessor"], at), at=at)
    act = note_judgment(case.pk, judgment, by=by(staff["assessor"], at), at=at)
    case.refresh_from_db()
    assert (act.act == "judgment_noted") is (judgment == "annulled")
    assert (why_not("granted", moments_of(case)) is None) is (judgment == "annulled")
    assert case.state == "granted"


def test_a_grant_that_was_settled_is_not_granted_again(life: tuple[Staff, Case], tmp_path: Path) -> None:
    """An excused objection against the grant after it was settled brings no second grant beside the settlement."""
    staff, case = life
    number = Decision.objects.get(case=case).act.number
    settled_at(SETTLED, case, staff)
    follow_all(lambda: made.AT)
    stood = sums(case, "obligation", "settled", "released")
    objected(case, against=number)
    folder = tmp_path / "known"
    folder.mkdir()
    assessed(case, made.library(folder, PROVEN), staff["assessor"], YES, at=next_moment(case))
    at = next_moment(case)
    late = Heard("toch", without_hearing="fully_upheld", excused="ziekenhuis")
    with pytest.raises(DecisionRefused, match="bezwaar tegen de vaststelling"), transaction.atomic():
        uphold(case.pk, late, by=by(staff["second"], at), at=at)
    follow_all(lambda: made.AT)
    assert sums(case, "obligation", "settled", "released") == stood
    assert not check_ledger().breaks
