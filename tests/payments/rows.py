"""Rows of payment runs and bank messages that break one constraint and no other."""

from datetime import date, timedelta
from typing import Any, TypeVar

from django.db import models

from doorleren.payments.models import (
    BankAnswer,
    BankClosing,
    BankEntry,
    BankMessage,
    LeftOut,
    PayeeAccount,
    PaymentEvent,
    PaymentFile,
    PaymentLine,
    PaymentRun,
)
from doorleren.rounds.models import Round
from tests.cases.made import a_case
from tests.payments.made import AT
from tests.people import made as people

Row = TypeVar("Row", bound=models.Model)
HASH, SEALED = "0" * 64, "gAAAA" + "x" * 120


def a_run(round_: Round, **other: Any) -> PaymentRun:
    """A run of one line, not saved."""
    told = {"body": round_.body, "pay_on": date(2026, 3, 2), "lines": 1, "cents": 5, "list_digest": HASH}
    return PaymentRun(**(told | {"proposed_by": people.person(), "proposed_at": AT} | other))


def saved(row: Row) -> Row:
    """Save a row."""
    row.save(force_insert=True)
    return row


def of_long_ago(number: str = "123456") -> PayeeAccount:
    """An account that was proposed in 2018, of somebody who has no case."""
    at = AT.replace(year=2018)
    return saved(PayeeAccount(
        body=people.body(), payee_kind="person", payee_id=number, lookup=HASH, sealed=SEALED, sealed_name=SEALED, reason="r",
        proposed_by=people.person(), proposed_at=at,
    ))  # fmt: skip


def a_line(run: PaymentRun, **other: Any) -> PaymentLine:
    """A line of a run, not saved."""
    account = PayeeAccount.objects.first() or saved(PayeeAccount(
        body_id=run.body_id, payee_kind="person", payee_id="1", lookup=HASH, sealed=SEALED, sealed_name=SEALED, reason="r",
        proposed_by=people.person(), proposed_at=AT,
    ))  # fmt: skip
    case = other.pop("case", None) or a_case()
    told = {"run": run, "number": 1, "case": case, "payee_kind": "person", "payee_id": "1", "account": account}
    return PaymentLine(**(told | {"lookup": HASH, "cents": 5} | other))


def an_event(line: PaymentLine, **other: Any) -> PaymentEvent:
    """An event of a line, not saved."""
    return PaymentEvent(**({"line": line, "step": 1, "event": "ordered", "at": AT} | other))


def a_message(round_: Round, **other: Any) -> BankMessage:
    """A message of the bank, not saved."""
    told = {"body": round_.body, "kind": "camt.053", "digest": HASH, "entries": 1, "imported_at": AT}
    return BankMessage(**(told | {"imported_by": people.person()} | other))


def left_out(line: PaymentLine) -> LeftOut:
    """That the case of a line was left out of its run, not saved."""
    return LeftOut(run=line.run, case=line.case, by=line.run.proposed_by, at=AT, content=b"x")


def released(run: PaymentRun, line: PaymentLine) -> PaymentEvent:
    """Release a run of one line, which was ordered; give the event."""
    made = saved(an_event(line))
    run.released_by, run.released_at = people.person(), AT
    run.save()
    return made


def wrong_run_row(name: str, round_: Round) -> models.Model:
    """Give a row that breaks one constraint and no other."""
    one = people.person()
    run = saved(a_run(round_))
    line = saved(a_line(run))
    message = saved(a_message(round_))
    entry = saved(BankEntry(message=message, number=1, says="booked"))
    answer = saved(
        BankAnswer(entry=saved(BankEntry(message=message, number=9, says="booked")), outcome="unknown", at=AT)
    )
    closing = {"answer": answer, "reason": "r", "at": AT}
    rows: dict[str, Any] = {
        "payments_closing_once": lambda: (
            saved(BankClosing(step=1, by=one, **closing)),
            BankClosing(step=1, by=people.person(), **closing),
        )[1],
        "payments_closing_two_people": lambda: (
            saved(BankClosing(step=1, by=one, **closing)),
            BankClosing(step=2, by=one, **closing),
        )[1],
        "payments_closing_reasoned": lambda: BankClosing(step=1, by=one, **closing | {"reason": ""}),
        "payments_run_two_people": lambda: a_run(round_, proposed_by=one, released_by=one, released_at=AT),
        "payments_run_released": lambda: a_run(round_, released_by=one, released_at=AT - timedelta(seconds=1)),
        "payments_run_one_end": lambda: a_run(round_, released_by=one, released_at=AT, withdrawn_at=AT),
        "payments_run_filled": lambda: a_run(round_, lines=2, cents=1),
        "payments_run_hashed": lambda: a_run(round_, list_digest="x"),
        "payments_leftout_once": lambda: (saved(left_out(line)), left_out(line))[1],
        "payments_line_number": lambda: a_line(run),
        "payments_line_once": lambda: a_line(run, number=2, case=line.case),
        "payments_line_what": lambda: a_line(run, number=2, what="present"),
        "payments_line_cents": lambda: a_line(run, number=2, cents=0),
        "payments_line_hashed": lambda: a_line(run, number=2, lookup="NL91ABNA0417164300"),
        "payments_event_once": lambda: (released(run, line), an_event(line, event="left_out", reason="r"))[1],
        "payments_event_step": lambda: an_event(line, event="confirmed"),
        "payments_event_reasoned": lambda: an_event(line, event="left_out"),
        "payments_file_hashed": lambda: PaymentFile(
            run=run, digest=HASH, lines=1, cents=5, sealed="<xml/>", made_at=AT
        ),
        "payments_message_once": lambda: a_message(round_),
        "payments_message_known": lambda: a_message(round_, digest="1" * 64, kind="pain.008"),
        "payments_entry_once": lambda: BankEntry(message=message, number=1, says="booked"),
        "payments_entry_says": lambda: BankEntry(message=message, number=2, says="stolen"),
        "payments_entry_reference": lambda: BankEntry(message=message, number=2, says="booked", reference="222-2222"),
        "payments_answer_of_a_case": lambda: BankAnswer(entry=entry, outcome="received", at=AT),
        "payments_answer_known": lambda: BankAnswer(entry=entry, outcome="lost", line=line, at=AT),
        "payments_answer_of_a_payment": lambda: BankAnswer(entry=entry, outcome="unknown", line=line, at=AT),
    }
    row: models.Model = rows[name]()
    return row
