"""What waits for an official: seen by who may see, judged by who may judge, the proof handed out, nothing of one's own."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from doorleren.people.models import Organisation, RoleKind
from doorleren.register.models import Activity, ProofDocument, Provider, RecognitionAct, RecognitionStated
from tests.people import made
from tests.web.officer.visitor import KVK, Visitor, official

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
LIST = "/officer/recognitions"
School = tuple[Provider, Activity]


@pytest.fixture
def stated(school: School) -> RecognitionStated:
    """The school states a recognition with a document."""
    document = ProofDocument.objects.create(
        provider=school[0], file_name="bewijs.pdf", media_type="application/pdf", size=4, sha256="h", content=b"%PDF"
    )
    return RecognitionStated.objects.create(
        provider=school[0], route="quality_mark", document=document, stated_at=AT, stated_by="person:1"
    )


def paths(stated: RecognitionStated) -> tuple[str, str, str]:
    return f"{LIST}/{stated.pk}/confirm", f"{LIST}/{stated.pk}/reject", f"/officer/proofs/{stated.document_id}"


def test_an_official_looks_and_confirms(fatima: Visitor, stated: RecognitionStated) -> None:
    """The list names provider and proof, the document comes as a file, and after confirming nothing waits."""
    confirm, _reject, proof = paths(stated)
    page = fatima.open(LIST)
    assert "Vakschool Oost" in page.words
    assert "Opgegeven op 2 november 2026" in page.words
    assert fatima.client.get(proof)["Content-Disposition"].startswith("attachment")
    fatima.send(confirm)
    assert "De erkenning is bevestigd." in fatima.open(fatima.place).words
    assert [one.route for one in stated.provider.recognitions.all()] == ["ocw", "quality_mark"]
    assert "Er wacht nu geen erkenning op u." in fatima.open(LIST).words


def test_a_rejection_needs_its_reason(joost: Visitor, stated: RecognitionStated) -> None:
    """Without a reason the page says so beside the field; with one it is rejected; a second judgement is refused."""
    confirm, reject, _proof = paths(stated)
    page = joost.send(reject, reason=" ")
    assert (joost.status, "Geef de reden van de afwijzing." in page.words) == (409, True)
    joost.send(reject, reason="Verlopen.")
    assert "De erkenning is afgewezen." in joost.open(joost.place).words
    joost.send(confirm)
    assert (joost.status, [one.act for one in RecognitionAct.objects.all()]) == (409, ["rejected"])


@pytest.mark.parametrize("kind", [one for one in RoleKind if one not in (RoleKind.ASSESSOR, RoleKind.DECIDER)])
def test_other_roles_judge_nothing(stated: RecognitionStated, kind: RoleKind) -> None:
    """Every other role is refused both forms; only an auditor sees the list and the proof, without buttons."""
    visitor = Visitor(official(kind, "Iemand"))
    confirm, reject, proof = paths(stated)
    assert {visitor.client.post(one, {"reason": "r"}).status_code for one in (confirm, reject)} == {403}
    sees = 200 if kind == RoleKind.AUDITOR else 403
    assert {visitor.client.get(one).status_code for one in (LIST, proof)} == {sees}
    assert not RecognitionAct.objects.exists()
    assert kind != RoleKind.AUDITOR or confirm not in visitor.open(LIST).page


def test_nobody_judges_the_own_organisation(stated: RecognitionStated) -> None:
    """An official who belongs to the provider does not see it, gets no proof and is refused both forms."""
    person = official(RoleKind.DECIDER, "Joost")
    made.mandate(person, Organisation.objects.create(kvk=KVK, name="Vakschool Oost"))
    visitor = Visitor(person)
    confirm, reject, proof = paths(stated)
    assert "Vakschool Oost" not in visitor.open(LIST).words
    assert visitor.client.get(proof).status_code == 403
    assert {visitor.client.post(one, {"reason": "r"}).status_code for one in (confirm, reject)} == {403}
    assert not RecognitionAct.objects.exists()


def test_a_visitor_and_a_forged_form_get_nowhere(joost: Visitor, stated: RecognitionStated) -> None:
    """Who is not signed in is led there; a form without the token of this site is refused."""
    confirm, reject, proof = paths(stated)
    client = Client(headers={"host": "localhost"})
    assert {client.get(one).status_code for one in (LIST, proof)} == {302}
    forged = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
    forged.cookies = joost.client.cookies
    assert {forged.post(one).status_code for one in (confirm, reject)} == {403}
    assert joost.client.get("/officer/proofs/999").status_code == 404


def test_reading_writes_nothing(joost: Visitor, stated: RecognitionStated) -> None:
    """Neither the list nor a proof asks the database to write."""
    with CaptureQueriesContext(connection) as asked:
        for one in (LIST, paths(stated)[2]):
            joost.client.get(one)
    assert [one["sql"] for one in asked if one["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")] == []
