"""Proposing a payment run: what is payable now, a line for each thing that is owed in a case: its grant, penalty or refund. The first of two people; nothing is ordered yet."""

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction

from doorleren.audit.acts import Detail, Party, record
from doorleren.cases.models import Case
from doorleren.core.days import day_of
from doorleren.payments.access import PROPOSE_RUN, barred_from, ensure_may_pay
from doorleren.payments.banking_days import is_banking_day, next_banking_day
from doorleren.payments.commands.leave_out import keep_left_out, reason_of
from doorleren.payments.models import MOST_PAYMENTS, PayeeAccount, PaymentLine, PaymentRun
from doorleren.payments.payable import (
    GRANT,
    Owed,
    Payee,
    Reason,
    Subject,
    accounts_in_force,
    owed_by,
    paid_on,
    payees_for,
    set_off_waits,
    stopped,
    waiting_elsewhere,
)
from doorleren.payments.refusing import refused
from doorleren.people.signed_in import SignedIn


@dataclass(frozen=True, slots=True)
class Proposed:
    """A run as it was proposed, and what is not on it, each with the reason."""

    run: PaymentRun
    left: Mapping[Subject, Reason]

    @property
    def not_on_it(self) -> dict[int, Reason]:
        """Give the same by case (id), each with its first reason."""
        return by_case(self.left)


@dataclass(frozen=True, slots=True)
class Ahead:
    """What a proposal would hold now: its lines, kept nowhere; what is owed and not on it, and why not."""

    lines: Sequence[PaymentLine]
    left: Mapping[Subject, Reason]

    @property
    def not_on_it(self) -> dict[int, Reason]:
        """Give what is not on it by case (id), each with its first reason."""
        return by_case(self.left)

    @property
    def cents(self) -> int:
        """Give the sum of the lines."""
        return sum(one.cents for one in self.lines)

    @property
    def seen(self) -> str:
        """Give the hash of what somebody saw: which case, whom, on which account, how much. Without the ids, drawn each time."""
        return _seen(self.lines)


def by_case(left: Mapping[Subject, Reason]) -> dict[int, Reason]:
    """Give the first reason of each case."""
    return {case: reason for (case, _), reason in sorted(left.items(), reverse=True)}


def run_ahead(
    body: int, *, by: SignedIn, at: datetime, accept: Collection[int] = (), only: Collection[int] | None = None,
    rehearsal: bool = False,
) -> Ahead:  # fmt: skip
    """Give what `propose_run` would propose, for who is about to; writes nothing. Raises NotAllowed."""
    ensure_may_pay(by, PROPOSE_RUN, body, at=at)
    return Ahead(*_lines(body, by.person, at, frozenset(accept), rehearsal, only))


def propose_run(
    body: int, *, pay_on: date, by: SignedIn, at: datetime, accept: Collection[int] = (), rehearsal: bool = False,
    only: Collection[int] | None = None, seen: str = "", out: Collection[int] = (), reason: str = "",
) -> Proposed:  # fmt: skip
    """Propose to pay what a body owes, on a day. `accept`: cases (ids) that are paid although the account was changed later.

    `only`: no other cases than these. `out`: cases that are not paid though they could be, for a reason that stays in their files. `seen`: what `run_ahead` gave for it, refused where that is not so any more.
    `rehearsal`: of rounds to practise with, never together with others. Raises NotAllowed, PaymentRefused.
    """
    ensure_may_pay(by, PROPOSE_RUN, body, at=at)
    if pay_on < day_of(at):
        raise refused(
            f"Deze dag is al voorbij: {pay_on}. Kies vandaag of een latere dag.",
            f"This day has passed: {pay_on}. Choose today or a later day.", "pay_on",
        )  # fmt: skip
    if not is_banking_day(pay_on):
        following = next_banking_day(pay_on)
        raise refused(
            f"Op {pay_on:%d-%m-%Y} voeren banken geen betalingen uit. De eerstvolgende dag is {following:%d-%m-%Y}.",
            f"Banks carry out no payments on {pay_on}. The next day is {following}.", "pay_on",
        )  # fmt: skip
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"payments {body}"])
        lines, left = _lines(body, by.person, at, frozenset(accept), rehearsal, only, out)
        taken = {case for (case, _), why in left.items() if why == "taken_out" and case in out}
        if taken:
            reason_of(reason)
        if not lines:
            raise refused(_nothing(left, "nl"), _nothing(left, "en"))
        if seen and seen != _seen(lines):
            raise refused(
                "Er is intussen iets veranderd. Bekijk de lijst opnieuw.",
                "Something has changed meanwhile. Look at the list again.", "seen",
            )  # fmt: skip
        run = PaymentRun.objects.create(
            body_id=body, pay_on=pay_on, rehearsal=rehearsal, lines=len(lines), cents=sum(one.cents for one in lines),
            list_digest=list_digest(lines), proposed_by_id=by.person, proposed_at=at,
        )  # fmt: skip
        for one in lines:
            one.run = run
        PaymentLine.objects.bulk_create(lines, batch_size=2000)
        keep_left_out(run, taken, reason, by=by, at=at)
        told: dict[str, Detail] = {"lines": run.lines, "cents": run.cents, "list": run.list_digest}
        record("proposed", Party("payment_run", str(run.pk)), by=by.party, at=at, details=told)
    return Proposed(run, left)


def withdraw_run(run: int, *, by: SignedIn, at: datetime) -> PaymentRun:
    """Withdraw a run that waits; its cases can be proposed again. Raises NotAllowed, PaymentRefused, DoesNotExist."""
    with transaction.atomic():
        row = PaymentRun.objects.select_for_update().get(pk=run)
        ensure_may_pay(by, PROPOSE_RUN, row.body_id, row.pk, at=at)
        ensure_waits(row)
        row.withdrawn_at = at
        row.save(update_fields=["withdrawn_at"])
        record("withdrawn", Party("payment_run", str(run)), by=by.party, at=at)
    return row


def ensure_waits(row: PaymentRun) -> None:
    """Raise PaymentRefused where a run was released or withdrawn already."""
    if not row.waits:
        raise refused("Over deze betaalrun is al beslist.", "This payment run has been decided already.")


def list_digest(lines: Iterable[PaymentLine]) -> str:
    """Give the hash of a list: what is paid, in which case, to whom, on which account, in order."""
    told = [
        [one.end_to_end, one.case_id, one.what, one.round_id, one.payee_kind, one.payee_id, one.account_id, one.lookup, one.changed, one.cents]
        for one in lines
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(told, separators=(",", ":")).encode()).hexdigest()


def _seen(lines: Iterable[PaymentLine]) -> str:
    told = [
        [one.case_id, one.what, one.payee_kind, one.payee_id, one.account_id, one.lookup, one.changed, one.cents]
        for one in lines
    ]
    return hashlib.sha256(json.dumps(told, separators=(",", ":")).encode()).hexdigest()


def _lines(
    body: int,
    person: int,
    at: datetime,
    accept: Collection[int],
    rehearsal: bool,
    only: Collection[int] | None,
    out: Collection[int] = (),
) -> tuple[list[PaymentLine], dict[Subject, Reason]]:
    owed = owed_by(body, rehearsal=rehearsal)
    numbers = {one.case for one in owed}
    cases = {one.pk: one for one in Case.objects.filter(pk__in=numbers)}
    payees = payees_for(one.subject for one in owed)
    accounts = accounts_in_force(body, ((one.kind, one.id) for one in payees.values()), at)
    paid = paid_on([account.pk for account, replaced in accounts.values() if replaced])
    elsewhere, own = waiting_elsewhere(body), barred_from(numbers, (person,))
    set_off = set_off_waits([one.case for one in owed if one.what == GRANT])
    lines: list[PaymentLine] = []
    left: dict[Subject, Reason] = {}
    for one in owed:
        if len(lines) == MOST_PAYMENTS:
            break
        payee = payees.get(one.subject)
        account, replaced = accounts.get((payee.kind, payee.id), (None, False)) if payee else (None, False)
        changed = bool(replaced and account and payee and _to_look_at(account, payee, paid, at))
        case = cases.get(one.case)
        if only is not None and one.case not in only:
            left[one.subject] = "taken_out"
            continue
        reason = next(_reasons(one, case, payee, account, elsewhere, own, changed and one.case not in accept), None)
        if reason is None and one.what == GRANT and one.case in set_off:
            reason = "set_off"
        if reason is not None or payee is None or account is None:
            left[one.subject] = reason or "no_account"
            continue
        if one.case in out:
            left[one.subject] = "taken_out"
            continue
        lines.append(PaymentLine(
            number=len(lines) + 1, case_id=one.case, what=one.what, round_id=one.round, payee_kind=payee.kind, payee_id=payee.id,
            account=account, lookup=account.lookup, changed=changed, cents=one.cents,
        ))  # fmt: skip
    return lines, left


def _to_look_at(account: PayeeAccount, payee: Payee, paid: Collection[int], at: datetime) -> bool:
    """Say whether who proposes must look at an account that took the place of another: after the decision, or never paid on yet."""
    return account.pk not in paid or (account.effective_at or at) > payee.decided_at


def _reasons(
    one: Owed, case: Case | None, payee: Payee | None, account: PayeeAccount | None, elsewhere: Collection[int],
    own: Mapping[int, object], changed: bool,
) -> Iterator[Reason]:  # fmt: skip
    """Give why something is not on the list, the first reason first."""
    if one.case in elsewhere:
        yield "waits_elsewhere"
    if one.case in own:
        yield "own_case"
    reason = stopped(case, one.what) if case is not None else "no_payee"
    if reason is not None:
        yield reason
    if payee is None:
        yield "no_payee"
    if account is None:
        yield "no_account"
    if changed:
        yield "account_changed"


def _nothing(left: Mapping[Subject, Reason], language: str) -> str:
    told = ", ".join(f"{reason} {count}" for reason, count in sorted(Counter(left.values()).items()))
    if language == "nl":
        return "Er is nu niets te betalen." + (f" Niet op de lijst: {told}." if told else "")
    return "There is nothing to pay now." + (f" Not on the list: {told}." if told else "")
