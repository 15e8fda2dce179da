"""What a party was asked, and until when it is still asked: its answer ends that, or a decision without it. Pure."""

from collections.abc import Collection, Iterable, Sequence
from typing import TypeVar

from doorleren.cases.acts import FAMILIES
from doorleren.cases.given_days import Done
from doorleren.cases.rules import ANSWERED_INTENT

Act = TypeVar("Act", bound=Done)

_WITHOUT_IT = (*(act for one in ANSWERED_INTENT for act in FAMILIES.get(one, (one,))), "withdrawn", "closed")
ANSWERED = {
    "asked_to_complete": ("completed", *_WITHOUT_IT),
    "intent_notified": ("view_received", *_WITHOUT_IT),
    "objection_repair_asked": ("objection_repaired", "objection_withdrawn", *FAMILIES["objection_decided"]),
}
"""What a party is asked, each with the acts that end it."""


def last_asked(acts: Sequence[Act]) -> Act | None:
    """Give the last act among these, in order, that still asks the party something."""
    asked = [one for act in ANSWERED if (one := still_asked(acts, act)) is not None]
    return max(asked, key=lambda one: one.number, default=None)


def still_asked(acts: Sequence[Act], act: str) -> Act | None:
    """Give the last act of a kind, while its answer did not come and nothing was decided since; other acts do not end it."""
    asked = next((one for one in reversed(acts) if one.act == act), None)
    return None if asked is None or ended(acts, asked, ANSWERED[act]) else asked


def ended(acts: Iterable[Act], asked: Act, by: Collection[str]) -> bool:
    """Say whether one of these acts came after another; what is about another objection ends nothing."""
    later = (one for one in acts if one.act in by and one.number > asked.number)
    return any(not _of_another_objection(one, asked) for one in later)


def _of_another_objection(one: Done, other: Done) -> bool:
    numbers = {act.details.get("objection") for act in (one, other)}
    return None not in numbers and len(numbers) > 1
