"""GET /facts: the vocabulary."""

from django.test import Client

from doorleren.web import known
from tests.web.api.asked import fits, get


def test_all_facts(api: Client) -> None:
    """Every fact is there with its type, values and unit, and a question in both languages."""
    facts = known.library().vocabulary.facts
    found = get(api, "/facts").json()
    assert [one["name"] for one in found] == list(facts)
    for one in found:
        fits(one, "Fact")
        assert (one["type"], tuple(one["values"])) == (facts[one["name"]].type, facts[one["name"]].values)
        assert one["question"]["nl"]
        assert one["question"]["en"]


def test_money_has_cents(api: Client) -> None:
    """A sum of money is told to be in euros with two decimals."""
    price = next(one for one in get(api, "/facts").json() if one["name"] == "training.price")
    assert (price["type"], price["unit"], price["decimals"]) == ("money", "euro", 2)
