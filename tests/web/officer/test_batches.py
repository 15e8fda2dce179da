"""Deciding on many at once on the pages of officials: seen before, proposed by one, released by another, stopped, and told per case."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from doorleren.audit.models import Act
from doorleren.cases.models import Case
from doorleren.decisions.commands.check_delivery import drawn_again
from doorleren.decisions.commands.propose_batch import preview
from doorleren.decisions.commands.remind_of_claim import remind_unclaimed
from doorleren.decisions.commands.run_batch import run_batch
from doorleren.decisions.last_days import Lacking, without_a_last_day
from doorleren.decisions.models import Batch, BatchItem, Check, Decision, DeliveryQuestion, Sample, Settlement
from doorleren.decisions.models.batch import SETTLED
from doorleren.letters.jobs import send_waiting
from doorleren.people.models import Body, RoleKind
from doorleren.web.officer.batch_words import becomes, lacking_told
from doorleren.web.surroundings import now
from tests.applications.made import a_round
from tests.decisions.made import HARD, UNDER_LAW, a_case, assessed, automatic
from tests.decisions.objecting import granted, next_moment, went
from tests.decisions.test_unclaimed import OVER, RESERVED
from tests.web.markup import Markup
from tests.web.officer.cases_made import Bureau, scheme_known
from tests.web.officer.desk import Desk, counts, with_role

pytestmark = pytest.mark.django_db

HONEST = {"accepted": ["honest"]}


def hash_on(page: Markup) -> str:
    """Give the hash of the list that a form on a page names; empty where there is none."""
    found = re.search(r'name="seen" value="([0-9a-f]{64})"', page.page)
    return found[1] if found else ""


class Office(Bureau):
    """A body with a second decider; `cases` of three who applied, assessed by the rules."""

    def __init__(self, library: Any) -> None:
        super().__init__(library, a_round(library, opened=True))
        self.sanne = self.desk(RoleKind.DECIDER, "Sanne")
        self.cases = [self.case, *(a_case(library, self.round, name) for name in ("Omar", "Petra"))]
        for case in self.cases:
            automatic(case, library)
        self.to_propose = f"/officer/rounds/{self.round.pk}/batch"

    def proposed(self) -> str:
        """Let Joost propose all three, and give the address of the batch."""
        page = self.joost.open(self.to_propose, **HONEST)
        self.joost.send(self.to_propose, **HONEST, seen=hash_on(page))
        return f"/officer/batches/{Batch.objects.get().pk}"

    def grant_all(self) -> None:
        """Grant all three."""
        staff = {"assessor": self.fatima.person, "decider": self.joost.person}
        for case in self.cases:
            granted(case, self.known, staff)  # type: ignore[arg-type]

    def settled(self, address: str, seen: str) -> str:
        """Let Sanne propose the list of a page, Joost release it and the site settle it; give the address of the batch.

        Who may not proposes nothing, and nobody what they did not see.
        """
        for desk in (self.fatima, self.pim, self.eva, Desk(None)):
            desk.send(address, seen=seen)
            assert desk.status in (302, 403, 404)
        self.sanne.send(address, seen="0" * 64)
        assert (self.sanne.status, Batch.objects.count()) == (409, 0)
        self.sanne.send(address, seen=seen)
        at = f"/officer/batches/{Batch.objects.get().pk}"
        assert self.sanne.place == f"{at}?done=proposed"
        self.joost.send(f"{at}/release", seen=hash_on(self.joost.open(at)))
        assert self.joost.place == f"{at}?done=released"
        run_batch(Batch.objects.get().pk, now=now)
        return at

    def asked(self, address: str) -> tuple[int, list[str]]:
        """Give how often a page asks the database once it was opened before, and what it leads to."""
        self.sanne.open(address)
        with CaptureQueriesContext(connection) as asked:
            page = self.sanne.open(address)
        return len(asked), page.links

    def seen(self, at: str) -> str:
        """Give the hash of the list as Sanne sees it."""
        return hash_on(self.sanne.open(at))


@pytest.fixture
def office(settings: Any, tmp_path: Path, db: None) -> Iterator[Office]:
    """The office of a round without evidence, on a site that knows its scheme."""
    with scheme_known(settings, tmp_path) as library:
        yield Office(library)


def test_what_a_batch_would_do_is_seen_before(office: Office) -> None:
    """Nothing can be decided before a statement is taken; with it groups, sum and what is left for people stand there; a GET keeps nothing."""
    begun = counts()
    page = office.joost.open(office.to_propose)
    assert "Er is niets dat zonder mens kan worden besloten." in page.words
    assert "nodig bij 3 zaken" in page.words
    assert hash_on(page) == ""
    page = office.joost.open(office.to_propose, **HONEST)
    for words in ("verleend: 3", "rust ook op wat is verklaard", "Samen 3 zaken, € 2.099,85", "Een collega moet"):
        assert words in page.words, (words, page.words)
    assessed(office.cases[2], office.known, office.fatima.person, at=next_moment(office.cases[2]))  # type: ignore[arg-type]
    page = office.joost.open(office.to_propose, **HONEST)
    assert "verleend: 2" in page.words
    assert "Door een mens beoordeeld 1 Iemand moet eerst iets bekijken 0" in " ".join(page.words.split())
    assert "Bewijs dat deze regeling" not in page.words
    del begun["cases_caseact"], begun["decisions_assessment"], begun["audit_act"]
    after = counts()
    assert {name: after[name] for name in begun} == begun


def test_why_nothing_can_be_decided_without_a_person(settings: Any, tmp_path: Path, db: None) -> None:
    """Where a scheme asks evidence that somebody must read, the page says so, with where it is asked; so no list is empty without a reason."""
    with scheme_known(settings, tmp_path, UNDER_LAW) as library:
        there = Office(library)
        page = there.joost.open(there.to_propose, **HONEST)
        assert page.faults == []
        words = " ".join(page.words.split())
        assert "Er is niets dat zonder mens kan worden besloten." in words
        assert "Door een mens beoordeeld 0 Iemand moet eerst iets bekijken 3" in words
        assert "Bewijs dat deze regeling bij de aanvraag vraagt: de offerte van de opleider" in words
        assert "art. 3" in words
        assert hash_on(page) == ""


def test_proposed_by_one_and_released_by_another(office: Office) -> None:
    """The list that was seen is proposed; who proposed it cannot release; a case is taken out with its reason; the rest is decided on."""
    page = office.joost.send(office.to_propose, **HONEST, seen="0" * 64)
    assert (office.joost.status, "De lijst is intussen veranderd." in page.words) == (409, True)
    at = office.proposed()
    assert office.joost.place == f"{at}?done=proposed"
    page = office.joost.open(at)
    assert "U stelde deze reeks voor. Een collega moet haar vrijgeven." in page.words
    assert "Ja, geef vrij" not in page.words
    office.joost.send(f"{at}/release", seen=office.seen(at))
    assert office.joost.status == 403
    page = office.sanne.send(f"{at}/take-out", cases=[])
    assert (office.sanne.status, "Vink aan welke zaken" in page.words, "Kies waarom u deze" in page.words) == (
        422,
        True,
        True,
    )
    before = office.seen(at)
    office.sanne.send(f"{at}/take-out", cases=[str(office.case.pk)], why="signal")
    assert office.sanne.place == f"{at}?done=taken_out"
    page = office.sanne.send(f"{at}/release", seen=before)
    assert (office.sanne.status, "De lijst is veranderd sinds u haar bekeek." in page.words) == (409, True)
    office.sanne.send(f"{at}/release", seen=office.seen(at))
    assert office.sanne.place == f"{at}?done=released"
    assert Decision.objects.count() == 0
    released = office.sanne.place
    assert "worden nu één voor één genomen" in office.sanne.open(released).words
    run_batch(Batch.objects.get().pk, now=now)
    assert "worden nu één voor één genomen" not in office.sanne.open(released).words
    page = office.eva.open(at, which="taken_out")
    assert "Besloten: 2. Voor een mens: 0. Eruit gehaald: 1. Nog te doen: 0. Brieven: 0 van 2 verzonden." in page.words
    send_waiting(now)
    assert "Brieven: 2 van 2 verzonden." in office.eva.open(at).words
    assert "er kwam een signaal binnen (Sanne)" in page.words
    assert [one for one in page.links if one.startswith("/officer/cases/")] == [
        f"/officer/cases/{office.case.reference}"
    ]
    told = Act.objects.filter(subject_kind="batch").order_by("pk").values_list("act", flat=True)
    assert list(told) == ["proposed", "taken_out", "released"]


def test_stopped_resumed_and_told_per_case(office: Office) -> None:
    """A batch that runs is stopped and goes on; a case that was assessed meanwhile says why it is left for a person."""
    at = office.proposed()
    office.sanne.send(f"{at}/release", seen=office.seen(at))
    assessed(office.cases[1], office.known, office.fatima.person, at=next_moment(office.cases[1]))  # type: ignore[arg-type]
    office.joost.send(f"{at}/stop")
    assert office.joost.place == f"{at}?done=stopped"
    batch = Batch.objects.get()
    assert run_batch(batch.pk, now=now) == 0
    page = office.joost.send(f"{at}/stop")
    assert (office.joost.status, "Deze reeks loopt niet" in page.words) == (409, True)
    office.joost.send(f"{at}/resume")
    run_batch(batch.pk, now=now)
    page = office.joost.open(at, which="left")
    assert "intussen opnieuw beoordeeld" in page.words
    assert "Besloten: 2. Voor een mens: 1." in page.words
    assert "Zet stil" not in page.words


def test_withdrawn_before_its_release(office: Office) -> None:
    """A batch that waits can be withdrawn; nothing of it can be released after that, and its cases can be proposed anew."""
    at = office.proposed()
    seen = office.seen(at)
    office.joost.send(f"{at}/withdraw")
    assert office.joost.place == f"{at}?done=withdrawn"
    office.sanne.send(f"{at}/release", seen=seen)
    assert office.sanne.status == 409
    assert "verleend: 3" in office.sanne.open(office.to_propose, **HONEST).words
    assert BatchItem.objects.filter(decided_at__isnull=False).count() == 0


def test_who_may_not_decide_on_many(office: Office) -> None:
    """Only deciders of the body propose, release, stop or take out; others of it see the batch; strangers find nothing, and a GET writes nothing."""
    at = office.proposed()
    other = Body.objects.create(code="other", name="Ander")
    strangers = [office.desk(RoleKind.DECIDER, "Olga", other), Desk(None), Desk(with_role(RoleKind.PROVIDER))]
    doing = [office.to_propose, *(f"{at}/{name}" for name in ("take-out", "release", "withdraw", "stop", "resume"))]
    begun = counts()
    for desk in (office.fatima, office.pim, office.eva, *strangers):
        for address in doing:
            desk.open(address)
            assert desk.status in (302, 403, 404), address
            desk.send(address, seen="1", cases=["1"], why="look")
            assert desk.status in (302, 403, 404), address
            assert not desk.place.startswith(at), address
    for desk in (office.fatima, office.eva):
        assert "Reeks" in desk.open("/officer/batches").words
        assert desk.open(at).words
        assert desk.status == 200
    for desk in strangers:
        desk.open(at)
        assert desk.status in (302, 403, 404)
    for address in (*doing, "/officer/batches", at):
        office.sanne.open(address)
        assert office.sanne.status in (200, 302)
    late = Desk(office.sanne.person, minutes_ago=10)
    late.send(f"{at}/release", seen="x")
    assert (late.status, late.place) == (302, f"{at}/release")
    assert counts() == begun


def test_a_sample_is_drawn_with_its_seed(office: Office) -> None:
    """A draw leaves seed and list on the page, so that it can be drawn again; wrong sizes and wrong hands draw nothing."""
    address = f"/officer/rounds/{office.round.pk}/checks"
    office.grant_all()
    for text, wrong in (
        ("veel", "U vulde in: veel."),
        ("4", "Kies een aantal van 1 tot en met 3."),
        ("", "U vulde in: niets."),
    ):
        page = office.fatima.send(address, size=text)
        assert (office.fatima.status, wrong in page.words) == (422, True), page.words
    for desk in (office.pim, office.eva, Desk(None), Desk(with_role(RoleKind.PROVIDER))):
        desk.send(address, size="1")
        assert desk.status in (302, 403, 404)
    assert not Sample.objects.exists()
    page = office.eva.open(address)
    assert "Trek een steekproef" not in page.words
    page = office.fatima.send(address, size="2")
    assert (office.fatima.status, "Van 3 zaken worden er nu 2 getrokken." in page.words) == (200, True)
    assert "Dit kunt u niet terugdraaien." in page.words
    assert "Trek een steekproef" in office.fatima.send(address, size="2", change="1").words
    assert not Sample.objects.exists()
    office.fatima.send(address, size="2", confirmed="1")
    assert office.fatima.place == f"{address}?done=drawn"
    sample = Sample.objects.get()
    assert drawn_again(sample, [one.reference for one in Case.objects.all()])
    page = office.eva.open(address)
    for words in (sample.seed, sample.list_digest, "2 van 3"):
        assert words in page.words, words
    drawn = [f"/officer/cases/{one.case.reference}" for one in Check.objects.order_by("place")]
    assert [one for one in page.links if one.startswith("/officer/cases/")] == drawn
    assert sample.drawn_at > now() - timedelta(minutes=5)


def test_grants_are_settled_many_at_once(office: Office) -> None:
    """What is due is on a page of the round without what was drawn; proposed by one, released by another, each with its own act."""
    address = f"/officer/rounds/{office.round.pk}/settle"
    office.grant_all()
    page = office.sanne.open(address)
    assert "Er is niets dat nu samen kan worden vastgesteld." in page.words
    checks = f"/officer/rounds/{office.round.pk}/checks"
    page = office.sanne.open("/officer/batches")
    assert (checks in page.links, address in page.links) == (True, False), "what leads to nothing is not offered"
    office.fatima.send(checks, size="1", confirmed="1")
    assert checks not in office.sanne.open("/officer/batches").links
    begun = counts()
    assert address in office.sanne.open("/officer/batches").links
    page = office.sanne.open(address)
    for words in (
        "vastgesteld zoals verleend: 2",
        "niet getrokken voor een controle",
        "Samen 2 zaken, € 1.399,90",
        "Gekozen voor een controle 1",
    ):
        assert words in page.words.replace("\n", " "), (words, page.words)
    assert counts() == begun
    at = office.settled(address, hash_on(page))
    page = office.eva.open(at)
    assert "vastgesteld zoals verleend" in page.words
    assert "Besloten: 2." in page.words
    assert Settlement.objects.filter(kind="settled_as_granted", ex_officio=True).count() == 2


def test_the_list_asks_as_much_of_many_rounds_and_cases(settings: Any, tmp_path: Path, db: None) -> None:
    """With a round more and cases more in each the page of batches asks the database not one question more; all are offered on it."""
    block = HARD[HARD.index("[[round]]") :]
    with scheme_known(settings, tmp_path, f"{HARD}\n{block.replace('voorjaar', 'zomer')}") as library:
        office = Office(library)
        office.grant_all()
        office.fatima.send(f"/officer/rounds/{office.round.pk}/checks", size="1", confirmed="1")
        few, links = office.asked("/officer/batches")
        assert f"/officer/rounds/{office.round.pk}/settle" in links
        other = a_round(library, code="zomer", opened=True)
        office.cases = [a_case(library, one, name) for one in (office.round, other) for name in ("Ruud", "Tess")]
        office.grant_all()
        many, links = office.asked("/officer/batches")
        assert {f"/officer/rounds/{office.round.pk}/settle", f"/officer/rounds/{other.pk}/checks"} <= set(links)
        assert many == few
        office.fatima.send(f"/officer/rounds/{other.pk}/checks", size="1", confirmed="1")
        many, links = office.asked("/officer/batches")
        assert {f"/officer/rounds/{one.pk}/settle" for one in (office.round, other)} <= set(links)
        assert many == few


@pytest.fixture
def reserving(settings: Any, tmp_path: Path, db: None) -> Iterator[Office]:
    """The office of a round in which a place is reserved first and claimed later."""
    with scheme_known(settings, tmp_path, RESERVED) as library:
        yield Office(library)


LACKS = "Let op: van 3 toekenningen is de laatste dag van de activiteiten niet bekend."


def test_grants_without_a_last_day_are_warned_of(office: Office) -> None:
    """Who proposes a batch and who releases it read of how many grants the last day is open, and what to do; a case that is taken out no longer counts."""
    page = office.joost.open(office.to_propose, **HONEST)
    assert LACKS in page.words
    assert "Wij keken naar de eerste" not in page.words
    at = office.proposed()
    assert LACKS in office.sanne.open(at).words
    office.sanne.send(f"{at}/take-out", cases=[office.cases[0].pk], why="look")
    assert "van 2 toekenningen" in office.sanne.open(at).words
    office.sanne.send(f"{at}/release", seen=office.seen(at))
    assert "Let op" not in office.sanne.open(at).words


def test_only_the_first_are_looked_at(office: Office) -> None:
    """Of a long list the first grants are looked at, and it is said that these are not all."""
    lines = preview(office.round, HONEST["accepted"]).lines
    found = without_a_last_day(lines, at=now(), most=2)
    assert found == Lacking(2, 2, every=False)
    told = lacking_told(found, "direct")
    assert "Wij keken naar de eerste 2 toekenningen" in told
    assert "kunt u niet vaststellen" in told
    assert "'Verlening wijzigen'" in told


def test_a_batch_of_loans_or_places_is_told_in_its_own_words() -> None:
    """What cases become, and where a last day is named later, is called as it is for what was given."""
    for procedure, settles in (("loan", "afsluiten"), ("purchase", "afrekenen"), ("service", "afrekenen")):
        told = [lacking_told(Lacking(2, 2, every=False), procedure), *becomes(procedure).values()]
        assert not [one for one in told if "verle" in one.lower() or "vast te" in one or "vaststel" in one]
        assert f"kunt u niet {settles}" in told[0]
        assert "'Toekenning wijzigen'" in told[0]
    assert becomes("direct")[SETTLED] == "vastgesteld zoals verleend"


def test_what_is_claimed_needs_no_last_day(reserving: Office) -> None:
    """Where a grant is settled once it was claimed, no batch warns of its last day."""
    assert "verleend: 3" in (page := reserving.joost.open(reserving.to_propose, **HONEST)).words
    assert "laatste dag van de activiteiten" not in page.words


def test_what_was_never_claimed_lapses(reserving: Office) -> None:
    """After the reminder the round is on the page of batches; one proposes, another releases, and each grant becomes nil."""
    office, address = reserving, f"/officer/rounds/{reserving.round.pk}/lapse"
    office.grant_all()
    remind_unclaimed(lambda: OVER)
    for one in DeliveryQuestion.objects.all():
        went(one.act)
    begun = counts()
    assert address in office.sanne.open("/officer/batches").links
    page = office.sanne.open(address)
    for words in (
        "Reserveringen laten vervallen",
        "vastgesteld op nul: 3",
        "niet gedeclareerd, ook niet na een herinnering",
    ):
        assert words in page.words.replace("\n", " "), (words, page.words)
    assert counts() == begun
    at = office.settled(address, hash_on(page))
    assert Settlement.objects.filter(kind="settled_at_nil", settled_cents=0).count() == 3
    assert "vastgesteld op nul" in office.eva.open(at).words
    assert "Er is niets gereserveerd dat nu kan vervallen." in office.sanne.open(address).words
