"""Destroying accounts of payees, files for the bank and why its entries were closed, at the end of their retention (retention.py).

Of an account the keyed hash stays, of a file its hash and sums: a payment can still be held against them, and neither says which
account it was. Of a closing stays who closed what, and when.
"""

from datetime import date, datetime

from django.db import transaction

from doorleren.audit.acts import Party, record
from doorleren.audit.holding import hold
from doorleren.payments import outbox
from doorleren.payments.models import BankClosing, PayeeAccount, PaymentFile
from doorleren.payments.retention import ACCOUNT, CLOSED, FILE, due_closed_entries, due_files, due_payee_accounts


def destroy_payments(on: date, *, by: Party, at: datetime) -> tuple[int, int, int]:
    """Destroy what is due on a day, each in its own transaction; give how many accounts, files, and entries of which the reasons went.

    After it no file lies in the outbox that was destroyed, or that the bank has; what could not be removed is told.
    """
    files = [one.number for one in due_files(on) if _destroy_file(one.number, by=by, at=at)]
    transaction.on_commit(outbox.take_out, robust=True)
    entries = [one.number for one in due_closed_entries(on) if _empty_reasons(one.number, on, by=by, at=at)]
    accounts = [one.number for one in due_payee_accounts(on) if _destroy_account(one.number, on, by=by, at=at)]
    return len(accounts), len(files), len(entries)


def _destroy_account(number: int, on: date, *, by: Party, at: datetime) -> bool:
    """Destroy an account that is still due once it is held; a proposal that waited for years is withdrawn with it."""
    with transaction.atomic():
        row = PayeeAccount.objects.select_for_update().get(pk=number)
        if not any(due_payee_accounts(on, only=number)):
            return False
        record("destroyed", Party(ACCOUNT, str(number)), by=by, at=at)
        row.sealed = row.sealed_name = row.reason = row.stop_reason = ""
        row.name_check, row.destroyed_at = "absent", at
        if row.confirmed_at is None and row.withdrawn_at is None:
            row.withdrawn_at = at
        row.save()
    return True


def _destroy_file(run: int, *, by: Party, at: datetime) -> bool:
    with transaction.atomic():
        row = PaymentFile.objects.select_for_update().get(pk=run)
        if row.destroyed_at is not None:
            return False
        record("destroyed", Party(FILE, str(run)), by=by, at=at, details={"file": row.digest})
        row.sealed, row.destroyed_at = "", at
        row.save(update_fields=["sealed", "destroyed_at"])
    return True


def _empty_reasons(entry: int, on: date, *, by: Party, at: datetime) -> bool:
    """Empty why an entry was closed, where that is still due once it is held."""
    thing = Party(CLOSED, str(entry))
    with transaction.atomic():
        hold(thing)
        if not any(due_closed_entries(on, only=entry)):
            return False
        record("destroyed", thing, by=by, at=at)
        BankClosing.objects.filter(answer=entry, destroyed_at__isnull=True).update(reason="", destroyed_at=at)
    return True
