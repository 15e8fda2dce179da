"""Handing the file of a released run to the bank, once, and only the very bytes that were made at the release."""

import hashlib
import hmac
from datetime import datetime

from django.conf import settings
from django.db import transaction

from doorleren.audit.acts import Party, record
from doorleren.payments.access import HAND_OVER, ensure_may_pay
from doorleren.payments.bank_channel import NotTaken, bank_channel
from doorleren.payments.models import PaymentFile, PaymentHandover, PaymentRun
from doorleren.payments.practice import practice_channel
from doorleren.payments.refusing import refused
from doorleren.people.national_number import keys
from doorleren.people.signed_in import SignedIn


def file_of(run: int, *, by: SignedIn, at: datetime) -> bytes:
    """Give the file of a released run, as it was made. Raises NotAllowed, PaymentRefused, NoKeys, DoesNotExist."""
    row = PaymentRun.objects.get(pk=run)
    ensure_may_pay(by, HAND_OVER, row.body_id, row.pk, at=at)
    return content_of(_of(row))


def content_of(file: PaymentFile) -> bytes:
    """Open a file as it was made. Raises PaymentRefused where it was destroyed or differs, NoKeys."""
    if file.destroyed_at is not None:
        raise refused(
            "Dit bestand is vernietigd: de bewaartermijn is voorbij.",
            "This file was destroyed: its retention has ended.",
            "file",
        )
    content = keys().opened(file.sealed).encode()
    ensure_same(file, content)
    return content


def hand_over(run: int, content: bytes, *, by: SignedIn, at: datetime) -> PaymentHandover:
    """Hand a file to the bank as that of a run. Again with the same file gives the handover that there was.

    Of a rehearsal only in a demo, where it goes to the folder of an invented bank and never to the channel. Raises NotAllowed;
    PaymentRefused where a byte differs from what was released, for a rehearsal elsewhere, and where the channel does not
    take it; DoesNotExist.
    """
    with transaction.atomic():
        row = PaymentRun.objects.select_for_update().get(pk=run)
        ensure_may_pay(by, HAND_OVER, row.body_id, row.pk, at=at)
        file = _of(row)
        ensure_same(file, content)
        if not hands_over(row):
            raise refused(
                "Dit is een oefening. Er gaat niets naar de bank.", "This is a rehearsal. Nothing goes to the bank."
            )
        before = PaymentHandover.objects.filter(file=file).first()
        if before is not None:
            return before
        made = PaymentHandover.objects.create(file=file, by_id=by.person, at=at)
        record("handed_over", Party("payment_run", str(run)), by=by.party, at=at, details={"file": file.digest})
        try:
            (practice_channel() if row.rehearsal else bank_channel()).hand(f"{row.message_id}.xml", content)
        except NotTaken as fault:
            raise refused(
                "De bank heeft het bestand niet aangenomen. Probeer het opnieuw.",
                "The bank did not take the file. Try again.",
            ) from fault
    return made


def hands_over(run: PaymentRun) -> bool:
    """Say whether the file of such a run can be handed over here: that of a rehearsal only in a demo."""
    return not run.rehearsal or bool(settings.DOORLEREN_DEMO)


def ensure_same(file: PaymentFile, content: bytes) -> None:
    """Raise PaymentRefused unless these are the very bytes that were released."""
    if not hmac.compare_digest(hashlib.sha256(content).hexdigest(), file.digest):
        raise refused(
            "Dit bestand is niet het bestand dat is vrijgegeven. Er gaat niets naar de bank.",
            "This file is not the one that was released. Nothing goes to the bank.", "file",
        )  # fmt: skip


def _of(row: PaymentRun) -> PaymentFile:
    found = PaymentFile.objects.filter(run=row).first()
    if found is None:
        raise refused(
            "Van deze betaalrun is geen bestand: hij is niet vrijgegeven, of elke regel is blijven liggen.",
            "This payment run has no file: it was not released, or every line was left out.",
        )
    return found
