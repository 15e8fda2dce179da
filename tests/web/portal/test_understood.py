"""How the words of a search were read stands beside the results, each with the way to ask for the words themselves."""

from urllib.parse import parse_qs

import pytest
from django.utils.translation import override

from doorleren.register.search.asking import ALIKE, FACETS, FILLER, HERE, PLACE, SPELLING, WHERE, Query, Understood
from doorleren.register.search.understanding import MEANS
from doorleren.web.portal.asking import Search
from doorleren.web.portal.understood import understood_in_words

TOLD = [
    (Understood("almelo", PLACE, "Almelo", 25), "Wij zochten in Almelo en tot 25 km daaromheen."),
    (Understood("buurt", HERE, "3511", 50), "Wij zochten tot 50 km rond uw postcode of plaats."),
    (Understood("buurt", HERE, ""), "Vul uw postcode of plaats in. Dan ziet u wat bij u in de buurt is."),
    (Understood("zoek", FILLER, ""), "Naar dit woord keken wij niet: “zoek”."),
    (
        Understood("operatr", SPELLING, "operator"),
        "Niets gevonden met “operatr”. U ziet wat past bij “operator”.",
    ),
    (
        Understood("stratenmaker", ALIKE, "straatmuzikant"),
        "Niets gevonden met “stratenmaker”. Dit lijkt er alleen op: “straatmuzikant”.",
    ),
]


@pytest.mark.parametrize(("told", "text"), TOLD, ids=[f"{one.facet}-{bool(one.value)}" for one, _ in TOLD])
def test_every_reading_has_its_sentence_and_a_way_back(told: Understood, text: str) -> None:
    """The sentence says what was done, and the link asks for the words as they are, with the rest of the search kept."""
    search = Search(Query("lasser", {"sector": ("technology",)}, after="10"))
    with override("nl"):
        (shown,) = understood_in_words([told], search)
    assert shown["text"] == text
    assert parse_qs(shown["search"]) == {"q": ["lasser"], "sector": ["technology"], "literal": [told.words]}


@pytest.mark.parametrize(("facet", "value"), sorted(set(MEANS.values())))
def test_every_choice_that_words_may_mean_has_a_sentence(facet: str, value: str) -> None:
    """No word is taken for a choice that the page cannot tell."""
    assert facet in FACETS
    (shown,) = understood_in_words([Understood("avond", facet, value)], Search(Query("lasser")))
    assert shown["text"]


def test_words_that_were_left_out_share_one_sentence_and_one_way_back() -> None:
    """Several such words give one line, behind what was not found; the link brings them all back."""
    told = [
        Understood("zoek", FILLER, ""),
        Understood("goedkope", FILLER, ""),
        Understood("lassser", SPELLING, "lasser"),
    ]
    with override("nl"):
        first, second = understood_in_words(told, Search(Query("zoek goedkope lassser")))
    assert first["undo"] == "Zoek toch naar “lassser”"
    assert second["text"] == "Naar deze woorden keken wij niet: “zoek”, “goedkope”."
    assert second["undo"] == "Zoek de woorden zelf"
    assert parse_qs(second["search"])["literal"] == ["zoek", "goedkope"]


def test_a_place_with_namesakes_offers_each_of_them() -> None:
    """The sentence says which place was taken; each other one is a search that takes it, in the words or in the field."""
    others = ("Beek (Montferland)", "Beek (Beek)")
    among = Search(Query("lasser in de buurt van Béék, avond", {"sector": ("technology",)}, after="10"))
    filled = Search(Query("lasser", postcode="beek", within_km=25), typed_postcode="Beek")
    with override("nl"):
        (near,) = understood_in_words([Understood("beek", PLACE, "Beek (Berg en Dal)", 25, others)], among)
        (where,) = understood_in_words([Understood("Beek", WHERE, "Beek (Berg en Dal)", others=others)], filled)
    assert near["text"].startswith("Wij zochten in Beek (Berg en Dal) en tot 25 km daaromheen. Er zijn meer plaatsen")
    assert near["undo"]
    assert [one["label"] for one in near["others"]] == list(others)
    texts = [parse_qs(one["search"]) for one in near["others"]]
    assert [one["q"] for one in texts] == [[f"lasser in de buurt van {other}, avond"] for other in others]
    assert all(one["sector"] == ["technology"] and "after" not in one for one in texts)
    assert (where["undo"], where["text"][:44]) == ("", "Wij rekenen afstanden vanaf Beek (Berg en Da")
    assert [parse_qs(one["search"]) for one in where["others"]] == [
        {"q": ["lasser"], "postcode": [other], "within": ["25"]} for other in others
    ]
