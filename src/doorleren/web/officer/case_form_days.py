"""Days and moments on the forms of a case: examples beside a field, and reading a moment as people type it."""

import re
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from doorleren.core.days import AMSTERDAM
from doorleren.decisions.time_for_view import first_last_day
from doorleren.register.intake.faults import Misread
from doorleren.web.officer.asked import typed_day
from doorleren.web.officer.official import Official

TWO_WEEKS = timedelta(weeks=2)
_TIME = re.compile(r"(\d{1,2})[.:](\d{2})\Z", re.ASCII)


def written(day: date) -> str:
    """Write a day as it is typed."""
    return day.strftime("%d-%m-%Y")


def past_day(asking: Official) -> str:
    """Give the example of a day that has been."""
    return _("Vandaag of eerder, bijvoorbeeld %(day)s.") % {"day": written(asking.today)}


def later_day(asking: Official) -> str:
    """Give the example of a day that is to come."""
    return _("Bijvoorbeeld %(day)s.") % {"day": written(asking.today + TWO_WEEKS)}


def view_day(asking: Official) -> str:
    """Say from which day on the last day for a view can be, and that the law names no number of days."""
    return _(
        "%(day)s of later. De wet noemt geen aantal dagen; dat het er ten minste zoveel zijn, is onze aanname."
    ) % {"day": written(first_last_day(asking.today))}


def a_moment(asking: Official) -> str:
    """Give the example of a moment that is to come."""
    return _("Dag en tijd, bijvoorbeeld %(day)s 10.00.") % {"day": written(asking.today + TWO_WEEKS)}


def typed_moment(text: str, today: date) -> datetime | None:
    """Read a day and a time, in Amsterdam; None for what is none. Example: "7-4-2026 10.00"."""
    words, _blank, clock = text.strip().rpartition(" ")
    found = _TIME.match(clock)
    try:
        day = typed_day(words.strip(), today) if found else None
        return datetime.combine(day, time(int(found[1]), int(found[2])), AMSTERDAM) if found and day else None
    except (Misread, ValueError):
        return None
