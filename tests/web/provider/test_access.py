"""Whose pages: nobody without signing in, nobody without role and mandate, nobody at what belongs to another."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from doorleren.people.models import Assurance, Mandate, Organisation, RoleKind
from doorleren.register.models import Activity, Delivery, ProviderDetails, RecognitionAct, RecognitionStated
from doorleren.register.models.upload import Upload
from doorleren.web.provider import urls
from tests.people import made
from tests.web.provider.test_uploads import GOOD
from tests.web.provider.visitor import Visitor, provider

READ = (
    "", "/activities/new", "/activities/{activity}", "/uploads", "/uploads/{upload}", "/uploads/{upload}/undo", "/details",
    "/proofs/{proof}", "/enrolments", "/enrolments/{application}", "/enrolments/{application}/example.csv",
)  # fmt: skip
WRITE = (
    "/apply", "/activities/new", "/activities/{activity}", "/activities/{activity}/apply", "/uploads",
    "/uploads/{upload}/mapping", "/uploads/{upload}/mend", "/uploads/{upload}/confirm", "/uploads/{upload}/drop",
    "/uploads/{upload}/undo", "/details", "/recognitions", "/recognitions/{recognition}/withdraw",
    "/enrolments/{application}", "/enrolments/confirm", "/enrolments/{application}/preview",
    "/enrolments/{application}/submit",
)  # fmt: skip
THINGS = {"activity": 1, "upload": 1, "proof": 1, "recognition": 1, "application": 1}


@pytest.fixture
def theirs(other: Visitor) -> dict[str, int]:
    """An activity, an upload and a recognition with its proof of another provider."""
    other.upload(GOOD.replace("90000018", "12345678"))
    upload = Upload.objects.get()
    other.send(f"/provider/uploads/{upload.pk}/confirm")
    proof = SimpleUploadedFile("bewijs.pdf", b"%PDF-1.4\n%%EOF")
    other.post("/provider/recognitions", {"route": "ocw", "document": proof})
    stated = RecognitionStated.objects.get()
    return {
        "activity": Activity.objects.order_by("pk")[0].pk, "upload": upload.pk, "proof": stated.document_id or 0,
        "recognition": stated.pk, "application": 1,
    }  # fmt: skip


def place(path: str, things: dict[str, int]) -> str:
    return "/provider" + path.format(**things)


def test_every_address_is_asked_below() -> None:
    """The lists of this file name every address of the package."""
    told = {re.sub("{[a-z]+}", "<int:number>", path) for path in (*READ, *WRITE)}
    assert {f"provider{path}" for path in told} == {str(one.pattern) for one in urls.urlpatterns}


def test_a_visitor_is_led_to_signing_in(db: None, theirs: dict[str, int]) -> None:
    """Who is not signed in is led there from every page, and a form of such a one is refused."""
    client = Client(headers={"host": "localhost"})
    for path in READ:
        reply = client.get(place(path, theirs))
        assert (reply.status_code, reply["Location"].startswith("/sign-in?next=%2Fprovider")) == (302, True), path
    assert {client.post(place(path, theirs)).status_code for path in WRITE} == {403}


def test_what_belongs_to_another_is_not_found(sanne: Visitor, theirs: dict[str, int]) -> None:
    """Another provider's activity and upload do not exist for me, to see or to act upon, and nothing changes."""
    before = _counted()
    found = {path: sanne.client.get(place(path, theirs)).status_code for path in READ if "{" in path}
    sent = {path: sanne.client.post(place(path, theirs), {"kvk": "12345678"}).status_code for path in WRITE}
    assert set(found.values()) == {404}
    assert set(sent.values()) == {404} | ({422} & {sent["/uploads"], sent["/enrolments/confirm"]}), sent
    assert sanne.client.get("/provider/activities/new?kvk=12345678").status_code == 404
    withdrawn = sanne.client.post(place("/recognitions/{recognition}/withdraw", theirs), {"kvk": "90000018"})
    assert withdrawn.status_code == 409
    assert before == _counted()
    page = sanne.open("/provider")
    assert "Lassen" not in page.words
    assert "aanbod.csv" not in sanne.open("/provider/uploads").words


def _counted() -> tuple[Any, ...]:
    models = (Activity, Delivery, ProviderDetails, RecognitionStated, RecognitionAct)
    return (*(model._default_manager.count() for model in models), list(Upload.objects.values()))


def test_numbers_that_cannot_be_are_not_found(sanne: Visitor) -> None:
    """A number beyond the database's own is no error of the site."""
    for path in ("activities", "uploads", "proofs"):
        assert sanne.client.get(f"/provider/{path}/{'9' * 30}").status_code == 404


@pytest.mark.parametrize("lack", ["role", "mandate", "assurance", "other_role"])
def test_role_mandate_and_assurance_are_each_needed(workshop: Organisation, lack: str) -> None:
    """Without a role, without a mandate in force, with a low assurance or as an employer every page and form is refused."""
    person = made.person(name="Sanne")
    if lack != "mandate":
        made.mandate(person, workshop)
    if lack != "role":
        kind = RoleKind.EMPLOYER if lack == "other_role" else RoleKind.PROVIDER
        made.role(person, kind, organisation=workshop)
    visitor = Visitor(person, Assurance.LOW if lack == "assurance" else Assurance.SUBSTANTIAL)
    things = THINGS
    assert {visitor.client.get(place(path, things)).status_code for path in READ} == {403}
    assert {visitor.client.post(place(path, things)).status_code for path in WRITE} == {403}


def test_a_mandate_that_ended_shows_nothing_any_more(sanne: Visitor) -> None:
    """Access is asked anew at each request."""
    sanne.open("/provider")
    Mandate.objects.update(ends_on=made.LONG_AGO)
    assert sanne.client.get("/provider").status_code == 403


def test_reading_writes_nothing(sanne: Visitor, db: None) -> None:
    """No page that is only opened asks the database to write, busy or not."""
    sanne.upload(GOOD)
    upload = Upload.objects.get().pk
    sanne.send(f"/provider/uploads/{upload}/confirm")
    things = THINGS | {"activity": Activity.objects.order_by("pk")[0].pk, "upload": upload}
    for state in (None, "judging"):
        if state:
            Upload.objects.filter(pk=upload).update(state=state, delivery=None)
        for path in READ:
            with CaptureQueriesContext(
                connection,
            ) as asked:
                sanne.client.get(place(path, things))
            wrote = [one["sql"] for one in asked if one["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE", "COPY")]
            assert wrote == [], path


def test_a_form_of_somebody_else_is_refused(workshop: Organisation) -> None:
    """A POST without the token of this site is refused everywhere, and nothing happens."""
    sanne = Visitor(provider("Sanne", workshop))
    forged = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
    forged.cookies = sanne.client.cookies
    assert forged.get("/provider").status_code == 200
    things = THINGS
    found = {path: forged.post(place(path, things), {"title": "x"}).status_code for path in WRITE}
    assert {path for path, status in found.items() if status != 403} <= {
        "/enrolments/{application}/preview"
    }  # not theirs
    assert set(found.values()) <= {403, 404}
    assert not Activity.objects.exists()


def test_somebody_with_two_organisations_sees_both_and_chooses(workshop: Organisation) -> None:
    """Both lists are one; a new activity goes to the organisation that was chosen."""
    second = Organisation.objects.create(kvk="11223344", name="Tweede School")
    person = provider("Sanne", workshop)
    made.mandate(person, second)
    made.role(person, RoleKind.PROVIDER, organisation=second)
    visitor = Visitor(person)
    assert "Tweede School" in visitor.open("/provider").words
    visitor.post("/provider/activities/new", {"kvk": "11223344", "title": "Boren"})
    assert Activity.objects.get().provider.kvk == "11223344"
    visitor.upload("Code;Titel\nX1;Draaien\n", kvk="11223344")
    assert Upload.objects.get().organisation == second


def test_the_folder_of_uploads_is_of_its_owner_alone(sanne: Visitor, settings: Any) -> None:
    """Nobody else on the machine may look, and no name of the provider's choosing stands in it."""
    sanne.upload(GOOD, "geheim.csv")
    folder: Path = settings.DOORLEREN_HOME / "uploads"
    assert folder.stat().st_mode & 0o077 == 0
    assert all("geheim" not in one.name for one in folder.iterdir())
