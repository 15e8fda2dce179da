"""Nothing found never ends blank, and everything suggested has results."""

import pytest

from doorleren.register.search.asking import Query
from doorleren.register.search.searching import Index
from tests.register.search.registers import TODAY

NOTHING = [
    (Query("xqzwv"), "fewer", ""),
    (Query("hovenier excel"), "fewer", "hovenier"),
    (Query("lasserij xqzwv", match="all"), "fewer", "lasserij"),
    (Query("hovenier", postcode="3511", within_km=10), "wider", ""),
    (Query("lasser", postcode="6211", within_km=1), "wider", ""),
    (Query("boekhouden excel", postcode="3511", within_km=10), "wider", "50 km"),
    (Query("excel", {"distance": ("5",)}, "6211"), "wider", "distance"),
    (Query("hovenier boekhuoden"), "fewer", "hovenier"),
    (Query("hovenir", {"sector": ("ict",)}), "occupation", "hovenier"),
    (Query("boekhouden exel", match="all", chosen={"language": ("en",)}), "wider", "language"),
    (Query("hovenier", {"sector": ("ict",)}), "wider", "sector"),
    (Query("hovenier", {"sector": ("ict",)}), "occupation", "hovenier"),
]


@pytest.mark.parametrize(("query", "kind", "words"), NOTHING, ids=[str(one[0]) for one in NOTHING])
def test_suggests_what_fits(index: Index, query: Query, kind: str, words: str) -> None:
    """Each reason for finding nothing brings its own suggestion."""
    found = index.search(query, today=TODAY)
    assert found.total == 0
    assert (kind, words) in [(one.kind, one.words) for one in found.suggestions]


@pytest.mark.parametrize("query", [one[0] for one in NOTHING], ids=str)
def test_never_blank_and_never_empty(index: Index, query: Query) -> None:
    """There is always a suggestion, and every suggestion finds something."""
    found = index.search(query, today=TODAY)
    assert found.total == 0
    assert found.suggestions
    assert all(index.search(one.query, today=TODAY).total for one in found.suggestions)
    queries = [one.query for one in found.suggestions]
    assert all(query not in queries[:place] for place, query in enumerate(queries))


@pytest.mark.parametrize(("typed", "spelt"), [("hovenir", "hovenier"), ("cursus exel", "cursus excel")])
def test_nearest_spelling(index: Index, typed: str, spelt: str) -> None:
    """A word that nobody has is guessed, and the likeliest spelling is offered beside what was found."""
    found = index.search(Query(typed, sort="start"), today=TODAY)
    assert found.total > 0
    assert [(one.kind, one.words, one.query) for one in found.suggestions] == [
        ("spelling", spelt, Query(spelt, sort="start"))
    ]


def test_what_finds_something_suggests_nothing(index: Index) -> None:
    """Suggestions are for who found nothing."""
    assert index.search(Query("lasser"), today=TODAY).suggestions == ()
