"""Keeping that somebody has a hand in cases that no act of that duty tells. Who may do that is asked by the caller."""

from collections.abc import Iterable

from doorleren.cases.acts import Duty
from doorleren.cases.models import Hand


def keep_hands(cases: Iterable[int], duty: Duty, people: Iterable[int], *, cause: str) -> None:
    """Keep it for each case and person, within the transaction of the caller; from then on `cases.access` counts it."""
    who = tuple(people)
    Hand.objects.bulk_create(
        [Hand(case_id=case, duty=duty, person_id=one, cause=cause) for case in cases for one in who],
        ignore_conflicts=True,
    )
