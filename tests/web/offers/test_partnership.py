"""A partnership applies with a list of activities: of its members' own where a provider is a party, else of all there are."""

from pathlib import Path

import pytest

from doorleren.applications.answers import counted_answers, form_for, profile_of
from doorleren.applications.commands.freeze_draft import freeze_draft
from doorleren.applications.form import Form
from doorleren.applications.models import Enrolment, OfferLine
from doorleren.applications.refusing import ApplicationRefused
from doorleren.people.models import Organisation, Person, RoleKind
from doorleren.people.national_number import keys
from doorleren.rounds.commands.announce_from_scheme import announce_from_scheme
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from doorleren.web import known as web_known
from tests.applications.made import AT, KEY, TODAY, US, signed_in
from tests.applications.offers import made
from tests.applications.partners import Lead, draft, partner
from tests.people import made as people
from tests.web.provider.visitor import Visitor

FUND, OOST = "90000053", made.KVK
HEAD = """
id = "aanbodsamen"
version = "2026-01-01"
published_on = 2026-01-01
in_force = { from = 2026-01-01 }
name = { nl = "Aanbod samen" }
body = { executes = "Proefbureau" }
[source]
order = { cite = "Staatscourant 2026, 4", weight = "binding" }
[procedure]
kind = "grant_settle"
[[parameter]]
id = "contribution"
unit = "euro"
values = [{ from = 2026-01-01, value = 300, source = "order" }]
[[parameter]]
id = "part"
unit = "share"
values = [{ from = 2026-01-01, value = 0.5, source = "order" }]
[[condition]]
id = "adult"
when = "age(person.birth_date) >= 18"
nl = "de deelnemer is 18 jaar of ouder"
source = "order"
[[condition]]
id = "online"
when = 'training.delivery in {"online", "blended"}'
nl = "de scholing is online"
source = "order"
"""
EACH = """
[[track]]
id = "each"
applicant = "partnership"
beneficiary = "person"
payee = "partnership"
reporter = "training_provider"
[track.amount]
kind = "band"
per = "activity"
max = "contribution"
[[track.condition]]
id = "co_financed"
when = "partnership.co_financing_share >= 0.1"
nl = "anderen betalen een tiende"
source = "order"
[[track.condition]]
id = "recognised"
of = "provider"
when = 'any_of(provider.recognition, {"ocw"})'
nl = "de opleider is erkend"
source = "order"
"""
WHOLE = """
[[track]]
id = "joint"
applicant = "partnership"
beneficiary = "person"
payee = "partnership"
reporter = "partnership"
[track.amount]
kind = "share"
per = "application"
is = "partnership.eligible_costs * part if applies(partnership.eligible_costs) else contribution * 0"
"""
ROUND = """
[[round]]
id = "zomer"
opens = 2026-03-01T09:00:00+01:00
closes = 2026-06-30T17:00:00+02:00
ceiling_money = 1000000
source = "order"
"""


@pytest.fixture(params=[EACH, WHOLE], ids=["each", "whole"])
def text(request: pytest.FixtureRequest) -> str:
    """The track that the scheme has."""
    return str(request.param)


@pytest.fixture
def known(known: Library, text: str, tmp_path: Path) -> Library:
    """The library of the site with the scheme."""
    place = tmp_path / "schemes" / "aanbodsamen"
    place.mkdir()
    (place / "2026-01-01.toml").write_text(HEAD + text.replace('id = "each"', 'id = "joint"', 1) + ROUND, "utf-8")
    web_known.library.cache_clear()
    return web_known.library()


@pytest.fixture
def joint(db: None, known: Library) -> Round:
    """Its round."""
    return announce_from_scheme(known, "aanbodsamen", "zomer", by=US, at=AT)


@pytest.fixture
def lead(known: Library, joint: Round, oost: Organisation) -> Lead:
    """Somebody of a training fund at work for a partnership in which the provider takes part."""
    fund = people.organisation(FUND)
    leila = partner(fund, "Leila")
    found = Lead(known, draft(known, joint, fund, leila), leila)
    found.add(FUND, "oo_fund")
    found.add(OOST, "training_provider")
    return found


@pytest.fixture
def leila(lead: Lead) -> Visitor:
    """The same person, signed in."""
    return Visitor(lead.person)


def frozen(lead: Lead) -> int:
    """Put it ready; give the cents."""
    made_ready = freeze_draft(
        lead.application.pk, sensitive={}, person_key=KEY, today=TODAY, library=lead.known, by=signed_in(lead.person), at=AT,
    )  # fmt: skip
    lead.application.refresh_from_db()
    return made_ready.cents


def enrolled(leila: Visitor, lead: Lead, code: str, born: str) -> int:
    """Enrol somebody on the page; give the status of the answer."""
    fields = {
        "activity": str(made.activity(code).pk),
        "name": "Özlem de Wit",
        "birth_date": born,
        "national_number": "",
    }
    leila.post(f"/provider/enrolments/{lead.application.pk}", fields)
    return leila.status


@pytest.mark.parametrize("text", [EACH], ids=["each"])
def test_an_amount_for_each_activity(lead: Lead, leila: Visitor) -> None:
    """Members' trainings only, others pay to the cent, the list tells money and recognition; then participants are enrolled."""
    made.other_school()
    offer, pk = f"/applications/{lead.application.pk}/offer", lead.application.pk
    with pytest.raises(ApplicationRefused):  # without a list there is no amount
        frozen(lead)
    page = leila.open(offer)
    assert "Rekenen voor de baan" in page.words
    assert "(ander)" not in page.words
    leila.post(offer, {"activity": str(made.activity("ander").pk), "participants": "5"})
    assert leila.status == 422
    assert not OfferLine.objects.exists()
    leila.post(offer, {
        "activity": str(made.activity("duur").pk), "participants": "10", "kind-0": "fund", "name-0": "", "amount-0": "150,75",
    })  # fmt: skip
    assert leila.status == 302
    told = {one.fact: (one.value, one.origin) for one in counted_answers(pk, lead.known) if not one.subject_number}
    assert told["partnership.co_financing_share"] == (15075 * 10**6 // 45075, "offer")
    assert told["provider.recognition"] == (frozenset({"ocw"}), "register")
    assert frozen(lead) == 10 * 300_00
    assert enrolled(leila, lead, "duur", "01-04-2012") == 422  # too young
    assert enrolled(leila, lead, "duur", "01-04-1990") == 302
    who = Enrolment.objects.get()
    assert (who.organisation.kvk, keys().opened(who.who.sealed_name)) == (FUND, "Özlem de Wit")
    assert "Deelnemers inschrijven" in leila.open(f"/applications/{pk}/ready").words


@pytest.mark.parametrize("text", [WHOLE], ids=["whole"])
def test_one_amount_for_the_whole(lead: Lead, leila: Visitor) -> None:
    """Any training of the register, by its number; money stays with the members; nobody is asked of a learner."""
    made.other_school()
    offer, one = f"/applications/{lead.application.pk}/offer", lead.application

    def form() -> Form:
        return form_for(one, profile_of(counted_answers(one.pk, lead.known)), TODAY, lead.known)

    def needed() -> set[str]:
        return {fact.name for fact in form().to_ask}

    for member in (1, 2):
        lead.tell(member, {"employer.eligible_costs": 1_000_00})
    assert needed() == {"training.delivery"}  # a list may be made, and need not
    assert "adult" in {condition.id for condition in form().judgement.provided()}  # of all who learn, so asked of none
    number = str(made.activity("ander").pk)
    assert "Nummer van de opleiding" in leila.open(offer).words
    for given in ({"activity": "999999"}, {"activity": "ander"}, {"kind-0": "fund", "amount-0": "10"}):
        leila.post(offer, {"activity": number, "participants": "5"} | given)
        assert leila.status == 422, given
    leila.post(offer, {"activity": number, "participants": "5"})
    assert leila.status == 302
    assert needed() == set()
    assert frozen(lead) == 1_000_00
    assert enrolled(leila, lead, "ander", "01-04-1990") == 302


def test_who_may_not(lead: Lead, leila: Visitor, nadia: Visitor, olga: Visitor, sanne: Visitor) -> None:
    """The list and its participants are the lead partner's: not a provider's, a stranger's or another lead partner's."""
    other = Visitor(partner(people.organisation("90000064"), "Els", RoleKind.LEAD_PARTNER))
    number = str(made.activity("kort").pk)
    leila.post(f"/applications/{lead.application.pk}/offer", {"activity": number, "participants": "5"})
    assert leila.status == 302
    before = OfferLine.objects.count()
    for visitor in (nadia, olga, sanne, other, Visitor(None)):
        for address in ("/applications/{}/offer", "/provider/enrolments/{}"):
            visitor.post(address.format(lead.application.pk), {"activity": number, "participants": "9", "name": "Jan"})
            assert visitor.status in (302, 403, 404)
            assert visitor.status != 302 or "/sign-in" in visitor.place
    assert OfferLine.objects.count() == before
    assert not Enrolment.objects.exists()
    assert Person.objects.filter(name="Leila").count() == 1
