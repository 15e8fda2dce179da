"""What the tables of payments refuse: every constraint and trigger, in the database, with a Dutch sentence."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction

from doorleren.payments.commands.post import post, post_all
from doorleren.payments.models import Account, PayeeAccount, PaymentRun, Posting, Transaction
from doorleren.rounds.models import Round
from tests.payments import rows
from tests.payments.made import AT, TABLES, US, checked_at_commit, emptied, event, run
from tests.people import made as people
from tests.rounds.made import a_round

SEALED = "gAAAA" + "x" * 120


def a_head(**other: Any) -> Transaction:
    """A transaction of two lines, not saved."""
    told = {"subject_kind": "case", "subject_id": "1", "turn": 1, "act": "reserve", "cents": 5, "key": "k", "lines": 2}
    return Transaction(**(told | {"at": AT, "by_kind": "site", "by_id": ""} | other))


def an_account(round_: Round, **other: Any) -> PayeeAccount:
    """A proposal for a payee's account, not saved."""
    told: dict[str, Any] = {
        "body": round_.body, "payee_kind": "person", "payee_id": "1", "lookup": "0" * 64, "sealed": SEALED,
        "sealed_name": SEALED, "reason": "r", "proposed_by": people.person(), "proposed_at": AT,
    }  # fmt: skip
    return PayeeAccount(**(told | other))


def accounts(round_: Round) -> tuple[Account, Account]:
    """The accounts that a reservation uses."""
    own = Account.objects.filter(round=round_)
    return own.get(kind="reserved"), own.get(kind="available")


def wrong(name: str, round_: Round) -> models.Model:
    """Give a row that breaks one constraint and no other."""
    post(event("reserve", 5, "9", round_, key="taken"), by=US, at=AT)
    reserved, _ = accounts(round_)
    head = Transaction.objects.get(key="taken")
    line = {"transaction": head, "line": 1, "lines": 2, "account": reserved, "cents": 5}
    confirmed = {"confirmed_by": people.person(), "confirmed_at": AT, "effective_at": AT + timedelta(hours=48)}
    broken: dict[str, Any] = {
        "payments_account_once": lambda: Account(body=round_.body, round=round_, kind="reserved"),
        "payments_account_kind_known": lambda: Account(body=round_.body, round=round_, kind="pocket"),
        "payments_transaction_once": lambda: a_head(key="taken"),
        "payments_transaction_turn_once": lambda: a_head(subject_id="9"),
        "payments_transaction_turn": lambda: a_head(turn=0),
        "payments_transaction_act_known": lambda: a_head(act="rob"),
        "payments_transaction_cents": lambda: a_head(cents=-1),
        "payments_transaction_lines": lambda: a_head(lines=1),
        "payments_transaction_named": lambda: a_head(subject_id=""),
        "payments_posting_not_zero": lambda: Posting(**line | {"cents": 0}),
        "payments_posting_in_its_place": lambda: Posting(**line | {"line": 3}),
        "payments_payee_hashed": lambda: an_account(round_, lookup="NL91ABNA0417164300"),
        "payments_payee_sealed": lambda: an_account(round_, sealed="NL91ABNA0417164300"),
        "payments_payee_named": lambda: an_account(round_, reason=""),
        "payments_payee_two_people": lambda: an_account(
            round_, **confirmed | {"confirmed_by": (one := people.person()), "proposed_by": one}
        ),
        "payments_payee_confirmed_whole": lambda: an_account(round_, confirmed_by=people.person()),
        "payments_payee_waits": lambda: an_account(
            round_, **confirmed | {"effective_at": AT + timedelta(hours=48, microseconds=-1)}
        ),
        "payments_payee_stopped_in_time": lambda: an_account(
            round_, **confirmed, stopped_by=people.person(), stopped_at=confirmed["effective_at"], stop_reason="r"
        ),
        "payments_payee_name_check_known": lambda: an_account(round_, name_check="guessed"),
        "payments_payee_destroyed_whole": lambda: an_account(
            round_, sealed="", sealed_name="", reason="", destroyed_at=AT
        ),
        "payments_payee_one_end": lambda: an_account(round_, **confirmed, withdrawn_at=AT),
        "payments_payee_one_waits": lambda: (an_account(round_).save(), an_account(round_))[1],
    }
    row: models.Model = broken[name]() if name in broken else rows.wrong_run_row(name, round_)
    return row


def constraints() -> dict[str, Any]:
    """Give every constraint of the app by its name."""
    return {one.name: one for model in apps.get_app_config("payments").get_models() for one in model._meta.constraints}


@pytest.mark.parametrize("name", sorted(constraints()))
def test_a_constraint_refuses(name: str, round_: Round) -> None:
    """What the constraint forbids is refused with its sentence, and by the database where nobody asked."""
    row = wrong(name, round_)
    with pytest.raises(ValidationError) as refused:
        row.validate_constraints()
    assert constraints()[name].violation_error_message in str(refused.value)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        row.save(force_insert=True)


LINES: dict[str, tuple[list[int], str]] = {
    "without_postings": ([], "heeft 0 regels; er horen er 2 te zijn"),
    "with_one": ([5], "heeft 1 regels; er horen er 2 te zijn"),
    "that_does_not_add_up": ([5, -4], "tellen op tot 1 cent, niet tot 0"),
    "that_does_not_fit_a_number": ([2**63 - 1, 2**63 - 1], "niet in evenwicht"),
}


@pytest.mark.parametrize("copied", [False, True], ids=["insert", "copy"])
@pytest.mark.parametrize("name", LINES)
def test_a_transaction_is_refused_at_commit(name: str, copied: bool, emptied_after: None) -> None:
    """A transaction without postings, with one, or out of balance does not get through the commit, COPY or not."""
    cents, sentence = LINES[name]
    round_ = a_round()
    post(event("reserve", 5, "9", round_), by=US, at=AT)
    before = Transaction.objects.count(), Posting.objects.count()
    with pytest.raises(IntegrityError, match=sentence), transaction.atomic():
        a_transaction(accounts(round_), cents, copied)
    assert (Transaction.objects.count(), Posting.objects.count()) == before


def a_transaction(own: tuple[Account, Account], cents: list[int], copied: bool) -> None:
    """Add a transaction of two lines with these postings, one on each account."""
    head = a_head()
    head.save()
    both = enumerate(zip(own, cents, strict=False), 1)
    put_down([(head.pk, place, 2, account.pk, one) for place, (account, one) in both], copied)


def put_down(rows: list[tuple[int, ...]], copied: bool) -> None:
    """Add postings past every command."""
    columns = "(transaction_id, line, lines, account_id, cents)"
    with connection.cursor() as cursor:
        if copied:
            with cursor.copy(f"COPY payments_posting {columns} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        for row in rows:
            cursor.execute(f"INSERT INTO payments_posting {columns} VALUES (%s, %s, %s, %s, %s)", row)


@pytest.mark.parametrize("copied", [False, True], ids=["insert", "copy"])
def test_a_whole_transaction_is_taken(copied: bool, round_: Round) -> None:
    """The same rows in balance are taken: the tests above refuse nothing for another reason."""
    a_transaction(accounts(round_), [5, -5], copied)
    checked_at_commit()


LATER = {
    "a_line_more": (3, 3, "payments_posting_of_its_transaction"),
    "a_line_beyond": (3, 2, "payments_posting_in_its_place"),
    "a_line_again": (1, 2, "payments_posting_pkey"),
}


@pytest.mark.parametrize("name", LATER)
def test_nothing_is_added_to_a_transaction_later(name: str, round_: Round) -> None:
    """All places of a transaction are taken: no balanced pair of lines can be slipped in afterwards."""
    number = post(event("reserve", 5, "1", round_), by=US, at=AT)
    place, lines, constraint = LATER[name]
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        put_down([(number, place, lines, accounts(round_)[0].pk, 7)], copied=False)


COLUMNS = {
    "payments_posting": "cents", "payments_payeenotice": "at", "payments_followeddecision": "at", "payments_followedadvance": "at", "payments_bankanswer": "at",
    "payments_paymenthandover": "at",
}  # fmt: skip


@pytest.mark.parametrize(
    "table",
    [
        table
        for table in TABLES
        if table not in ("payments_payeeaccount", "payments_paymentrun", "payments_paymentfile", "payments_bankclosing")
    ],
)
@pytest.mark.parametrize("sql", ["UPDATE {} SET {} = {}", "DELETE FROM {}"], ids=["update", "delete"])
def test_insert_only(table: str, sql: str, round_: Round) -> None:
    """UPDATE and DELETE are refused in a Dutch sentence, also where they would change nothing."""
    column = COLUMNS.get(table, "id")
    with pytest.raises(IntegrityError, match="Wat is geboekt, verandert niet"), transaction.atomic():
        run(sql.format(table, column, column))


def test_truncate_is_refused(round_: Round) -> None:
    """TRUNCATE of a ledger with anything in it is refused, with CASCADE too, and by a session that replays others' work."""
    checked_at_commit()
    sql = "TRUNCATE payments_account, payments_transaction, payments_posting CASCADE"
    for replaying in ("origin", "replica"):
        run(f"SET LOCAL session_replication_role = {replaying}")
        with pytest.raises(IntegrityError, match="Wat is geboekt, verdwijnt niet"), transaction.atomic():
            run(sql)
    run("SET LOCAL session_replication_role = origin")


def test_truncate_of_nothing_is_let_through(db: None) -> None:
    """An empty ledger can be emptied: between tests Django does so."""
    run(f"TRUNCATE {', '.join(TABLES)}")


def test_a_test_can_empty_what_it_committed(emptied_after: None) -> None:
    """Negative control of the fixture: after it nothing is left, and the guards are back."""
    round_ = a_round()
    post_all([event("reserve", 5, str(case), round_) for case in range(3)], by=US, at=AT)
    emptied()
    assert not Posting.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        run("DELETE FROM payments_posting")


@pytest.mark.parametrize(
    "change",
    ["lookup = repeat('1', 64)", "payee_id = '2'", "confirmed_at = NULL, confirmed_by_id = NULL, effective_at = NULL"],
)
def test_a_confirmed_account_never_changes(change: str, round_: Round) -> None:
    """What two people confirmed is not changed by one with SQL, and neither is it taken away."""
    one = an_account(round_, confirmed_by=people.person(), confirmed_at=AT, effective_at=AT + timedelta(hours=48))
    one.save()
    for sql in (f"UPDATE payments_payeeaccount SET {change}", "DELETE FROM payments_payeeaccount"):
        with pytest.raises(IntegrityError, match="alleen bevestigd of ingetrokken"), transaction.atomic():
            run(sql)


def test_a_proposed_account_keeps_what_was_proposed(round_: Round) -> None:
    """While a proposal waits, what was proposed does not change either."""
    an_account(round_).save()
    with pytest.raises(IntegrityError, match="alleen bevestigd of ingetrokken"), transaction.atomic():
        run("UPDATE payments_payeeaccount SET lookup = repeat('1', 64)")


def test_a_payment_goes_through_its_steps(round_: Round) -> None:
    """A payment is confirmed or fails only where it was ordered, and comes back only where it was confirmed."""
    run_ = rows.saved(rows.a_run(round_))
    line = rows.saved(rows.a_line(run_))
    for step, told, reason in ((2, "confirmed", ""), (3, "returned", "r")):
        with pytest.raises(IntegrityError, match="staat er niet zo voor"), transaction.atomic():
            rows.an_event(line, step=step, event=told, reason=reason).save()
    rows.released(run_, line)
    rows.an_event(line, step=2, event="failed", reason="r").save()
    with pytest.raises(IntegrityError, match="returned na failed"), transaction.atomic():
        rows.an_event(line, step=3, event="returned", reason="r").save()


def a_run_of(lines: int, round_: Round) -> None:
    """Make a run that says it has one line, and let the database look as at a commit."""
    made = rows.saved(rows.a_run(round_))
    for number in range(lines):
        rows.saved(rows.a_line(made, number=number + 1))
    checked_at_commit()


@pytest.mark.parametrize("lines", [0, 2])
def test_a_run_is_whole_at_commit(lines: int, round_: Round) -> None:
    """A run with fewer or more lines than it says does not get through the commit."""
    with pytest.raises(IntegrityError, match=f"heeft {lines} regels"), transaction.atomic():
        a_run_of(lines, round_)


def released_at_commit(made: PaymentRun) -> None:
    """Release a run of which nothing is said, and let the database look as at a commit."""
    made.released_by, made.released_at = people.person(), AT
    made.save()
    checked_at_commit()


def test_a_released_run_says_of_each_line_what_became_of_it(round_: Round) -> None:
    """Released without an event of its line, a run does not get through the commit; with it, nothing can be added or changed."""
    made = rows.saved(rows.a_run(round_))
    line = rows.saved(rows.a_line(made))
    with pytest.raises(IntegrityError, match="Van elke regel"), transaction.atomic():
        released_at_commit(made)
    rows.released(made, line)
    checked_at_commit()
    with pytest.raises(IntegrityError, match="komt niets meer bij"), transaction.atomic():
        rows.saved(rows.a_line(made, number=2))
    for sql in ("UPDATE payments_paymentrun SET withdrawn_at = now()", "DELETE FROM payments_paymentrun"):
        with pytest.raises(IntegrityError, match="alleen vrijgegeven of ingetrokken"), transaction.atomic():
            run(sql)
