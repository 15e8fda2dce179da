"""On which day an application counts, in a round where not the moment but the day of receipt decides. Pure.

Ground: Kaderregeling subsidies OCW, SZW en VWS 2.3: the day on which the complete application was received counts, and a
draw settles who comes first of those of one day. All days are those of Amsterdam. Assumption: what lay ready on paper before
the opening counts on the day of the opening, as for whoever could press a button only then.
"""

from datetime import date, datetime, timedelta

from doorleren.core.days import day_of

AFTER_MIDNIGHT = timedelta(minutes=1)
"""So long after a day its last submissions have been entered; one that takes longer counts on the day after."""
LATE_DAYS = 14
"""For so many days after a round closed, what came on paper before it can be entered. An assumption: the sources name no time."""


def counting_day(
    arrived: date, received: date | None = None, *, opened: date, paper_days: int = 0, divided: date | None = None
) -> date:
    """Give the day on which an application counts that was submitted on the day `arrived`.

    `received`: the day of receipt of what came on paper. It counts when it was submitted within `paper_days` days of it, and
    never before the opening. `divided`: the last day whose places were given; nobody can join that one or one before it.
    Example: received on the 3rd, submitted on the 5th: the 3rd if paper has 2 days, else the 5th.
    """
    day = arrived
    if received is not None and arrived - max(received, opened) <= timedelta(days=paper_days):
        day = min(arrived, max(received, opened))
    if divided is None or day > divided:
        return day
    return max(arrived, divided + timedelta(days=1))


def last_over(at: datetime, *, paper_days: int) -> date:
    """Give the last day that nobody can join any more: it is over, and so is the time for its paper.

    A round that was shut, by its end or at the ceiling, makes no difference: paper of before that is still entered, on its own
    day as long as it has time (applications/late_paper.py).
    """
    return day_of(at - AFTER_MIDNIGHT) - timedelta(days=1 + paper_days)


def last_for_paper(closed: date, *, paper_days: int = 0) -> date:
    """Give the last day on which paper of before the closing on the day `closed` is entered: never sooner than its own time ends."""
    return closed + timedelta(days=max(LATE_DAYS, paper_days))
