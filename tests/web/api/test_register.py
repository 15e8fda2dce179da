"""GET /activities and /providers: the register as programs read it."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from doorleren.register.models import Activity
from doorleren.web import known
from tests.web.api.asked import fits, get, problem

pytestmark = pytest.mark.django_db


def test_a_search_gives_what_matches_in_the_published_shape(api: Client, demo: None) -> None:
    """What is found has its title, its price as the sum of its parts, and its provider; page after page, each once."""
    told = get(api, "/activities?text=lassen&size=10").json()
    fits(told, "FoundActivities")
    assert told["total"] == len(told["items"]) == 8
    assert all("las" in one["title"].lower() for one in told["items"])
    first = told["items"][0]
    assert float(first["price"]) == sum(float(part["amount"]) for part in first["prices"])
    seen, after = [], ""
    while after is not None:
        page = get(api, f"/activities?size=50&after={after}").json()
        seen += [one["id"] for one in page["items"]]
        after = page["after"]
    assert sorted(seen) == sorted(Activity.objects.values_list("pk", flat=True))


def test_one_activity_reads_as_in_the_list(api: Client, demo: None) -> None:
    """One activity is the same as in the list; one that does not exist is a problem that says what is allowed."""
    first = get(api, "/activities").json()["items"][0]
    assert get(api, f"/activities/{first['id']}").json() == first
    for nothing in ("0", "x", "9" * 30):
        assert problem(get(api, f"/activities/{nothing}"), 404)["fact"] == "id"


@pytest.mark.parametrize(
    ("asked", "name"), [("size=7", "size"), ("after=x", "after"), ("postcode=12", "postcode"), ("q=lassen", "q")]
)
def test_what_cannot_be_asked_is_refused_by_name(api: Client, demo: None, asked: str, name: str) -> None:
    """A size, key or postcode that means nothing, and a parameter that does not exist, are problems with that name."""
    assert problem(get(api, f"/activities?{asked}"), 400)["fact"] == name


def test_without_an_index_the_answer_says_so(api: Client, settings: Any, tmp_path: Path) -> None:
    """While the index has not been built the search answers 503 with when to come back, and no empty list."""
    settings.DOORLEREN_HOME = tmp_path
    known.portal.cache_clear()
    answer = get(api, "/activities")
    known.portal.cache_clear()
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]


def test_providers_are_listed_page_by_page(api: Client, demo: None) -> None:
    """All providers are in the list, in the order of their codes, and one by one; one that does not exist is a problem."""
    first = get(api, "/providers?size=10").json()
    fits(first, "Providers")
    second = get(api, f"/providers?size=10&after={first['after']}").json()
    codes = [one["code"] for one in (*first["items"], *second["items"])]
    assert codes == sorted(set(codes))
    assert len(codes) == 16
    assert second["after"] is None
    assert get(api, f"/providers/{codes[3]}").json() == first["items"][3]
    assert problem(get(api, "/providers/nobody"), 404)["fact"] == "id"
