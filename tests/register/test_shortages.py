"""Shortage occupations: what the list says of an activity, and what nobody knows without it."""

from datetime import date, timedelta

import pytest

from doorleren.register.commands.replace_reference import replace_reference
from doorleren.register.reference.entries import Occupation, Shortage
from doorleren.register.shortages import Shortages, shortages_on

DAY = date(2026, 11, 22)
GROUPS = {"coder": "2512", "cook": "5120"}


@pytest.mark.parametrize(
    ("listed", "occupations", "told"),
    [
        ({"coder"}, ("coder",), True),
        ({"2512"}, ("coder",), True),
        ({"25"}, ("coder", "cook"), True),
        ({"25"}, ("cook",), False),
        ({"12", "512"}, ("coder",), False),
        ({"coder"}, ("baker",), False),
        ({"coder", "25"}, ("baker",), None),
        ({"coder", "25"}, ("baker", "coder"), True),
        ({"coder", "25"}, ("baker", "cook"), None),
        ({"coder"}, (), None),
        (set(), ("coder",), None),
    ],
)
def test_an_activity_prepares_for_a_shortage_or_not_or_nobody_knows(
    listed: set[str], occupations: tuple[str, ...], told: bool | None
) -> None:
    """By id or by its group at any depth; unknown without a list, without occupations, or without the group that counts."""
    assert Shortages(frozenset(listed), GROUPS).prepares_for_one(occupations) is told


@pytest.mark.django_db
def test_a_list_holds_on_its_days() -> None:
    """An occupation is on the list from its first to its last day, and a list that is over is no list."""
    replace_reference("occupations", [Occupation("cook", "5120", "", "kok")])
    replace_reference("shortages", [Shortage("cook", "kok", DAY, DAY), Shortage("7212", "", DAY)])
    before, on, after = (shortages_on(DAY + timedelta(days=days)) for days in (-1, 0, 1))
    assert (before.listed, on.listed, after.listed) == (frozenset(), {"cook", "7212"}, {"7212"})
    assert [one.prepares_for_one(("cook",)) for one in (before, on, after)] == [None, True, False]
