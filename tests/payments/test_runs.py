"""Payment runs: two people, every line asked again at the release, one file, nothing paid twice."""

import hashlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sepaxml
from django.db import IntegrityError, transaction
from lxml import etree

from doorleren.audit.acts import Party
from doorleren.cases.access import separated
from doorleren.cases.commands.keep_hands import keep_hands
from doorleren.cases.commands.note_decided import note_decided
from doorleren.cases.commands.perform import perform
from doorleren.decisions.models import Decision
from doorleren.payments.checking import check_ledger
from doorleren.payments.commands.hand_over import file_of, hand_over
from doorleren.payments.commands.import_message import import_message
from doorleren.payments.commands.post import post
from doorleren.payments.commands.propose_run import withdraw_run
from doorleren.payments.commands.release_run import PAYER
from doorleren.payments.jobs import follow_decisions
from doorleren.payments.models import PayeeAccount, PaymentEvent, PaymentLine, PaymentRun
from doorleren.payments.refusing import PaymentRefused
from doorleren.people.access import NotAllowed
from doorleren.people.models import RoleKind
from doorleren.rules.library import Library
from tests.applications.made import a_round
from tests.decisions.made import later, officials
from tests.payments.made import US, checked_at_commit, event, run, unguarded
from tests.payments.paying import DAY, IBANS, PAID, PAYERS_IBAN, Scene, account, entry, granted, payee_of, statement
from tests.people import made as people

PAIN = "{urn:iso:std:iso:20022:tech:xsd:pain.001.001.09}"


def test_proposed_and_released(scene: Scene) -> None:
    """What is owed stands on one line per case; releasing by another orders it in the ledger, and nothing is owed any more."""
    made = scene.propose()
    assert (made.run.lines, made.run.cents, dict(made.not_on_it)) == (3, 3 * 69995, {})
    assert [line.case_id for line in made.run.rows.order_by("number")] == [case.pk for case in scene.cases]
    released = scene.release(made.run)
    assert (len(released.ordered), dict(released.left_out)) == (3, {})
    assert [scene.payable(case) for case in scene.cases] == [0, 0, 0]
    checked_at_commit()
    assert check_ledger().breaks == ()
    with pytest.raises(PaymentRefused, match="niets te betalen"):
        scene.propose()


def test_the_file_is_valid(scene: Scene) -> None:
    """The file is valid against the schema of pain.001.001.09, with the payment's id, amount, account and a plain name."""
    made = scene.release(scene.propose().run)
    content = file_of(made.run.pk, by=scene.by("paymaster"), at=PAID)
    schema = etree.XMLSchema(file=str(Path(sepaxml.__file__).parent / "schemas" / "pain.001.001.09.xsd"))
    found = etree.fromstring(content)
    schema.assertValid(found)
    assert [one.text for one in found.iter(f"{PAIN}EndToEndId")] == [line.end_to_end for line in made.ordered]
    assert [one.text for one in found.iter(f"{PAIN}InstdAmt")] == ["699.95"] * 3
    assert [one.text for one in found.iter(f"{PAIN}CtrlSum")] == ["2099.85"] * 2
    assert [one.text for one in found.iter(f"{PAIN}IBAN")][1:] == list(IBANS)
    assert {one.text for one in found.iter(f"{PAIN}Nm")} >= {"Name of the Payee Co"}
    assert [one.text for one in found.iter(f"{PAIN}MsgId")] == [made.run.message.hex]


def test_nobody_releases_what_they_proposed(scene: Scene) -> None:
    """The same person twice is refused by the command and by the database."""
    made = scene.propose()
    with pytest.raises(NotAllowed) as refused:
        scene.release(made.run, "paymaster")
    assert refused.value.refused.reason == "oneself"
    with pytest.raises(IntegrityError, match="payments_run_two_people"), transaction.atomic():
        run("UPDATE payments_paymentrun SET released_by_id = proposed_by_id, released_at = proposed_at")


@pytest.mark.parametrize(("name", "reason"), [("assessor", "assessed_it"), ("decider", "decided_it")])
def test_who_assessed_or_decided_does_not_pay(scene: Scene, name: str, reason: str) -> None:
    """Whoever assessed or decided in one case of the run does not release it, and their proposal leaves the cases out."""
    people.role(scene.staff[name], RoleKind.PAYMASTER, body=scene.body)
    made = scene.propose()
    with pytest.raises(NotAllowed) as refused:
        scene.release(made.run, name)
    assert refused.value.refused.reason == reason
    withdraw_run(made.run.pk, by=scene.by("paymaster"), at=PAID)
    with pytest.raises(PaymentRefused, match="own_case 3"):
        scene.propose(name)


@pytest.mark.parametrize("kept", [True, False], ids=["kept", "guard_off"])
def test_who_ordered_a_payment_does_not_decide_meanwhile(
    scene: Scene, kept: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the release until the bank's word proposer and releaser have paid in the case; without the row they could decide in it."""
    if not kept:
        monkeypatch.setattr("doorleren.payments.commands.release_run.keep_hands", lambda *_, **__: None)
    scene.release(scene.propose().run)
    ordered = {scene.staff["paymaster"].pk, scene.staff["other"].pk}
    for one in ordered:
        refused = separated(scene.cases[0], "refused", [one])
        assert (refused is not None and refused.reason == "paid_it") is kept


@pytest.mark.parametrize("kept", [True, False], ids=["kept", "guard_off"])
def test_who_decided_by_a_note_does_not_pay(scene: Scene, kept: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever accepted a report, or decided by another note, neither proposes that case nor releases it; without the row they could."""
    if not kept:
        monkeypatch.setattr("doorleren.cases.commands.note_decided.keep_hands", lambda *_, **__: None)
    scene.staff["both"] = people.person(name="both")
    for kind in (RoleKind.DECIDER, RoleKind.PAYMASTER):
        people.role(scene.staff["both"], kind, body=scene.body)
    noted = scene.cases[0].pk
    note_decided(noted, "granted", by=scene.by("both"), at=PAID, details={"what": "progress_accepted"})
    assert scene.ahead("both") == ({noted: "own_case"} if kept else {})
    made = scene.propose()
    if kept:
        with pytest.raises(NotAllowed) as refused:
            scene.release(made.run, "both")
        assert refused.value.refused.reason == "decided_it"
    else:
        assert len(scene.release(made.run, "both").ordered) == 3


def test_the_check_finds_a_hand_of_who_paid(scene: Scene) -> None:
    """Negative control: where who released a run turns out to have decided in a case of it, the check of the ledger names the run."""
    made = scene.propose()
    scene.release(made.run)
    assert check_ledger().breaks == ()
    keep_hands([scene.cases[1].pk], "decide", [scene.staff["other"].pk], cause="act/9")
    found = [one for one in check_ledger().breaks if one.invariant == "run_other_hands"]
    assert [one.where for one in found] == [f"run {made.run.pk}"]


def test_other_bodies_and_roles_may_not(scene: Scene) -> None:
    """An assessor, and a paymaster of another body, neither propose nor release."""
    people.role(stranger := people.person(name="stranger"), RoleKind.PAYMASTER, body=people.body("elders"))
    scene.staff["stranger"] = stranger
    made = scene.propose()
    for name in ("assessor", "stranger"):
        with pytest.raises(NotAllowed):
            scene.propose(name)
        with pytest.raises(NotAllowed):
            scene.release(made.run, name)


def another_run_with(line: PaymentLine) -> None:
    """Put a case on a second run, past the command."""
    other = PaymentRun.objects.get(pk=line.run_id)
    other.pk, other.message = None, line.pk
    other.save(force_insert=True)
    PaymentLine.objects.create(
        run=other, number=1, case_id=line.case_id, payee_kind="person", payee_id="1", account=line.account,
        lookup=line.lookup, cents=1,
    )  # fmt: skip


def test_a_case_waits_on_one_list(scene: Scene) -> None:
    """While a run waits its cases are on no other, also not past the command; withdrawn, they can be proposed again."""
    made = scene.propose()
    with pytest.raises(PaymentRefused, match="waits_elsewhere 3"):
        scene.propose("other")
    line = made.run.rows.first()
    assert line is not None
    with pytest.raises(IntegrityError, match="staat al in een betaalrun"), transaction.atomic():
        another_run_with(line)
    withdraw_run(made.run.pk, by=scene.by("other"), at=PAID)
    assert scene.propose().run.lines == 3


def suspend(scene: Scene, place: int = 0) -> None:
    """Suspend the payment of a case."""
    at = PAID + timedelta(seconds=30)
    perform(scene.cases[place].pk, "payment_suspended", by=people.signed_in(scene.staff["decider"], at=at), at=at)


def test_suspended_payments_are_left_out(scene: Scene) -> None:
    """A payment that is suspended after the proposal is left out at the release; suspended before, it is not on the list."""
    made = scene.propose()
    suspend(scene)
    released = scene.release(made.run)
    assert dict(released.left_out) == {scene.cases[0].pk: "suspended"}
    assert scene.payable(scene.cases[0]) == 69995
    assert PaymentEvent.objects.get(event="left_out").reason == "suspended"
    with pytest.raises(PaymentRefused, match="suspended 1"):
        scene.propose()


FORGED = {
    "another_hash": "UPDATE payments_payeeaccount SET lookup = repeat('0', 64) WHERE id = {id}",
    "another_payees": "UPDATE payments_payeeaccount SET (lookup, sealed) = (SELECT lookup, sealed FROM payments_payeeaccount"
    " WHERE id = {other}) WHERE id = {id}",
    "another_sealing": "UPDATE payments_payeeaccount SET sealed = 'gAAAA' || repeat('x', 120) WHERE id = {id}",
    "a_new_row": "INSERT INTO payments_payeeaccount (body_id, payee_kind, payee_id, lookup, sealed, sealed_name, reason,"
    " proposed_by_id, proposed_at, confirmed_by_id, confirmed_at, effective_at, stop_reason) SELECT body_id, payee_kind, payee_id, lookup,"
    " sealed, sealed_name, reason, proposed_by_id, proposed_at, confirmed_by_id, confirmed_at, effective_at"
    " + interval '1 hour', '' FROM payments_payeeaccount WHERE id = {id}",
    "another_in_force": "UPDATE payments_payeeaccount SET payee_id = 'nobody' WHERE id = {id}",
}


@pytest.mark.parametrize(
    ("name", "moment"),
    [*((name, "after") for name in sorted(FORGED)), ("another_hash", "before"), ("a_new_row", "before")],
)
def test_an_account_changed_by_sql_stops_the_line(scene: Scene, name: str, moment: str) -> None:
    """An account that somebody changes with SQL after the decision is not paid on; all other lines are."""
    own = PayeeAccount.objects.filter(payee_kind="person").order_by("pk")
    victim, other = own[0], own[1]
    made = scene.propose() if moment == "after" else None
    with unguarded():
        run(FORGED[name].format(id=victim.pk, other=other.pk))
    made = made or scene.propose()
    released = scene.release(made.run)
    assert [line.case_id for line in released.ordered] == [case.pk for case in scene.cases[1:]]
    assert scene.payable(scene.cases[0]) == 69995


def test_another_account_by_two_people_after_the_proposal(scene: Scene) -> None:
    """A line whose account is no longer the one in force is left out, and paid on the new one once somebody names the case."""
    made = scene.propose()
    account(
        scene.body,
        payee_of(scene.cases[0]),
        "NL69INGB0123456789",
        scene.staff,
        PAID - timedelta(hours=47, minutes=59, seconds=30),
    )
    released = scene.release(made.run)
    assert dict(released.left_out) == {scene.cases[0].pk: "account_differs"}
    later: dict[str, Any] = {"by": scene.by("paymaster", 2), "at": PAID + timedelta(minutes=2)}
    with pytest.raises(PaymentRefused, match="account_changed 1"):
        scene.propose(**later)
    again = scene.propose(accept=[scene.cases[0].pk], **later)
    assert [line.changed for line in again.run.rows.all()] == [True]
    assert len(scene.release(again.run, minutes=3).ordered) == 1


def test_another_account_before_the_decision(db: None, known: Library) -> None:
    """An account that took the place of another before the decision asks a look too, until the bank paid on it once."""
    round_ = a_round(known, opened=True)
    staff = officials(round_.body)
    people.role(staff.setdefault("other", people.person(name="other")), RoleKind.PAYMASTER, body=round_.body)
    case = granted(known, round_, staff, "Nadia")
    follow_decisions(lambda: later(5))
    account(round_.body, Party(PAYER, str(round_.body_id)), PAYERS_IBAN, staff)
    decided = Decision.objects.get(case=case).act.at
    for hours, iban in ((200, IBANS[0]), (100, IBANS[1])):
        account(round_.body, payee_of(case), iban, staff, decided - timedelta(hours=hours))
    scene = Scene(round_, staff, (case,))
    assert scene.ahead() == {case.pk: "account_changed"}
    made = scene.propose(accept=[case.pk])
    assert [line.changed for line in made.run.rows.all()] == [True]
    (line,) = scene.release(made.run).ordered
    content = statement(entry(line.end_to_end, line.cents))
    import_message(scene.body.pk, content, by=scene.by("paymaster", 2), at=PAID + timedelta(minutes=2))
    post(event("owe_refund", 5, str(case.pk), round_, kind="refund"), by=US, at=PAID)
    assert scene.ahead() == {}
    assert [line.changed for line in scene.propose().run.rows.all()] == [False]


@pytest.mark.parametrize("forged", ["cents = cents + 1", "payee_id = 'x'", "lookup = repeat('0', 64)"])
def test_a_list_changed_by_sql_is_not_released(scene: Scene, forged: str) -> None:
    """A line that is not as it was proposed stops the whole run."""
    made = scene.propose()
    with unguarded():
        run(f"UPDATE payments_paymentline SET {forged} WHERE number = 1")
    with pytest.raises(PaymentRefused, match="niet meer zoals"):
        scene.release(made.run)


def test_no_day_that_has_passed(scene: Scene) -> None:
    """A run is not for yesterday, neither when it is proposed nor when it is released, and not for a Sunday."""
    with pytest.raises(PaymentRefused) as refused:
        scene.propose(pay_on=DAY - timedelta(days=1))
    assert refused.value.field == "pay_on"
    with pytest.raises(PaymentRefused, match="De eerstvolgende dag is 16-03-2026") as refused:
        scene.propose(pay_on=DAY)
    assert refused.value.field == "pay_on"
    with pytest.raises(PaymentRefused, match="voorbij"):
        scene.release(scene.propose().run, minutes=2 * 24 * 60)


def test_every_flipped_byte_is_refused(scene: Scene, settings: Any, tmp_path: Path) -> None:
    """Of the file that was released no byte may differ when it goes to the bank; the file itself goes once, whole."""
    settings.DOORLEREN_OUTBOX = tmp_path
    made = scene.release(scene.propose().run)
    content = file_of(made.run.pk, by=scene.by("paymaster"), at=PAID)
    for place in range(0, len(content), 37):
        flipped = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
        with pytest.raises(PaymentRefused, match="niet het bestand"):
            hand_over(made.run.pk, flipped, by=scene.by("other"), at=PAID)
    for other in (content[:-1], content + b"\n", b""):
        with pytest.raises(PaymentRefused):
            hand_over(made.run.pk, other, by=scene.by("other"), at=PAID)
    first = hand_over(made.run.pk, content, by=scene.by("other"), at=PAID)
    assert hand_over(made.run.pk, content, by=scene.by("paymaster"), at=PAID).at == first.at
    (taken,) = (tmp_path / "bank").iterdir()
    assert hashlib.sha256(taken.read_bytes()).hexdigest() == made.file.digest


def test_a_rehearsal_never_goes_to_a_bank(scene: Scene, settings: Any, tmp_path: Path) -> None:
    """A run of rounds to practise with is apart from others, and outside a demo its file is not handed over."""
    settings.DOORLEREN_OUTBOX, settings.DOORLEREN_DEMO = tmp_path, False
    with pytest.raises(PaymentRefused, match="niets te betalen"):
        scene.propose(rehearsal=True)
    run("UPDATE rounds_round SET rehearsal = true")
    with pytest.raises(PaymentRefused, match="niets te betalen"):
        scene.propose()
    made = scene.release(scene.propose(rehearsal=True).run)
    content = file_of(made.run.pk, by=scene.by("paymaster"), at=PAID)
    with pytest.raises(PaymentRefused, match="oefening"):
        hand_over(made.run.pk, content, by=scene.by("other"), at=PAID)
    assert not (tmp_path / "bank").exists()


def test_without_an_account_of_the_body(scene: Scene) -> None:
    """A body that set no account to pay from releases nothing."""
    made = scene.propose()
    with unguarded():
        run("UPDATE payments_payeeaccount SET payee_kind = 'nobody' WHERE payee_kind = 'body'")
    with pytest.raises(PaymentRefused) as refused:
        scene.release(made.run)
    assert refused.value.field == "account"
