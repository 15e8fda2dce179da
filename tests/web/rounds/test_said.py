"""What the page of a round says beforehand of money that comes free, as the round does it; and of completing what lacks."""

from dataclasses import replace

import pytest

from doorleren.rounds.announced import Announced
from doorleren.rounds.ordering import ORDERS
from doorleren.rounds.pot import Ceiling
from doorleren.rules.round_pots import MOMENT_COUNTS
from doorleren.web.rounds.written import completing_said, freed_said
from tests.rounds.made import announced


@pytest.mark.parametrize("order", list(ORDERS))
def test_what_comes_free(order: str) -> None:
    """Withdrawn, refused and lowered alike: shared out where all divide in proportion, else for who comes next."""
    told = freed_said(announced(order, cents=100_000))
    assert "krijgt zij minder" in told
    assert ("verdelen wij" in told) is (order == "pro_rata")
    assert ("wie daarna komt" in told) is (order != "pro_rata")


def test_where_only_places_are_counted() -> None:
    """A ceiling in number frees places and never money, so a lower grant frees nothing; one in money for a part does."""
    places = announced(number=10)
    assert "plaats die vrijkomt" in freed_said(places)
    assert "minder" not in freed_said(places)
    apart = announced(number=10, apart={"small": Ceiling(50_000, 2)})
    assert "geld dat vrijkomt" in freed_said(apart)


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        (announced("ranking"), "maakt het niet uit wanneer"),
        (announced("pro_rata", cents=1), "maakt het niet uit wanneer"),
        (announced("arrival"), "houdt u uw plaats"),
        (announced("draw"), "houdt u uw plaats"),
        (announced("none"), "blijft uw aanvraag meetellen"),
        (replace(announced("arrival"), follows_completion=True), "het moment waarop uw aanvraag compleet is"),
        (replace(announced("none"), follows_completion=True), "het moment waarop uw aanvraag compleet is"),
        (replace(announced("arrival"), per_day=True, follows_completion=True), "de dag waarop zij compleet is"),
        (replace(announced("draw"), follows_completion=True), "komt uw aanvraag achteraan"),
        (replace(announced("random_present"), follows_completion=True), "komt uw aanvraag achteraan"),
    ],
)
def test_completing(rules: Announced, said: str) -> None:
    """Each order says what completing does to the place, as announced; every order in which the moment counts has its sentence."""
    assert said in completing_said(rules)


def test_every_order_in_which_the_moment_counts_follows_it() -> None:
    """None of them says that the moment does not matter once places follow completeness."""
    for order in MOMENT_COUNTS:
        assert "maakt het niet uit" not in completing_said(replace(announced(order), follows_completion=True))
