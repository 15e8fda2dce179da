"""POST /checks gives what the finder says, exactly."""

import pytest
from django.test import Client

from doorleren.core.days import read_asked
from doorleren.finder.check import check
from doorleren.finder.contract import answer_as_dict
from doorleren.rules.profile import read_profile
from doorleren.web import known
from tests.web.api.asked import EMPLOYEE, fits, post

DAYS = ["2020-08-15", "2021-03-01", "2022-03-01", "2023-03-17T10:00", "2024-05-01", "2026-02-01"]


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_answer_is_that_of_the_finder(api: Client, day: str, language: str) -> None:
    """The verdicts, reasons and receipts are the same as those that the command line prints."""
    library = known.library()
    expected = check(library, read_profile(EMPLOYEE, library.vocabulary), read_asked(day))
    response = post(api, "/checks", {"profile": EMPLOYEE, "on": day, "language": language})
    assert response.status_code == 200
    assert response.json() == answer_as_dict(expected, library.vocabulary, language)
    assert response.headers["Content-Language"] == language
    fits(response.json(), "CheckAnswer")


def test_without_a_day_it_is_today(api: Client) -> None:
    """A question without a day is about today in Amsterdam."""
    assert post(api, "/checks", {"profile": {}}).json()["on"] == str(known.today())


def test_an_empty_profile_gets_unknown_and_a_question(api: Client) -> None:
    """Of somebody of whom nothing is known, the answer asks something next."""
    answer = post(api, "/checks", {"profile": {}, "on": "2022-03-01"}).json()
    assert answer["next_question"]
    assert {one["verdict"] for one in answer["verdicts"]} <= {"unknown", "eligible"}


def test_a_named_scheme_is_judged_when_not_in_force(api: Client) -> None:
    """A scheme that is named but not in force on the day answers with that one reason."""
    library = known.library()
    ended = next(
        one.id for one in library.schemes.values() if one.versions[-1].ends and one.versions[-1].ends.year < 2024
    )
    answer = post(api, "/checks", {"profile": {}, "on": "2100-01-01", "schemes": [ended]}).json()
    fits(answer, "CheckAnswer")
    (verdict,) = answer["verdicts"]
    assert (verdict["scheme"], verdict["verdict"]) == (ended, "not_eligible")
    assert [one["condition"] for one in verdict["reasons"]] == ["in_force"]


@pytest.mark.parametrize("price", ["699.95", "0.29", "1.15", "999999999999.99"])
def test_a_number_is_read_as_exactly_as_a_text(api: Client, price: str) -> None:
    """An amount as a JSON number and the same amount as text give one receipt and the same cents."""
    bodies = [f'{{"profile": {{"training": {{"price": {one}}}}}, "on": "2022-03-01"}}' for one in (price, f'"{price}"')]
    as_number, as_text = (post(api, "/checks", body).json() for body in bodies)
    assert as_number == as_text
    plans = [post(api, "/plans", body).json() for body in bodies]
    assert [one["price"] for one in plans] == [price, price]
