"""Claims in money: what came in by the bank, fees, interest and set-off in the ledger, and a penalty that is paid by two people."""

from datetime import timedelta
from pathlib import Path

import pytest

from doorleren.applications.models import Application
from doorleren.audit.acts import SITE, Party
from doorleren.cases.commands.give_notice_of_default import give_notice_of_default
from doorleren.cases.models import Case
from doorleren.cases.references import reference_of
from doorleren.core.days import day_of
from doorleren.decisions.commands.collect import fix_interest, set_off
from doorleren.decisions.commands.fix_penalty import fix_penalty
from doorleren.decisions.commands.recover import decide_recovery, remind, waive
from doorleren.decisions.models import Decision
from doorleren.payments.balances import standing_of
from doorleren.payments.bank_messages import read_message
from doorleren.payments.banking_days import next_banking_day
from doorleren.payments.checking import check_ledger
from doorleren.payments.claims import claim_of, payable_elsewhere, received_on
from doorleren.payments.commands.import_message import import_message
from doorleren.payments.commands.post import Event, post
from doorleren.payments.commands.propose_run import propose_run, run_ahead
from doorleren.payments.commands.release_run import PAYER, release_run
from doorleren.payments.jobs import follow_all
from doorleren.payments.models import PaymentLine, Transaction
from doorleren.people.models import RoleKind
from doorleren.people.signed_in import SignedIn
from tests.applications.made import a_round
from tests.decisions import made
from tests.decisions.made import by
from tests.decisions.objecting import Staff, granted, next_moment, went
from tests.decisions.test_recovering import WEIGHED, paid, settled_at
from tests.decisions.test_settling import PROVEN
from tests.payments import paying
from tests.payments.paying import IBANS, PAYERS_IBAN, account, payee_of
from tests.payments.test_afterwards import followed
from tests.people import made as people

pytestmark = pytest.mark.django_db
CLAIM = 29_995


@pytest.fixture
def staff_and_case(tmp_path: Path) -> tuple[Staff, Case]:
    """The officials, and a case of which 699.95 was paid and 299.95 is recovered; the ledger has followed that far."""
    staff, case = followed(tmp_path, PROVEN)
    by_the_bank(case)
    paid(case, staff)
    settled_at(40_000, case, staff)
    at = next_moment(case)
    went(decide_recovery(case.pk, CLAIM, WEIGHED, paid_cents=69_995, by=by(staff["decider"], at), at=at).act)
    follow_all(lambda: made.AT)
    return staff, case


def by_the_bank(case: Case) -> None:
    """Let the bank pay what is payable."""
    cents, round_ = standing_of("case", str(case.pk)).amount("payable"), Decision.objects.get(case=case).round_id
    for act in ("order_payment", "confirm_payment"):
        post(
            Event(act, Party("case", str(case.pk)), cents, f"{act}/{case.pk}", case.body_id, round_),
            by=SITE,
            at=made.AT,
        )


def granted_another(case: Case, staff: Staff, folder: Path) -> Case:
    """Grant who has a case another one in its round; the ledger has followed that far."""
    known, round_ = made.library(folder / "again", PROVEN), Decision.objects.get(case=case).round
    assert round_ is not None
    other = made.a_case(known, round_, "Omar")
    made.of_the_same(other, case)
    granted(other, known, staff)
    follow_all(lambda: made.AT)
    return other


def credit(text: str, cents: int, booking: str = "", *, ours: str = "Ustrd") -> str:
    """An entry of a statement of money that came in."""
    amount = f'<Amt Ccy="EUR">{cents // 100}.{cents % 100:02d}</Amt>'
    told = {"Ustrd": f"<Ustrd>{text}</Ustrd>", "Strd": f"<Strd><CdtrRefInf><Ref>{text}</Ref></CdtrRefInf></Strd>"}[ours]
    refs = f"<Refs><AcctSvcrRef>{booking}</AcctSvcrRef></Refs>" if booking else "<Refs/>"
    return (
        f"<Ntry>{amount}<CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-06-01</Dt></BookgDt><BkTxCd/>"
        f"<NtryDtls><TxDtls>{refs}{amount}<CdtDbtInd>CRDT</CdtDbtInd><RmtInf>{told}</RmtInf></TxDtls></NtryDtls></Ntry>"
    )


REFERENCE = reference_of(7)
TEXTS = {
    "as_on_the_letter": (f"terugbetaling {REFERENCE}", REFERENCE),
    "without_the_stroke": (f"zaak {REFERENCE.replace('-', '').lower()}.", REFERENCE),
    "with_a_slip_of_the_pen": (f"{REFERENCE[:-1]}{'3' if REFERENCE[-1] == '2' else '2'}", ""),
    "within_other_signs": (f"X{REFERENCE.replace('-', '')}9", ""),
    "twice_the_same": (f"{REFERENCE} {REFERENCE}", REFERENCE),
    "of_two_cases": (f"{REFERENCE} {reference_of(8)}", ""),
    "nothing": ("bedankt", ""),
}


@pytest.mark.parametrize("name", TEXTS)
def test_the_reference_of_a_case_in_a_statement(name: str) -> None:
    """Of a text only the reference of one case is read, however it is written; one with a slip, or two, are none."""
    text, reference = TEXTS[name]
    for ours in ("Ustrd", "Strd"):
        said = read_message(paying.statement(credit(text, 100, "B1", ours=ours))).said
        assert [(one.says, one.reference, one.end_to_end, one.cents) for one in said] == [
            ("received", reference, "B1", 100)
        ]  # fmt: skip


def payer(staff: Staff, case: Case) -> SignedIn:
    """Let the paymaster be signed in."""
    return people.signed_in(staff["paymaster"], at=next_moment(case))


def imported(case: Case, staff: Staff, *entries: str) -> dict[str, int]:
    """Read in a statement, and give what came of its entries."""
    at = next_moment(case)
    return import_message(case.body_id, paying.statement(*entries), by=payer(staff, case), at=at).outcomes


def test_what_came_in_is_matched_once(staff_and_case: tuple[Staff, Case]) -> None:
    """Money with the reference of a case counts for its claim, by the day of the bank; the same booking again does not."""
    staff, case = staff_and_case
    text = f"ref {case.reference}"
    assert imported(case, staff, credit(text, 10_000, "B1"), credit("zonder", 5, "B2")) == {"received": 1, "unknown": 1}
    assert imported(case, staff, credit(text, 10_000, "B1"), credit(text, 99, "B1")) == {"already": 1, "unknown": 1}
    assert imported(case, staff, credit(text, 5_000)) == {"received": 1}
    assert [(one.day.isoformat(), one.cents) for one in received_on(case.pk)] == [
        ("2026-06-01", 10_000),
        ("2026-06-01", 5_000),
    ]
    claim = claim_of(case.pk, day_of(next_moment(case)))
    assert (claim.open_cents, claim.debt.open, claim.posted) == (CLAIM - 15_000, CLAIM - 15_000, True)
    assert imported(case, staff, credit(text, 20_000, "B3")) == {"received": 1}
    standing = standing_of("case", str(case.pk))
    assert (standing.amount("recoverable"), standing.amount("suspense")) == (0, 20_000 - (CLAIM - 15_000))
    assert check_ledger().breaks == ()


def test_money_for_a_case_without_a_claim_waits(staff_and_case: tuple[Staff, Case], tmp_path: Path) -> None:
    """What names a case in which nothing was claimed is for a person."""
    staff, case = staff_and_case
    other = made.a_case(made.library(tmp_path / "again", PROVEN), Decision.objects.get(case=case).round, "Omar")  # type: ignore[arg-type]
    assert imported(case, staff, credit(other.reference, 100)) == {"unknown": 1}


def test_fee_and_interest_are_followed(staff_and_case: tuple[Staff, Case]) -> None:
    """The fee of a reminder and interest that was fixed are added to the claim, each once, also where that was paid meanwhile."""
    staff, case = staff_and_case
    at = next_moment(case, 4 * 365)
    remind(case.pk, CLAIM, with_fee=True, by=by(staff["assessor"], at), at=at)
    at = next_moment(case)
    step = fix_interest(case.pk, by=by(staff["decider"], at), at=at)
    imported(case, staff, credit(case.reference, CLAIM, "B1"))
    assert follow_all(lambda: made.AT) == 2
    standing = standing_of("case", str(case.pk))
    assert (standing.amount("costs"), standing.amount("interest")) == (800, step.cents)
    claim = claim_of(case.pk, day_of(at) + timedelta(days=1))
    assert (claim.open_cents, claim.posted) == (800 + step.cents, True)
    assert claim.debt.left == 0  # the bank had the money before fee and interest were charged
    before = Transaction.objects.count()
    assert follow_all(lambda: made.AT) == 0
    assert Transaction.objects.count() == before
    assert check_ledger().breaks == ()


def test_set_off_between_two_cases(staff_and_case: tuple[Staff, Case], tmp_path: Path) -> None:
    """A set-off lowers what is to be paid in one case and the claim in the other, or neither while the money is on its way."""
    staff, case = staff_and_case
    other = granted_another(case, staff, tmp_path)
    assert payable_elsewhere(case.pk) == {other.pk: 69_995}
    at = next_moment(case)
    step = set_off(case.pk, other.pk, CLAIM, payable_cents=69_995, open_cents=CLAIM, by=by(staff["decider"], at), at=at)
    subject, place = Party("case", str(other.pk)), (other.body_id, Decision.objects.get(case=other).round_id)
    post(Event("order_payment", subject, 69_995, "away", *place), by=SITE, at=made.AT)
    assert follow_all(lambda: made.AT) == 0
    assert standing_of("case", str(case.pk)).amount("recoverable") == CLAIM
    post(Event("fail_payment", subject, 69_995, "back", *place), by=SITE, at=made.AT)
    assert follow_all(lambda: made.AT) == 1
    claim, owed = (standing_of("case", str(one.pk)) for one in (case, other))
    assert (claim.amount("recoverable"), claim.amount("set_off_received")) == (0, CLAIM)
    assert (owed.amount("payable"), owed.amount("set_off_paid")) == (69_995 - CLAIM, CLAIM)
    assert check_ledger().breaks == ()
    assert Transaction.objects.filter(key__startswith=f"set_off/{step.pk}/").count() == 2


@pytest.mark.parametrize("kept", [True, False], ids=["kept", "guard_off"])
def test_a_run_leaves_out_what_is_set_off(
    kept: bool, staff_and_case: tuple[Staff, Case], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Decided while the money is on a list: the release leaves the case out until the ledger has the set-off; else it would be paid."""
    if not kept:
        monkeypatch.setattr("doorleren.payments.commands.release_run.set_off_waits", lambda *_: set())
    staff, case = staff_and_case
    other = granted_another(case, staff, tmp_path)
    people.role(releases := people.person(name="releases"), RoleKind.PAYMASTER, body=case.body)
    staff["other"] = releases
    for payee, iban in ((Party(PAYER, str(case.body_id)), PAYERS_IBAN), (payee_of(other), IBANS[0])):
        account(case.body, payee, iban, staff)
    at = next_moment(case, 3)
    run = propose_run(
        case.body_id, pay_on=next_banking_day(day_of(at)), by=by(staff["paymaster"], at), at=at, only=[other.pk]
    ).run
    set_off(case.pk, other.pk, CLAIM, payable_cents=69_995, open_cents=CLAIM, by=by(staff["decider"], at), at=at)
    after = at + timedelta(minutes=1)
    released = release_run(run.pk, by=by(releases, after), at=after)
    assert dict(released.left_out) == ({other.pk: "set_off"} if kept else {})
    if kept:
        again = run_ahead(case.body_id, by=by(staff["paymaster"], after), at=after)
        assert (again.not_on_it[other.pk], again.cents) == ("set_off", 0)
        follow_all(lambda: after)
        again = run_ahead(case.body_id, by=by(staff["paymaster"], after), at=after)
        assert [(one.case_id, one.cents) for one in again.lines] == [(other.pk, 69_995 - CLAIM)]
    else:
        assert follow_all(lambda: after) == 0
    assert standing_of("case", str(case.pk)).amount("recoverable") == (0 if kept else CLAIM)


def test_what_comes_in_before_a_set_off_is_posted(staff_and_case: tuple[Staff, Case], tmp_path: Path) -> None:
    """The debtor pays while a set-off is on its way: it is set off all the same, and what was paid too much is on suspense."""
    staff, case = staff_and_case
    other = granted_another(case, staff, tmp_path)
    at = next_moment(case)
    set_off(case.pk, other.pk, CLAIM, payable_cents=69_995, open_cents=CLAIM, by=by(staff["decider"], at), at=at)
    imported(case, staff, credit(case.reference, 1_000))
    assert follow_all(lambda: made.AT) == 1
    claim, owed = (standing_of("case", str(one.pk)) for one in (case, other))
    assert [claim.amount(kind) for kind in ("recoverable", "received", "set_off_received", "suspense")] == [
        0, 1_000, CLAIM, 1_000,
    ]  # fmt: skip
    assert owed.amount("payable") == 69_995 - CLAIM
    assert check_ledger().breaks == ()
    assert claim_of(case.pk, day_of(at)).posted


def test_a_half_of_a_set_off_is_found(staff_and_case: tuple[Staff, Case]) -> None:
    """Negative control of the check: one half alone, posted past the follower, is named."""
    _, case = staff_and_case
    round_ = Decision.objects.get(case=case).round_id
    event = Event("receive_by_set_off", Party("case", str(case.pk)), 5, "set_off/999/received", case.body_id, round_)
    post(event, by=SITE, at=made.AT)
    assert [one.invariant for one in check_ledger().breaks] == ["set_off_both"]


def test_waived_in_the_claim(staff_and_case: tuple[Staff, Case]) -> None:
    """What is given up leaves the claim and the ledger alike."""
    staff, case = staff_and_case
    at = next_moment(case)
    waive(case.pk, CLAIM, "er zijn schulden", by=by(staff["decider"], at), at=at)
    follow_all(lambda: made.AT)
    claim = claim_of(case.pk, day_of(at))
    assert (claim.open_cents, claim.debt.open, [one.state for one in claim.instalments]) == (0, 0, ["paid"])


# --- the penalty


def test_a_penalty_is_paid_by_two_people(tmp_path: Path) -> None:
    """A penalty that was fixed is owed outside the round, goes on the same run as the grant on a line of its own, to who applied, and is noted when the bank pays."""
    known = made.library(tmp_path)
    round_ = a_round(known, opened=True)
    staff = made.officials(round_.body)
    case = made.a_case(known, round_)
    due = case.due_on
    assert due is not None
    at = next_moment(case, (due - day_of(case.last_act_at)).days + 1)
    give_notice_of_default(case.pk, on=day_of(at), by=by(staff["assessor"], at), at=at)
    at = next_moment(case, 14 + 20)
    made.assessed(case, known, staff["assessor"], made.YES, at=at)
    granted(case, known, staff)
    at = next_moment(case, 60)
    fixed = fix_penalty(case.pk, by=by(staff["decider"], at), at=at)
    follow_all(lambda: at)
    standing = standing_of("penalty", str(case.pk))
    assert (standing.amount("payable"), standing.amount("penalty")) == (fixed.cents, fixed.cents)
    assert standing_of("case", str(case.pk)).amount("payable") == 69_995
    assert check_ledger().breaks == ()

    staff["other"] = people.person(name="other")
    people.role(staff["other"], paying.RoleKind.PAYMASTER, body=round_.body)
    paying.account(round_.body, Party(paying.PAYER, str(round_.body_id)), paying.PAYERS_IBAN, staff)
    paying.account(round_.body, paying.payee_of(case), paying.IBANS[0], staff)
    paid_out = []
    at = next_moment(case, 1)
    first, second = (people.signed_in(staff[name], at=at) for name in ("paymaster", "other"))
    run = paying.propose_run(round_.body_id, pay_on=next_banking_day(day_of(at)), by=first, at=at).run
    paying.release_run(run.pk, by=second, at=at)
    for line in PaymentLine.objects.filter(run=run).order_by("number"):
        at = next_moment(case, 1)
        paid_out.append((line.what, line.cents, line.payee_id))
        booked = paying.entry(line.end_to_end, line.cents)
        import_message(round_.body_id, paying.statement(booked), by=people.signed_in(staff["paymaster"], at=at), at=at)
    applicant = str(Application.objects.get(pk=int(case.subject_id)).applicant_number)
    assert paid_out == [("case", 69_995, applicant), ("penalty", fixed.cents, applicant)]
    case.refresh_from_db()
    assert case.penalty_paid_at is not None
    assert standing_of("penalty", str(case.pk)).amount("paid") == fixed.cents
    assert check_ledger().breaks == ()
