"""Paper that came in before a round closed and is typed in after it: until when that is possible, and of which applications.

An application is made when it is received (Awb 4:1), not when an official types it. The sources name no way for it and no time
(ADR 0026), so both are assumptions: for so many days after the closing, and never once the order of treatment is fixed. Where a
committee ranks, that order is fixed only after those days (decisions/commands/fix_scores.py), so nobody on paper comes too late for it.
"""

from datetime import date, datetime, timedelta

from doorleren.applications.models import Answer, Channel, EnteredFor, Origin
from doorleren.core.days import day_of
from doorleren.rounds.days import LATE_DAYS, last_for_paper
from doorleren.rounds.models import Allocation, Gate, Round, RoundDraw
from doorleren.rounds.queries import announced_for, in_turn
from doorleren.rules.versions import MOST_PAPER_DAYS

LONGEST = timedelta(days=1 + max(LATE_DAYS, MOST_PAPER_DAYS))
"""No round that closed longer ago takes paper, whatever was announced for it."""


def rounds_for_late_paper(at: datetime) -> list[Round]:
    """Give the rounds that closed so short ago that paper of before it may still be entered, the last one first."""
    found = Round.objects.filter(gate__closed_at__gt=at - LONGEST, gate__closed_at__lte=at)
    rows = found.select_related("version", "gate").order_by("-gate__closed_at", "id")
    return [one for one in rows if _has_time(one, one.gate.closed_at, at)]


def last_day_for_paper(round_: Round) -> date | None:
    """Give the last day on which paper of before its closing can be entered in a round; None while it is open."""
    return _last(round_, Gate.objects.get(pk=round_.pk).closed_at)


def takes_late_paper(round_: Round, *, at: datetime) -> date | None:
    """Give the day on which paper for a closed round must have been received at the latest; None where it takes none now.

    None is given where it is open, where it closed too long ago, and where a draw was announced or places follow from an
    order that is fixed: whoever comes later would change the order of others, or have none.
    """
    closed = Gate.objects.get(pk=round_.pk).closed_at
    if closed is None or not _has_time(round_, closed, at):
        return None
    allocation = Allocation.objects.get(pk=round_.pk)
    drawn = bool(allocation.seed) or RoundDraw.objects.filter(pk=round_.pk).exists()
    later = in_turn(round_) or announced_for(round_).per_day or not allocation.position
    return day_of(closed) if later and not drawn else None


def _has_time(round_: Round, closed: datetime | None, at: datetime) -> bool:
    last = _last(round_, closed)
    return closed is not None and last is not None and closed <= at and day_of(at) <= last


def _last(round_: Round, closed: datetime | None) -> date | None:
    return None if closed is None else last_for_paper(day_of(closed), paper_days=announced_for(round_).paper_days)


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
