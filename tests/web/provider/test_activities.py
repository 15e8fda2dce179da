"""My activities and the form: typed, refused with what was typed, saved as a version, shown with what is missing."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from doorleren.register.entries import PricePart, Run
from doorleren.register.models import (
    Activity,
    ActivityVersion,
    AdmissionDecision,
    Delivery,
    Occupation,
    Provider,
    ShortageOccupation,
)
from doorleren.register.queries import listings
from doorleren.web.provider.fields import groups
from doorleren.web.provider.typed import of_entry, of_post, read
from tests.web.provider.visitor import Visitor

WELDING = {
    "code": "LAS-1", "title": "Lassen niveau 2", "description": "Leren lassen.", "learning_outcomes": "een hoeklas\neen naad",
    "kind": "course", "level": "mbo2", "study_hours": "120", "duration_months": "2,5", "delivery": "on_site",
    "evening": "yes", "guidance": "no", "language": "nl", "certificate_value": "none", "entry_requirements": "geen",
    "price.tuition": "1.250,50", "vat.tuition": "21", "price.material": "0", "runs": "2", "run-0.starts_on": "31-1-2027",
    "run-0.place": "Zeist", "run-1.any_time": "yes",
}  # fmt: skip


def entry_of(number: int | None = None) -> Any:
    key = number or Activity.objects.get().pk
    return listings([key])[key].entry


def save(visitor: Visitor, **more: str) -> Activity:
    visitor.post("/provider/activities/new", WELDING | more)
    assert visitor.place.endswith("?saved=new"), visitor.status
    return Activity.objects.get(code=more.get("code", "LAS-1"))


def test_an_empty_list_says_what_to_do(sanne: Visitor) -> None:
    """Who has nothing in the register is told how to begin."""
    page = sanne.open("/provider")
    assert "U hebt nog geen opleidingen in het register." in page.words
    assert {"/provider/activities/new?kvk=90000018", "/provider/uploads"} <= set(page.links)


def test_what_is_typed_becomes_a_version(sanne: Visitor) -> None:
    """Every kind of field arrives as the importers would read it, in a delivery of the form from this provider."""
    save(sanne)
    entry, delivery = entry_of(), Delivery.objects.get()
    assert (entry.title, entry.kind, entry.level, entry.study_hours) == ("Lassen niveau 2", "course", "mbo2", 120)
    assert (entry.evening, entry.guidance, entry.modular) == (True, False, None)
    assert entry.duration_months == Decimal("2.5")
    assert entry.learning_outcomes == ("een hoeklas", "een naad")
    assert entry.entry_requirements == "geen"
    assert entry.prices == (PricePart("tuition", 125_050, Decimal(21)), PricePart("material", 0))
    assert entry.runs == (Run(date(2027, 1, 31), place="Zeist"), Run())
    assert (delivery.form, delivery.source.name) == ("form", "Vakschool De Werkplaats, KvK 90000018")
    assert delivery.received_by.startswith("person:")
    assert (Provider.objects.get().kvk, Provider.objects.get().name) == ("90000018", "Vakschool De Werkplaats")


def test_what_was_saved_comes_back_as_it_was(sanne: Visitor, other: Visitor) -> None:
    """Opening the form and saving it untouched changes nothing, in both languages."""
    activity = save(sanne)
    for start in ("", "/en"):
        page = sanne.open(f"{start}/provider/activities/{activity.pk}")
        typed = of_entry(entry_of(activity.pk)).texts
        assert 'value="1250,50"' in page.page or start
        sanne.post(
            f"{start}/provider/activities/{activity.pk}",
            {**typed, "runs": "2", "version": str(activity.current_id)},
        )
        assert sanne.place.endswith("?saved=same")
    assert ActivityVersion.objects.count() == 1


def test_every_value_that_can_be_chosen_can_be_read(db: None) -> None:
    """No option of any list on the page is refused when it is posted."""
    for field in (field for group in groups() for field in group.fields):
        for value, _words in field.options:
            typed = of_post({"title": "x", field.name: value})
            read(typed, provider="p", code="c", today=date(2026, 3, 10))
            assert typed.errors == {}, (field.name, value)
            assert getattr(typed.entry, field.name) is not None


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("title", "", "Vul een titel in."),
        ("price.tuition", "veel", "Gegeven is “veel”. Toegestaan is: een bedrag met btw"),
        ("vat.tuition", "200", "een percentage van 0 tot 100"),
        ("price.material", "1.2.3", "een bedrag met btw"),
        ("run-0.starts_on", "31-2-2027", "een bestaande dag"),
        ("run-0.starts_on", "", "Vul een dag in, of kruis aan"),
        ("run-0.ends_on", "1-1-2027", "een dag op of na 2027-01-31"),
        ("study_hours", "lang", "een aantal uren"),
        ("url", "javascript:alert(1)", "een webadres"),
        ("occupations", "iets dat niemand is", "zoals ESCO dat kent"),
        ("kind", "tovenarij", "een van:"),
    ],
)
def test_a_mistake_is_said_and_what_was_typed_stays(sanne: Visitor, name: str, given: str, said: str) -> None:
    """Each field that cannot be read says so beside itself and above the form, repeats what was typed, and saves nothing."""
    page = sanne.post("/provider/activities/new", WELDING | {name: given})
    field = "q-" + name.replace(".", "-")
    assert sanne.status == 422
    assert said in page.words
    assert f"#{field}" in page.links
    assert {field, f"{field}-error"} <= set(page.ids)
    assert given in page.page.replace("&#x27;", "'")
    assert 'value="Lassen niveau 2"' in page.page or name == "title"
    assert not Activity.objects.exists()


def test_an_empty_form_asks_for_a_title_alone(sanne: Visitor) -> None:
    """A code may be left empty, so an empty form does not complain of it: it is made from the title."""
    page = sanne.post("/provider/activities/new", {"runs": "0"})
    assert sanne.status == 422
    assert "Vul een titel in." in page.words
    assert "q-code-error" not in page.ids


def test_a_publication_cannot_end_before_it_begins(sanne: Visitor) -> None:
    """Two days that are fine by themselves are refused together."""
    page = sanne.post(
        "/provider/activities/new", WELDING | {"published_from": "1-2-2027", "published_until": "1-1-2027"}
    )
    assert (sanne.status, "q-published_until-error" in page.ids) == (422, True)


def test_runs_come_and_go_without_a_script(sanne: Visitor) -> None:
    """A button adds a row and a button takes one away; all else that was typed stays, and nothing is saved."""
    page = sanne.post("/provider/activities/new", WELDING | {"add_run": "1"})
    assert "Startmoment 3" in page.words
    assert 'value="Zeist"' in page.page
    page = sanne.post("/provider/activities/new", WELDING | {"drop_run": "0"})
    assert "Startmoment 2" not in page.words
    assert 'value="Zeist"' not in page.page
    assert 'value="Lassen niveau 2"' in page.page
    assert not Activity.objects.exists()


def test_enter_saves_and_takes_no_run_away(sanne: Visitor) -> None:
    """The first button of the form, which Enter presses, is the one that saves."""
    page = sanne.open("/provider/activities/new").page
    form = page[page.index('action="/provider/activities/new"') :]
    first = form[form.index("<button") :].split(">", 1)[0]
    assert "drop_run" not in first
    assert "add_run" not in first


def test_a_code_is_made_from_the_title_and_taken_once(sanne: Visitor) -> None:
    """Without a code the title gives one; a second activity with that code is refused beside the field."""
    sanne.post("/provider/activities/new", WELDING | {"code": ""})
    assert Activity.objects.get().code == "lassen-niveau-2"
    page = sanne.post("/provider/activities/new", WELDING | {"code": "lassen-niveau-2", "title": "Iets anders"})
    assert (sanne.status, "q-code-error" in page.ids) == (422, True)
    assert entry_of().title == "Lassen niveau 2"


def test_who_was_overtaken_is_told(sanne: Visitor) -> None:
    """A form that was opened before somebody else saved does not undo what that other person wrote."""
    activity = save(sanne)
    old = str(activity.current_id)
    address = f"/provider/activities/{activity.pk}"
    sanne.post(address, WELDING | {"title": "Lassen 2", "version": old})
    page = sanne.post(address, WELDING | {"title": "Lassen 3", "version": old})
    assert (sanne.status, entry_of().title) == (422, "Lassen 2")
    assert "Iemand heeft deze opleiding intussen veranderd" in page.words


def test_the_page_says_what_is_missing_and_what_the_checks_say(sanne: Visitor) -> None:
    """The score with links to the fields, every check with its sentence, and whether it can be seen."""
    activity = save(sanne, published_until="31-12-2030")
    page = sanne.open(f"/provider/activities/{activity.pk}")
    assert "Noem de beroepen waarvoor de opleiding opleidt." in page.words
    assert "#q-occupations" in page.links
    assert all(link[1:] in page.ids for link in page.links if link.startswith("#"))
    assert "De opleider geeft geen begeleiding bij deze opleiding." in page.words
    assert "te zien tot en met 31 december 2030" in page.words
    assert "Toelating: niet aangemeld" in page.words


def test_the_checks_know_the_list_of_shortages(sanne: Visitor) -> None:
    """Without a list the page says that nobody can tell; with one, a training for an occupation on it holds."""
    key = "0e2ea79f-1a3c-4c5b-9b7e-3a2f0c4d5e6f"
    Occupation.objects.create(key=key, isco="7212", code="7212.1", label="lasser", alternatives=[], description="")
    address = f"/provider/activities/{save(sanne, occupations='Lasser').pk}"
    assert "Er is geen lijst van tekorten ingeladen" in sanne.open(address).words
    ShortageOccupation.objects.create(code="721", label="lassers", listed_from=date(2020, 1, 1))
    assert "De opleiding leidt op voor een beroep met te weinig mensen." in sanne.open(address).words


def test_texts_are_dutch_unless_somebody_says_otherwise(sanne: Visitor) -> None:
    """A new form begins with Dutch texts and Dutch lessons; each of the two is kept as it was chosen."""
    page = sanne.open("/provider/activities/new").page
    assert len(re.findall(r'<option value="nl" selected', page)) == 2
    save(sanne, language="en", text_language="nl")
    assert (entry_of().language, entry_of().text_language) == ("en", "nl")


def test_the_list_finds_scores_and_shows_the_standing(sanne: Visitor) -> None:
    """Search by title or code; a word that nothing has leads back to the whole list."""
    save(sanne)
    save(sanne, code="ZRG-7", title="Helpende zorg", published_from="1-1-2040")
    assert "2 opleidingen" in sanne.open("/provider").words
    page = sanne.open("/provider?q=zrg")
    assert ("Helpende zorg" in page.words, "Lassen" in page.words) == (True, False)
    assert "te zien vanaf 1 januari 2040" in page.words
    assert "Niets past bij deze keuzes." in sanne.open("/provider?q=xyz").words
    assert "%" in page.words


def test_applying_for_admission(sanne: Visitor) -> None:
    """The provider and an activity apply with a button; a second time is refused with the rule's sentence."""
    activity = save(sanne)
    assert "Uw aanmelding is ontvangen." in sanne.send("/provider/apply", kvk="90000018").words
    assert "Als opleider: aangemeld" in sanne.open("/provider").words
    page = sanne.send(f"/provider/activities/{activity.pk}/apply")
    assert "Toelating: aangemeld" in page.words
    assert "Vraag toelating van deze opleiding" not in page.words
    page = sanne.send(f"/provider/activities/{activity.pk}/apply")
    assert (sanne.status, "kan alleen na" in page.words) == (409, True)
    assert AdmissionDecision.objects.count() == 2


def test_a_decision_is_shown_with_its_reason_and_how_to_object(sanne: Visitor) -> None:
    """A refusal names its day, its check and its reason, and the way to object."""
    activity = save(sanne)
    decision = {"effective_on": date(2026, 3, 2), "decided_at": "2026-03-02T10:00Z", "decided_by": "person:1"}
    AdmissionDecision.objects.create(
        activity=activity,
        act="refused",
        reason="Er is geen begeleiding.",
        checks=["participants_are_guided"],
        **decision,
    )
    page = sanne.open(f"/provider/activities/{activity.pk}")
    assert "Er is geen begeleiding." in page.words
    assert "deelnemers krijgen ondersteuning en begeleiding" in page.words
    assert "Maak dan binnen 6 weken bezwaar" in page.words


def test_an_occupation_by_name(sanne: Visitor) -> None:
    """A name that ESCO knows becomes its id and is shown again as the name."""
    key = "0e2ea79f-1a3c-4c5b-9b7e-3a2f0c4d5e6f"
    Occupation.objects.create(key=key, isco="7212", code="7212.1", label="lasser", alternatives=[], description="")
    activity = save(sanne, occupations="Lasser")
    assert entry_of().occupations == (key,)
    assert ">\nlasser</textarea>" in sanne.open(f"/provider/activities/{activity.pk}").page


@pytest.mark.parametrize("start", ["", "/en"])
def test_every_page_is_there_in_both_languages(sanne: Visitor, start: str) -> None:
    """Each page answers, is well made and says its language; forms and links stay in that language."""
    activity = save(sanne)
    sanne.upload("Code;Titel;Prijs\nX1;Boren;veel\nX2;Zagen;5\n")
    upload = sanne.place.rsplit("/", 1)[1]
    for path in ("", "/activities/new", f"/activities/{activity.pk}", "/uploads", f"/uploads/{upload}"):
        page = sanne.open(f"{start}/provider{path}")
        assert (sanne.status, page.lang) == (200, start.strip("/") or "nl")
        assert f'"{start}/provider' in page.page
        assert start == "" or 'action="/provider' not in page.page
