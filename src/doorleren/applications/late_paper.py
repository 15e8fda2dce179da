"""Paper that came in before a round closed and is typed in after it: until when that is possible, and of which applications.

An application is made when it is received (Awb 4:1), not when an official types it. The sources name no way for it and no time
(ADR 0026), so both are assumptions: for so many days after the closing, and never once the order of treatment is fixed.
"""

from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from doorleren.applications.models import Answer, Channel, EnteredFor, Origin
from doorleren.core.days import day_of
from doorleren.rounds.models import Allocation, Gate, Round, RoundDraw
from doorleren.rounds.queries import announced_for, in_turn

LATE = timedelta(days=14)
"""For so long after a round closed, what came on paper before it can be entered. An assumption."""


def rounds_for_late_paper(at: datetime) -> QuerySet[Round]:
    """Give the rounds that closed so short ago that paper of before it may still be entered, the last one first."""
    found = Round.objects.filter(gate__closed_at__gt=at - LATE, gate__closed_at__lte=at)
    return found.select_related("version", "gate").order_by("-gate__closed_at", "id")


def takes_late_paper(round_: Round, *, at: datetime) -> date | None:
    """Give the day on which paper for a closed round must have been received at the latest; None where it takes none now.

    None is given where it is open, where it closed too long ago, and where a draw was announced or places follow from an
    order that is fixed: whoever comes later would change the order of others, or have none.
    """
    closed = Gate.objects.get(pk=round_.pk).closed_at
    if closed is None or not at - LATE < closed <= at:
        return None
    allocation = Allocation.objects.get(pk=round_.pk)
    drawn = bool(allocation.seed) or RoundDraw.objects.filter(pk=round_.pk).exists()
    later = in_turn(round_) or announced_for(round_).per_day or not allocation.position
    return day_of(closed) if later and not drawn else None


def in_time(channel: str, received: date, signed: date, last: date | None) -> bool:
    """Say whether something came in on paper, and signed, by that day."""
    return last is not None and channel == Channel.PAPER and max(received, signed) <= last


def is_late_paper(application: int, round_: Round, *, at: datetime) -> bool:
    """Say whether an application was entered from paper that came in before its round closed, and may be put in now.

    Not where who applies answered in it: that did not stand on the paper.
    """
    row = EnteredFor.objects.filter(application=application).first()
    if row is None or Answer.objects.filter(application=application, origin=Origin.SELF).exists():
        return False
    return in_time(row.channel, row.received_on, row.signed_on, takes_late_paper(round_, at=at))
