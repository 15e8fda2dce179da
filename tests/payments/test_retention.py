"""At the end of its retention an account of a payee and a file for the bank can be read by nobody any more; before that nothing goes."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from doorleren.applications.models import Application
from doorleren.audit.acts import SITE, Party, record
from doorleren.audit.models import Act
from doorleren.cases.models import Case
from doorleren.core.days import day_of
from doorleren.decisions.models import Decision
from doorleren.payments import outbox as clearing
from doorleren.payments.checking import check_ledger
from doorleren.payments.commands.destroy_accounts import destroy_payments
from doorleren.payments.commands.hand_over import file_of, hand_over
from doorleren.payments.commands.propose_account import propose_account
from doorleren.payments.commands.release_run import PAYER
from doorleren.payments.models import PayeeAccount, PaymentFile, PaymentLine
from doorleren.payments.payees import account_in_force
from doorleren.payments.refusing import PaymentRefused
from doorleren.payments.retention import due_files, due_payee_accounts
from doorleren.rounds.models import Round
from tests.applications.retention.made import in_database, on_disk
from tests.payments.made import AT, run
from tests.payments.paying import DAY, IBANS, LATER, PAID, Scene, gone, guards_off, payee_of
from tests.payments.rows import HASH, a_line, a_run, saved
from tests.people import made as people

Commits = Any
LAST = date(DAY.year + 7, DAY.month, DAY.day)
"""The last day of the seven years after the payment."""


@pytest.fixture
def paid(scene: Scene) -> Scene:
    """A run that was released, of three cases and their payees."""
    scene.release(scene.propose().run)
    return scene


def of(case: Case) -> PayeeAccount:
    """Give the account of the payee of a case."""
    payee = payee_of(case)
    return PayeeAccount.objects.get(payee_kind=payee.kind, payee_id=payee.id)


def due(on: date) -> set[int]:
    return {one.number for one in due_payee_accounts(on)}


def test_an_account_goes_once_no_case_is_kept_and_the_books_are_old_enough(paid: Scene) -> None:
    """After seven years what was sealed is found nowhere and the hash stays; nobody is paid on it, and the ledger is whole."""
    account, run_ = of(paid.cases[0]), PaymentLine.objects.get(case=paid.cases[0]).run_id
    needles = [account.sealed, account.sealed_name, PaymentFile.objects.get(run=run_).sealed]
    assert {text for found in in_database(needles).values() for text in found} == set(needles)
    gone(paid.cases[0])
    assert (due(LAST), due(LAST + timedelta(days=1))) == (set(), {account.pk})
    (told,) = due_payee_accounts(LAST + timedelta(days=1))
    assert (told.kind, told.began_on, told.kept_until, told.term) == ("payee_account", DAY, LAST, "retention-payments")
    assert destroy_payments(day_of(LATER), by=SITE, at=LATER) == (1, 1, 0)
    assert in_database(needles) == {}
    after = of(paid.cases[0])
    assert (after.lookup, after.payee_id, after.confirmed_at) == (
        account.lookup,
        account.payee_id,
        account.confirmed_at,
    )
    assert (after.reason, after.destroyed_at) == ("", LATER)
    assert account_in_force(paid.body.pk, after.payee_kind, after.payee_id, LATER) is None
    assert Act.objects.filter(act="destroyed", subject_kind="payee_account", subject_id=str(account.pk)).count() == 1
    assert check_ledger().breaks == ()
    assert destroy_payments(day_of(LATER), by=SITE, at=LATER) == (0, 0, 0)


def test_what_is_still_kept_keeps_the_account(paid: Scene) -> None:
    """A case that is kept keeps the account of its payee however old; so does another application of the same person, and a newer account its own."""
    first, second, third = paid.cases
    assert due(day_of(LATER)) == set()
    for one in (first, second):
        gone(one)
    payee = payee_of(first)
    with guards_off("applications_application"):
        Application.objects.filter(pk=int(third.subject_id)).update(applicant_number=int(payee.id))
    assert due(day_of(LATER)) == {of(second).pk}
    young = LATER - timedelta(days=400)
    told = propose_account(
        payee_of(second), "NL44RABO0123456789", "Z", body=paid.body.pk, reason="r",
        by=people.signed_in(paid.staff["paymaster"], at=young), at=young,
    )  # fmt: skip
    assert told.pk not in due(day_of(LATER))
    assert told.pk in due(date(young.year + 8, 1, 1))


def test_a_proposal_that_nobody_decided_on_goes_too(scene: Scene) -> None:
    """It is withdrawn with its destruction, so that it waits for nobody and another can be proposed."""
    at = PAID
    by = scene.by("paymaster")
    row = propose_account(
        Party("person", "987654"), "NL44RABO0123456789", "Z", body=scene.body.pk, reason="r", by=by, at=at
    )
    assert destroy_payments(day_of(LATER), by=SITE, at=LATER) == (1, 0, 0)
    row.refresh_from_db()
    assert (row.withdrawn_at, row.destroyed_at, row.sealed) == (LATER, LATER, "")


def test_what_a_body_pays_from_stays(paid: Scene) -> None:
    """The account of the body is nobody's."""
    destroy_payments(date(2090, 1, 1), by=SITE, at=LATER)
    assert PayeeAccount.objects.get(payee_kind=PAYER).destroyed_at is None


@pytest.mark.parametrize("removed", [True, False], ids=["removed", "control"])
def test_a_file_goes_after_the_term_of_the_books(
    removed: bool,
    paid: Scene,
    outbox: Path,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Commits,
) -> None:
    """The day after seven years the file is destroyed, in the outbox too, unless (a control) nothing clears that; its hash and sums stay."""
    if not removed:
        monkeypatch.setattr(clearing, "take_out", lambda: 0)
    file = PaymentFile.objects.get()
    assert (list(due_files(LAST)), [one.number for one in due_files(LAST + timedelta(days=1))]) == ([], [file.pk])
    by = paid.by("paymaster")
    hand_over(file.pk, file_of(file.pk, by=by, at=PAID), by=by, at=PAID)
    told = [one.encode() for one in IBANS]
    for day, gone_, found in ((LAST, 0, 1), (LAST + timedelta(days=1), 1, 0 if removed else 1)):
        with django_capture_on_commit_callbacks(execute=True):
            assert destroy_payments(day, by=SITE, at=LATER) == (0, gone_, 0)
        assert len(on_disk(outbox, told)) == found
    with pytest.raises(PaymentRefused, match="vernietigd"):
        file_of(file.pk, by=paid.by("paymaster"), at=PAID)
    after = PaymentFile.objects.get()
    assert (after.digest, after.lines, after.cents, after.sealed) == (file.digest, file.lines, file.cents, "")
    assert check_ledger().breaks == ()


EMPTIED = (
    "sealed = '', sealed_name = '', reason = '', stop_reason = '', name_check = 'absent', destroyed_at = '2090-01-01'"
)


def acted(kind: str, number: int) -> None:
    record("destroyed", Party(kind, str(number)), by=SITE, at=LATER)


@pytest.mark.parametrize("what", ["no act", "act of another", "case kept", "decision kept"])
def test_the_database_refuses_an_account_that_is_still_needed(what: str, paid: Scene) -> None:
    """Without an act about that very account, or while a case is kept in which its payee is paid, nobody empties it with SQL."""
    account, other = of(paid.cases[0]), of(paid.cases[1])
    if what != "case kept":
        gone(paid.cases[0])
    if what != "no act":
        acted("payee_account", (other if what == "act of another" else account).pk)
    if what == "decision kept":
        decision = Decision.objects.get(case=paid.cases[1])
        with guards_off("decisions_decision"):
            Decision.objects.filter(pk=decision.pk).update(payee_id=account.payee_id)
    with (
        pytest.raises(IntegrityError, match="als geen zaak van deze ontvanger meer wordt bewaard"),
        transaction.atomic(),
    ):
        run(f"UPDATE payments_payeeaccount SET {EMPTIED} WHERE id = %s", account.pk)


@pytest.mark.parametrize(
    "other",
    ["lookup = repeat('1', 64)", "payee_id = '5'", "confirmed_at = NULL, confirmed_by_id = NULL, effective_at = NULL",
     "withdrawn_at = '2090-01-01'", "sealed_name = 'x'"],
    ids=["hash", "payee", "confirmation", "withdrawal", "half"],
)  # fmt: skip
def test_destroying_changes_nothing_else(other: str, paid: Scene) -> None:
    """With the act and no case kept an account is emptied, whole, and nothing else of it changes; after that it never changes again."""
    account = of(paid.cases[0])
    gone(paid.cases[0])
    acted("payee_account", account.pk)
    name = other.split(" = ")[0]
    whole = EMPTIED.replace("sealed_name = '', ", "") if name == "sealed_name" else EMPTIED
    with pytest.raises(IntegrityError), transaction.atomic():
        run(f"UPDATE payments_payeeaccount SET {whole}, {other} WHERE id = %s", account.pk)
    run(f"UPDATE payments_payeeaccount SET {EMPTIED} WHERE id = %s", account.pk)
    for change in ("destroyed_at = NULL", f"sealed = '{account.sealed}'", other):
        with pytest.raises(IntegrityError), transaction.atomic():
            run(f"UPDATE payments_payeeaccount SET {change} WHERE id = %s", account.pk)


def test_the_database_refuses_a_file_that_is_changed_otherwise(paid: Scene) -> None:
    """Without an act about that very file it is not emptied; with it only whole and once; and no row is deleted."""
    file = PaymentFile.objects.get()
    emptied = "UPDATE payments_paymentfile SET sealed = '', destroyed_at = '2090-01-01'"
    for sql in (emptied, "UPDATE payments_paymentfile SET sealed = 'gAAAA'", "DELETE FROM payments_paymentfile"):
        with pytest.raises(IntegrityError, match="Een betaalbestand verandert niet"), transaction.atomic():
            run(sql)
    acted("payment_file", file.pk)
    with pytest.raises(IntegrityError, match="payments_file_hashed"), transaction.atomic():
        run("UPDATE payments_paymentfile SET destroyed_at = '2090-01-01'")
    with pytest.raises(IntegrityError, match="Een betaalbestand verandert niet"), transaction.atomic():
        run(f"{emptied}, cents = 1")
    run(emptied)
    with pytest.raises(IntegrityError, match="Een betaalbestand verandert niet"), transaction.atomic():
        run(emptied)


def test_a_file_without_content_was_destroyed(round_: Round) -> None:
    """A file that says nothing of its destruction is not empty; sealed it is taken."""
    run_ = saved(a_run(round_))
    saved(a_line(run_))
    told: dict[str, Any] = {"run": run_, "digest": HASH, "lines": 1, "cents": 5, "made_at": AT}
    with pytest.raises(IntegrityError, match="payments_file_hashed"), transaction.atomic():
        PaymentFile.objects.create(sealed="", **told)
    assert PaymentFile.objects.create(sealed="gAAAA", **told).pk


def test_one_account_reads_no_whole_table(paid: Scene) -> None:
    """Destroying asks for each account anew: by indexes, so that the books of all years are not read for each."""
    account = of(paid.cases[0])
    gone(paid.cases[0])
    on = LAST + timedelta(days=1)
    with CaptureQueriesContext(connection) as asked:
        assert [one.number for one in due_payee_accounts(on, only=account.pk)] == [account.pk]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # a test has few rows: what has an index is read by it now
        read = set[str]()
        for one in asked:
            cursor.execute(f"EXPLAIN {one['sql']}")
            read |= {line.strip() for (line,) in cursor.fetchall() if "Seq Scan" in line}
    assert len(asked) == 1
    assert read == set()
