"""Letting the invented bank of a demo answer the file of a rehearsal; what it sends is read in as any file of a bank."""

from datetime import datetime

from doorleren.core.days import day_of
from doorleren.payments.access import IMPORT, ensure_may_pay
from doorleren.payments.commands.hand_over import content_of
from doorleren.payments.commands.import_message import import_message
from doorleren.payments.models import PaymentHandover, PaymentRun
from doorleren.payments.practice import practice_bank
from doorleren.payments.refusing import refused
from doorleren.people.signed_in import SignedIn


def let_bank_answer(run: int, *, by: SignedIn, at: datetime) -> PaymentRun:
    """Give that bank the very file that was handed over, and read in all that it answers. Again changes nothing.

    Raises NotAllowed; PaymentRefused where there is no such bank, for what is no rehearsal, before the file was handed over,
    and for a file that the bank does not take; NoKeys; DoesNotExist.
    """
    row, bank = PaymentRun.objects.get(pk=run), practice_bank()
    ensure_may_pay(by, IMPORT, row.body_id, row.pk, at=at)
    if bank is None or not row.rehearsal:
        raise refused(
            "Alleen een oefening op een demosite wordt door de verzonnen bank beantwoord.",
            "Only a rehearsal on a demo site is answered by the invented bank.",
        )
    handed = PaymentHandover.objects.select_related("file").filter(file=run).first()
    if handed is None:
        raise refused("Geef eerst het bestand aan de bank.", "First hand the file to the bank.", "file")
    content = content_of(handed.file)
    try:
        answers = bank.answers(content, day_of(handed.at))
    except ValueError as fault:  # released by an older version, whose files said it in fewer places
        raise refused(
            "De verzonnen bank neemt dit bestand niet aan: het zegt niet overal dat het een oefening is.",
            "The invented bank does not take this file: it does not say everywhere that it is an exercise.", "file",
        ) from fault  # fmt: skip
    for message in answers:
        import_message(row.body_id, message, by=by, at=at)
    return row
