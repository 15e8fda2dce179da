"""POST /plans gives the plan of the finder."""

import pytest
from django.test import Client

from doorleren.core.days import read_asked
from doorleren.finder.plan import plan
from doorleren.finder.plan_contract import plan_as_dict
from doorleren.rules.profile import read_profile
from doorleren.web import known
from tests.web.api.asked import EMPLOYEE, fits, post, problem


@pytest.mark.parametrize("day", ["2020-08-15", "2021-03-01", "2022-03-01", "2026-02-01"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_plan_is_that_of_the_finder(api: Client, day: str, language: str) -> None:
    """The plans, exclusions and named schemes are the same as those that the command line prints."""
    library = known.library()
    expected = plan(library, read_profile(EMPLOYEE, library.vocabulary), read_asked(day))
    response = post(api, "/plans", {"profile": EMPLOYEE, "on": day, "language": language})
    assert response.json() == plan_as_dict(expected, language)
    fits(response.json(), "PlanAnswer")


def test_a_plan_needs_a_price(api: Client) -> None:
    """Without the price of the training there is nothing to plan, and the problem says so."""
    told = problem(post(api, "/plans", {"profile": {}, "on": "2022-03-01"}), 400)
    assert told["fact"] == "training.price"


def test_a_plan_takes_no_list_of_schemes(api: Client) -> None:
    """A plan weighs all schemes; a body that names some is refused rather than passed by."""
    told = problem(post(api, "/plans", {"profile": EMPLOYEE, "schemes": []}), 400)
    assert told["fact"] == "schemes"
