"""Confirming or withdrawing the bank account that an official proposed for a payee: confirming is for another one."""

from datetime import datetime

from django.db import transaction

from doorleren.audit.acts import Party, record
from doorleren.payments.access import CONFIRM, PROPOSE, ensure_another, ensure_may
from doorleren.payments.models import WAITING_PERIOD, PayeeAccount, PayeeNotice
from doorleren.payments.refusing import refused
from doorleren.payments.telling import tell_payee
from doorleren.people.signed_in import SignedIn


def confirm_account(account: int, *, by: SignedIn, at: datetime) -> PayeeAccount:
    """Confirm an account: it may be paid on 48 hours later, and until then the one before it stays in use.

    Leaves a notice for the payee, and writes the letter to them, by the way that was known before (telling.py). Raises NotAllowed (also for who proposed it),
    PaymentRefused where it was confirmed or withdrawn already, DoesNotExist.
    """
    with transaction.atomic():
        row = _waiting(account, CONFIRM, by, at)
        ensure_another(by, row)
        own = PayeeAccount.objects.filter(body=row.body_id, payee_kind=row.payee_kind, payee_id=row.payee_id)
        before = own.filter(confirmed_at__isnull=False, stopped_at=None).order_by("-effective_at", "-pk").first()
        row.confirmed_by_id, row.confirmed_at, row.effective_at = by.person, at, at + WAITING_PERIOD
        row.save(update_fields=["confirmed_by", "confirmed_at", "effective_at"])
        PayeeNotice.objects.create(account=row, replaces=before, at=at)
        record("confirmed", Party("payee_account", str(row.pk)), by=by.party, at=at)
        tell_payee(row, at=at)
    return row


def withdraw_account(account: int, *, by: SignedIn, at: datetime) -> PayeeAccount:
    """Withdraw a proposal that nobody confirmed yet. Raises NotAllowed, PaymentRefused, DoesNotExist."""
    with transaction.atomic():
        return withdrawn(_waiting(account, PROPOSE, by, at), by=by, at=at)


def withdrawn(row: PayeeAccount, *, by: SignedIn, at: datetime) -> PayeeAccount:
    """Withdraw a proposal that the caller locked, and asked about whether it is allowed."""
    row.withdrawn_at = at
    row.save(update_fields=["withdrawn_at"])
    record("withdrawn", Party("payee_account", str(row.pk)), by=by.party, at=at)
    return row


def _waiting(account: int, act: str, by: SignedIn, at: datetime) -> PayeeAccount:
    row = PayeeAccount.objects.select_for_update().get(pk=account)
    ensure_may(by, act, row.body_id, row.payee_id, at=at)
    if row.confirmed_at is not None or row.withdrawn_at is not None:
        raise refused("Over dit voorstel is al beslist.", "This proposal has been decided already.")
    return row
