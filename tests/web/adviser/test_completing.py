"""The page on which an adviser completes a registration; and that no page of an adviser shows a national number."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from doorleren.applications.evidence.storage import Store
from doorleren.applications.models import Completion, Registration
from doorleren.people.models import Organisation, Person, RoleKind
from doorleren.people.national_number import read_keys
from doorleren.rounds.models import Round
from doorleren.web import known as web_known
from tests.applications.bundles import completing, made
from tests.applications.bundles.made import NUMBERS
from tests.people import made as people
from tests.web.adviser.conftest import KEYS
from tests.web.adviser.test_bundles import csv, hand_in, stranger
from tests.web.provider.visitor import Visitor


@pytest.fixture(autouse=True)
def asks_more(known: Any, tmp_path: Path) -> None:
    """The trial scheme asks evidence and a promise to complete a registration."""
    completing.library(tmp_path / "schemes")
    web_known.library.cache_clear()


@pytest.fixture
def round_(db: None, asks_more: None) -> Round:
    """The round with a limit a day, open."""
    return made.a_round(web_known.library(), made.LIMITED)


@pytest.fixture
def store(settings: Any, tmp_path: Path) -> Store:
    """The folder of documents of the site."""
    settings.DOORLEREN_EVIDENCE, settings.DOORLEREN_EVIDENCE_KEY = tmp_path / "evidence", b"s" * 32
    return Store(tmp_path / "evidence", b"s" * 32)


@pytest.fixture
def one(tom: Visitor, store: Store) -> Registration:
    """A registration with a place, to which the participant said yes."""
    hand_in(tom, csv(0))
    found = Registration.objects.get()
    completing.say_yes(0, found, read_keys(KEYS))
    completing.give_place(found)
    return found


def place(one: Registration) -> str:
    return f"/bundles/registrations/{one.pk}"


def test_from_the_bundle_to_a_completed_registration(
    one: Registration, tom: Visitor, firm: tuple[Person, Organisation], store: Store
) -> None:
    """The bundle says what lacks and leads to the page, that names it; with all there and promised it is complete."""
    bundle = one.rows.get().bundle_id
    assert "Rond af: er ontbreekt nog 1 bewijsstuk" in tom.open(f"/bundles/{bundle}").words
    page = tom.open(place(one))
    assert "routekaart" in page.words.casefold()
    assert "Er ontbreekt nog 1 bewijsstuk." in page.words
    assert "eindverslag" not in page.words.casefold()
    page = tom.post(place(one), {"stated": completing.PROMISE})
    assert (tom.status, "Dit is er nog niet: routekaart." in page.words) == (409, True)
    assert f'value="{completing.PROMISE}" checked' in page.page
    completing.give(one, firm[0], store)
    assert "Alle bewijsstukken zijn er." in tom.open(place(one)).words
    page = tom.post(place(one), {})
    assert (tom.status, "Verklaar ook dat dit klopt: de deelnemer betaalt niets." in page.words) == (409, True)
    tom.post(place(one), {"stated": completing.PROMISE})
    assert (tom.status, tom.place, Completion.objects.count()) == (302, place(one), 1)
    page = tom.open(place(one))
    assert "U hebt deze registratie afgerond op" in page.words
    assert "<form" not in page.page.partition("<main")[2].partition("</main")[0]
    assert "afgerond op" in tom.open(f"/bundles/{bundle}").words
    assert "U kunt hier nu geen bestanden geven." in tom.open(f"/applications/{one.application_id}/evidence").words


def test_the_evidence_is_given_on_its_own_page(one: Registration, tom: Visitor) -> None:
    """What completing asks can be given on the page of evidence once its time has come."""
    page = tom.open(f"/applications/{one.application_id}/evidence")
    assert 'name="evidence" value="roadmap"' in page.page
    assert 'name="evidence" value="account"' not in page.page


def test_before_its_time(tom: Visitor, round_: Round, store: Store) -> None:
    """Before the participant said yes the page says why it cannot be done yet, and has no button."""
    hand_in(tom, csv(0))
    one = Registration.objects.get()
    page = tom.open(place(one))
    assert "De deelnemer heeft nog niet gezegd dat deze registratie klopt." in page.words
    tom.post(place(one), {"stated": completing.PROMISE})
    assert (tom.status, Completion.objects.count()) == (409, 0)


@pytest.mark.parametrize("kind", ["nobody", "employer", "decider", "no mandate", "low"])
def test_who_may_not(kind: str, one: Registration) -> None:
    """Only an adviser with a role, a mandate and enough assurance opens this page or posts to it."""
    other = stranger(kind)
    assert other.client.get(place(one)).status_code == 403
    assert other.client.post(place(one), {"stated": completing.PROMISE}).status_code == 403
    assert not Completion.objects.exists()


def test_another_adviser_s_registration_does_not_exist(one: Registration, firm: tuple[Person, Organisation]) -> None:
    """A registration is of the adviser who registered; for a colleague of the same firm and others it is not there."""
    colleague = people.person(name="Piet")
    people.mandate(colleague, firm[1])
    people.role(colleague, RoleKind.CAREER_ADVISER, organisation=firm[1])
    for person in (colleague, made.adviser("Olga", "90000031")[0]):
        for address in (place(one), "/bundles/registrations/98765"):
            assert Visitor(person).client.get(address).status_code == 404
            assert Visitor(person).client.post(address).status_code == 404


def test_signing_in_is_asked_for(one: Registration) -> None:
    """A visitor is led to signing in."""
    answer = Visitor(None).client.get(place(one))
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/sign-in")


def test_looking_writes_nothing(one: Registration, tom: Visitor) -> None:
    """The page writes nothing when it is looked at."""
    with CaptureQueriesContext(connection) as asked:
        assert tom.client.get(place(one)).status_code == 200
    wrote = [each["sql"] for each in asked if each["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE", "COPY")]
    assert [sql for sql in wrote if "people_session" not in sql] == []


def test_no_page_of_an_adviser_shows_a_national_number(one: Registration, tom: Visitor, store: Store) -> None:
    """No page, file or refusal has anybody's number; before handing in it only goes along unseen with what was typed."""
    number = NUMBERS[0]
    pages = [
        "/bundles", "/bundles/example.csv", f"/bundles/{one.rows.get().bundle_id}",
        f"/bundles/{one.rows.get().bundle_id}.json", place(one), "/applications",
        f"/applications/{one.application_id}/evidence", f"/applications/{one.application_id}/receipt",
        f"/applications/{one.application_id}/receipt.json", f"/applications/{one.application_id}/parties", "/registrations",
        "/account",
    ]  # fmt: skip
    opened = [tom.client.get(address) for address in pages]
    assert [each.status_code for each in opened] == [200] * len(pages)
    json_ = [
        tom.client.post("/bundles/submit", told, "application/json")
        for told in ({"rows": [{number: 1}]}, {"rows": [made.row(0, reference=number)]}, {"rows": [made.row(0)]})
    ]
    assert json_[1].json()["answers"][0]["outcome"] == "refused"
    for address, each in zip([*pages, "1", "2", "3"], opened + json_, strict=True):
        assert number not in each.content.decode(), address
    for rows in (csv(0), csv(0).partition("\r\n")[2]):
        page = tom.post("/bundles/preview", {"rows": rows}).page
        assert number in page
        assert number not in re.sub(r"<textarea.*?</textarea>", "", page, flags=re.DOTALL)
