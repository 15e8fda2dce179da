"""The page on which a person chooses the training: search, choose, and what is asked afterwards."""

from typing import Any

import pytest

from doorleren.applications.commands.start_draft import start_draft
from doorleren.applications.models import Application
from doorleren.people.models import Organisation, Person
from doorleren.register.queries import listings
from doorleren.register.search.asking import Hit, Query, Results
from doorleren.register.search.reader import IndexUnavailable
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from doorleren.web.portal import register
from tests.applications.made import AT, oneself, signed_in
from tests.applications.offers import made
from tests.people import made as people
from tests.web.provider.visitor import Visitor


class Found:
    """What the portal gives: the trainings of the school, whatever is asked."""

    def __init__(self, query: str, keys: list[int]) -> None:
        self.results = Results(len(keys), tuple(Hit(key, 1.0) for key in keys), {}, after="verder")
        self.listings, self.to_pay, self.query = listings(keys), dict[int, Any](), query


class Portal:
    """A portal that finds all trainings, and tells a price of each."""

    def search(self, query: Query, **_other: Any) -> Found:
        return Found(query.text, list(made.Activity.objects.order_by("pk").values_list("pk", flat=True)))

    def activity(self, key: int, **_other: Any) -> Any:
        if key not in listings([key]):
            return None
        facts = {"training.price": 200_00, "training.in_register": True}
        return type("Activity", (), {"listing": listings([key])[key], "facts": facts})


class Without(Portal):
    """A portal of which the index is being built."""

    def search(self, query: Query, **_other: Any) -> Found:
        raise IndexUnavailable("building")


@pytest.fixture(autouse=True)
def _portal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(register, "portal", Portal)


@pytest.fixture
def without(known: Library, round_: Round, nadia: Visitor, oost: Organisation) -> Application:
    """Nadia's draft, for no training yet."""
    person = Person.objects.get(name="Nadia")
    return start_draft(round_, "learner", applicant=oneself(person), library=known, by=signed_in(person), at=AT)


def test_from_search_to_ready(without: Application, nadia: Visitor) -> None:
    """The draft leads to the search, a result is chosen with one button, and then it can be put ready without a question."""
    page = nadia.open(f"/applications/{without.pk}/ready")
    assert "Kies eerst de opleiding uit het scholingsregister waarvoor u aanvraagt." in page.words
    assert "Alles klopt, zet klaar" not in page.words
    found = nadia.open(f"/applications/{without.pk}/training?q=rekenen").words
    assert "3 opleidingen gevonden" in found
    assert found.count("Kies deze opleiding") == 3
    nadia.send(f"/applications/{without.pk}/training", activity=str(made.activity("kort").pk))
    assert (nadia.status, nadia.place) == (302, f"/applications/{without.pk}")
    words = nadia.open(f"/applications/{without.pk}/ready").words
    assert "Rekenen voor de baan" in words
    assert "Kies een andere opleiding" in words
    assert "Alles klopt, zet klaar" in words


def test_putting_ready_without_a_training(without: Application, nadia: Visitor) -> None:
    """A form that was sent all the same is refused with the reason."""
    assert "Kies eerst de opleiding" in nadia.send(f"/applications/{without.pk}/ready").words
    assert nadia.status == 409


def test_what_may_not_be_chosen(without: Application, nadia: Visitor, oost: Organisation) -> None:
    """A training that is not admitted has no button and is refused with the reason; a number that is none is not found."""
    made.school(made.replace(made.SCHOOL, code="90000053", kvk="90000053", name="Nieuwe school"),
                made.replace(made.SHORT, provider="90000053", code="nieuw", title="Net begonnen"), admit=False)  # fmt: skip
    found = nadia.open(f"/applications/{without.pk}/training?q=x").words
    assert "Deze opleiding is vandaag niet toegelaten" in found
    assert "Net begonnen" in found
    assert found.count("Kies deze opleiding") == 3
    page = nadia.send(f"/applications/{without.pk}/training", activity=str(made.activity("nieuw").pk))
    assert nadia.status == 422
    assert "niet toegelaten tot het scholingsregister" in page.words
    for number in ("0", "-1", "x", "9" * 30):
        nadia.send(f"/applications/{without.pk}/training", activity=number)
        assert nadia.status == 404


def test_without_an_index(without: Application, nadia: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """While there is no index the page says so, and stays."""
    monkeypatch.setattr(register, "portal", Without)
    assert "Zoeken kan nu even niet" in nadia.open(f"/applications/{without.pk}/training?q=rekenen").words


def test_it_is_nobody_elses_page(without: Application, draft: Application, sanne: Visitor, known: Library) -> None:
    """Somebody else's application is not found; one that has no training to choose has no such page."""
    other = Visitor(people.person(name="Tom"))
    other.open(f"/applications/{without.pk}/training")
    assert other.status == 404
    school = made.draft_of_school(
        known, without.round, Organisation.objects.get(kvk=made.KVK), Person.objects.get(name="Sanne")
    )
    sanne.open(f"/applications/{school.pk}/training")
    assert sanne.status == 404
