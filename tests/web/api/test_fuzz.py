"""Whatever is asked, the interface answers or refuses; it never fails."""

import json
from datetime import date
from typing import Any

from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from doorleren.rules.vocabulary import Fact
from doorleren.web.api.facts import vocabulary
from tests.web.api.asked import fits, post, problem

FACTS = vocabulary().facts
WORDS = st.text(max_size=12) | st.sampled_from(["n/a", "", "\ud800", "\x00", "1e999999", "1E-9999999999", "0x10", "½"])
NUMBERS = (
    st.integers(-(10**30), 10**30)
    | st.decimals(0, 10**13, places=2).map(str)
    | st.floats(allow_nan=False, allow_infinity=False)
)
SCRAPS = st.recursive(
    st.none() | st.booleans() | NUMBERS | WORDS,
    lambda part: st.lists(part, max_size=3) | st.dictionaries(WORDS, part, max_size=3),
    max_leaves=6,
)


def fitting(fact: Fact) -> st.SearchStrategy[Any]:
    """Values that a fact may have, its odd ones included."""
    match fact.type:
        case "bool":
            values: st.SearchStrategy[Any] = st.booleans()
        case "date":
            values = st.dates(date.min, date.max).map(str)
        case "enum" | "code" if fact.values:
            values = st.sampled_from(fact.values)
        case "enum" | "code":
            values = st.from_regex(fact.pattern, fullmatch=True) if fact.pattern else st.text(min_size=1, max_size=5)
        case "set":
            values = st.lists(st.sampled_from(fact.values) if fact.values else st.text(max_size=5), max_size=4)
        case "int":
            values = st.integers(0, 10**12)
        case _:
            values = st.decimals(0, 10**12, places=2).map(str)
    return values | st.just("n/a")


def nested(facts: dict[str, Any]) -> dict[str, Any]:
    """A profile from full names of facts."""
    profile: dict[str, Any] = {}
    for name, value in facts.items():
        table, _, short = name.partition(".")
        profile.setdefault(table, {})[short] = value
    return profile


def chosen(*, scraps: bool) -> st.SearchStrategy[dict[str, Any]]:
    """Profiles of some facts; with scraps, one of them is anything at all."""
    some = st.lists(st.sampled_from(sorted(FACTS)), max_size=40, unique=True).flatmap(
        lambda names: st.fixed_dictionaries({name: fitting(FACTS[name]) for name in names})
    )
    odd = st.dictionaries(st.sampled_from(sorted(FACTS)), SCRAPS, min_size=1, max_size=2)
    return (st.tuples(some, odd).map(lambda both: both[0] | both[1]) if scraps else some).map(nested)


DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31)).map(str) | st.sampled_from(
    ["2020-08-15", "2022-03-01", "2023-03-17T10:00"]
)


@settings(max_examples=80, deadline=None)
@given(chosen(scraps=False), DAYS)
def test_every_profile_gets_an_answer(profile: dict[str, Any], day: str) -> None:
    """A profile of fitting values, however odd together, gets an answer in the published shape on any day."""
    response = post(Client(), "/checks", {"profile": profile, "on": day})
    assert response.status_code == 200, response.content[:300]
    fits(response.json(), "CheckAnswer")
    made = post(Client(), "/plans", {"profile": profile, "on": day})
    if made.status_code == 200:
        fits(made.json(), "PlanAnswer")
    else:
        assert problem(made, 400)["fact"] == "training.price"


@settings(max_examples=120, deadline=None)
@given(chosen(scraps=True), SCRAPS)
def test_anything_in_a_profile_is_read_or_refused(profile: dict[str, Any], day: Any) -> None:
    """With anything at all in the place of a value or of the day, the answer is an answer or a refusal by name."""
    for question in ({"profile": profile, "on": "2022-03-01"}, {"profile": {}, "on": day}):
        response = post(Client(), "/checks", question)
        assert response.status_code in (200, 400), response.content[:300]
        if response.status_code == 400:
            assert problem(response, 400)["fact"]


@settings(max_examples=100, deadline=None)
@given(st.binary(min_size=1, max_size=60) | SCRAPS.map(json.dumps))
def test_any_body_is_read_or_refused(body: str | bytes) -> None:
    """Any bytes at all are refused with a problem."""
    problem(post(Client(), "/checks", body), 400)
