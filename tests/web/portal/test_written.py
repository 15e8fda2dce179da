"""The boxes and trainings that are written without a template: what they say, in which language, and always escaped."""

from typing import Any

import pytest
from django.utils import translation

from doorleren.web.portal.asking import search_of
from doorleren.web.portal.written import ticks, trainings
from tests.web.markup import Markup

NASTY = "\"><script>alert('&')</script>"


def a_card(**told: Any) -> dict[str, Any]:
    """A training as `cards.card` and the results describe it."""
    card = {"key": 7, "title": "Lassen", "lang": "", "provider": "Vakschool", "place": "Utrecht", "km": "", "start": "morgen",
            "duration": "3 maanden", "level": "", "certificate": "diploma", "because": "", "url": "/trainings/7",
            "compared": False, "toggle": "q=lassen&with=7", "paid_by": "", "may_pay": "",
            "pay": {"label": "prijs", "value": "€ 100", "note": ""}}  # fmt: skip
    return card | told


def page_of(*cards: dict[str, Any], with_answers: bool = False, full: bool = False) -> Markup:
    """The list with some trainings."""
    return Markup(f"<ol>{trainings(cards, with_answers, full)}</ol>")


@pytest.mark.parametrize("with_answers", [False, True])
def test_nothing_that_is_told_becomes_markup(with_answers):
    """Every word of a training is escaped, on pages with and without answers."""
    nasty = {name: NASTY for name, value in a_card().items() if isinstance(value, str)}
    page = page_of(a_card(**nasty, pay=dict.fromkeys(("label", "value", "note"), NASTY)), with_answers=with_answers)
    assert "<script" not in page.page
    assert 'href=""' not in page.page
    assert page.words.count("<script>alert('&')</script>") == 15
    assert page.page.count('lang="&quot;&gt;&lt;script') == 2
    assert page.faults == []


def test_no_value_of_a_facet_becomes_markup():
    """Names, values and labels of boxes are escaped."""
    written = ticks(NASTY, [{"value": NASTY, "label": NASTY, "count": 3, "chosen": True}], NASTY)
    assert "<script" not in written
    assert written.count("&lt;script&gt;") == 4


def test_a_box_says_how_many_it_has_where_that_is_known():
    """A count stands behind the label; an option without a count has none, and a chosen one is ticked."""
    boxes = Markup(ticks("sector", [{"value": "ict", "label": "ICT", "count": 1200, "chosen": True},
                                    {"value": "", "label": "alles", "count": None, "chosen": False}], "radio"))  # fmt: skip
    assert boxes.words == "ICT (1200) alles"
    assert boxes.page.count(" checked") == 1
    assert boxes.page.count('type="radio" name="sector"') == 2


def test_a_training_speaks_the_language_of_the_page():
    """The words that repeat are looked up in the language of each page, also after a page in the other language."""
    with translation.override("en"):
        english = page_of(a_card()).words
    with translation.override("nl"):
        dutch = page_of(a_card()).words
    assert "Begint morgen Duur 3 maanden Bewijs diploma" in dutch
    assert "Begint" not in english
    assert "diploma" in english


@pytest.mark.parametrize("with_answers", [False, True])
def test_a_title_in_another_language_says_so(with_answers):
    """A title in another language than the page has a lang attribute wherever it stands; one in its own has none."""
    page = page_of(a_card(title="Welding", lang="en"), with_answers=with_answers).page
    assert page.count(' lang="en">Welding<') == page.count("Welding") == 2
    assert "lang=" not in page_of(a_card(), with_answers=with_answers).page


def test_what_is_not_told_is_not_there():
    """Without a level, distance, reason or note there is no label for it either."""
    page = page_of(a_card())
    assert "Niveau" not in page.words
    assert "Gevonden:" not in page.words
    assert "dl-amount__note" not in page.page
    told = page_of(a_card(level="mbo 2", km="3 km", because="in de titel: lassen"))
    assert "Niveau mbo 2" in told.words
    assert "Gevonden: in de titel: lassen" in told.words
    assert "· 3 km" in told.words


def test_a_result_names_the_schemes_behind_what_remains():
    """Schemes that pay for certain are told as such, those that may pay as well; neither has a label without names."""
    assert "Betaalt" not in page_of(a_card()).words
    assert "Betaalt mee STAP-budget" in page_of(a_card(paid_by="STAP-budget")).words
    assert "Betaalt misschien mee A, B" in page_of(a_card(may_pay="A, B")).words


def test_comparing_is_offered_until_there_are_enough():
    """With four chosen only those can be taken out; a page with answers posts, another links."""
    chosen, other = a_card(compared=True), a_card(key=8)
    assert page_of(chosen, other).words.count("ergelijk") == 2
    full = page_of(chosen, other, full=True)
    assert "Niet meer vergelijken" in full.words
    assert full.words.count("ergelijk") == 1
    assert 'name="go" value="q=lassen&amp;with=7"' in page_of(other, with_answers=True).page
    assert 'href="?q=lassen&amp;with=7"' in page_of(other).page


@pytest.mark.parametrize(
    "asked", ["", "q=las+%26+co&after=abc%3D&size=50", "after=x", "sector=ict&sector=care&with=5&with=9"]
)
@pytest.mark.parametrize("choices", [[()], [(3,), (3, 9), ()]])
def test_choices_to_compare_are_written_as_the_search_itself_is(rf, asked, choices):
    """Written in one go for many trainings, an address is what the search with that choice writes."""
    search = search_of(rf.get(f"/trainings?{asked}").GET)
    assert search.written_comparing(choices) == [search.comparing(one).written() for one in choices]
