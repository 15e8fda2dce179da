"""Applying together without a browser: members, costs and parties on their pages, for who may and for nobody else."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from doorleren.applications.models import Answer, Division, Member, MemberMark, MemberTask, Sharing
from doorleren.people.models import Mandate, Organisation, RoleKind
from tests.applications import partners
from tests.applications.partners import LEAD, SECOND, THIRD
from tests.people import made as people
from tests.web.provider.visitor import Visitor

PAGES = ("/members", "/members/1", "/costs", "/parties")
TASK = {"of": "task", "does": "geeft de lessen", "reports": "hoeveel mensen er kwamen"}
ACTS = (
    ("/members", {"kvk": THIRD, "kind": "union", "name": "Bond"}), ("/members/1", {"employer.employees": "4"}),
    ("/members/1", TASK),
    ("/members/2/mark", {"act": "remove"}), ("/costs", {"of": "shares", "unit": "hundredths", "share-1": "100"}),
    ("/costs", {"of": "financing", "kind-0": "own", "amount-0": "1"}), ("/parties", {"party": "reporter", "reporter": THIRD}),
    ("/parties", {"person": "1", "may": "view"}),
)  # fmt: skip
FIRM = {"employer.employees": "10", "employer.turnover": "1.000.000", "employer.eligible_costs": "600.000"}


def test_from_members_to_ready(leila: Visitor, place: str) -> None:
    """Members, their facts, the shares and the financing lead to a draft that stands ready for what follows from them."""
    page = leila.open(f"{place}/members")
    assert "Bakkerij Bol" in page.words
    assert "Nog 4 gegevens nodig." in page.words
    for member in (1, 2):
        leila.post(f"{place}/members/{member}", FIRM)
        assert leila.place == f"{place}/members"
    leila.post(f"{place}/members", {"kvk": THIRD, "kind": "union", "name": "Bond van bakkers"})
    assert leila.place == f"{place}/members/3"
    leila.post(f"{place}/members/3", {"employer.eligible_costs": "0"})
    assert "€\xa01.200.000" in leila.open(f"{place}/members").page
    assert "kosten" in leila.open(f"{place}/ready").words

    leila.post(
        f"{place}/costs", {"of": "shares", "unit": "hundredths", "share-1": "60", "share-2": "40", "share-3": ""}
    )
    assert leila.place == f"{place}/costs?saved=1"
    lines = {
        "kind-0": "scheme",
        "amount-0": "720.000",
        "kind-1": "fund",
        "name-1": "O&O-fonds Brood",
        "kvk-1": "9000 0075",
        "amount-1": "480.000",
    }
    leila.post(f"{place}/costs", {"of": "financing", **lines})
    assert leila.place == f"{place}/costs?saved=1"
    page = leila.open(f"{place}/costs")
    assert "€\xa0720.000" in page.page
    assert "Bewaard door uzelf" in page.words
    assert "Wat een andere regeling betaalt, telt hier niet mee als kosten." in page.words

    page = leila.open(place)
    assert re.search(r'name="shown" value="([^"]*)"', page.page).group(1) == "partnership.surplus_sector"  # type: ignore[union-attr]
    assert "berekend uit de leden" in page.words
    leila.post(
        place, {"group": "partnership", "shown": "partnership.surplus_sector", "partnership.surplus_sector": "true"}
    )
    assert leila.place == f"{place}/ready"
    leila.post(f"{place}/ready", {})
    assert leila.place == f"{place}/submit"


def test_what_lacks_leads_to_its_page(leila: Visitor, place: str) -> None:
    """The page that looks a draft over names the totals that lack, each with the page that they follow from."""
    page = leila.open(f"{place}/ready").page
    assert f'href="{place}/members"' in page
    assert f'href="{place}/costs"' in page


def test_a_total_cannot_be_posted(leila: Visitor, place: str) -> None:
    """A total is no question, and one that is posted is refused with its reason and kept nowhere."""
    page = leila.post(place, {"group": "partnership", "shown": "partnership.smes", "partnership.smes": "9"})
    assert leila.status == 422
    assert "volgt uit de leden" in page.words
    assert not Answer.objects.filter(fact="partnership.smes").exists()


def test_bad_input_comes_back_by_field(leila: Visitor, place: str) -> None:
    """Every field that is wrong says so with what was given, what was typed stays, and nothing is kept."""
    page = leila.post(f"{place}/members", {"kvk": "123", "kind": "union", "name": "Bond"})
    assert leila.status == 422
    assert "acht cijfers" in page.words
    assert 'value="123"' in page.page
    page = leila.post(f"{place}/members/1", FIRM | {"employer.employees": "tien"})
    assert leila.status == 422
    assert "U gaf: tien." in page.words
    leila.post(f"{place}/members/2", FIRM)
    leila.post(f"{place}/members/1", FIRM)
    page = leila.post(f"{place}/costs", {"of": "shares", "unit": "hundredths", "share-1": "60", "share-2": "39,99"})
    assert leila.status == 422
    assert "Er ontbreekt nog 0,01%" in page.words
    assert 'value="39,99"' in page.page
    lines = {"kind-0": "scheme", "amount-0": "-5", "kind-1": "", "amount-1": "7", "kind-2": "own", "amount-2": ""}
    page = leila.post(f"{place}/costs", {"of": "financing", **lines})
    assert leila.status == 422
    for words in ("U gaf: -5.", "Kies wie dit deel betaalt.", "Vul het bedrag in."):
        assert words in page.words
    assert not Division.objects.exists()


def test_out_and_back(leila: Visitor, place: str) -> None:
    """A member that was taken out stays on the page with the way back."""
    leila.post(f"{place}/members/2/mark", {"act": "remove"})
    page = leila.open(f"{place}/members")
    assert "eruit gehaald" in page.words
    assert leila.client.get(f"{place}/members/2").status_code == 404
    leila.post(f"{place}/members/2/mark", {"act": "back"})
    assert "eruit gehaald" not in leila.open(f"{place}/members").words


def test_another_wrote_meanwhile(leila: Visitor, place: str, firm: Organisation) -> None:
    """Who comes later is told who wrote what, and when, and what was typed itself; nothing is lost silently."""
    wim = Visitor(partners.partner(firm, "Wim"))
    wim.post(f"{place}/members/2", FIRM)
    page = leila.post(f"{place}/members/2", FIRM | {"employer.employees": "99", "seen": "0"})
    assert leila.status == 422
    assert "Wim schreef op" in page.words
    assert "U vulde in: 99" in page.words
    assert Answer.objects.get(fact="employer.employees").whole == 10
    question = {"group": "partnership", "shown": "partnership.surplus_sector", "seen": "0"}
    wim.post(place, question | {"partnership.surplus_sector": "false"})
    page = leila.post(place, question | {"partnership.surplus_sector": "true"})
    assert "Wim schreef op" in page.words
    assert "nee. U vulde in: ja." in page.words


@pytest.mark.parametrize("who", ["stranger", "of a member", "mandate ended"])
def test_to_others_the_pages_do_not_exist(who: str, place: str, firm: Organisation) -> None:
    """Looking and acting are answered as for a number that nobody has, and nothing is kept."""
    other = {"stranger": people.organisation("90000097"), "of a member": people.organisation(SECOND)}.get(who, firm)
    person = partners.partner(other, "Olga")
    if who == "mandate ended":
        Mandate.objects.filter(person=person).update(ends_on=people.LONG_AGO)
    visitor, before = Visitor(person), (Member.objects.count(), Answer.objects.count())
    for address in PAGES:
        assert visitor.client.get(place + address).status_code == 404, address
    for address, told in ACTS:
        assert visitor.client.post(place + address, told).status_code == 404, address
    assert (Member.objects.count(), Answer.objects.count()) == before
    assert not (Division.objects.exists())
    assert not (MemberMark.objects.exists())
    assert not Sharing.objects.exists()
    assert not MemberTask.objects.exists()
    for address in PAGES:
        assert Visitor(None).client.get(place + address).status_code in (302, 403), address


def test_look_only(leila: Visitor, place: str, firm: Organisation) -> None:
    """A colleague who is asked to look sees every page without a form, and every act is refused."""
    wim = partners.partner(firm, "Wim")
    assert "mag kijken en veranderen" in leila.open(f"{place}/parties").words
    leila.post(f"{place}/parties", {"person": wim.pk, "may": "view"})
    assert "mag alleen kijken" in leila.open(f"{place}/parties").words
    visitor = Visitor(wim)
    for address in PAGES:
        page = visitor.client.get(place + address)
        assert page.status_code == 200
        main = page.content.decode().split("<main", 1)[1]
        assert f'action="{place}{address}"' not in main, address
    for address, told in ACTS:
        assert visitor.client.post(place + address, told).status_code == 403, address
    assert (Member.objects.count(), MemberMark.objects.count(), MemberTask.objects.count()) == (2, 0, 0)


def test_who_does_what(leila: Visitor, place: str) -> None:
    """What a member does and reports is kept, shown to the lead partner and to every member; empty or long text says so by its field."""
    page = leila.post(f"{place}/members/2", {"of": "task", "does": " ", "reports": ""})
    assert leila.status == 422
    assert "Vul in wat dit lid doet" in page.words
    page = leila.post(f"{place}/members/2", TASK | {"reports": "a" * 501})
    assert "hooguit 500 tekens" in page.words
    assert not MemberTask.objects.exists()
    leila.post(f"{place}/members/2", TASK)
    leila.post(f"{place}/members/1", {"of": "task", "does": "regelt het geld", "reports": ""})
    words = leila.open(f"{place}/members").words
    for said in ("geeft de lessen", "Meldt bij de afronding: hoeveel mensen er kwamen", "Meldt de afronding"):
        assert said in words
    member = Visitor(partners.partner(people.organisation(SECOND), "Mo", RoleKind.EMPLOYER))
    words = member.open(f"{place}/members/2/confirm").words
    assert "regelt het geld" in words
    assert "geeft de lessen" in words


def test_parties(leila: Visitor, place: str) -> None:
    """The four roles stand on their page; only who the scheme leaves open can be named, and a wrong number says so."""
    people.organisation(THIRD)
    page = leila.open(f"{place}/parties")
    assert page.words.count(f"Bedrijf {LEAD}") >= 3
    assert "nog niet bekend" in page.words
    page = leila.post(f"{place}/parties", {"party": "reporter", "reporter": "12"})
    assert leila.status == 422
    assert "acht cijfers" in page.words
    leila.post(f"{place}/parties", {"party": "reporter", "reporter": THIRD})
    assert f"Bedrijf {THIRD}" in leila.open(f"{place}/parties").words
    assert leila.client.post(f"{place}/parties", {"party": "payee", "payee": THIRD}).status_code == 422


def test_a_member_confirms(leila: Visitor, place: str) -> None:
    """Who acts for the member sees its own part and confirms; the lead partner and strangers cannot, and then it shows."""
    member = Visitor(partners.partner(people.organisation(SECOND), "Mo", RoleKind.EMPLOYER))
    address = f"{place}/members/2/confirm"
    for number in (1, 2):
        leila.post(f"{place}/members/{number}", FIRM)
    leila.post(f"{place}/costs", {"of": "shares", "unit": "hundredths", "share-1": "60", "share-2": "40"})
    told = leila.open(f"{place}/members")
    assert address in told.links
    assert f"http://localhost{address}" in told.words
    page = member.open(address)
    assert "€\xa0480.000" in page.page
    assert "employer" not in page.words
    assert leila.client.get(address).status_code == 404
    assert leila.client.post(address).status_code == 404
    assert not MemberMark.objects.exists()
    assert "Bevestigd op" in member.post(address, {}).words
    assert "bevestigd door het lid" in leila.open(f"{place}/members").words


def test_looking_writes_nothing(leila: Visitor, place: str) -> None:
    """Opening any page of applying together changes no row."""
    with CaptureQueriesContext(
        connection,
    ) as asked:
        for address in PAGES:
            leila.open(place + address)
    wrote = [one["sql"] for one in asked if re.match(r"\s*(INSERT|UPDATE|DELETE)", one["sql"], re.IGNORECASE)]
    assert [one for one in wrote if "session" not in one.lower()] == []


def test_in_english(leila: Visitor, place: str) -> None:
    """The pages exist in English too."""
    for address in PAGES:
        assert leila.client.get(f"/en{place}{address}").status_code == 200, address


def test_who_applies_alone_has_no_members(nadia: Visitor, round_: Any) -> None:
    """Without a partnership the page of members does not exist; the price of a training can be financed by several."""
    nadia.post("/applications/start", {"round": round_.pk, "as": "learner:person", "training.price": "699.95"})
    place = nadia.place
    for address in ("/members", "/members/1", "/parties"):
        assert nadia.client.get(place + address).status_code == 404
    lines = {
        "kind-0": "scheme",
        "amount-0": "500",
        "kind-1": "employer",
        "kvk-1": "90000086",
        "name-1": "Werkgever",
        "amount-1": "199,95",
    }
    nadia.post(f"{place}/costs", {"of": "financing", **lines})
    assert nadia.place == f"{place}/costs?saved=1"
