"""The pages of offers and enrolments, without a browser: what they show, who may not, and errors by field."""

import pytest

from doorleren.applications.models import Application, Enrolment, EnrolmentProof, EnrolmentWord, OfferLine
from doorleren.audit.models import View
from doorleren.people.models import NationalNumber, Organisation, Person, RoleKind
from doorleren.people.national_number import keys
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.applications.offers import made
from tests.people import made as people
from tests.web.officer.desk import Desk, with_role
from tests.web.provider.visitor import Visitor

CONFIRM = "/provider/enrolments/confirm"


@pytest.fixture
def offer(known: Library, round_: Round, oost: Organisation, sanne: Visitor) -> str:
    """The page of the offer of the provider's draft."""
    one = made.draft_of_school(known, round_, oost, Person.objects.get(name="Sanne"))
    return f"/applications/{one.pk}/offer"


def test_an_enrolment_is_confirmed(draft: Application, nadia: Visitor, sanne: Visitor) -> None:
    """The applicant sees two numbers and that nothing waits for them; after the provider typed them, who confirmed it."""
    address, number = f"/applications/{draft.pk}/ready", str(made.activity("kort").pk)
    before = nadia.open(address).words
    assert draft.key in before
    assert "nog niet bevestigd door opleider" in before
    assert "houdt het indienen niet tegen" in before
    said = sanne.send(CONFIRM, key=draft.key, activity=number, price="180,50", starts_on="20-04-2026").words
    assert "De inschrijving is bevestigd." in said
    assert "Nadia" not in said
    after = nadia.open(address).words
    assert "inschrijving bevestigd door opleider" in after
    assert "Bedrijf 90000031 bevestigde dit op" in after
    assert "€ 180,50" in after
    sanne.send(CONFIRM, key=draft.key, activity=number, act="take_back")
    assert "nog niet bevestigd door opleider" in nadia.open(address).words


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("activity", "kort"),
        ("price", "duur"),
        ("price", "200,01"),
        ("starts_on", "morgen"),
        ("starts_on", "09-03-2026"),
    ],
)
def test_what_is_wrong_stands_at_its_field(field: str, given: str, draft: Application, sanne: Visitor) -> None:
    """What cannot be read or cannot be comes back with a sentence at the field, and nothing is kept."""
    told = {"key": draft.key, "activity": str(made.activity("kort").pk)} | {field: given}
    page = sanne.send(CONFIRM, **told)
    assert sanne.status == 422
    assert f"q-{field}-error" in page.ids
    assert not EnrolmentProof.objects.exists()


def test_a_wrong_pair(draft: Application, sanne: Visitor, olga: Visitor) -> None:
    """A wrong key and another provider's right pair give the same page but for what was typed."""
    number = str(made.activity("kort").pk)
    said = [
        sanne.send(CONFIRM, key="a-key-that-nobody-has", activity=number).words,
        olga.send(CONFIRM, key=draft.key, activity=number).words,
    ]
    assert all("Wij vinden deze aanvraag niet." in words for words in said)
    assert not EnrolmentProof.objects.exists()


def test_confirming_is_for_providers(draft: Application, nadia: Visitor) -> None:
    """Somebody without the role of provider is refused, for looking and for confirming; a visitor has to sign in."""
    for visitor in (nadia, Visitor(None)):
        visitor.open("/provider/enrolments")
        assert visitor.status in (302, 403)
        visitor.send(CONFIRM, key=draft.key, activity="1")
        assert visitor.status in (302, 403)
    assert not EnrolmentProof.objects.exists()


def test_an_offer_is_made(offer: str, sanne: Visitor) -> None:
    """An activity with who pays the rest is listed with its group and amounts; the totals say that they are computed."""
    assert "Er staat nog geen opleiding in het aanbod." in sanne.open(offer).words
    number = str(made.activity("duur").pk)
    sanne.post(offer, {
        "activity": number, "participants": "15", "kind-0": "fund", "name-0": "Fonds", "amount-0": "100,75",
        "kind-1": "own", "amount-1": "50",
    })  # fmt: skip
    assert (sanne.status, sanne.place) == (302, f"{offer}?saved=1")
    words = sanne.open(offer).words
    for said in ("Prijsgroep 2", "€ 450,75", "€ 100,75", "€ 4.500", "berekend uit het aanbod", "Bewaard."):
        assert said.casefold() in (words + sanne.open(sanne.place).words).casefold(), said
    changing = sanne.open(f"{offer}?activity={number}").words
    assert "Wijzig: Rekenen met een meester" in changing
    assert "€ 150,75 meer dan de bijdrage" in changing
    sanne.post(offer, {"activity": number, "participants": "0"})
    assert "Er staat nog geen opleiding in het aanbod." in sanne.open(offer).words


def test_thousands_may_stand_apart(offer: str, sanne: Visitor) -> None:
    """A number of participants is read as people write it, and shown so."""
    sanne.post(offer, {"activity": str(made.activity("kort").pk), "participants": "1.500"})
    assert (sanne.status, OfferLine.objects.get().participants) == (302, 1500)
    assert sanne.open(offer).words.count("1.500") == 2  # of the training, and together


def test_one_more_who_pays_too(offer: str, sanne: Visitor) -> None:
    """There is one row, the button adds one each time with what was typed and saves nothing, and two together are kept."""
    number = str(made.activity("duur").pk)
    page = sanne.open(offer)
    assert [one for one in ("kind-0", "kind-1") if f'name="{one}"' in page.page] == ["kind-0"]
    typed = {"activity": number, "participants": "15", "kind-0": "fund", "name-0": "Fonds", "amount-0": "100,75"}
    page = sanne.post(offer, typed | {"shown": "1", "more": "1"})
    assert (sanne.status, OfferLine.objects.count()) == (200, 0)
    assert 'value="100,75"' in page.page
    assert ('name="kind-1"' in page.page, 'name="kind-2"' in page.page) == (True, False)
    page = sanne.post(offer, typed | {"shown": "2", "more": "1"})
    assert ('name="kind-2"' in page.page, 'name="kind-3"' in page.page) == (True, False)
    full = sanne.post(offer, typed | {"shown": "20", "more": "1"}).page
    assert ('name="kind-19"' in full, 'name="kind-20"' in full, 'name="more"' in full) == (True, False, False)
    sanne.post(offer, typed | {"shown": "2", "kind-1": "own", "amount-1": "50"})
    assert OfferLine.objects.get().shares.count() == 2
    page = sanne.open(f"{offer}?activity={number}")
    assert ('name="kind-1"' in page.page, 'name="kind-2"' in page.page) == (True, False)


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("participants", {"participants": "veel"}),
        ("participants", {"participants": "1000001"}),
        ("activity", {"activity": "999999"}),
        ("kind-0", {"amount-0": "10"}),
        ("amount-0", {"kind-0": "fund", "amount-0": "niets"}),
        ("amount-0", {"kind-0": "fund", "amount-0": "150,74"}),
    ],
    ids=["words", "too many", "not own", "no kind", "no amount", "a cent too few"],
)
def test_errors_of_an_offer(field: str, given: dict[str, str], offer: str, sanne: Visitor) -> None:
    """What is wrong stands at its field, and nothing is kept."""
    page = sanne.post(offer, {"activity": str(made.activity("duur").pk), "participants": "15"} | given)
    assert sanne.status == 422
    assert f"q-{field}-error" in page.ids
    assert not OfferLine.objects.exists()


def test_an_offer_is_ones_own(offer: str, olga: Visitor, nadia: Visitor, draft: Application) -> None:
    """Others do not find it, and a person's application has none."""
    for visitor in (olga, nadia):
        visitor.open(offer)
        assert visitor.status == 404
        visitor.post(offer, {"activity": str(made.activity("kort").pk), "participants": "15"})
        assert visitor.status == 404
    nadia.open(f"/applications/{draft.pk}/offer")
    assert nadia.status == 404
    assert not OfferLine.objects.exists()


@pytest.fixture
def ready(offer: str, sanne: Visitor) -> str:
    """The page of participants of an offer that stands ready, with one place for the dear training."""
    number = int(offer.split("/")[2])
    sanne.post(offer, {"activity": str(made.activity("kort").pk), "participants": "30"})
    dear = {"activity": str(made.activity("duur").pk), "participants": "1", "kind-0": "fund", "amount-0": "150,75"}
    sanne.post(offer, dear)
    sanne.post(f"/applications/{number}", {
        "group": "training", "shown": "training.labour_market_relevant", "training.labour_market_relevant": "true",
    })  # fmt: skip
    sanne.post(f"/applications/{number}/ready", {})
    assert sanne.place == f"/applications/{number}/submit", sanne.open(f"/applications/{number}/ready").words
    return f"/provider/enrolments/{number}"


def someone(**other: str) -> dict[str, str]:
    """Give the form of a participant."""
    told = {"activity": str(made.activity("kort").pk), "name": "Özlem Berg", "birth_date": "01-04-1990"}
    return told | {"national_number": "111222333"} | other


def test_a_participant_is_enrolled_and_denies(ready: str, sanne: Visitor, nadia: Visitor) -> None:
    """The provider enrols somebody at no cost; that person sees it in the own account and says no, which the provider sees."""
    assert "aanvraag" in sanne.open("/provider/enrolments").words
    offer = sanne.open(ready.replace("provider/enrolments", "applications") + "/offer").words
    assert "ten hoogste € 6.300" in offer, "the card tells what the whole list comes to"
    assert "kost de deelnemer niets" in sanne.open(ready).words
    words = sanne.post(ready, someone()).words
    assert "De deelnemer is ingeschreven." in words
    assert "1 van 30 deelnemers" in words
    assert "Özlem Berg, 1 april 1990" in words
    assert "111222333" not in words
    assert "kennen uw burgerservicenummer niet" in nadia.open("/enrolments").words
    person = Person.objects.get(name="Nadia")
    lookup = keys().hashed("111222333")
    NationalNumber.objects.create(person=person, lookup=lookup, sealed=keys().sealed("111222333"))
    seen = nadia.open("/enrolments").words
    assert "Bedrijf 90000031 heeft u ingeschreven" in seen
    assert "Meedoen kost u niets." in seen
    number = Enrolment.objects.get().pk
    nadia.post(f"/enrolments/{number}", {"word": "misschien"})
    assert nadia.status == 422
    nadia.post(f"/enrolments/{number}", {"word": "not_me"})
    assert (nadia.status, nadia.place) == (302, "/enrolments")
    nadia.post(f"/enrolments/{number}", {"word": "confirmed"})
    assert nadia.status == 409
    assert "dit ben ik niet" in sanne.open(ready).words


@pytest.mark.parametrize(
    ("field", "given"),
    [("activity", ""), ("activity", "999999"), ("name", "Jan 3"), ("birth_date", "gisteren"), ("birth_date", "2010-01-01"),
     ("national_number", "123456789")],
)  # fmt: skip
def test_errors_of_an_enrolment(field: str, given: str, ready: str, sanne: Visitor) -> None:
    """What is wrong with a participant stands at its field, and nobody is enrolled."""
    page = sanne.post(ready, someone(**{field: given}))
    assert sanne.status == 422
    assert f"q-{field}-error" in page.ids
    assert not Enrolment.objects.exists()


def test_enrolling_is_for_the_provider_of_the_offer(ready: str, olga: Visitor, nadia: Visitor) -> None:
    """Another provider does not find it, who is no provider is refused, and a visitor has to sign in."""
    for visitor, allowed in ((olga, {404}), (nadia, {403}), (Visitor(None), {302, 403})):
        visitor.open(ready)
        assert visitor.status in allowed
        visitor.post(ready, someone())
        assert visitor.status in allowed
    assert not Enrolment.objects.exists()


def test_somebody_elses_enrolment(ready: str, sanne: Visitor, nadia: Visitor) -> None:
    """Who is not the participant may not say anything of it."""
    sanne.post(ready, someone())
    nadia.post(f"/enrolments/{Enrolment.objects.get().pk}", {"word": "not_me"})
    assert nadia.status == 403
    assert not EnrolmentWord.objects.exists()


def test_look_alikes_are_for_officials(ready: str, sanne: Visitor, nadia: Visitor, round_: Round) -> None:
    """An assessor of the round's own body sees two enrolments that may be one person, and that is written down; nobody else does."""
    sanne.post(ready, someone())
    sanne.post(ready, someone(name="Berg, Ozlem v.d.", national_number=""))
    assert Enrolment.objects.count() == 2
    address = f"/officer/rounds/{round_.pk}/twice"
    visitor = Desk(with_role(RoleKind.ASSESSOR, body=round_.body))
    words = visitor.open(address).words
    assert "Özlem Berg / Berg, Ozlem v.d." in words
    first, second = Enrolment.objects.order_by("pk").values_list("pk", flat=True)
    assert f"inschrijvingen {first} en {second}" in words
    assert View.objects.filter(subject_kind="enrolled_people", subject_id=str(round_.pk)).count() == 1
    assert address in visitor.open(f"/officer/rounds/{round_.pk}").page
    elsewhere = Desk(with_role(RoleKind.ASSESSOR, body=people.body("elders")))
    for other in (elsewhere, Desk(with_role(RoleKind.AUDITOR, body=round_.body)), nadia, sanne):
        assert other.client.get(address).status_code == 403
