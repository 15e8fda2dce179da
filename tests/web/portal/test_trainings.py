"""One training, several side by side, the way by occupation, and an advice: complete, well made, and clear about bad input."""

import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from doorleren.register.entries import CERTIFICATE_VALUES, Entry, PricePart, ProviderEntry, Recognition, Run
from doorleren.register.queries import Listing
from doorleren.web import known
from doorleren.web.portal import advice, cards, may_pay, training
from doorleren.web.portal.certificates import certificates, elsewhere
from tests.web.portal import stand_in

LANGUAGES = ("", "/en")
PAGES = ("/trainings/5", "/trainings/9", "/trainings/compare", "/trainings/compare?with=1&with=2&with=9&with=12",
         "/occupations", "/occupations?from=kok&to=hovenier&can=s4", "/advice")  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_well_made(visit, language, address):
    """Each page of the portal answers in both languages, and closes what it opens."""
    status, page = visit(language + address)
    assert (status, page.faults, page.lang) == (200, [], language[1:] or "nl")


@pytest.mark.parametrize("address", ["/trainings/5", "/trainings/compare?with=1&with=2", "/advice"])
def test_every_page_is_well_made_with_answers(post, address):
    """The reply to a form with answers is as well made."""
    status, page = post(address, **{"with": ["1", "2"], "q": "lassen", "notes": "Bel <b>maandag</b>"})
    assert (status, page.faults) == (200, [])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", ["999", "0", "99999999999999999999999999", "x"])
def test_a_training_that_is_not_there_has_a_page_that_says_so(visit, language, number):
    """An unknown number is a 404 in the house style, with a way on."""
    status, page = visit(f"{language}/trainings/{number}")
    assert (status, page.faults) == (404, [])
    assert f"{language}/schemes" in page.links


def test_a_training_tells_everything(visit):
    """Outcomes, level, price in parts with VAT, runs with enrolment, proof with civil effect, recognition, who goes further."""
    words = visit("/trainings/5")[1].words.replace("\xa0", " ")
    for told in ("leest een tekening", "mbo 2, NLQF 2", "Lessen met 21% btw", "€ 905", "Examen vrij van btw", "€ 150,50",
                 "€ 1.055,50", "Utrecht (3511)", "tot en met", "mbo-certificaat van een keuzedeel", "met civiel effect",
                 "Voor een werkgever:", "keurmerk, zoals NRTO (NRTO)", "12345678", "Leeroverzicht",
                 "Dan kan de opleiding korter"):  # fmt: skip
        assert told in words, told


def test_without_answers_the_page_asks_the_question_that_helps_most(visit):
    """Without answers the page shows the least that may remain, one question, and a form that posts the answer back."""
    page = visit("/trainings/5")[1]
    asked = stand_in.activity(5, profile={}, today=known.today()).question
    assert "Eén vraag die het meest helpt" in page.words
    assert f'name="{asked}' in page.page
    assert re.search(r'<form[^>]* id="answers" method="post" action="/trainings/5" data-answers', page.page)


def test_a_training_names_the_schemes_whose_sum_nobody_can_tell(visit):
    """Schemes that pay a share, lend, or leave the sum to others stand beside the sum, with where to ask; none stands twice."""
    page = visit("/trainings/5")[1]
    beside = {one["scheme"] for one in may_pay.others({}, ())}
    assert beside
    assert may_pay.others({}, beside) == []
    assert "Wij kennen nu geen regeling" not in page.words
    assert "trekken wij niets van de prijs af" in page.words


def test_an_answer_leads_to_another_question_and_goes_along(post):
    """With answers the page shows what remains to pay, asks something else, and keeps the answers in hidden fields."""
    page = post("/trainings/5", here="q=lassen&size=10")[1]
    assert "nog te betalen" in page.words
    assert 'type="hidden" name="person.birth_date.year" value="1985"' in page.page
    assert 'type="hidden" name="here" value="q=lassen&amp;size=10"' in page.page
    assert re.search(r'<button[^>]* form="answers" formaction="/trainings"', page.page)


def test_an_answer_that_cannot_be_read_is_asked_again(post):
    """A day that does not exist is shown with a sentence that says what is allowed."""
    page = post("/trainings/5", person__birth_date__day="45")[1]
    assert "Vul een dag in die bestaat" in page.words
    assert page.faults == []
    assert 'value="45"' in page.page


def test_what_the_visitor_does_not_know_is_not_asked_again(post):
    """After "don't know" the page asks another question, or none."""
    asked = stand_in.activity(5, profile={}, today=known.today()).question
    page = post("/trainings/5", **{"skip": asked, asked.replace(".", "__"): ""})[1]
    assert f'type="hidden" name="{asked}" value="unknown"' in page.page
    assert not re.search(rf'<(?:input|select)[^>]* id="q-{asked.replace(".", "-")}', page.page)


def test_a_machine_reads_the_training(visit):
    """The training stands in the head as JSON-LD of schema.org, with its own address."""
    page = visit("/trainings/5")[1].page
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    told = json.loads(found[1])
    assert told["@type"] == "Course"
    assert "http://localhost/trainings/5" in found[1]


def test_a_comparison_shows_what_each_tells_beside_the_other(visit):
    """Two trainings give a table with a row header, a cell each, and a way to take one out."""
    page = visit("/trainings/compare?with=1&with=7")[1]
    assert re.search(r'<th scope="row"[^>]*>Opleider <span', page.page)
    assert {"School P1 & Zn <b>", "School P0 & Zn <b>"} <= set(re.findall(r"School P\d & Zn <b>", page.words))
    assert {"/trainings/compare?with=7", "/trainings/compare?with=1", "/trainings?with=1&with=7"} <= set(page.links)


def test_two_of_one_name_are_told_apart_by_their_provider(visit, monkeypatch):
    """Trainings with the same title have their provider in the heading of their column; others have the title alone."""
    same = stand_in.listing

    def named(key):
        one = same(key)
        return replace(one, entry=replace(one.entry, title="Lassen" if key < 3 else "Zorg"))

    monkeypatch.setattr(stand_in, "listing", named)
    page = visit("/trainings/compare?with=1&with=2&with=3")[1]
    heads = [re.sub(r"<[^>]*>", "", one) for one in re.findall(r'<th scope="col"[^>]*>(.*?)</th>', page.page)]
    assert heads == [
        "Onderdeel",
        "1Lassen, School P1 &amp; Zn &lt;b&gt;",
        "2Lassen, School P2 &amp; Zn &lt;b&gt;",
        "3Zorg",
    ]


def test_what_is_the_same_for_all_stands_once_in_a_comparison(visit):
    """A row that differs has a numbered cell per training; one that does not has a single cell over all columns."""
    page = visit("/trainings/compare?with=1&with=2&with=3&with=4")[1].page
    rows = {re.sub(r"<[^>]*>", "", one).strip(): one for one in re.findall(r'<tr[^>]* role="row">(.*?)</tr>', page)}
    same = next(row for words, row in rows.items() if words.startswith("Taal van de lessen"))
    price = next(row for words, row in rows.items() if words.startswith("Prijs"))
    assert (same.count("<td"), 'colspan="4"' in same) == (1, True)
    assert (price.count("<td"), re.findall(r'aria-hidden="true">(\d)<', price)) == (4, ["1", "2", "3", "4"])


def test_a_comparison_holds_four_and_names_what_is_gone(visit):
    """A fifth is left out, a number that is not listed is told, and junk is ignored."""
    page = visit("/trainings/compare?with=1&with=999&with=x&with=2&with=1&with=3&with=4")[1]
    assert "Opleiding nummer 999 staat niet meer in het register." in page.words
    assert page.page.count('scope="col"') == 4
    assert "Voeg een opleiding toe" in page.words


def test_a_training_joins_those_that_were_chosen_before(post):
    """From a training the comparison begins with what the search had chosen."""
    page = post("/trainings/compare?with=5", here="q=lassen&with=1&with=2")[1]
    assert page.page.count('scope="col"') == 4
    assert 'name="here" value="q=lassen&amp;with=1&amp;with=2&amp;with=5"' in page.page


def test_the_way_to_another_occupation(visit):
    """From gardener back to welder: what one has, what lacks, who teaches it, and where nobody does."""
    words = visit("/occupations?from=kok&to=hovenier")[1].words
    assert "Van kok naar hovenier" in words
    assert "Dit kunt u al (1)" in words
    assert "Dit mist u nog (2)" in words
    assert "Leert u: planten kennen" in words
    assert "Hier is geen opleiding voor (1)" in words
    assert "snoeien" in words


@pytest.mark.parametrize(("language", "spoken"), [("", "en"), ("/en", "nl")])
def test_a_name_in_another_language_is_marked(visit, language, spoken):
    """A skill whose name is in another language than the page says so to who listens; the others say nothing."""
    page = visit(f"{language}/occupations?from=kok&to=hovenier")[1].page
    assert "Sommige namen van vaardigheden" in visit("/occupations?from=kok&to=hovenier")[1].words
    assert "Sommige namen van vaardigheden" not in visit("/occupations?from=kok&to=lasser")[1].words
    marked = {"snoeien": "en", "planten kennen": "nl", "veilig werken": "nl"}
    for label, written in marked.items():
        told = set(re.findall(rf"<(?:span|li)([^>]*)>{label}<", page))
        assert told == {f' lang="{spoken}"' if written == spoken else ""}, label


def test_what_somebody_can_already_shortens_the_list_and_the_training(visit):
    """A ticked skill leaves only trainings that teach something else, marked shorter; all ticked leaves none."""
    some = visit("/occupations?from=kok&to=lasser&can=s1")[1].words
    assert "Dit mist u nog (1)" in some
    assert "Leert u: tekening lezen" in some
    assert "kan korter: u kunt al een deel" in some
    everything = visit("/occupations?from=kok&to=lasser&can=s1&can=s2")[1].words
    assert "2 opleidingen vielen af" in everything
    assert "U hebt geen opleiding meer nodig" in everything


def test_the_trainings_on_the_way_have_a_price_as_the_results_have(visit, post):
    """Without answers a card shows the price and who may pay; with answers what is left, and they go along in the form."""
    page = visit("/occupations?from=kok&to=lasser")[1]
    assert page.words.count("met hulp misschien nog") == page.page.count('class="dl-verdict dl-training"') == 2
    assert "Beantwoord een paar vragen" in page.words
    status, told = post("/occupations?from=kok&to=lasser")
    assert status == 200
    assert told.faults == []
    assert "nog te betalen" in told.words
    assert 'name="person.work_status" value="employee"' in told.page
    assert '<button class="dl-asalink" formaction="/trainings/5"' in told.page


def test_no_answer_stands_in_the_address_of_the_way():
    """The address that a form with answers is given holds the occupations and the skills alone."""
    given = {"from": "kok", "to": "lasser", "can": "s1", "person.work_status": "employee"}
    reply = Client(headers={"host": "localhost"}).post("/occupations", given)
    assert reply["HX-Push-Url"] == "/occupations?from=kok&from_id=cook&to=lasser&to_id=welder&can=s1"


def test_occupations_of_one_name_are_told_apart(visit):
    """Of one name each says what it is; who would read the same stands once; other names say nothing more."""
    page = visit("/occupations?from=por&to=kok")[1]
    assert page.words.count("Portiers verwelkomen gasten.") == 1
    assert "koffers" not in page.words
    assert "Portiers letten op wie binnenkomt." in page.words
    assert page.page.count('name="from_id"') == 2
    assert "Van portier naar kok" in visit("/occupations?from=por&from_id=doorman&to=kok")[1].words


def test_an_occupation_that_nobody_knows_is_told(visit):
    """A word that means no occupation gets a sentence beside its field."""
    page = visit("/occupations?from=zzz&to=lasser")[1]
    assert "Wij kennen geen beroep dat hierop lijkt: zzz." in page.words
    assert page.faults == []


def test_an_occupation_of_another_word_is_not_kept(visit):
    """A choice that does not belong to the word that is typed gives way to the best meaning."""
    assert "Van bakker naar lasser" in visit("/occupations?from=bak&from_id=cook&to=las")[1].words


def test_the_advice_begins_with_questions_about_the_person(visit):
    """Before any answer the page asks about the client and shows what somebody might get."""
    page = visit("/advice")[1]
    assert page.page.count('class="dl-asked"') == advice.QUESTIONS_AT_ONCE
    assert not re.search(r'name="training\.', page.page)
    assert "Dit kan misschien" in page.words


def test_the_advice_holds_the_answers_three_trainings_and_the_notes(post):
    """What is posted stands on the sheet, escaped; a fourth training does not fit; a button takes one out."""
    given = {"with": ["1", "2", "3"], "add": "4", "notes": "Bel <b>maandag</b>\n\nGroet"}
    page = post("/advice", **given)[1]
    sheet = page.page.partition('id="advice"')[2]
    assert re.findall(r'name="drop" value="(\d)"', sheet) == ["1", "2", "3"]
    assert "Bel &lt;b&gt;maandag&lt;/b&gt;" in sheet
    assert "1 april 1985" in sheet
    assert re.findall(r'name="with" value="(\d)"', post("/advice", **given, drop="2")[1].page) == ["1", "3", "4"]


def test_notes_that_are_too_long_are_cut_and_told(post):
    """Longer notes than fit on the page are shortened with a warning."""
    page = post("/advice", notes="x" * 2000)[1]
    assert "Uw tekst was te lang." in page.words
    assert "x" * 1500 in page.page
    assert "x" * 1501 not in page.page


def test_the_advice_finds_trainings_and_says_what_is_wrong_with_a_postcode(post):
    """A search within the advice offers trainings to put in; a bad postcode is told."""
    page = post("/advice", q="lassen", postcode="12")[1]
    assert re.search(r'name="add" value="5"', page.page)
    assert "Vul een postcode in van vier cijfers" in page.words
    assert page.faults == []


def test_every_certificate_is_explained():
    """Each value that a provider may choose has a name, a meaning and a word for who hires; only the state gives effect."""
    explained = certificates()
    assert tuple(explained) == CERTIFICATE_VALUES
    assert all(one.name and one.says and one.employer for one in explained.values())
    assert [value for value, one in explained.items() if one.civil_effect] == [
        "diploma",
        "mbo_certificate",
        "mbo_elective",
    ]


@pytest.mark.parametrize(
    ("level", "intensity", "route", "names"),
    [
        ("hbo", "part_time", None, ["heelveelindeeltijd", "leeroverzicht"]),
        ("hbo", "full_time", None, ["leeroverzicht"]),
        ("wo", None, "ho_module", ["universiteiten", "leeroverzicht"]),
        ("mbo2", "part_time", None, ["leeroverzicht"]),
    ],
)
def test_other_portals_are_named_where_they_go_further(level, intensity, route, names):
    """Part-time higher education, modules of universities and everything else each lead to their own portal."""
    found = elsewhere(Entry("p", "c", "t", level=level, intensity=intensity, route=route))
    assert [name for one in found for name in names if name in one.url] == names
    assert len(found) == len(names)


PRICES = [
    (None, None, False, "prijs", "niet bekend", "De opleider noemt geen prijs."),
    (100_000, 100_000, True, "prijs", "€ 1.000", ""),
    (100_000, 20_050, True, "nog te betalen", "€ 200,50", "van € 1.000"),
    (100_000, 0, True, "nog te betalen", "€ 0", "van € 1.000"),
    (100_000, 20_050, False, "prijs", "€ 1.000", "met hulp misschien nog € 200,50"),
    (100_000, 0, False, "prijs", "€ 1.000", "met hulp misschien gratis"),
]


@pytest.mark.parametrize(("price", "left", "certain", "label", "value", "note"), PRICES)
def test_a_price_promises_only_what_is_certain(price, left, certain, label, value, note):
    """What remains stands in front only when it is certain; the most that anyone could get stands behind the price."""
    said = cards.pay(stand_in.ToPay(price, left, certain))
    assert (said["label"], said["value"].replace("\xa0", " "), said["note"].replace("\xa0", " ")) == (
        label,
        value,
        note,
    )


def test_a_training_of_which_little_is_told_says_little():
    """An entry with a title alone gives a card without empty words."""
    bare = Listing(1, Entry("p", "c", "Titel"), ProviderEntry("p", "School"), stand_in.WHEN)
    card = cards.card(bare, None)
    assert (card["start"], card["place"], card["duration"], card["certificate"]) == (
        "geen nieuwe start bekend",
        "",
        "",
        "",
    )
    assert training.facts(bare.entry) == [("Taal van de lessen", "Nederlands")]


def test_runs_recognitions_and_rates_follow_the_day():
    """Runs that are past and recognitions that ended are left out; a rate that is not told is not called exempt."""
    runs = (
        Run(date(2020, 1, 1)),
        Run(date(2099, 1, 1), enrol_from=date(2098, 1, 1), enrol_until=date(2098, 12, 1)),
        Run(None),
    )
    assert [run.starts_on for run in training.coming(runs)] == [None, date(2099, 1, 1)]
    assert training.run_row(runs[1])["enrol"] == "van 1 januari 2098 tot en met 1 december 2098"
    held = (Recognition("ocw", ends_on=date(2020, 1, 1)), Recognition("nlqf"))
    assert training.recognitions(ProviderEntry("p", "School", recognitions=held)) == ["ingeschaald in het NLQF"]
    rates = [training.price_row(PricePart("tuition", 100, rate))["vat"] for rate in (None, Decimal(0), Decimal("9.00"))]
    assert rates == ["niet bekend", "vrij van btw", "met 9% btw"]
