"""What follows from results: the outcome, what is clear, the amount, the ground; without a database."""

from dataclasses import replace

import pytest

from doorleren.decisions.grounds import grounds
from doorleren.decisions.refusing import DecisionRefused
from doorleren.decisions.rules import (
    Basis,
    Result,
    Ruling,
    accepting,
    article_of,
    follows,
    granted_cents,
    is_clear,
    outcome_of,
    ruled,
    stated_in,
)

MET, NOT = Result("a", True, "computed"), Result("b", False, "computed")
STATED, UNKNOWN = Result("c", None, "stated"), Result("d", None, "unknown")


@pytest.mark.parametrize(("results", "outcome"), [
    ([MET], "meets"), ([MET, NOT, STATED], "fails"), ([MET, STATED], "open"), ([MET, UNKNOWN], "open"), ([], "meets"),
])  # fmt: skip
def test_the_outcome(results: list[Result], outcome: str) -> None:
    """One that is not met decides; what is only stated or unknown leaves it open."""
    assert outcome_of(results) == outcome


@pytest.mark.parametrize(("results", "other", "clear"), [
    ([MET, STATED], {}, True), ([MET, UNKNOWN], {}, False), ([MET], {"documents": True}, False),
    ([MET], {"exact": False}, False), ([MET], {"complete": False}, False),
    ([MET, NOT, UNKNOWN], {"documents": True, "exact": False}, True), ([NOT], {"complete": False}, False),
])  # fmt: skip
def test_what_is_clear(results: list[Result], other: dict[str, bool], clear: bool) -> None:
    """Nobody need look when all that can be computed was; a condition that fails is enough, but not of what is not complete."""
    assert is_clear(results, **({"documents": False, "exact": True, "complete": True} | other)) is clear


def test_statements_are_taken_one_by_one() -> None:
    """Only conditions that are named are taken on somebody's word; what is unknown never is."""
    assert stated_in([MET, STATED, UNKNOWN]) == ("c",)
    assert outcome_of(accepting([MET, STATED], ["c"])) == "meets"
    assert outcome_of(accepting([MET, STATED], ["a", "d"])) == "open"
    assert accepting([UNKNOWN], ["d"]) == (UNKNOWN,)


@pytest.mark.parametrize(("place", "cents"), [(None, 90), (100, 90), (40, 40)])
def test_the_least_of_three(place: int | None, cents: int) -> None:
    """A grant is never more than the scheme gives, than was asked, or than the place gives."""
    assert granted_cents(scheme=90, asked=100, place=place) == cents
    assert granted_cents(scheme=200, asked=30, place=place) == 30


@pytest.mark.parametrize("basis", ["computed", "declared", "stated"])
def test_departing_needs_a_ground(basis: Basis) -> None:
    """An official who says otherwise gives a ground; of what was unknown it is not needed."""
    result = Result("a", None if basis == "stated" else True, basis)
    with pytest.raises(DecisionRefused, match="waarom"):
        ruled([result], [Ruling("a", False, "  ")])
    (one,) = ruled([result], [Ruling("a", False, "gezien", (7,))])
    assert one == Result("a", False, "hand", "gezien", (7,), result.met)
    assert ruled([UNKNOWN], [Ruling("d", True)])[0].basis == "hand"


def test_only_naming_documents_judges_nothing() -> None:
    """Who names documents and neither answers otherwise nor gives a ground leaves the result as the rules have it, with each document once."""
    for before in (MET, NOT, STATED, UNKNOWN):
        (one,) = ruled([before], [Ruling(before.condition, before.met, documents=(7, 8, 7))])
        assert one == replace(before, documents=(7, 8))
    assert ruled([MET], [Ruling(MET.condition, True, "gezien", (7,))])[0].basis == "hand"


@pytest.mark.parametrize(("ground", "results", "outside", "repeat", "answer"), [
    ("conditions", [NOT], False, False, True), ("conditions", [MET], False, False, False),
    ("conditions", [Result("b", False, "hand")], False, False, False),
    ("other-facts", [Result("b", False, "hand")], False, False, True), ("other-facts", [NOT], False, False, False),
    ("ceiling", [MET], True, False, True), ("ceiling", [NOT], False, False, False),
    ("repeat", [], False, True, True), ("repeat", [], False, False, False), ("bankruptcy", [MET], False, False, True),
])  # fmt: skip
def test_which_ground_follows(ground: str, results: list[Result], outside: bool, repeat: bool, answer: bool) -> None:
    """A ground can be used where it follows from what was found; facts of an official's own are a ground apart (Awb 4:7)."""
    assert follows(grounds()[ground], results, outside=outside, repeat=repeat) is answer


@pytest.mark.parametrize(("ground", "sources", "article"), [
    ("conditions", {"a": "Stcrt. 1, art. 2", "b": "Stcrt. 1, art. 3"}, "Stcrt. 1, art. 3"),
    ("other-facts", {"b": "Stcrt. 1, art. 3", "c": "Stcrt. 1, art. 4"}, "Stcrt. 1, art. 3; Stcrt. 1, art. 4"),
    ("conditions", {"b": "Stcrt. 1, art. 3", "c": "Stcrt. 1, art. 3"}, "Stcrt. 1, art. 3"),
    ("conditions", {"b": "Stcrt. 1, art. 3", "c": "x" * 190}, "Stcrt. 1, art. 3"),
    ("conditions", {"b": "x" * 201}, None), ("conditions", {"a": "Stcrt. 1, art. 2"}, None),
    ("ceiling", {"b": "Stcrt. 1, art. 3"}, None),
], ids=["not met", "two", "the same", "too long together", "too long", "without a source", "another ground"])  # fmt: skip
def test_where_in_the_law_a_refusal_rests(ground: str, sources: dict[str, str], article: str | None) -> None:
    """A refusal on conditions cites those that are not met, each source once; the ground's own article is for where that cannot be."""
    results = [Result("a", True, "computed"), Result("b", False, "hand"), Result("c", False, "hand")]
    found = grounds()[ground]
    assert article_of(found, results, sources) == (article or found.article)


def test_no_ground_is_the_article_on_views() -> None:
    """Awb 4:7 says that somebody is heard first; a refusal never rests on it."""
    assert not any("4:7" in one.article for one in grounds().values())


def test_every_ground_of_4_35_asks_a_view() -> None:
    """The law's exception for money decisions does not cover refusals under Awb 4:35, so each of those asks a view."""
    under = [one for one in grounds().values() if one.article == "Awb, art. 4:35"]
    assert under
    assert all(one.intent and one.words for one in under)
