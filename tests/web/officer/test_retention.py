"""The end of retention on the pages: an administrator proposes, another releases, an auditor looks, nobody else does anything."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from doorleren.applications.evidence.storage import Store
from doorleren.applications.retention.commands.run_destruction import run_released
from doorleren.cases.models import Case, DestructionList
from doorleren.core.days import day_of
from doorleren.people.models import Role, RoleKind
from doorleren.web.officer.asked import written_day
from tests.cases import made as cases
from tests.people import made
from tests.web.officer.desk import Desk, counts, with_role

pytestmark = pytest.mark.django_db
LIST = "/officer/retention"
LONG_AGO = datetime.now(UTC) - timedelta(days=8 * 365)


@pytest.fixture
def case() -> Case:
    """A case under the general act, closed eight years ago: kept for seven."""
    staff = cases.Staff()
    Role.objects.update(starts_on=day_of(LONG_AGO))
    one = cases.a_case(cases.version("awb"), at=LONG_AGO, received_on=day_of(LONG_AGO))
    staff.do(one, "assessed", "refused", "closed")
    return one


@pytest.fixture
def ada() -> Desk:
    """An administrator."""
    return Desk(with_role(RoleKind.ADMINISTRATOR, "Ada"))


@pytest.fixture
def bo() -> Desk:
    """Another administrator."""
    return Desk(with_role(RoleKind.ADMINISTRATOR, "Bo"))


def proposed(desk: Desk) -> str:
    """Propose the list of the body, and give its address."""
    desk.send(LIST, body=made.body().pk)
    assert desk.status == 302
    return desk.place


def test_from_what_is_due_to_the_report(case: Case, ada: Desk, bo: Desk, tmp_path: Any, settings: Any) -> None:
    """One sees the case and proposes, and may not release; the other releases; the report names the act."""
    settings.DOORLEREN_FILE_KEY, settings.DOORLEREN_OUTBOX = b"k" * 32, tmp_path
    page = ada.open(LIST)
    assert case.reference in page.words
    assert "Awb, art. 4:69" in page.words
    address = proposed(ada)
    assert "U stelde deze lijst voor. Een collega moet haar vrijgeven." in ada.open(address).words
    digest = DestructionList.objects.get().digest
    ada.send(f"{address}/release", digest=digest)
    assert ada.status == 403
    assert "Ja, geef vrij" in bo.open(address).words
    bo.send(f"{address}/release", digest=digest)
    assert (bo.status, bo.place) == (302, address)
    assert "vrijgegeven, nog 1 te doen" in bo.open(address).words
    assert "Vernietigd op nog niet: de site vernietigt deze zaken vanzelf" in bo.open(address).words
    page = ada.open(LIST)
    assert ("Lijst" in page.words, "Stel deze lijst voor" in page.words) == (True, False)
    page = ada.send(LIST, body=made.body().pk)
    assert (ada.status, "geen zaak die vernietigd moet worden" in page.words) == (409, True)
    assert run_released(store=Store(tmp_path, b"s" * 32), at=datetime.now(UTC)) == 1
    page = bo.open(address)
    assert "klaar: 1 vernietigd, 0 gebleven" in page.words
    assert f"vernietigd, handeling {DestructionList.objects.get().items.get().act}" in page.words
    assert "Vrijgegeven door Bo" in page.words
    assert re.search(r"Vernietigd op \d+-\d+-\d{4} \d\d:", page.words)
    assert "Er is vandaag niets om te vernietigen." in ada.open(LIST).words


def test_refusals_are_said(case: Case, ada: Desk, bo: Desk) -> None:
    """A second list, another hash and a list that was withdrawn are refused with a sentence."""
    address = proposed(ada)
    page = bo.send(LIST, body=made.body().pk)
    assert (bo.status, "Er wacht al een lijst om vrij te geven." in page.words) == (409, True)
    page = bo.send(f"{address}/release", digest="a" * 64)
    assert (bo.status, "Dit is niet de lijst die is voorgesteld." in page.words) == (409, True)
    bo.send(f"{address}/withdraw")
    page = bo.send(f"{address}/withdraw")
    assert (bo.status, "Over deze lijst is al beslist." in page.words) == (409, True)
    assert "ingetrokken" in ada.open(LIST).words


@pytest.mark.parametrize("body", ["", "0", "x", "999999", "²"])
def test_a_body_that_is_not_ones_own(body: str, case: Case, ada: Desk) -> None:
    """Another body, or what is none, is not found, and nothing is proposed."""
    ada.client.post(LIST, {"body": body})
    assert ada.client.post(LIST, {"body": body}).status_code == 404
    assert not DestructionList.objects.exists()


@pytest.mark.parametrize("kind", [one for one in RoleKind if one is not RoleKind.ADMINISTRATOR])
def test_other_roles(kind: RoleKind, case: Case, ada: Desk) -> None:
    """An auditor looks and does nothing; every other role sees nothing."""
    address = proposed(ada)
    desk, sees = Desk(with_role(kind)), 200 if kind == RoleKind.AUDITOR else 403
    assert {desk.client.get(one).status_code for one in (LIST, address)} == {sees}
    digest = DestructionList.objects.get().digest
    tries = [(LIST, {"body": made.body().pk}), (f"{address}/release", {"digest": digest}), (f"{address}/withdraw", {})]
    assert {desk.client.post(one, told).status_code for one, told in tries} == {403}
    row = DestructionList.objects.get()
    assert (row.released_at, row.withdrawn_at) == (None, None)


def test_an_official_of_another_body_finds_nothing(case: Case, ada: Desk) -> None:
    """The list of a body is not there for an administrator of another."""
    address = proposed(ada)
    stranger = Desk(with_role(RoleKind.ADMINISTRATOR, "Cy", made.body("ander")))
    assert case.reference not in stranger.open(LIST).words
    assert stranger.client.get(address).status_code == 404
    assert stranger.client.post(f"{address}/release", {"digest": "a"}).status_code == 404


def test_releasing_asks_fresh_proof(case: Case, ada: Desk) -> None:
    """Who signed in ten minutes ago is led to sign in again; nothing is released."""
    address = proposed(ada)
    late = Desk(with_role(RoleKind.ADMINISTRATOR, "Bo"), minutes_ago=10)
    reply = late.client.post(f"{address}/release", {"digest": DestructionList.objects.get().digest})
    assert reply.status_code in (302, 403)
    assert DestructionList.objects.get().released_at is None
    late.prove()
    late.open(f"{address}/release")
    assert "Er is nog niets gedaan" in late.open(late.place).words
    assert "Er is nog niets gedaan" not in late.open(address).words
    assert DestructionList.objects.get().released_at is None


def test_a_destroyed_file_says_so_and_offers_nothing(
    case: Case, ada: Desk, bo: Desk, tmp_path: Any, settings: Any
) -> None:
    """Its page says when, under which act and on which list it was destroyed; its letters, money and acts lead there, and nothing can be done."""
    settings.DOORLEREN_FILE_KEY, settings.DOORLEREN_OUTBOX = b"k" * 32, tmp_path
    address, fatima = proposed(ada), Desk(with_role(RoleKind.ASSESSOR, "Fatima"))
    place = f"/officer/cases/{case.reference}"
    assert "Deze zaak" in fatima.open(place).words
    bo.send(f"{address}/release", digest=DestructionList.objects.get().digest)
    run_released(store=Store(tmp_path, b"s" * 32), at=datetime.now(UTC))
    page, item = fatima.open(place), DestructionList.objects.get().items.get()
    assert "Dit dossier is vernietigd" in page.words
    assert f"Handeling in het logboek {item.act}" in page.words
    assert f"Vernietigd op {written_day(day_of(datetime.now(UTC)))}" in page.words
    assert "Voorgesteld door Ada Vrijgegeven door Bo" in page.words
    assert not [one for one in page.links if one.startswith(f"{place}/")]
    assert "<button" not in page.page.partition("<main")[2].partition("</main>")[0]
    for inner in ("money", "messages", "acts/contact", "letters/1", "look"):
        reply = fatima.client.get(f"{place}/{inner}")
        assert (reply.status_code, reply.headers.get("Location")) == (302, place), inner


def test_looking_writes_nothing(case: Case, ada: Desk) -> None:
    """Both pages leave every table as it was."""
    address, before = proposed(ada), counts()
    ada.open(LIST)
    ada.open(address)
    assert counts() == before
