"""The plan of a partnership on its page: filling in, errors by field, who may see and change it, adjusting after submission."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from doorleren.applications.commands.freeze_draft import freeze_draft
from doorleren.applications.models import Application, Plan, PlanPath
from doorleren.people.models import Mandate, Organisation, RoleKind
from doorleren.register.portal import Portal
from doorleren.register.ways import SharedSkills
from doorleren.rounds.models import Batch, Round
from doorleren.rules.library import Library
from doorleren.web import known as web_known
from tests.applications import partners
from tests.applications.made import KEY, TODAY, submitted
from tests.applications.partners import SECOND, Lead
from tests.applications.plans import made
from tests.people import made as people
from tests.web.provider.visitor import Visitor

CARE = {
    "seen": "0", "name-0": "Naar de zorg", "from_work-0": "winkelmedewerker", "to_work-0": "helpende in de zorg",
    "components-0": ["guidance", "training"], "fewest-0": "1.020", "most-0": "1500", "cents-0": "1.500,50",
}  # fmt: skip
TECH = {
    "name-2": "Naar de techniek", "from_work-2": "baliemedewerker", "to_work-2": "monteur", "components-2": ["evc"],
    "fewest-2": "5", "most-2": "12",
}  # fmt: skip


@pytest.fixture
def joint(known: Library, tmp_path: Path) -> Library:
    """The library of the site with the trial scheme for partnerships that counts participants."""
    made.library(tmp_path / "schemes")
    web_known.library.cache_clear()
    return web_known.library()


@pytest.fixture
def lead(joint: Library, together: Round, firm: Organisation) -> Lead:
    """Leila of the lead partner, with a draft."""
    person = partners.partner(firm, "Leila")
    return Lead(joint, partners.draft(joint, together, firm, person), person)


@pytest.fixture
def leila(lead: Lead) -> Visitor:
    """Her at the site."""
    return Visitor(lead.person)


@pytest.fixture
def place(lead: Lead) -> str:
    """The address of the plan."""
    return f"/applications/{lead.application.pk}/plan"


def sent(lead: Lead) -> None:
    """Complete, freeze and submit the draft, just after its last plan was kept."""
    lead.whole()
    at = Plan.objects.order_by("-id")[0].at
    freeze_draft(
        lead.application.pk, sensitive={}, person_key=KEY, today=TODAY, library=lead.known, by=lead.by["by"], at=at
    )
    ticket = submitted(lead.application)
    Batch.objects.create(id=ticket.batch, at=at, size=1, root=b"r" * 32, signature=b"s" * 64)


def test_from_empty_to_sums(leila: Visitor, lead: Lead, place: str) -> None:
    """Two paths with an empty row between are kept; the page shows each, what they come to, and where the number counts."""
    page = leila.open(place)
    assert "Er is nog geen plan." in page.words
    assert "Aangepast na het indienen" not in page.words
    leila.post(place, CARE | TECH)
    assert leila.place == f"{place}?saved=1"
    page = leila.open(leila.place)
    assert "Bewaard." in page.words
    assert "1.025 tot en met 1.512" in page.words
    assert "€\xa01.530.510 tot en met €\xa02.250.750" in page.page
    assert "Van 1 pad zijn de kosten niet bekend." in page.words
    assert "scholing, begeleiding naar ander werk" in page.words
    assert 'value="1500,50"' in page.page
    assert "Bewaard door uzelf" in page.words
    assert [one.name for one in PlanPath.objects.order_by("place")] == ["Naar de zorg", "Naar de techniek"]
    assert "berekend uit het plan" in leila.open(f"/applications/{lead.application.pk}").words
    assert f'href="{place}"' in leila.open(f"/applications/{lead.application.pk}/members").page


def test_an_estimate_beside_the_range(leila: Visitor, lead: Lead, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who tells people and vacancies reads an estimate with what it rests on, a word where the range lies outside it, and the sectors."""
    told = {"people-0": "1.800", "vacancies-0": "1.200", "from_sector-0": "retail", "to_sector-0": "care_welfare"}
    leila.post(place, CARE | TECH | told)
    page = leila.open(place)
    assert "Schatting hoogstens 1.200" in page.words
    assert "Welke vaardigheden gelijk zijn, is niet bekend." in page.words
    assert "valt buiten de schatting" in page.words
    assert "Sector die mensen zoekt zorg en welzijn" in page.words
    assert page.words.count("Waar de schatting op rust") == 1
    common = SharedSkills("winkelmedewerker", "helpende zorg en welzijn", 17, 20)
    monkeypatch.setattr(Portal, "shared_skills", lambda *_: common)
    page = leila.open(place)
    assert "Schatting 1.020 tot en met 1.200" in page.words
    assert "17 van de 20 die 'helpende zorg en welzijn' vraagt, heeft 'winkelmedewerker' ook." in page.words
    leila.post(place, CARE | TECH | told | {"seen": "1", "fewest-0": "1.020", "most-0": "1.200"})
    assert "valt buiten de schatting" not in leila.open(place).words


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"people-2": "veel"}, "people-2", "U gaf: veel."), ({"to_sector-2": "moon"}, "to_sector-2", "Kies een sector uit de lijst"),
        ({"name-2": ""}, "name-2", "Vul in hoe dit pad heet"),
        ({"name-2": "Naar de zorg"}, "name-2", "Geef elk pad een eigen naam"),
        ({"from_work-2": ""}, "from_work-2", "wat voor werk de mensen nu doen"),
        ({"to_work-2": "a" * 201}, "to_work-2", "naar wat voor werk het pad leidt"),
        ({"components-2": []}, "components-2", "Kies minstens een onderdeel"),
        ({"components-2": ["holiday"]}, "components-2", "Kies minstens een onderdeel"),
        ({"fewest-2": "veel"}, "fewest-2", "U gaf: veel."), ({"fewest-2": "13"}, "most-2", "lager dan het laagste"),
        ({"most-2": "1.000.001"}, "most-2", "tot en met 1.000.000"), ({"most-2": "11,5"}, "most-2", "U gaf: 11,5."),
        ({"most-2": ""}, "most-2", "een heel aantal mensen"), ({"cents-2": "-1"}, "cents-2", "Vul een bedrag in"),
        ({"cents-2": "0,005"}, "cents-2", "U gaf: 0,005."), ({"cents-2": "1,23456"}, "cents-2", "U gaf: 1,23456."),
        ({"seen": "9"}, "paths", "intussen veranderd"), ({"seen": "x"}, "paths", "intussen veranderd"),
    ],
    ids=[
        "people in words", "no sector", "no name", "name twice", "from nothing", "long work", "no component", "unknown component", "a word", "wrong way round",
        "too many", "half a person", "no number", "cost below zero", "half a cent", "five decimals", "another version", "no version",
    ],
)  # fmt: skip
def test_errors_by_field(leila: Visitor, place: str, change: dict[str, Any], field: str, said: str) -> None:
    """What is wrong is said at its field, with what was given where it could not be read; what was typed stays, nothing is kept."""
    page = leila.post(place, CARE | TECH | change)
    assert leila.status == 422
    assert f'href="#q-{field}"' in page.page
    assert f'id="q-{field}"' in page.page
    assert said in page.words
    assert 'value="helpende in de zorg"' in page.page
    assert not Plan.objects.exists()


def test_several_errors_at_once(leila: Visitor, place: str) -> None:
    """All that is wrong is said in one answer, and an empty form asks for a path."""
    page = leila.post(place, CARE | {"name-0": "", "fewest-0": "x", "cents-0": "y"})
    for field in ("name-0", "fewest-0", "cents-0"):
        assert f'href="#q-{field}"' in page.page, field
    assert "Vul minstens een pad in." in leila.post(place, {"seen": "0"}).words
    assert leila.status == 422


def test_adjusting_stands_beside_what_was_submitted(leila: Visitor, lead: Lead, place: str) -> None:
    """After submission the page shows both; without a reason nothing is kept; the receipt leads to it."""
    leila.post(place, CARE)
    sent(lead)
    page = leila.open(place)
    assert "Het plan dat is ingediend" in page.words
    assert "Waarom past u het plan aan?" in page.words
    more = CARE | {"seen": "1", "most-0": "1800"}
    page = leila.post(place, more)
    assert leila.status == 422
    assert 'href="#q-reason"' in page.page
    assert Plan.objects.count() == 1
    before = Application.objects.values().get(pk=lead.application.pk)
    leila.post(place, more | {"reason": "Meer mensen <willen> dit"})
    assert leila.place == f"{place}?saved=1"
    page = leila.open(place)
    assert "Aangepast na het indienen" in page.words
    assert "Reden: Meer mensen &lt;willen&gt; dit" in page.page
    assert "1.020 tot en met 1.500" in page.words
    assert "1.020 tot en met 1.800" in page.words
    assert 'name="most-0" value="1800"' in page.page
    assert Application.objects.values().get(pk=lead.application.pk) == before
    assert f'href="{place}"' in leila.open(f"/applications/{lead.application.pk}/receipt").page


@pytest.mark.parametrize("kind", [RoleKind.LEAD_PARTNER, RoleKind.EMPLOYER])
def test_a_member_sees_and_does_not_change(leila: Visitor, lead: Lead, place: str, kind: RoleKind) -> None:
    """Who acts for a member sees the plan and nothing else of the application, without a form; posting is refused."""
    lead.whole()
    leila.post(place, CARE)
    member = Visitor(partners.partner(people.organisation(SECOND), "Mo", kind))
    page = member.open(place)
    assert "Naar de zorg" in page.words
    assert "De uitkomst tot nu toe" not in page.words
    assert 'name="seen"' not in page.page
    assert member.client.post(place, CARE | {"seen": "1", "most-0": "9999"}).status_code == 403
    assert Plan.objects.count() == 1
    assert f'href="{place}"' in member.open(f"/applications/{lead.application.pk}/members/2/confirm").page


def test_who_was_taken_out_sees_nothing(leila: Visitor, lead: Lead, place: str) -> None:
    """A member that was taken out no longer sees the plan."""
    lead.whole()
    member = Visitor(partners.partner(people.organisation(SECOND), "Mo"))
    assert member.client.get(place).status_code == 200
    leila.post(f"/applications/{lead.application.pk}/members/2/mark", {"act": "remove"})
    assert member.client.get(place).status_code == 404
    assert member.client.post(place, CARE).status_code == 404


@pytest.mark.parametrize("who", ["stranger", "person", "mandate ended"])
def test_to_others_it_does_not_exist(who: str, lead: Lead, place: str, firm: Organisation) -> None:
    """Looking and posting are answered as for a number that nobody has, and nothing is kept."""
    lead.whole()
    person = people.person(name="Olga")
    if who != "person":
        person = partners.partner(firm if who == "mandate ended" else people.organisation("90000097"), "Olga 2")
    if who == "mandate ended":
        Mandate.objects.filter(person=person).update(ends_on=people.LONG_AGO)
    visitor = Visitor(person)
    assert visitor.client.get(place).status_code == 404
    assert visitor.client.post(place, CARE).status_code == 404
    assert visitor.client.get("/applications/999999/plan").status_code == 404
    assert Visitor(None).client.get(place).status_code in (302, 403)
    assert not Plan.objects.exists()


def test_look_only(leila: Visitor, lead: Lead, place: str, firm: Organisation) -> None:
    """A colleague who is asked to look sees the plan without a form, and posting is refused."""
    wim = partners.partner(firm, "Wim")
    leila.post(place, CARE)
    leila.post(f"/applications/{lead.application.pk}/parties", {"person": wim.pk, "may": "view"})
    visitor = Visitor(wim)
    page = visitor.open(place)
    assert "U mag dit bekijken, maar niet veranderen." in page.words
    assert 'name="seen"' not in page.page
    assert visitor.client.post(place, CARE | {"seen": "1", "most-0": "9999"}).status_code == 403
    assert Plan.objects.count() == 1


def test_looking_writes_nothing(leila: Visitor, place: str) -> None:
    """Opening the page changes no row, in Dutch and in English."""
    leila.post(place, CARE)
    with CaptureQueriesContext(connection) as asked:
        leila.open(place)
        assert leila.client.get(f"/en{place}").status_code == 200
    wrote = [one["sql"] for one in asked if re.match(r"\s*(INSERT|UPDATE|DELETE)", one["sql"], re.IGNORECASE)]
    assert [one for one in wrote if "session" not in one.lower()] == []


def test_who_applies_alone_has_no_plan(nadia: Visitor, round_: Any) -> None:
    """Without a partnership there is no such page."""
    nadia.post("/applications/start", {"round": round_.pk, "as": "learner:person", "training.price": "699.95"})
    assert nadia.client.get(f"{nadia.place}/plan").status_code == 404
