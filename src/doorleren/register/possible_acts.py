"""Which decisions on admission are possible today: what a page offers. The commands ask the rules again."""

from collections.abc import Sequence
from datetime import date, datetime

from doorleren.register.admission import Decision, may_follow, standing

DECIDED = ("admitted", "refused", "suspended", "removed")
"""The acts of officials, in the order in which a page offers them."""


def possible_acts(decisions: Sequence[Decision], on: date, at: datetime, *, with_cap: bool) -> tuple[str, ...]:
    """Name the acts that may follow with effect from today.

    `with_cap` is true for an activity, which may be admitted again with another most of grants a year.
    """
    other = (standing(decisions, on).grants_a_year or 0) + 1 if with_cap else None
    new = {act: Decision(act, on, at, other if act == "admitted" else None) for act in DECIDED}
    return tuple(act for act in DECIDED if may_follow(new[act], decisions, on).holds)
