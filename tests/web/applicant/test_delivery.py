"""From a report of the reporter, with proof, to the word of whom it was for and a settlement; who may, and what a no leads to."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from doorleren.applications.delivering import awaited_for, beneficiary_of, reporter_of
from doorleren.applications.models import Application, Document, EnrolmentProof, Registration
from doorleren.core.days import day_of
from doorleren.decisions.commands.ask_delivery import ask_delivery
from doorleren.decisions.commands.settle import settle_as_granted
from doorleren.decisions.models import Delivery, DeliveryWord, Recovery, Settlement
from doorleren.decisions.refusing import DecisionRefused
from doorleren.rounds.models import Round
from doorleren.web import known as web_known
from doorleren.web.surroundings import now
from tests.applications.evidence import files
from tests.applications.offers.made import activity, other_school, school, teacher
from tests.decisions import made
from tests.decisions import test_settling as settling
from tests.people import made as people
from tests.web.applicant.filed import Filed
from tests.web.officer.desk import Desk, counts
from tests.web.provider.visitor import Visitor

PROVEN = (
    settling.PROVEN.replace('beneficiary = "person"', 'beneficiary = "person"\nreporter = "training_provider"', 1)
    + """
[[evidence]]
id = "diploma"
nl = "het diploma"
stage = "settlement"
types = ["pdf"]
completes = true
source = "order, art. 5"
"""
)
"""A scheme in which the provider reports; 80 per cent is enough, or a diploma."""
DONE = {
    "started_on": "12-03-2026",
    "ended_on": "01-06-2026",
    "planned": "10",
    "realised": "8",
    "words": "",
    "step": "send",
}
SECRET = "999990019"


class Delivered(Filed):
    """Nadia's granted case, of which a provider confirmed the enrolment; and another provider."""

    def __init__(self, known: Any, round_: Round) -> None:
        """Grant it, told by a letter."""
        super().__init__(known, round_)
        self.own_school, other = school(), other_school()
        self.sanne, self.other = teacher(self.own_school), teacher(other, "Otto")
        self.provider, self.stranger = Visitor(self.sanne), Visitor(self.other)
        self.number = int(self.case.subject_id)
        self.decided()
        Application.objects.filter(pk=self.number).update(activity=activity("kort"))
        self.enrolled("confirmed")
        self.page = f"/applications/{self.number}/delivery"

    def once_more(self, name: str) -> None:
        """Go on with another application of Nadia, granted and with the same provider."""
        first, self.case = self.case, made.a_case(self.known, Round.objects.get(), name)
        made.of_the_same(self.case, first)
        self.number = int(self.case.subject_id)
        self.decided()
        Application.objects.filter(pk=self.number).update(activity=activity("kort"))
        self.enrolled("confirmed")
        self.page = f"/applications/{self.number}/delivery"

    def enrolled(self, step: str) -> None:
        """Let the provider confirm the enrolment, or take that back."""
        EnrolmentProof.objects.create(
            application_id=self.number, activity=activity("kort"), organisation=self.own_school, step=step,
            by=self.sanne, at=self.at(),
        )  # fmt: skip

    def give(self, one: Visitor, evidence: str = "attendance", raw: bytes = b"") -> Any:
        """Give a file as proof."""
        file = SimpleUploadedFile("lijst.pdf", raw or files.pdf())
        return one.post(f"{self.page}/give", {"evidence": evidence, "file": file})

    def reported(self) -> Delivery:
        """Let the provider give its list and report."""
        self.give(self.provider)
        self.provider.post(self.page, DONE)
        assert self.provider.place.endswith("?done=1")
        return Delivery.objects.latest("number")

    def settle(self) -> Settlement:
        """Settle without words that say why."""
        at = now()
        return settle_as_granted(self.case.pk, by=made.by(self.staff["decider"], at), at=at)


@pytest.fixture
def one(db: None, known: Any, tmp_path: Path, settings: Any) -> Delivered:
    """That case."""
    settings.DOORLEREN_EVIDENCE, settings.DOORLEREN_EVIDENCE_KEY = tmp_path / "evidence", b"e" * 32
    settings.DOORLEREN_SCANNER = None
    made.library(tmp_path, PROVEN)
    web_known.library.cache_clear()
    return Delivered(web_known.library(), made.applications.a_round(web_known.library(), opened=True))


def test_reported_confirmed_and_settled(one: Delivered) -> None:
    """The provider finds it in its list, gives proof and reports; Nadia says yes; it is settled without words of an official."""
    assert one.page in one.provider.open("/applications/deliveries").links
    page = one.provider.open(one.page)
    assert "80" in page.words
    assert "Nadia" not in page.words
    assert SECRET not in page.words
    report = one.reported()
    assert (report.evidence, report.own_word) == (["attendance"], False)
    assert report.documents == [Document.objects.get().pk]
    with pytest.raises(DecisionRefused, match="niet bevestigd"):
        one.settle()
    assert f"{one.page}/word" in one.nadia.open("/applications").links
    assert f"{one.page}/word" in one.nadia.open(one.place).links
    asked = one.nadia.open(f"{one.page}/word")
    assert "8 van 10 gedaan" in asked.words
    file = f"/applications/{one.number}/evidence/{report.documents[0]}/file"
    assert file in asked.links
    assert one.nadia.client.get(file).status_code == one.provider.client.get(file).status_code == 200
    one.nadia.post(f"{one.page}/word", {"word": "yes"})
    assert DeliveryWord.objects.get().confirmed
    assert f"{one.page}/word" not in one.nadia.open("/applications").links
    assert one.settle().delivery == report
    one.provider.post(f"{one.page}/{report.documents[0]}/take-back", {})
    assert one.provider.status == 409
    assert one.nadia.client.get(file).status_code == 200
    evidence = one.nadia.open(f"/applications/{one.number}/evidence").words
    assert "ontbreekt nog" not in evidence
    assert "vragen wij later" not in evidence
    assert one.provider.open("/applications/deliveries").links.count(one.page) == 0


def test_a_no_leads_to_a_question_and_a_new_report(one: Delivered) -> None:
    """A no needs a reason and changes no money; the question of an official shows to the provider, whose answer is asked about anew."""
    one.reported()
    page = one.nadia.post(f"{one.page}/word", {"word": "no", "words": " "})
    assert (one.nadia.status, DeliveryWord.objects.count()) == (422, 0)
    assert "Schrijf op wat er niet klopt" in page.words
    one.nadia.post(f"{one.page}/word", {"word": "no", "words": "Ik was er maar één keer."})
    assert not DeliveryWord.objects.get().confirmed
    assert (Settlement.objects.count(), Recovery.objects.count()) == (0, 0)
    with pytest.raises(DecisionRefused, match="niet bevestigd"):
        one.settle()
    at = now()
    by = made.by(one.staff["assessor"], at)
    until = day_of(at).replace(year=day_of(at).year + 1)
    ask_delivery(one.case.pk, "Hoe vaak was de deelnemer er?", evidence=["attendance"], until=until, by=by, at=at)
    assert "Hoe vaak was de deelnemer er?" in one.provider.open(one.page).words
    assert "Ik was er maar één keer." not in one.provider.open(one.page).words
    one.provider.post(one.page, DONE | {"realised": "9"})
    assert "Hoe vaak was de deelnemer er?" not in one.provider.open(one.page).words
    one.nadia.post(f"{one.page}/word", {"word": "yes"})
    assert one.settle().settled_cents == 69_995


def test_the_official_sees_who_said_what(one: Delivered) -> None:
    """The page of the case names the reporter, links the document, and after a no says so and leads to the question."""
    report = one.reported()
    one.nadia.post(f"{one.page}/word", {"word": "no", "words": "Ik was er maar één keer."})
    at = now()
    ask_delivery(
        one.case.pk, "Hoe vaak?", until=day_of(at) + timedelta(days=9), by=made.by(one.staff["assessor"], at), at=at
    )
    desk = Desk(one.staff["assessor"])
    place = f"/officer/cases/{one.case.reference}"
    page = desk.open(place)
    for said in (one.own_school.name, "nee, dit klopt niet", "Ik was er maar één keer."):
        assert said in page.words, said
    assert f"/applications/{one.number}/evidence/{report.documents[0]}/file" in page.links
    assert f"{place}/acts/ask-delivery" in page.links
    assert page.words.count("De brief is nog niet verzonden.") == 1


def test_who_registers_another_is_not_asked(one: Delivered) -> None:
    """Whoever applied is asked whether a report is right; of a registration its adviser is not, however many were reported."""
    one.reported()
    nadia = Application.objects.get(pk=one.number).applicant_number
    assert nadia is not None
    assert [row.pk for row in awaited_for(nadia, (), 9)] == [one.number]
    at = now()
    Registration.objects.create(
        application_id=one.number, round=Round.objects.get(), adviser=one.sanne, organisation=one.own_school,
        reference="a-1", person="0" * 64, registered_on=day_of(at), registered_at=at,
    )  # fmt: skip
    assert awaited_for(nadia, (), 9) == []


def test_the_list_asks_as_much_for_three_reports_as_for_one(one: Delivered) -> None:
    """With three reports of which Nadia is yet to say whether they are right, the page asks what it asks with one, and leads to all."""
    asked, pages = list[int](), list[str]()
    for name in ("", "Els", "Omar"):
        if name:
            one.once_more(name)
        one.reported()
        pages.append(f"{one.page}/word")
        one.nadia.open("/applications")
        with CaptureQueriesContext(connection) as told:
            links = one.nadia.open("/applications").links
        asked.append(len(told))
        assert set(pages) <= set(links)
    assert asked == asked[:1] * 3
    one.nadia.post(pages[0], {"word": "yes"})
    assert [page in one.nadia.open("/applications").links for page in pages] == [False, True, True]


def test_what_can_be_reported_asks_as_much_for_three_as_for_one(one: Delivered) -> None:
    """The list of a provider with three trainings, each reported and asked about since, asks what it asks with one, and shows all questions."""
    asked = list[int]()
    for place, name in enumerate(("", "Els", "Omar"), 1):
        if name:
            one.once_more(name)
        one.reported()
        at = one.at()
        ask_delivery(
            one.case.pk, "Hoe vaak?", until=day_of(at) + timedelta(days=9), by=made.by(one.staff["assessor"], at), at=at
        )
        one.provider.open("/applications/deliveries")
        with CaptureQueriesContext(connection) as told:
            page = one.provider.open("/applications/deliveries")
        asked.append(len(told))
        assert page.words.count("wij vroegen u iets") == page.words.count("de deelnemer moet nog zeggen") == place
        assert one.page in page.links
    assert asked == asked[:1] * 3


def test_others_are_refused_and_a_get_writes_nothing(one: Delivered) -> None:
    """Another provider and another person find nothing; nor does the provider see the application, or say yes for Nadia."""
    omar = Visitor(people.person(name="Omar"))
    report = one.reported()
    document = f"/applications/{one.number}/evidence/{report.documents[0]}/file"
    before = counts()
    for who in (one.stranger, omar):
        for address in (one.page, f"{one.page}/word", document):
            who.open(address)
            assert who.status == 404, address
        assert one.page not in who.open("/applications/deliveries").links
        who.post(one.page, DONE)
        assert who.status == 404
        one.give(who)
        assert who.status == 404
        who.post(f"{one.page}/word", {"word": "yes"})
        assert who.status == 404
        who.post(f"{one.page}/{report.documents[0]}/take-back", {})
        assert who.status == 404
    for address in (
        f"/applications/{one.number}",
        one.place,
        f"/applications/{one.number}/evidence",
        f"{one.page}/word",
    ):
        one.provider.open(address)
        assert one.provider.status == 404, address
    one.provider.post(f"{one.page}/word", {"word": "yes"})
    assert one.provider.status == 404
    one.nadia.post(one.page, DONE)
    assert one.nadia.status == 404
    one.nadia.post(f"/applications/{one.number}/evidence/{report.documents[0]}/withdraw", {})
    assert one.nadia.status == 403
    for who, address in ((one.provider, one.page), (one.nadia, f"{one.page}/word"), (one.nadia, "/applications")):
        who.open(address)
        assert who.status == 200, address
    assert Visitor(None).client.get(one.page).status_code in (302, 403)
    assert counts() == before


def test_what_cannot_be_is_said_by_field(one: Delivered) -> None:
    """Days and numbers are refused by field; without the proof a report needs words; what is no PDF is no proof."""
    page = one.provider.post(one.page, DONE | {"started_on": "gisteren", "planned": "veel"})
    assert one.provider.status == 422
    assert "U gaf: gisteren" in page.words
    assert "U gaf: veel" in page.words
    page = one.provider.post(one.page, DONE | {"started_on": "02-06-2026", "words": "zoek"})
    assert "begonnen eerst" in page.words
    assert "schrijf op waarom" in one.provider.post(one.page, DONE).words
    one.give(one.provider, raw=b"plat")
    one.give(one.provider, "none")
    assert one.provider.status == 404
    assert not Delivery.objects.exists()
    one.provider.post(one.page, DONE | {"words": "de lijst is zoek"})
    assert Delivery.objects.get().evidence == []


def test_what_will_be_sent_is_shown_first(one: Delivered) -> None:
    """The form leads to a page with what will be sent, which writes nothing; a second report says whose place it takes, and who goes back finds it as typed."""
    looked = {name: value for name, value in DONE.items() if name != "step"} | {"words": "de lijst is zoek"}
    before = counts()
    page = one.provider.post(one.page, looked)
    assert (one.provider.status, counts()) == (200, before)
    for said in ("8 van 10", "1 juni 2026", "zonder bewijs", "de lijst is zoek", "Ja, meld dit"):
        assert said in page.words, said
    assert "in de plaats van" not in page.words
    assert 'value="12-03-2026"' in one.provider.post(one.page, looked | {"step": "back"}).page
    assert "schrijf op waarom" in one.provider.post(one.page, looked | {"words": ""}).words
    assert (one.provider.status, counts()) == (422, before)
    one.provider.post(one.page, looked | {"step": "send"})
    one.give(one.provider)
    assert "in de plaats van die van" in one.provider.open(one.page).words
    page = one.provider.post(one.page, looked | {"words": ""})
    assert "Deze melding komt in de plaats van die van" in page.words
    assert "zonder bewijs" not in page.words
    assert Delivery.objects.count() == 1


def test_no_more_than_was_planned(one: Delivered) -> None:
    """Twelve of ten is refused beside its field, with what was given and what is allowed; ten of ten is not."""
    one.give(one.provider)
    page = one.provider.post(one.page, DONE | {"realised": "12"})
    assert (one.provider.status, Delivery.objects.count()) == (422, 0)
    assert "0 tot en met 10. U gaf: 12." in page.words
    one.provider.post(one.page, DONE | {"realised": "10"})
    assert Delivery.objects.get().realised == 10


@pytest.mark.parametrize("proof", [True, False], ids=["proof", "none"])
def test_a_report_is_called_what_it_is(proof: bool, one: Delivered) -> None:
    """History and file call it a report, with proof or without, and the official reads beside what can be done that it came in, until they asked on."""
    if proof:
        one.give(one.provider)
    one.provider.post(one.page, DONE | {"words": "" if proof else "de lijst is zoek"})
    place, desk = f"/officer/cases/{one.case.reference}", Desk(one.staff["assessor"])
    words = "met bewijs" if proof else "zonder bewijs"
    page = desk.open(place)
    assert f"kwam een melding van wat er is gedaan (8 van 10): uitvoering gemeld, {words}." in page.words
    assert page.words.count(f"itvoering gemeld, {words}") >= 3
    assert "aangetoond" not in page.words
    assert f"Er is gemeld wat er is gedaan, {words}." in one.nadia.open(one.place).words
    at = now()
    ask_delivery(
        one.case.pk, "Hoe vaak?", until=day_of(at) + timedelta(days=9), by=made.by(one.staff["assessor"], at), at=at
    )
    assert "kwam een melding van" not in desk.open(place).words


@pytest.mark.parametrize(("evidence", "settles"), [("diploma", True), ("", False)], ids=["diploma", "nothing"])
def test_a_diploma_in_place_of_a_share(evidence: str, settles: bool, one: Delivered) -> None:
    """With a diploma no share is asked, without it half is too little; who takes the proof away takes the ground away."""
    for name in ("attendance", evidence):
        if name:
            one.give(one.provider, name)
    one.provider.post(one.page, DONE | {"realised": "5"})
    one.nadia.post(f"{one.page}/word", {"word": "yes"})
    if not settles:
        with pytest.raises(DecisionRefused, match="minder gedaan"):
            one.settle()
        return
    held = Document.objects.get(evidence="diploma").pk
    one.provider.post(f"{one.page}/{held}/take-back", {})
    with pytest.raises(DecisionRefused, match="minder gedaan"):
        one.settle()
    one.give(one.provider, "diploma", files.pdf(b"%twee\n"))
    one.provider.post(one.page, DONE | {"realised": "5"})
    one.nadia.post(f"{one.page}/word", {"word": "yes"})
    assert one.settle().settled_cents == 69_995


def test_who_reports_of_oneself_confirms_nothing(one: Delivered) -> None:
    """Once the enrolment is taken back the applicant reports from the own file, and nobody is asked whether it is right."""
    one.enrolled("taken_back")
    application = Application.objects.get(pk=one.number)
    assert reporter_of(application) == beneficiary_of(application)
    assert one.page in one.nadia.open(one.place).links
    one.give(one.nadia)
    one.nadia.post(one.page, DONE)
    assert Delivery.objects.get().own_word
    one.nadia.open(f"{one.page}/word")
    assert one.nadia.status == 404
    one.provider.open(one.page)
    assert one.provider.status == 404
    assert one.settle().settled_cents == 69_995
