"""Evidence on the pages of officials: of submitted applications of their own body only, and who looked is written down."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from doorleren.applications.models import Application
from doorleren.applications.queries import last_freeze
from doorleren.audit.models import View
from doorleren.people.models import IN_BODY, RoleKind
from doorleren.rounds.models import Round, Ticket
from doorleren.web import known as web_known
from doorleren.web.officer import evidence as pages
from tests.applications import made
from tests.applications.evidence import files
from tests.people import made as people
from tests.web.officer.desk import Desk, counts, with_role
from tests.web.provider.visitor import Visitor

MAY = (RoleKind.ASSESSOR, RoleKind.DECIDER, RoleKind.AUDITOR)


@pytest.fixture
def round_(db: None, evidence: None) -> Round:
    """The round of that scheme, announced and open."""
    return made.a_round(web_known.library(), opened=True)


def filed(one: Visitor, round_: Round, *, submitted: bool = True) -> Application:
    """Start an application, give a document, and submit it."""
    one.post("/applications/start", {"round": round_.pk, "as": "learner:person"})
    told = {"evidence": "offer", "file": SimpleUploadedFile("offerte.pdf", files.pdf())}
    one.post(f"{one.place}/evidence", told)
    application = Application.objects.latest("pk")
    if submitted:
        person = people.Person.objects.get(pk=application.applicant_number)
        made.answer(web_known.library(), application, person, made.WHOLE)
        one.post(f"/applications/{application.pk}/ready", {"person.eu_citizen": "true"})
        application.refresh_from_db()
        frozen, id_ = last_freeze(application), (round_.pk << 32) + application.pk
        assert frozen is not None
        Ticket.objects.create(
            id=id_, round=round_, key=application.key, person=frozen.person, content=frozen.content, cents=frozen.cents,
            kind=frozen.kind, batch=id_, arrived_at=made.AT,
        )  # fmt: skip
    return application


def desk(round_: Round, kind: RoleKind = RoleKind.ASSESSOR) -> Desk:
    """Somebody with a role at the body of the round."""
    return Desk(with_role(kind, "Otto", round_.body))


@pytest.mark.parametrize("kind", MAY)
def test_from_the_round_to_a_document(kind: RoleKind, nadia: Visitor, round_: Round) -> None:
    """The round leads to its applications with evidence, those to the documents; each step is in the log, and nothing else."""
    application = filed(nadia, round_)
    otto, before = desk(round_, kind), counts()
    address = f"/officer/rounds/{round_.pk}/evidence"
    assert f'href="{address}"' in otto.open(f"/officer/rounds/{round_.pk}").page
    page = otto.open(address)
    assert f"Aanvraag {application.pk}" in page.words
    assert "1 ontvangen" in page.words
    one = f"/officer/applications/{application.pk}/evidence"
    assert f'href="{one}"' in page.page
    page = otto.open(one)
    for said in ("de offerte van de opleider", "offerte.pdf", "Staatscourant 2026, 1, art. 3", "ontbreekt nog"):
        assert said in page.words, said
    assert "<form" not in page.page.partition("<main")[2]
    document = application.documents.get()
    reply = otto.client.get(f"/applications/{application.pk}/evidence/{document.pk}/file")
    assert reply.content == files.pdf()
    seen = View.objects.filter(viewer_id=str(otto.person.pk if otto.person else 0)).order_by("id")
    assert list(seen.values_list("subject_kind", "subject_id")) == [
        ("round_evidence", str(round_.pk)), ("application_evidence", str(application.pk)), ("evidence", str(document.pk)),
    ]  # fmt: skip
    assert counts() == before


@pytest.mark.parametrize("kind", [one for one in RoleKind if one not in MAY])
def test_nobody_else(kind: RoleKind, nadia: Visitor, round_: Round) -> None:
    """Every other role is refused both pages and gets no link; the log stays empty."""
    application = filed(nadia, round_)
    other = Desk(with_role(kind, "Otto", round_.body if kind in IN_BODY else None))
    for address in (f"/officer/rounds/{round_.pk}/evidence", f"/officer/applications/{application.pk}/evidence"):
        other.open(address)
        assert other.status == 403
    assert "/evidence" not in other.open(f"/officer/rounds/{round_.pk}").page
    assert not View.objects.filter(viewer_id=str(other.person.pk if other.person else 0)).exists()


@pytest.mark.parametrize("who", ["applicant", "visitor", "no second factor", "another body"])
def test_nor_without_the_proof_or_elsewhere(who: str, nadia: Visitor, round_: Round) -> None:
    """The applicant, a visitor and an official without a second factor are refused; for another body neither page exists."""
    application = filed(nadia, round_)
    otto = with_role(RoleKind.ASSESSOR, "Otto", round_.body)
    asking = {
        "applicant": lambda: nadia.client, "visitor": lambda: Desk(None).client,
        "no second factor": lambda: Desk(otto, second_factor=False).client,
        "another body": lambda: Desk(with_role(RoleKind.ASSESSOR, "Eva", people.body("elders"))).client,
    }[who]()  # fmt: skip
    wanted = {"another body": 404, "visitor": 302}.get(who, 403)
    for address in (f"/officer/rounds/{round_.pk}/evidence", f"/officer/applications/{application.pk}/evidence"):
        reply = asking.get(address)
        assert reply.status_code == wanted
        assert wanted != 302 or reply["Location"].startswith("/sign-in")
    assert not View.objects.filter(subject_kind__in=["round_evidence", "application_evidence"]).exists()


def test_a_draft_is_nobody_s_to_treat(nadia: Visitor, round_: Round) -> None:
    """What was not submitted, or has no document, is on no list, and its page does not exist."""
    application, otto = filed(nadia, round_, submitted=False), desk(round_)
    page = otto.open(f"/officer/rounds/{round_.pk}/evidence")
    assert "Bij geen ingediende aanvraag" in page.words
    for number in (application.pk, 2**70):
        assert otto.client.get(f"/officer/applications/{number}/evidence").status_code == 404


@pytest.mark.parametrize("submitted", [True, False], ids=["submitted", "draft"])
@pytest.mark.parametrize("kind", list(RoleKind))
def test_a_document_by_its_address(kind: RoleKind, submitted: bool, nadia: Visitor, round_: Round) -> None:
    """By its address a document opens for the roles that treat, of that body and once it was submitted; else it does not exist."""
    application = filed(nadia, round_, submitted=submitted)
    address = f"/applications/{application.pk}/evidence/{application.documents.get().pk}/file"
    own = Desk(with_role(kind, "Otto", round_.body if kind in IN_BODY else None))
    other = Desk(with_role(kind, "Eva", people.body("elders") if kind in IN_BODY else None))
    opens = submitted and kind in MAY
    assert own.client.get(address).status_code == (200 if opens else 404)
    assert other.client.get(address).status_code == 404
    assert View.objects.filter(subject_kind="evidence").count() == opens
    unproven = Desk(own.person, second_factor=False).client.get(address)
    assert unproven.status_code == (403 if opens else 404)


def test_a_long_list(nadia: Visitor, round_: Round, monkeypatch: Any) -> None:
    """A list goes on at the next page, and asks the database as often for two as for one."""
    piet = Visitor(people.person(name="Piet"))
    first, second = filed(nadia, round_), filed(piet, round_)
    otto, address = desk(round_), f"/officer/rounds/{round_.pk}/evidence"
    with CaptureQueriesContext(
        connection,
    ) as two:
        otto.open(address)
    monkeypatch.setattr(pages, "AT_ONCE", 1)
    with CaptureQueriesContext(connection) as one:
        page = otto.open(address)
    assert len(two) == len(one)
    assert (f"Aanvraag {first.pk}" in page.words, f"Aanvraag {second.pk}" in page.words) == (True, False)
    page = otto.open(address, after=first.pk)
    assert (f"Aanvraag {first.pk}" in page.words, f"Aanvraag {second.pk}" in page.words) == (False, True)
