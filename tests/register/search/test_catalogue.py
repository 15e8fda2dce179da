"""The drawn register that the search is measured on: the same from the same seed, and whole at any size."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bench.catalogue import SHARED, Occupation, Place, Sources, activities, indexed, providers, sources
from doorleren.register.search.asking import Query
from doorleren.register.search.building import build
from doorleren.register.search.searching import Index

TODAY = date(2022, 9, 1)
SMALL = Sources(
    (Occupation("a", "7212", ("lasser", "aanlasser"), ("Lassers verbinden metalen delen.",)),
     Occupation("b", "6113", ("hovenier",), ("Hoveniers leggen tuinen aan.", "Zij snoeien heesters."))),
    ("veilig werken", "tekeningen lezen"),
    (Place("3511", "Utrecht", "AM17", 52.09, 5.12), Place("9711", "Groningen", "AM01", 53.22, 6.57)),
)  # fmt: skip


def published() -> Sources:
    """Give the sources from the publishers' files, where they are."""
    if not (SHARED / "esco").is_dir():
        pytest.skip("the files of ESCO and of postcodes are not here")
    return sources()


@pytest.mark.parametrize("given", [lambda: SMALL, published], ids=["by hand", "published"])
def test_the_same_seed_draws_the_same(given: Callable[[], Sources]) -> None:
    """The same seed gives the same register, another seed another, and a smaller one is the beginning of a larger."""
    drawn = given()
    offering = providers(drawn, 300)
    first = list(activities(drawn, offering, 300, today=TODAY))
    assert list(activities(drawn, offering, 300, today=TODAY)) == first
    assert list(activities(drawn, offering, 40, today=TODAY)) == first[:40]
    assert list(activities(drawn, offering, 40, today=TODAY, seed=2)) != first[:40]
    assert len({(one.provider, one.code) for one in first}) == 300
    assert {one.provider for one in first} <= {one.code for one in offering}


def test_a_drawn_register_can_be_searched(tmp_path: Path) -> None:
    """A register drawn from a handful of words is found by them, with prices, places and runs to count."""
    rows = indexed(SMALL, 200, today=TODAY)
    index = Index(build(tmp_path, rows, today=TODAY, occupations=SMALL.labels, postcodes=SMALL.postcodes).folder)
    found = index.search(Query("aanlasser", postcode="3511"), today=TODAY)
    assert 0 < found.total < 200
    assert all(found.facets[facet] for facet in ("sector", "level", "delivery", "start_month", "region", "distance"))
