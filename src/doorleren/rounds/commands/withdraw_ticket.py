"""Withdrawing a ticket: it takes no place any more, and gives back the one it had (fill_freed). For good.

Called by what withdraws an application, in its transaction, which has asked whether somebody may. It never touches the
intake or the allocation: the ticket and its number stay, also on the list of a draw.
"""

from datetime import datetime

from django.db import transaction

from doorleren.audit.acts import Party, record
from doorleren.audit.holding import hold
from doorleren.rounds.answers import refused
from doorleren.rounds.models import FixedPlace, Ticket, Withdrawal


def withdraw_ticket(ticket: int, *, by: Party, at: datetime) -> Withdrawal:
    """Withdraw; the same withdrawal again where it was withdrawn before. Raises DoesNotExist, and RoundRefused after a decision.

    The ticket is held, so that no decision comes to rest on its place meanwhile (fix_place).
    """
    with transaction.atomic():
        hold(Party("ticket", str(ticket)))
        row = Ticket.objects.get(pk=ticket)
        known = Withdrawal.objects.filter(pk=ticket).first()
        if known is not None:
            return known
        if FixedPlace.objects.filter(pk=ticket).exists():
            raise refused(
                "Over deze aanvraag is al besloten. Intrekken kan niet meer; vraag de uitvoerder wat nog wel kan.",
                "This application has been decided on. It can no longer be withdrawn; ask the authority what still can be done.",
            )  # fmt: skip
        made = Withdrawal.objects.create(ticket=row, withdrawn_at=at)
        record("withdrawn", Party("ticket", f"{row.round_id}/{row.number}"), by=by, at=at)
    return made
