"""When the activities of a grant begin and end, as far as the application says so: the first day of the training and its months.

Pure. From the last day the term for settling counts (settlement_terms.py). Where the application does not say it, the official
who decides does, or who amends the grant later.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from doorleren.core.days import add_months
from doorleren.decisions.refusing import refused
from doorleren.decisions.sealed import Content

STARTS_ON, MONTHS = "training.starts_on", "training.duration_months"
MILLIONTHS = 10**6
TOLD = "activities"
"""Under which name they stand in the content of an assessment."""


@dataclass(frozen=True, slots=True)
class Activities:
    """The first and last day, as far as they are known; a last day only with a first."""

    starts: date | None = None
    ends: date | None = None

    def written(self) -> dict[str, str]:
        """Write them as days, those that are known."""
        return {
            name: day.isoformat() for name, day in (("starts", self.starts), ("ends", self.ends)) if day is not None
        }


def activities_of(profile: Mapping[str, object]) -> Activities:
    """Give what the facts of an application say (days as dates, months in millionths).

    Formula: the first day plus the months, less a day; of a broken month its share in days, rounded up. Example: from 7 January
    2027, 2.5 months: 7 March and 16 of its 31 days, so up to and including 22 March 2027.
    """
    starts, months = profile.get(STARTS_ON), profile.get(MONTHS)
    if not isinstance(starts, date):
        return Activities()
    if not isinstance(months, int) or months <= 0:
        return Activities(starts)
    whole, rest = divmod(months, MILLIONTHS)
    day = add_months(starts, whole)
    days = -(-rest * monthrange(day.year, day.month)[1] // MILLIONTHS)
    return Activities(starts, max(starts, day + timedelta(days=days - 1)))


def activities_in(content: Content) -> Activities:
    """Give what an assessment keeps of them; nothing for one from before they were kept."""
    told = content.told.get(TOLD) or {}
    return Activities(*(date.fromisoformat(told[name]) if name in told else None for name in ("starts", "ends")))


def last_day(content: Content, given: date | None) -> date | None:
    """Give the last day of the activities: what an official gives, else what the application says; None where neither does.

    Raises DecisionRefused for a day before the activities begin.
    """
    known = activities_in(content)
    ensure_after_the_start(known, given)
    return given or known.ends


def ensure_after_the_start(known: Activities, given: date | None) -> None:
    """Raise DecisionRefused for a last day before the first."""
    if given is not None and known.starts is not None and given < known.starts:
        raise refused(
            "ends_on",
            f"U gaf {given:%d-%m-%Y} als laatste dag van de activiteiten, maar volgens de aanvraag beginnen die op "
            f"{known.starts:%d-%m-%Y}. Kies die dag of een latere.",
            f"You gave {given} as the last day of the activities, but by the application they begin on {known.starts}. Choose that "
            "day or a later one.", "ends_on",
        )  # fmt: skip
