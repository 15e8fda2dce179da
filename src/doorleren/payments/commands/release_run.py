"""Releasing a payment run: the second of two people. Every line is asked again, then ordered or left out, and the file is made.

One transaction: the events, the postings, the file with its hash and the release are there together or not at all.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from doorleren.audit.acts import Detail, Party, record
from doorleren.cases.commands.keep_hands import keep_hands
from doorleren.cases.locking import to_lock
from doorleren.cases.models import Case
from doorleren.core.days import day_of
from doorleren.payments.access import RELEASE_RUN, ensure_may_pay, ensure_other_hands
from doorleren.payments.balances import standings_of
from doorleren.payments.commands.post import Event, post_all
from doorleren.payments.commands.propose_run import by_case, ensure_waits, list_digest
from doorleren.payments.models import STEPS, PayeeAccount, PaymentEvent, PaymentFile, PaymentLine, PaymentRun
from doorleren.payments.pain001 import Debtor, Transfer, written
from doorleren.payments.payable import (
    GRANT,
    Payee,
    Reason,
    Subject,
    accounts_in_force,
    as_sealed,
    payees_for,
    recorded,
    set_off_waits,
    stopped,
)
from doorleren.payments.payees import Opened, account_in_force, opened
from doorleren.payments.practice import PRACTICE, practising_debtor, practising_payee
from doorleren.payments.refusing import refused
from doorleren.payments.standings import NEW, Standing
from doorleren.people.national_number import Keys, keys
from doorleren.people.signed_in import SignedIn

PAYER = "body"
"""The kind of payee under which the account stands that a body pays from; set by two people, as any other."""


@dataclass(frozen=True, slots=True)
class Released:
    """What came of a release: the lines that were ordered, what was left out with the reason, and the file (None: nothing ordered)."""

    run: PaymentRun
    ordered: tuple[PaymentLine, ...]
    left: Mapping[Subject, Reason]
    file: PaymentFile | None

    @property
    def left_out(self) -> dict[int, Reason]:
        """Give what was left out by case (id), each with its first reason."""
        return by_case(self.left)


def release_run(run: int, *, by: SignedIn, at: datetime) -> Released:
    """Release a run.

    Raises NotAllowed, also where either of the two had a hand in a case; PaymentRefused where it was decided already, the
    list is not as proposed, its day has passed or the body has no account to pay from; NoKeys; DoesNotExist.
    """
    sealing = keys()
    with transaction.atomic():
        row = PaymentRun.objects.select_for_update().get(pk=run)
        ensure_may_pay(by, RELEASE_RUN, row.body_id, row.pk, at=at)
        lines = list(row.rows.order_by("number"))
        _ensure_as_proposed(row, lines, at)
        cases = {one.pk: one for one in to_lock().filter(pk__in={line.case_id for line in lines}).order_by("pk")}
        ensure_other_hands(by, row, list(cases))
        debtor = _debtor(row, at, sealing)
        left, payees = _left_out(row, lines, cases, at, sealing)
        ordered = tuple(line for line in lines if _subject(line) not in left)
        _note(lines, left, at)
        post_all([_order(line, row) for line in ordered], by=by.party, at=at)
        keep_hands(
            sorted({line.case_id for line in ordered}),
            "pay",
            (row.proposed_by_id, by.person),
            cause=f"payment_run/{run}",
        )
        file = _file(row, debtor, ordered, cases, payees, at, sealing) if ordered else None
        row.released_by_id, row.released_at = by.person, at
        row.save(update_fields=["released_by", "released_at"])
        told: dict[str, Detail] = {"ordered": len(ordered), "left_out": len(left), "file": file.digest if file else ""}
        record("released", Party("payment_run", str(run)), by=by.party, at=at, details=told)
    return Released(row, ordered, left, file)


def _ensure_as_proposed(row: PaymentRun, lines: Sequence[PaymentLine], at: datetime) -> None:
    ensure_waits(row)
    if (len(lines), sum(one.cents for one in lines)) != (row.lines, row.cents) or list_digest(lines) != row.list_digest:
        raise refused(
            "Deze lijst is niet meer zoals zij is voorgesteld. Er wordt niets van betaald.",
            "This list is no longer as it was proposed. Nothing of it is paid.",
        )
    if row.pay_on < day_of(at):
        raise refused(
            f"De dag van betaling is voorbij: {row.pay_on}. Trek de run in en stel een nieuwe voor.",
            f"The day of payment has passed: {row.pay_on}. Withdraw the run and propose another.", "pay_on",
        )  # fmt: skip


def _debtor(row: PaymentRun, at: datetime, sealing: Keys) -> Debtor:
    account = account_in_force(row.body_id, PAYER, str(row.body_id), at)
    if account is None:
        raise refused(
            "De instantie heeft nog geen rekening om van te betalen. Laat twee mensen die instellen.",
            "The authority has no account to pay from yet. Have two people set it.", "account",
        )  # fmt: skip
    told = opened(account, sealing)
    return practising_debtor(told.name, account.lookup) if row.rehearsal else Debtor(told.iban, told.name)


def _left_out(
    row: PaymentRun, lines: Sequence[PaymentLine], cases: Mapping[int, Case], at: datetime, sealing: Keys
) -> tuple[dict[Subject, Reason], dict[int, Opened]]:
    """Ask every line again; give those that are not paid with the reason, and by number the accounts as opened."""
    payees = payees_for(_subject(one) for one in lines)
    accounts = accounts_in_force(row.body_id, {(one.payee_kind, one.payee_id) for one in lines}, at)
    standings = standings_of((one.what, str(one.case_id)) for one in lines)
    left: dict[Subject, Reason] = {}
    whole = {account.pk: told for account, _ in accounts.values() if (told := as_sealed(account, sealing)) is not None}
    known = recorded([account for account, _ in accounts.values()]) & whole.keys()
    set_off = set_off_waits(list(cases))
    for line in lines:
        standing = standings.get((line.what, str(line.case_id)), (0, NEW))[1]
        account, _replaced = accounts.get((line.payee_kind, line.payee_id), (None, False))
        reason = (
            stopped(cases[line.case_id], line.what)
            or ("set_off" if line.case_id in set_off and line.what == GRANT else None)
            or _not_due(line, payees.get(_subject(line)), standing)
            or _account_refused(line, account, known)
        )
        if reason is not None:
            left[_subject(line)] = reason
    return left, whole


def _subject(line: PaymentLine) -> Subject:
    return line.case_id, line.what


def _not_due(line: PaymentLine, payee: Payee | None, standing: Standing) -> Reason | None:
    if payee is None or (payee.kind, payee.id) != (line.payee_kind, line.payee_id):
        return "payee_changed"
    return "nothing_due" if standing.amount("payable") < line.cents else None


def _account_refused(line: PaymentLine, account: PayeeAccount | None, known: Collection[int]) -> Reason | None:
    if account is None:
        return "no_account"
    if account.pk not in known:
        return "account_altered"
    return "account_differs" if (account.pk, account.lookup) != (line.account_id, line.lookup) else None


def _note(lines: Sequence[PaymentLine], left: Mapping[Subject, Reason], at: datetime) -> None:
    PaymentEvent.objects.bulk_create(
        (
            PaymentEvent(line=line, step=STEPS["ordered"], event="left_out" if reason else "ordered", reason=reason, at=at)
            for line in lines
            for reason in (left.get(_subject(line), ""),)
        ),
        batch_size=2000,
    )  # fmt: skip


def _order(line: PaymentLine, row: PaymentRun) -> Event:
    return event_of(line, "order", row.body_id)


def event_of(line: PaymentLine, what: str, body: int) -> Event:
    """Give the posting of what became of a payment: order, confirm, fail or return. Its key names the payment."""
    subject = Party(line.what, str(line.case_id))
    return Event(f"{what}_payment", subject, line.cents, f"{what}:payment/{line.end_to_end}", body, line.round_id)


def _file(
    row: PaymentRun, debtor: Debtor, ordered: Sequence[PaymentLine], cases: Mapping[int, Case],
    payees: Mapping[int, Opened], at: datetime, sealing: Keys,
) -> PaymentFile:  # fmt: skip
    transfers = []
    for line in ordered:
        payee = payees[line.account_id]
        payee = practising_payee(payee, line.lookup) if row.rehearsal else payee
        about = f"{PRACTICE if row.rehearsal else ''}{cases[line.case_id].reference} {cases[line.case_id].scheme}"
        transfers.append(Transfer(line.end_to_end, payee.iban, payee.name, line.cents, about))
    content = written(debtor, transfers, message=row.message_id, pay_on=row.pay_on, at=at)
    return PaymentFile.objects.create(
        run=row, digest=hashlib.sha256(content).hexdigest(), lines=len(ordered), made_at=at,
        cents=sum(one.cents for one in ordered), sealed=sealing.sealed(content.decode()),
    )  # fmt: skip
