"""The page of results: what is searched stands in the address, what is answered never does, and bad input has a sentence."""

import re
from datetime import date, timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import QueryDict
from django.test import Client, RequestFactory

from doorleren.core.days import Asked
from doorleren.register.funding.offers import any_open, last_open
from doorleren.register.search.asking import Query
from doorleren.register.search.reader import IndexUnavailable
from doorleren.web import known
from doorleren.web.portal import register
from doorleren.web.portal.asking import read_search, search_of
from tests.web.portal import stand_in
from tests.web.portal.conftest import ANSWERS

LANGUAGES = ("", "/en")
EVERYTHING = "q=lassen&postcode=3511&within=25&sector=technology&sector=ict&start_month=2026-12&sort=distance&size=50&with=3&with=9&after=20"
JUNK = ("%00", "x" * 3000, "'\"><script>alert(1)</script>", "-1", "%F0%9F%92%A9", "99999999999999999999", "{{ 7 }}")


def value_of(page, name: str) -> str:
    """The value of the first field with a name."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page.page)
    assert found, name
    return unescape(found[1])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "address", ["/trainings", "/trainings?q=lassen", "/trainings?q=zzzz", f"/trainings?{EVERYTHING}"]
)
def test_every_state_of_the_results_is_well_made(visit, language, address):
    """A first visit, results, no results and everything chosen at once: each answers, and closes what it opens."""
    status, page = visit(language + address)
    assert (status, page.faults, page.lang) == (200, [], language[1:] or "nl")


def test_a_first_visit_offers_ways_on_and_no_results(visit):
    """Without words the page shows the sectors, the way by occupation and the finder, and no list."""
    page = visit("/trainings")[1]
    assert {"/finder/person", "/occupations", "/advice", "/trainings?sector=technology"} <= set(page.links)
    assert "gevonden" not in page.words


@pytest.mark.parametrize("address", ["/trainings?q=&postcode=", "/trainings?sort=start", "/trainings?size=50"])
def test_a_search_without_words_shows_every_training(visit, address):
    """Pressing the button with nothing filled in, and choosing an order or a size, give results and not the first page again."""
    page = visit(address)[1]
    assert "60 opleidingen gevonden." in page.words
    assert "Waar wilt u beginnen?" not in page.words


def test_without_the_last_choice_every_training_is_left(visit):
    """Taking away the only choice of a search without words keeps to the results."""
    page = visit("/trainings?sector=ict")[1]
    assert "?q=" in page.links


def test_a_result_says_what_it_is_where_it_is_and_what_it_costs(visit):
    """Title, provider, place, distance, start, duration, proof, price, the least it may become, and why it was found."""
    words = visit("/trainings?q=lassen+10&postcode=3511+AB")[1].words
    for told in ("Lassen 10", "School P3", "online", "12 km", "wanneer u wilt", "3 maanden, 120 uur",
                 "geen diploma of certificaat", "1.060,50", "met hulp misschien nog € 560,50",
                 "in de titel: lassen 10"):  # fmt: skip
        assert told in words.replace("\xa0", " "), told


@pytest.mark.parametrize("postcode", ["12345", "0999", "35 11", "3511-AB"])
def test_a_bad_postcode_says_what_is_allowed(visit, postcode):
    """A postcode that cannot be one is shown again with a sentence that names four digits; the search goes on without it."""
    page = visit(f"/trainings?q=lassen&postcode={postcode}")[1]
    assert "Vul een postcode in van vier cijfers" in page.words
    assert f"U gaf: {postcode}." in page.words
    assert 'aria-invalid="true"' in page.page
    assert "12 opleidingen gevonden." in page.words
    assert page.faults == []


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("abc", "Wij kennen geen plaats die zo heet: abc. Vul een plaats in Nederland in"),
        ("Utregt", "Wij kennen geen plaats die zo heet: Utregt. Bedoelt u Utrecht?"),
        ("Bergen", "Er zijn meer plaatsen die zo heten: Bergen. Vul in welke u bedoelt: Bergen (L.) of Bergen (NH.)."),
    ],
)
def test_a_place_that_is_not_understood_is_told_at_its_field(visit, place, told):
    """A misspelt place brings the nearest spelling, one of several brings all, and the search goes on without a distance."""
    page = visit(f"/trainings?q=lassen&within=25&sort=distance&postcode={place}")[1]
    assert told in page.words
    assert f'value="{place}"' in page.page
    assert 'aria-invalid="true"' in page.page
    assert 'name="within"' not in page.page
    assert "12 opleidingen gevonden." in page.words
    assert page.faults == []


def test_a_place_is_as_good_as_a_postcode(visit):
    """With the name of a place results say how far they are, and a radius can be chosen, each with all that is nearer."""
    page = visit("/trainings?q=lassen&postcode=Utrecht&within=25")[1]
    assert "12 km" in page.words.replace("\xa0", " ")
    radii = re.findall(r'type="radio" name="within" value="(\d*)"( checked)?><span>(.*?)</label>', page.page)
    counts = [
        (value, checked, re.sub(r"\D", "", told.partition("dl-tick__count")[2])) for value, checked, told in radii
    ]
    assert counts == [
        ("", "", ""),
        ("5", "", "1"),
        ("10", "", "1"),
        ("25", " checked", "5"),
        ("50", "", "5"),
        ("100", "", "5"),
    ]
    assert "?q=lassen&postcode=Utrecht" in page.links
    assert page.faults == []


def test_a_facet_without_reference_data_says_what_lacks(visit, monkeypatch):
    """A facet that is empty because nothing was imported says so; one with values does not."""
    page = visit("/trainings?q=lassen")[1]
    assert "Niet bekend" not in page.words
    monkeypatch.setattr(stand_in, "LACKING", ("postcodes", "shortages"))
    monkeypatch.setattr(stand_in, "_facets", lambda *_: {"sector": {"ict": 3}})
    words = visit("/trainings?q=lassen")[1].words
    assert "Niet bekend: er zijn geen postcodes ingeladen." in words
    assert "Niet bekend: er is geen lijst van tekortberoepen ingeladen." in words


def test_a_postcode_that_lies_nowhere_is_told(visit):
    """A postcode that the register does not know gives results without distance, and says so."""
    assert "Wij weten niet waar postcode 9999 ligt" in visit("/trainings?q=lassen&postcode=9999")[1].words


def test_a_key_that_was_tampered_with_leads_to_the_first_page(visit):
    """A paging key that nobody gave out is told, and the first page is shown."""
    page = visit("/trainings?size=10&sort=start&q=l&after=eyJ0YW1wZXI")[1]
    assert "Deze bladzijde van de resultaten is er niet meer." in page.words
    assert [link for link in page.links if "after=" in link and "/en/" not in link] == [
        "?q=l&sort=start&size=10&after=10"
    ]


@pytest.mark.parametrize(
    "name",
    ["q", "to_pay", "distance", "postcode", "within", "sector", "sort", "size", "after", "with", "occupation", "match"],
)
def test_junk_in_the_address_never_breaks_the_page(visit, name):
    """Whatever stands behind the question mark, the page answers and says nothing back unescaped."""
    for junk in JUNK:
        status, page = visit(f"/trainings?q=lassen&{name}={junk}")
        assert (status, page.faults) == (200, []), f"{name}={junk[:40]}"


@pytest.mark.parametrize(
    "asked", ["distance=5", "sort=distance", "within=25", "to_pay=lots", "distance=5&postcode=abc"]
)
def test_what_cannot_be_told_is_not_asked(visit, asked):
    """A distance without a postcode, and a band that does not exist, count as not chosen."""
    status, page = visit(f"/trainings?q=lassen&{asked}")
    assert (status, page.faults) == (200, [])
    assert "12 opleidingen gevonden." in page.words
    assert "Wij konden een deel" not in page.words


def test_nothing_found_is_never_a_blank_page(visit):
    """Without results the page offers the nearest spelling, a related occupation and the way by occupation."""
    page = visit("/trainings?q=zzzz&sector=ict")[1]
    assert "Geen opleidingen gevonden." in page.words
    assert "Bedoelt u: lassen" in page.words
    assert "Zoek op het beroep: lasser" in page.words
    assert any(link.startswith("?q=lassen") and "occupation=welder" in link for link in page.links)
    assert "/occupations" in page.links


def test_a_chosen_value_without_results_can_be_taken_away(visit):
    """A box that was ticked stays on the page, ticked, when nothing is left of it."""
    page = visit("/trainings?q=lassen&sector=retail")[1]
    assert re.search(r'name="sector" value="retail" checked', page.page)
    assert "?q=lassen" in page.links


def test_a_search_is_the_same_after_writing_and_reading(visit):
    """Every part of a search survives the way to an address and back."""
    search = search_of(QueryDict(EVERYTHING))
    again = search_of(QueryDict(search.written()))
    assert again == search
    assert again.query == Query(
        "lassen", {"sector": ("technology", "ict"), "start_month": ("2026-12",)}, "3511", 25, "", "distance", 50, "20"
    )
    assert again.compared == (3, 9)


def test_boxes_within_a_facet_are_posted_together(visit):
    """Two values of one facet widen, values of two facets narrow."""
    both = visit("/trainings?q=e&sector=technology&sector=hospitality")[1].words
    one = visit("/trainings?q=e&sector=technology")[1].words
    narrow = visit("/trainings?q=e&sector=technology&level=hbo")[1].words
    assert "24 opleidingen gevonden." in both
    assert "12 opleidingen gevonden." in one
    assert "Geen opleidingen gevonden." in narrow


def test_the_pages_of_results_follow_each_other_without_gap(visit):
    """Following "next" from the first page shows every result once and ends."""
    address, seen = "/trainings?q=e&size=10", []
    for _ in range(10):
        page = visit(address)[1]
        seen += re.findall(r'id="training-(\d+)"', page.page)
        following = [link for link in page.links if "after=" in link and 'rel="next"' in page.page]
        if not following:
            break
        address = f"/trainings{following[-1]}"
    assert len(seen) == len(set(seen)) > 20


def test_with_answers_everything_on_the_page_takes_them_along(post):
    """In the reply to a form with answers no link leads to a page or training without them, and no address holds one."""
    status, page = post("/trainings", q="lassen", size="10", sector="technology")
    assert (status, page.faults) == (200, [])
    assert [link for link in page.links if link.startswith("?") or re.search(r"/trainings/\d", link)] == []
    assert re.search(r'<button[^>]* formaction="/trainings/5"', page.page)
    assert value_of(page, "person.birth_date.year") == "1985"
    assert "nog te betalen" in page.words
    assert not re.search(r'(?:href|action|value)="[^"]*(?:birth|1985|employee)[^"]*[?&]', page.page)


def test_a_button_of_a_form_with_answers_leads_to_its_search(post):
    """The search that stands on a pressed button goes before the boxes that were ticked."""
    page = post("/trainings", q="lassen", go="q=hovenier&sector=agriculture", sector="technology")[1]
    assert "12 opleidingen gevonden." in page.words
    assert "Hovenier worden 1" in page.words


def test_the_same_form_again_stays_on_its_page_and_another_search_begins_anew(post):
    """Sending a form unchanged shows the page it was on; a changed choice shows the first page."""
    here = "q=e&size=10&after=10"
    same = post("/trainings", q="e", size="10", here=here)[1]
    other = post("/trainings", q="e", size="10", sector="technology", here=here)[1]
    assert value_of(same, "here") == here
    assert "after" not in parse_qs(value_of(other, "here"))


def test_the_way_back_from_a_training_brings_the_search_back(post):
    """A form without search fields but with where it came from shows that search again."""
    here = "q=lassen&size=10&sector=technology&after=10"
    assert value_of(post("/trainings", here=here)[1], "here") == here


@pytest.mark.parametrize(("extra", "header"), [({}, "HX-Push-Url"), ({"opened": "1"}, "HX-Replace-Url")])
def test_the_address_that_the_page_is_given_holds_the_search_alone(extra, header):
    """A reply to a form names the address of its search, never an answer, and no cache keeps it."""
    client = Client(headers={"host": "localhost"})
    reply = client.post("/trainings", ANSWERS | {"q": "lassen"} | extra)
    assert reply[header] == "/trainings?q=lassen"
    assert "no-store" in reply["Cache-Control"]
    assert urlsplit(reply[header]).query == "q=lassen"
    assert client.cookies == {}


def test_a_search_by_htmx_gets_an_address_without_what_was_left_empty():
    """The form sends every field; the address that HTMX is told holds only what was chosen, once in the history."""
    client = Client(headers={"host": "localhost", "HX-Request": "true"})
    given = "/trainings?q=e&postcode=&sector=ict&sort=relevance&size=20"
    assert client.get(given)["HX-Push-Url"] == "/trainings?q=e&sector=ict"
    shown = {"HX-Current-URL": "http://localhost/trainings?q=e&sector=ict"}
    assert client.get(given, headers=shown)["HX-Replace-Url"] == "/trainings?q=e&sector=ict"
    again = client.post("/trainings", ANSWERS | {"q": "e", "sector": "ict"}, headers=shown)
    assert not {"HX-Push-Url", "HX-Replace-Url"} & set(again.headers)


def test_answers_in_an_address_are_never_read(visit):
    """Whoever types an answer into the address gets the page without answers."""
    page = visit("/trainings?q=lassen&person.work_status=employee")[1]
    assert "Beantwoord een paar vragen" in page.words
    assert 'type="hidden" name="person.work_status"' not in page.page
    assert not re.search(r'name="person.work_status"[^>]* checked', page.page)
    assert "nog te betalen" not in page.words


def test_the_search_of_a_form_comes_from_its_address_when_it_has_none():
    """A shared link that brings only answers keeps the search of the page it was opened on."""
    request = RequestFactory().post("/trainings?q=lassen", ANSWERS)
    assert read_search(request).query.text == "lassen"


def test_without_an_index_the_page_says_so(visit, monkeypatch):
    """While there is no index the page explains it with status 503, in the house style."""

    class Empty:
        def search(self, *_given, **_named):
            raise IndexUnavailable("being_built")

    monkeypatch.setattr(register, "portal", lambda: Empty())
    status, page = visit("/trainings?q=lassen")
    assert (status, page.faults) == (503, [])
    assert "wordt gemaakt" in page.words


def test_what_the_register_refuses_of_a_query_is_left_out_once(monkeypatch):
    """A refused field is dropped and named; a register that refuses the plain value too is an error and no endless loop."""
    asked = Query(text="lassen", after="x", chosen={"to_pay": ("lots",), "sector": ("technology",)})
    found, query, refused = register.search(asked, {})
    assert (found.results.total, query) == (12, Query(text="lassen", chosen={"sector": ("technology",)}))
    assert [fault.field for fault in refused] == ["after", "chosen.to_pay"]

    class Stubborn:
        def search(self, query, **_named):
            raise stand_in.BadQuery("sort", query.sort, "nothing")

    monkeypatch.setattr(register, "portal", lambda: Stubborn())
    with pytest.raises(stand_in.BadQuery):
        register.search(Query(sort="start"), {})


@pytest.mark.parametrize(("day", "open_then"), [(date(2022, 9, 1), True), (date(2026, 11, 22), False)])
def test_the_page_says_when_no_scheme_pays_a_sum(visit, settings, day, open_then):
    """On a day on which a scheme takes a sum off a price it shows the most; on another it says that none does."""
    settings.DOORLEREN_DAY = day
    words = visit("/trainings?q=lassen")[1].words
    assert ("U ziet wat iemand hoogstens krijgt." in words) is open_then
    assert ("Nu is er geen regeling open die een vast bedrag van een prijs betaalt." in words) is not open_then


def test_a_demo_says_on_which_day_a_price_was_lower(visit, settings):
    """It names the last day on which such a scheme was open: on that day one was, on none after it; a real site names none."""
    settings.DOORLEREN_DAY = date(2026, 11, 22)
    found = last_open(known.library(), settings.DOORLEREN_DAY)
    assert any_open(known.library(), Asked(found))
    between = [found + timedelta(days=days) for days in range(1, (settings.DOORLEREN_DAY - found).days, 9)]
    assert between
    assert not any(any_open(known.library(), Asked(day)) for day in between)
    for demo in (True, False):
        settings.DOORLEREN_DEMO = demo
        assert (f"make run DAY={found}" in visit("/trainings?q=lassen")[1].words) is demo
