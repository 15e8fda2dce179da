"""Booking what somebody paid back: an entry of the bank that names the reference of a case with a claim or a loan. Once for each booking.

A claim goes before a loan, and that before what was not due and nobody recovered yet: of that only the rest can be recovered. What
names no case, or a case in which nothing was claimed, lent or not due, waits for a person (`unknown`).
"""

from datetime import datetime

from django.db import transaction

from doorleren.audit.acts import Party
from doorleren.cases.locking import to_lock
from doorleren.cases.models import Case
from doorleren.decisions.models import Decision, Recovery
from doorleren.payments.balances import standing_of
from doorleren.payments.claims import asked_no_more
from doorleren.payments.commands.keep_loans import keep_loan
from doorleren.payments.commands.post import Event, post
from doorleren.payments.event_lines import CLAIMED
from doorleren.payments.models import BankAnswer, BankEntry, Transaction
from doorleren.payments.queries import receipt_key


def book_receipt(entry: BankEntry, body: int, by: Party, at: datetime) -> None:
    """Post what came in on the claim of the case that it names, with the answer, in one transaction; nothing where that was done."""
    with transaction.atomic():
        case = to_lock().filter(body=body, reference=entry.reference or None).first()
        if BankAnswer.objects.filter(entry=entry).exists():
            return
        if case is not None:
            keep_loan(case, at)
        act = None if case is None else _act(case)
        if case is None or not entry.cents or act is None:
            BankAnswer.objects.create(entry=entry, outcome="unknown", at=at)
            return
        key = receipt_key(entry, body)
        before = Transaction.objects.filter(key=key).first()
        if before is not None:
            same = (before.subject_kind, before.subject_id, before.cents) == ("case", str(case.pk), entry.cents)
            BankAnswer.objects.create(
                entry=entry, outcome="already" if same else "unknown", case=case if same else None, at=at
            )
            return
        post(Event(act, Party("case", str(case.pk)), entry.cents, key, body, _round(case)), by=by, at=at)
        BankAnswer.objects.create(entry=entry, outcome="received", case=case, at=at)
        keep_loan(case, at)


def _act(case: Case) -> str | None:
    """Name the event that books a receipt; None where there is none.

    On what is claimed, else on a loan, else on what was not due and can be recovered, else on a claim of before.
    """
    standing = standing_of("case", str(case.pk))
    if not standing.amount("recoverable"):
        if standing.amount("loan"):
            return "repay"
        if standing.amount("undue") and not asked_no_more([case.pk]):
            return "receive_undue"
    return "receive" if any(standing.amount(kind) for kind in CLAIMED) or _claimed_before(case) else None


def _claimed_before(case: Case) -> bool:
    """Say whether all that was ever recovered is in the ledger, also where nothing of it stands there any more."""
    keys = [f"recovery/{one}" for one in Recovery.objects.filter(case=case).values_list("pk", flat=True)]
    return bool(keys) and Transaction.objects.filter(key__in=keys).count() == len(keys)


def _round(case: Case) -> int | None:
    """Give the round in which the case stands in the ledger: that of its last decision."""
    return Decision.objects.filter(case=case).order_by("-number").values_list("round", flat=True).first()
