"""Letters that came back: which were sent and did not, and which of those that did were not sent again yet. Pure, by the acts of a case."""

from collections.abc import Sequence
from typing import TypeVar

from doorleren.cases.given_days import DISPATCHED, RETURNED, Done
from doorleren.cases.stops import said

Act = TypeVar("Act", bound=Done)

NONE_BACK = said(
    "Er is geen brief teruggekomen die nog niet opnieuw is verstuurd.", "No letter came back that was not sent again."
)


def came_back(acts: Sequence[Act]) -> list[Act]:
    """Give the notes that a letter came back which was not sent again since, the last first."""
    answered = {one.details.get("returned") for one in acts if one.act == DISPATCHED}
    return [one for one in reversed(acts) if one.act == RETURNED and one.number not in answered]


def underway(acts: Sequence[Act]) -> list[Act]:
    """Give the acts of which the letter was sent and is not back, the last first: those that can be noted as come back."""
    sent = {one.details.get("of") for one in acts if one.act == DISPATCHED}
    back = {one.details.get("of") for one in came_back(acts)}
    return [one for one in reversed(acts) if one.number in sent - back]
