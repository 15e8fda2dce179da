"""A decision on the page: what is shown before it, how it is refused with what was typed, and what it leaves behind."""

from datetime import timedelta

import pytest

from doorleren.audit.models import View
from doorleren.people.models import Body, Organisation, Person, RoleKind
from doorleren.register.access import Acting
from doorleren.register.commands.admit import admit
from doorleren.register.commands.apply_for_admission import apply_for_admission
from doorleren.register.commands.receive_delivery import Received, receive_delivery
from doorleren.register.commands.refuse import refuse
from doorleren.register.commands.suspend import suspend
from doorleren.register.entries import Entry, PricePart
from doorleren.register.models import Activity, AdmissionDecision, FormerPrice, Provider
from doorleren.register.quality import CHECKS
from doorleren.web import known
from doorleren.web.officer import subject
from tests.web.officer.desk import whose_in
from tests.web.officer.visitor import DECIDER, KVK, OWNER, SCHOOL, Visitor, listed, moment, official
from tests.web.provider.visitor import Visitor as ProviderVisitor
from tests.web.provider.visitor import provider

School = tuple[Provider, Activity]


def at(activity: Activity, act: str = "") -> str:
    return f"/officer/admissions/activities/{activity.pk}" + (f"/{act}" if act else "")


def seen() -> str:
    return str(AdmissionDecision.objects.order_by("-pk")[0].pk)


def test_all_that_is_known_stands_on_the_page(joost: Visitor, school: School) -> None:
    """Checks with their sentences, proof of recognition, price group, price history, timeline and versions are shown."""
    cheaper = Entry(KVK, "L1", "Lassen niveau 3", guidance=True, prices=(PricePart("tuition", 125_000),))
    receive_delivery([Received(1, cheaper, SCHOOL)], source="school", form="csv", by="test", at=moment(1))
    page = joost.open(at(school[1]))
    for words in (
        "Stand: aangemeld", "BRIN 01AA", "de bron “school”", "De opleider geeft begeleiding.", "De opleider heeft een erkenning",
        "€ 1.000", "€ 1.250", "+25,0%", "Lassen niveau 2", "Lassen niveau 3", "niet te zeggen",
        "Bron: brief aan de Tweede Kamer 2020-0000088990 van 2 juli 2020",
    ):  # fmt: skip
        assert words.replace(" ", "\N{NO-BREAK SPACE}") in page.words or words in page.words, words
    assert {at(school[1], "admit"), at(school[1], "refuse")} <= set(page.links)
    assert not {at(school[1], "suspend"), at(school[1], "remove")} & set(page.links)


def test_a_refusal_is_shown_ahead_and_then_taken(joost: Visitor, school: School) -> None:
    """Nothing is decided until it is confirmed; then the reason and the check stand in the decision and on the page."""
    fields = {"reason": "Geen begeleiding.", "checks": ["participants_are_guided"], "seen": seen()}
    page = joost.send(at(school[1], "refuse"), **fields)
    assert (joost.status, AdmissionDecision.objects.filter(act="refused").exists()) == (200, False)
    assert "U weigert vandaag de toelating van de opleiding “Lassen niveau 2”." in page.words
    assert "Toets: deelnemers krijgen ondersteuning en begeleiding" in page.words
    joost.send(at(school[1], "refuse"), **fields, confirmed="1")
    assert joost.place == f"{at(school[1])}?done=1"
    made = AdmissionDecision.objects.get(act="refused")
    assert (made.reason, made.checks) == ("Geen begeleiding.", ["participants_are_guided"])
    page = joost.open(joost.place)
    assert "Stand: geweigerd" in page.words
    assert "Door Joost." in page.words
    assert "Er is nu geen besluit mogelijk." in page.words


@pytest.mark.parametrize(
    ("act", "given", "field", "words"),
    [
        ("refuse", {"reason": "Een reden."}, "checks", "Noem de toets waaraan niet is voldaan."),
        ("refuse", {"checks": "no_such_check", "reason": "Een reden."}, "checks", "Noem de toets"),
        ("refuse", {"checks": "participants_are_guided", "reason": " "}, "reason", "Geef de reden van dit besluit."),
        ("refuse", {"checks": "participants_are_guided", "reason": "x" * 4001}, "reason", "ten hoogste 4000"),
        ("admit", {"grants_a_year": "0"}, "grants_a_year", "Gegeven is “0”."),
        ("admit", {"grants_a_year": "veel"}, "grants_a_year", "Gegeven is “veel”."),
        ("admit", {"effective_on": "31-2-2027"}, "effective_on", "Gegeven is “31-2-2027”."),
        ("admit", {"effective_on": "1-1-2020"}, "effective_on", "Een besluit werkt niet terug."),
        ("suspend", {"reason": "Een reden."}, "effective_on", "Vul in vanaf welke dag"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    joost: Visitor, school: School, act: str, given: dict[str, str], field: str, words: str
) -> None:
    """A field that cannot be read, or is lacking, is named with what is allowed; what was typed stays; nothing is decided."""
    before = AdmissionDecision.objects.count()
    page = joost.send(at(school[1], act), **given, seen=seen(), confirmed="1")
    assert joost.status == 422
    assert words in page.words
    assert f"#q-{field}" in page.links
    assert f"q-{field}" in page.ids
    typed = next((value for name, value in given.items() if name != "checks"), "")
    assert typed.strip()[:100] in page.page
    assert AdmissionDecision.objects.count() == before


@pytest.mark.parametrize("act", ["refuse", "suspend", "remove"])
@pytest.mark.parametrize("kind", ["providers", "activities"])
def test_nobody_is_asked_to_confirm_without_the_reason(joost: Visitor, school: School, kind: str, act: str) -> None:
    """Of a provider as of an activity, a decision that needs a reason shows the form again and no button to confirm."""
    subject = school[0] if kind == "providers" else school[1]
    if act != "refuse" and kind == "activities":
        admit(activity=subject.pk, by=DECIDER, at=moment(0))
    fields = {"checks": "participants_are_guided", "effective_on": f"{known.today():%d-%m-%Y}", "seen": seen()}
    page = joost.send(f"/officer/admissions/{kind}/{subject.pk}/{act}", **fields)
    assert joost.status == 422
    assert "Geef de reden van dit besluit." in page.words
    assert 'name="confirmed"' not in page.page


def test_nobody_is_asked_to_confirm_what_will_be_refused(joost: Visitor, school: School) -> None:
    """Without a recognition of its provider nothing is admitted: the form says so before it asks anybody to confirm."""
    school[0].recognitions.all().delete()
    page = joost.send(at(school[1], "admit"), seen=seen())
    assert joost.status == 409
    assert 'name="confirmed"' not in page.page
    assert "erken" in page.words


def test_admitted_with_a_cap_from_a_later_day(joost: Visitor, school: School) -> None:
    """The cap and the day are kept; until that day the activity stands as applied, and the page says what was decided."""
    later = known.today() + timedelta(days=30)
    fields = {"effective_on": f"{later:%d-%m-%Y}", "grants_a_year": "40", "seen": seen()}
    page = joost.send(at(school[1], "admit"), **fields)
    assert "Per jaar zijn er ten hoogste 40 subsidies voor deze opleiding." in page.words
    joost.send(at(school[1], "admit"), **fields, confirmed="1")
    made = AdmissionDecision.objects.get(act="admitted", activity=school[1])
    assert (made.grants_a_year, made.effective_on) == (40, later)
    page = joost.open(at(school[1]))
    assert "Stand: aangemeld" in page.words
    assert "Besloten: toegelaten vanaf" in page.words


def test_a_suspension_says_who_keeps_the_right(joost: Visitor, school: School) -> None:
    """Before and after the decision the page says that an application of before keeps its right."""
    admit(activity=school[1].pk, by=DECIDER, at=moment(1))
    later = known.today() + timedelta(days=9)
    fields = {"effective_on": f"{later:%d-%m-%Y}", "reason": "Lessen vallen uit.", "seen": seen()}
    page = joost.send(at(school[1], "suspend"), **fields)
    assert "houdt zijn recht" in page.words
    joost.send(at(school[1], "suspend"), **fields, confirmed="1")
    page = joost.open(at(school[1]))
    assert "Stand: toegelaten" in page.words
    assert "Besloten: geschorst vanaf" in page.words
    assert "houdt zijn recht" in page.words


def test_an_activity_of_a_school_that_is_not_admitted(joost: Visitor) -> None:
    """The rule's own sentence is shown with what was typed, and the page says beforehand to begin with the provider."""
    school, welding = listed()
    apply_for_admission(activity=welding.pk, by=OWNER, at=moment(1))
    assert "De opleider is: niet aangemeld." in joost.open(at(welding)).words
    page = joost.send(at(welding, "admit"), grants_a_year="12", seen=seen(), confirmed="1")
    assert joost.status == 409
    assert "De opleider is op deze dag niet toegelaten." in page.words
    assert 'value="12"' in page.page
    assert f"/officer/admissions/providers/{school.pk}" in joost.open(at(welding)).links


def test_the_second_of_two_officials_sees_what_happened(joost: Visitor, school: School) -> None:
    """Whose form was opened before a decision of another is told so, keeps what was typed, and decides nothing."""
    old = seen()
    refuse(activity=school[1].pk, reason="Eerst.", checks=["participants_are_guided"], by=DECIDER, at=moment(0))
    page = joost.send(
        at(school[1], "refuse"), reason="Tweede.", checks="participants_are_guided", seen=old, confirmed="1"
    )
    assert joost.status == 409
    assert "Er is intussen een ander besluit genomen. Bekijk dat eerst." in page.words
    assert "Tweede." in page.page
    assert AdmissionDecision.objects.filter(act="refused").count() == 1
    page = joost.send(
        at(school[1], "refuse"), reason="Tweede.", checks="participants_are_guided", seen=seen(), confirmed="1"
    )
    assert (joost.status, "kan alleen na" in page.words) == (409, True)


def test_an_act_that_is_not_possible_says_why(joost: Visitor, school: School) -> None:
    """The form of an act that may not follow now opens with the rule's sentence; an act that there is not is not found."""
    assert "kan alleen na" in joost.open(at(school[1], "suspend")).words
    joost.open(at(school[1], "abolish"))
    assert joost.status == 404


def test_what_was_typed_survives_signing_in_again(joost: Visitor, school: School) -> None:
    """A proof that has become old asks for signing in again, and the form then has what was typed."""
    whose = whose_in(joost.open(at(school[1], "refuse")))
    joost.prove(minutes_ago=6)
    page = joost.send(
        at(school[1], "refuse"), reason="Lang over gedacht.", checks="participants_are_guided", seen=seen(), whose=whose,
    )  # fmt: skip
    assert joost.status == 403
    assert "staat daarna weer in het formulier" in page.words
    assert "Log nog een keer in" in page.words
    assert any(link.startswith("/sign-in?next=") and "renew=1" in link for link in page.links)
    joost.prove()
    page = joost.open(at(school[1], "refuse"))
    assert "Lang over gedacht." in page.page
    assert 'value="participants_are_guided" checked' in page.page


def test_a_former_price_is_noted_by_who_assesses(fatima: Visitor, school: School) -> None:
    """It stands in the history with the change since; a day that is not before the listing is refused at its field."""
    address, on = at(school[1], "former-price"), f"{known.today() - timedelta(days=400):%d-%m-%Y}"
    fatima.send(address, on=on, price="€ 800", source="folder")
    assert fatima.place.endswith("?noted=1#prices")
    assert list(FormerPrice.objects.values_list("cents", "source")) == [(80_000, "folder")]
    page = fatima.open(at(school[1]))
    assert "+25,0%" in page.words
    assert "voor de opname in het register" in page.words
    assert "Alleen een beslisser neemt een besluit." in page.words
    page = fatima.send(address, on=f"{known.today():%d-%m-%Y}", price="900", source="site")
    assert (fatima.status, "Een eerdere prijs is van voor de opname" in page.words) == (422, True)
    page = fatima.send(address, on="gisteren", price="veel", source="")
    assert {"#q-on", "#q-price", "#q-source"} <= set(page.links)
    assert 'value="gisteren"' in page.page
    assert FormerPrice.objects.count() == 1


def test_a_provider_is_decided_on_too(joost: Visitor) -> None:
    """The page of a provider has the checks of its offer, counted per activity, and admits it."""
    school, _welding = listed(Entry(KVK, "L2", "Frezen", guidance=True))
    apply_for_admission(provider=school.pk, by=OWNER, at=moment(1))
    address = f"/officer/admissions/providers/{school.pk}"
    page = joost.open(address)
    assert "Toetsen per opleiding, in aantallen" in page.words
    assert "Het aanbod heeft" in page.words
    assert "Ten hoogste per jaar" not in joost.open(f"{address}/admit").words
    joost.send(f"{address}/admit", seen=seen(), confirmed="1")
    assert joost.place == f"{address}?done=1"
    assert "Stand: toegelaten" in joost.open(address).words


def test_the_provider_reads_the_decision(joost: Visitor, school: School) -> None:
    """On its own pages a provider sees the act, the day, the reason, the check and with whom to object."""
    person = official(RoleKind.DECIDER, "Annet")
    by = Acting("person", str(person.pk), frozenset({"decider"}))
    refuse(activity=school[1].pk, reason="Geen begeleiding.", checks=["participants_are_guided"], by=by, at=moment(0))
    sanne = ProviderVisitor(provider("Sanne", Organisation.objects.create(kvk=KVK, name="Vakschool Oost")))
    page = sanne.open(f"/provider/activities/{school[1].pk}")
    for words in (
        "Toelating: geweigerd",
        "Geen begeleiding.",
        "deelnemers krijgen",
        "Maak dan binnen 6 weken bezwaar bij uitvoerder",
    ):
        assert words in page.words, words
    assert "Annet" not in page.words
    Body.objects.update(address="Postbus 1, Zeist", objection_url="https://uitvoerder.example/bezwaar")
    page = sanne.open(f"/provider/activities/{school[1].pk}")
    assert "bezwaar bij uitvoerder, Postbus 1, Zeist, of via https://uitvoerder.example/bezwaar." in page.words
    page = sanne.open("/provider")
    assert "Laatste besluit van" in page.words
    assert "bezwaar" in page.words


def test_a_large_offer_is_asked_when_that_is_wanted(
    joost: Visitor, school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Above the limit the checks of the whole offer wait for a click; a refusal can name each of them all the same."""
    monkeypatch.setattr(subject, "WHOLE_OFFER", 0)
    address = f"/officer/admissions/providers/{school[0].pk}"
    for place in (address, at(school[1])):
        page = joost.open(place)
        assert "Reken ze nu uit" in page.words
        assert "Het aanbod heeft 0 niveaus" not in page.words
        page = joost.open(f"{place}?whole=1")
        assert "Reken ze nu uit" not in page.words
        assert "Het aanbod heeft 0 niveaus" in page.words
    page = joost.open(at(school[1], "refuse"))
    assert page.page.count('name="checks"') == len(CHECKS)


def test_a_suspension_can_be_called_off_before_its_day(joost: Visitor, school: School) -> None:
    """While it has no effect yet, admitting again takes it away, and the page then announces nothing."""
    admit(activity=school[1].pk, by=DECIDER, at=moment(1))
    later = known.today() + timedelta(days=9)
    suspend(activity=school[1].pk, effective_on=later, reason="Lessen vallen uit.", by=DECIDER, at=moment(0))
    page = joost.open(at(school[1]))
    assert "Verander het maximum of trek een later besluit in" in page.words
    assert "Beëindig de schorsing" not in page.words
    joost.send(at(school[1], "admit"), seen=seen(), confirmed="1")
    assert joost.place.endswith("?done=1")
    page = joost.open(at(school[1]))
    assert "Stand: toegelaten" in page.words
    assert "Besloten:" not in page.words


def test_the_way_back_from_the_preview_keeps_what_was_typed(joost: Visitor, school: School) -> None:
    """Who wants to change something first gets the form again, with the reason and the check as they were."""
    fields = {"reason": "Geen begeleiding.", "checks": "participants_are_guided", "seen": seen()}
    page = joost.send(at(school[1], "refuse"), **fields, change="1")
    assert joost.status == 200
    assert "Geen begeleiding." in page.page
    assert 'value="participants_are_guided" checked' in page.page
    assert not AdmissionDecision.objects.filter(act="refused").exists()


def test_each_view_of_prices_and_of_a_file_is_logged(fatima: Visitor, school: School) -> None:
    """Who looks at the price history of an activity or at the file of a provider stands in the log, on each page that shows it."""
    of_provider = f"/officer/admissions/providers/{school[0].pk}"
    begun = View.objects.count()
    fatima.open(at(school[1]))
    fatima.open(of_provider)
    fatima.send(f"{at(school[1])}/former-price", on="", price="", source="")
    assert fatima.status == 422
    shown = [(one.viewer_id, one.subject_kind, one.subject_id) for one in View.objects.order_by("id")[begun:]]
    number, who = str(school[1].pk), str(Person.objects.get(name="Fatima").pk)
    assert shown == [
        (who, "activity_prices", number), (who, "provider_file", str(school[0].pk)), (who, "activity_prices", number),
    ]  # fmt: skip


def test_a_page_that_is_refused_is_no_view(school: School) -> None:
    """Who may not see the file leaves nothing in the log of views."""
    begun = View.objects.count()
    stranger = Visitor(None)
    stranger.open(at(school[1]))
    assert (stranger.status, View.objects.count()) == (302, begun)
