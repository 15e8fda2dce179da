"""The estimate of a path: from people, skills and vacancies."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorleren.applications.plans.forecast import Forecast, Shared, forecast
from tests.applications.plans.made import CARE

NUMBERS = st.none() | st.integers(0, 10**6)


@pytest.mark.parametrize(
    ("people", "vacancies", "shared", "found"),
    [
        (60, 30, Shared(8, 20), Forecast(12, 30)), (20, 30, Shared(8, 20), Forecast(8, 20)), (60, None, None, Forecast(None, 60)),
        (None, 30, Shared(0, 0), Forecast(None, 30)), (0, 30, Shared(1, 2), Forecast(0, 0)), (None, None, Shared(1, 2), None),
    ],
    ids=["few vacancies", "few people", "people only", "no skills asked", "nobody", "nothing told"],
)  # fmt: skip
def test_from_what_is_told(
    people: int | None, vacancies: int | None, shared: Shared | None, found: Forecast | None
) -> None:
    """The most is the smaller of people and vacancies, the least the share of skills of it; without both numbers there is none."""
    assert forecast(replace(CARE, people=people, vacancies=vacancies), shared) == found


@given(NUMBERS, NUMBERS, st.integers(0, 30), st.integers(0, 30))
def test_never_more_than_there_is(people: int | None, vacancies: int | None, had: int, more: int) -> None:
    """An estimate never passes the people or the vacancies, and its least never its most; more skills in common is never fewer people."""
    path = replace(CARE, people=people, vacancies=vacancies)
    found, nearer = forecast(path, Shared(had, had + more)), forecast(path, Shared(had + 1, had + 1 + more))
    if found is None or nearer is None:
        assert people is None
        assert vacancies is None
        return
    assert found.most <= min(one for one in (people, vacancies) if one is not None)
    assert (found.fewest or 0) <= found.most
    assert (found.fewest or 0) <= (nearer.fewest or 0)


def test_a_range_within_the_estimate() -> None:
    """A range holds where both its ends lie within; where the least is not known only the most counts."""
    assert Forecast(20, 50).holds(CARE)
    assert not Forecast(21, 50).holds(CARE)
    assert not Forecast(20, 49).holds(CARE)
    assert Forecast(None, 50).holds(CARE)
