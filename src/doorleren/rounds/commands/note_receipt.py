"""Noting on which day an application came in on paper, when it is put ready: its ticket counts on that day (days.py).

Called by what freezes an application, in its transaction, which records that act; the day is part of the content.
"""

from datetime import date, datetime

from doorleren.rounds.models import DayOfReceipt, Round


def note_receipt(round_: Round, content: str, day: date, *, at: datetime) -> None:
    """Note the day, once: what was noted first stands."""
    DayOfReceipt.objects.get_or_create(round=round_, content=content, defaults={"day": day, "noted_at": at})
