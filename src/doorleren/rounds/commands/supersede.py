"""Letting what stood ready come in no more, where it was changed or withdrawn before it was submitted.

Called by what changes an application, in its transaction, which records that act. An application that was edited has no
ticket, and one with a ticket was not edited since: whoever enters tickets holds the gate before looking here, and whoever
writes here holds it before looking for a ticket, each until the commit.
"""

from datetime import datetime

from doorleren.rounds.models import Gate, Superseded, Ticket


def supersede(round_: int, key: str, content: str, *, at: datetime) -> bool:
    """Refuse a content from now on; say whether that could be: it cannot once there is a ticket with the key.

    The gate comes before what is recorded, as in every act on a round.
    """
    Gate.objects.select_for_update(no_key=True).get(pk=round_)
    if Ticket.objects.filter(round=round_, key=key).exists():
        return False
    Superseded.objects.create(round_id=round_, content=content, superseded_at=at)
    return True
