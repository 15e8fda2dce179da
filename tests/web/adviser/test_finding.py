"""Finding a qualified adviser: who is on the list chose so and is qualified today; going off it is one button, always."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from doorleren.applications.models import AdviserListing, Qualification
from doorleren.audit.models import Act
from doorleren.people.models import Mandate, Organisation, Person, Role
from tests.applications.bundles import made
from tests.people import made as people
from tests.web.markup import Markup
from tests.web.provider.visitor import Visitor

MINE, EVERYBODY = "/advisers/me", "/advisers"
TOLD = {"place": "Zwolle", "email": "advies@wit.example", "phone": "038 123 45 67"}


def everybody(words: str = "", language: str = "") -> str:
    """What a visitor reads on the public list, whose page must be well made."""
    page = Markup(Client(headers={"host": "localhost"}).get(f"{language}{EVERYBODY}", {"q": words}).content.decode())
    assert page.faults == []
    return page.words


def test_on_the_list_and_off_it(tom: Visitor) -> None:
    """Nobody is there by themself; who asks is found with firm, place, ways to reach and last day; who stops is gone at once."""
    assert "Er staat nog geen adviseur" in everybody()
    tom.open(MINE)
    tom.post(MINE, TOLD)
    assert tom.place == f"{MINE}?done=listed"
    assert "U staat op de openbare lijst." in tom.open(tom.place).words
    told = everybody()
    for words in ("Tom", "Zwolle", "advies@wit.example", "038 123 45 67", "1 januari 2030", "1 adviseur gevonden"):
        assert words in told, words
    assert "advies@wit.example" in everybody("zwolle", "/en")
    tom.post(MINE, {"stop": "1"})
    assert "Uw gegevens zijn daar weg." in tom.open(tom.place).words
    assert "Tom" not in everybody()
    assert not AdviserListing.objects.exists()
    acts = list(Act.objects.filter(subject_kind="adviser_listing").values_list("act", flat=True))
    assert acts == ["adviser_listed", "adviser_unlisted"]
    assert "Zwolle" not in str(list(Act.objects.values_list("details", flat=True)))


def test_the_search_looks_at_place_name_and_firm(tom: Visitor) -> None:
    """Each word must fit somewhere, capitals or not; with nothing found the page says what to do."""
    tom.post(MINE, TOLD)
    for words in ("zwolle", "TOM", "tom zwolle", "  "):
        assert "1 adviseur gevonden" in everybody(words), words
    for words in ("Assen", "tom assen", "%", "_", "x" * 300):
        assert "Zoek op een grotere plaats" in everybody(words), words


@pytest.mark.parametrize("gone", ["qualification", "role", "mandate", "person"])
def test_who_is_no_qualified_adviser_any_more_is_not_shown(
    tom: Visitor, firm: tuple[Person, Organisation], gone: str
) -> None:
    """The list shows nobody whose qualification, role or mandate ended, or who was shut out; and one can still go off it."""
    tom.post(MINE, TOLD)
    past = {"starts_on": date(2020, 1, 1), "ends_on": date(2021, 1, 1)}
    if gone == "qualification":
        Qualification.objects.update(**past)
    elif gone == "person":
        Person.objects.filter(pk=firm[0].pk).update(is_active=False)
    else:
        {"role": Role, "mandate": Mandate}[gone].objects.update(**past)
    assert "Tom" not in everybody()
    if gone != "person":
        tom.post(MINE, {"stop": "1"})
        assert tom.status == 302
        assert not AdviserListing.objects.exists()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"place": " "}, "in welke plaats"), ({"place": "x" * 101}, "in welke plaats"),
        ({"email": "", "phone": ""}, "e-mailadres of een telefoonnummer"), ({"email": "tom"}, "naam@voorbeeld.nl"),
        ({"phone": "bel mij"}, "6 tot 20 cijfers"), ({"email": "a@b.nl\r\nBcc: c@d.nl"}, "naam@voorbeeld.nl"),
    ],
)  # fmt: skip
def test_what_cannot_be_shown_is_said_at_the_field(tom: Visitor, given: dict[str, str], words: str) -> None:
    """The page comes back with what was typed and what is allowed; nothing is kept."""
    page = tom.post(MINE, TOLD | given)
    assert tom.status == 422
    assert words in page.words
    assert 'aria-invalid="true"' in page.page
    assert not AdviserListing.objects.exists()


@pytest.mark.usefixtures("round_")
def test_only_a_qualified_adviser_gets_on_it() -> None:
    """Without a qualification the page says so and keeps nothing; who is no adviser, or nobody, has no such page."""
    someone = Visitor(made.adviser("Rik", "90000055", qualified=False)[0])
    assert "geen geldige kwalificatie" in someone.open(MINE).words
    someone.post(MINE, TOLD)
    assert someone.status == 422
    assert not AdviserListing.objects.exists()
    for who in (Visitor(None), Visitor(people.person(name="X"))):
        reply: Any = who.client.post(MINE, TOLD)
        assert reply.status_code in (302, 403)
    assert not AdviserListing.objects.exists()


def test_a_firm_of_another_is_not_found(tom: Visitor) -> None:
    """Nobody lists themself for a firm that is not theirs."""
    tom.post(MINE, TOLD | {"kvk": "90000055"})
    assert tom.client.post(MINE, TOLD | {"kvk": "90000055"}).status_code == 404
    assert not AdviserListing.objects.exists()
