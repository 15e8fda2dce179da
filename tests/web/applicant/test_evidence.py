"""The page of evidence without a browser: what is asked, giving and taking back, sending in pieces, and who may do what."""

import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from doorleren.applications.evidence.faults import LARGEST
from doorleren.applications.evidence.storage import Store
from doorleren.applications.models import Application, Document, DocumentStep
from doorleren.audit.models import Act, View
from doorleren.people.models import IN_BODY, Assurance, Person, RoleKind
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from doorleren.web import known as web_known
from tests.applications import made
from tests.applications.evidence import files
from tests.people import made as people
from tests.web.provider.visitor import Visitor

PDF = files.pdf()
PIECE = "application/offset+octet-stream"


@pytest.fixture
def round_(db: None, evidence: None) -> Round:
    """The round of that scheme, announced and open."""
    return made.a_round(web_known.library(), opened=True)


@pytest.fixture
def place(nadia: Visitor, round_: Round) -> str:
    """The address of the evidence of Nadia's draft."""
    nadia.post("/applications/start", {"round": round_.pk, "as": "learner:person"})
    return f"{nadia.place}/evidence"


def give(one: Visitor, place: str, raw: bytes = PDF, evidence: str = "offer", name: str = "offerte.pdf") -> Any:
    """Send a file with the plain form."""
    return one.post(place, {"evidence": evidence, "file": SimpleUploadedFile(name, raw)})


def announce(one: Visitor, place: str, raw: bytes = PDF, **other: Any) -> Any:
    """Announce a file as the script does."""
    told = {"evidence": "offer", "name": "offerte.pdf", "size": len(raw), "sha256": hashlib.sha256(raw).hexdigest()}
    return one.client.post(f"{place}/begin", told | other)


def patch(one: Visitor, address: str, raw: bytes, offset: int | str, **other: Any) -> Any:
    """Send a piece as the script does."""
    told = {"content_type": PIECE, "headers": {"Upload-Offset": str(offset)}} | other
    return one.client.patch(address, raw, **told)


def test_what_is_asked(nadia: Visitor, place: str) -> None:
    """The page says of each piece what it is, why and when it is asked, and how it stands; only what is asked now has a form."""
    page = nadia.open(place)
    for said in ("de offerte van de opleider", "ontbreekt nog", "Wanneer: bij de aanvraag", "Soort: PDF.", "Soort: XLSX, PDF.",
                 "staat in uw antwoorden", "vragen wij later", "Dit bewijst dat het is gebeurd",
                 "Staatscourant 2026, 1, art. 3"):  # fmt: skip
        assert said in page.words, said
    assert "jaarrekening" not in page.words  # that is asked in another track
    assert re.findall(r'name="evidence" value="(\w+)"', page.page) == ["offer", "budget"]
    assert "Naar uw bewijsstukken" in nadia.open(place.removesuffix("/evidence")).words


def test_giving_and_opening(nadia: Visitor, place: str) -> None:
    """A file that was given is listed, handed out as it came with a safe head, and each opening is in the log of who viewed."""
    assert give(nadia, place, name="..\\off\u202eerte.exe").words is not None
    assert nadia.status == 302
    page = nadia.open(place)
    assert "ontvangen" in page.words
    assert "Niet op virussen gecontroleerd" in page.words
    document = Document.objects.get()
    reply = nadia.client.get(f"{place}/{document.pk}/file")
    assert (reply.content, reply["Content-Type"], reply["X-Content-Type-Options"]) == (
        PDF,
        "application/pdf",
        "nosniff",
    )
    assert reply["Content-Disposition"] == 'attachment; filename="offerte.pdf"'
    assert "sandbox" in reply["Content-Security-Policy"]
    assert "no-store" in reply["Cache-Control"]
    assert [(one.kind, one.subject) for one in _views()] == [("evidence", str(document.pk))]


def _views() -> list[Any]:
    return [type("V", (), {"kind": one.subject_kind, "subject": one.subject_id}) for one in View.objects.order_by("id")]


def test_taking_back(nadia: Visitor, place: str) -> None:
    """What is taken back is gone from the page and cannot be opened; the acts are in the record."""
    give(nadia, place)
    number = Document.objects.get().pk
    nadia.post(f"{place}/{number}/withdraw", {})
    assert "offerte.pdf" not in nadia.open(place).words
    assert nadia.client.get(f"{place}/{number}/file").status_code == 409
    nadia.post(f"{place}/{number}/withdraw", {})
    assert nadia.status == 409
    acts = Act.objects.filter(act__startswith="evidence").order_by("id").values_list("act", flat=True)
    assert list(acts) == ["evidence_uploaded", "evidence_checked", "evidence_withdrawn"]


def test_the_same_file_twice_is_one(nadia: Visitor, place: str) -> None:
    """Pressing twice gives one document."""
    give(nadia, place)
    give(nadia, place)
    assert Document.objects.count() == 1


@pytest.mark.parametrize(
    ("raw", "asked", "said"),
    [
        (files.pdf(trailer=b"/Encrypt 9 0 R"), "offer", "Het bestand heeft een wachtwoord"),
        (files.png(), "offer", "dan voor dit bewijsstuk mag. Wel goed: PDF."),
        (b"MZ" + bytes(50), "budget", "herkennen dit soort bestand niet"),
    ],
    ids=["password", "picture", "program"],
)
def test_what_is_refused_says_why(nadia: Visitor, place: str, raw: bytes, asked: str, said: str) -> None:
    """A refused file stands in the list with the reason and what to do, and is not handed out."""
    give(nadia, place, raw, asked)
    assert said in nadia.open(place).words
    assert nadia.client.get(f"{place}/{Document.objects.get().pk}/file").status_code == 409


@pytest.mark.parametrize(
    ("told", "status", "said"),
    [
        ({"evidence": "offer"}, 422, "Kies eerst een bestand"),
        ({"evidence": "offer", "file": SimpleUploadedFile("a.pdf", b"")}, 422, "Kies eerst een bestand"),
        ({"evidence": "nothing", "file": SimpleUploadedFile("a.pdf", PDF)}, 422, "hoort niet bij deze regeling"),
        ({"evidence": "report", "file": SimpleUploadedFile("a.pdf", PDF)}, 422, "geeft u later"),
        ({"evidence": "register", "file": SimpleUploadedFile("a.pdf", PDF)}, 422, "geen bestand nodig"),
    ],
    ids=["no file", "empty", "not asked", "later", "form"],
)  # fmt: skip
def test_errors_stand_with_the_field(nadia: Visitor, place: str, told: dict[str, Any], status: int, said: str) -> None:
    """What cannot be taken at all comes back with the page and the sentence, and nothing is kept."""
    for one in told.values():
        if isinstance(one, SimpleUploadedFile):
            one.seek(0)
    page = nadia.post(place, told)
    assert (nadia.status, Document.objects.count()) == (status, 0)
    assert said in page.words or "bestand is leeg" in page.words


def test_too_large_is_refused_at_its_field(nadia: Visitor, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is larger than allowed is not kept, one far larger not even read; both are told at the field of that piece."""
    pages = [give(nadia, place, bytes(LARGEST + 1))]
    monkeypatch.setattr("doorleren.web.receiving.READ_ON", 1)
    pages.append(give(nadia, place, bytes(LARGEST + 1)))
    assert nadia.status == 413
    for page in pages:
        assert re.search(r'id="error-offer"[^>]*data-error>.*?te groot', page.page)
    assert not Document.objects.exists()


def test_in_pieces_over_a_break_and_a_new_session(nadia: Visitor, place: str) -> None:
    """A file in pieces goes on where it stopped, also after signing in again, and says so on the page meanwhile."""
    begun = announce(nadia, place)
    assert (begun.status_code, begun["Upload-Offset"]) == (201, "0")
    address = begun["Location"]
    assert patch(nadia, address, PDF[:70], 0)["Upload-Offset"] == "70"
    assert "nog niet helemaal verstuurd" in nadia.open(place).words
    nadia.client.logout()
    assert patch(nadia, address, PDF[70:], 70).status_code == 403
    again = Visitor(Person.objects.get(name="Nadia"))
    head = again.client.head(address)
    assert (head["Upload-Offset"], head["Upload-Length"], head["Upload-Complete"]) == ("70", str(len(PDF)), "?0")
    found = announce(again, place)
    assert (found["Location"], found["Upload-Offset"]) == (address, "70")
    wrong = patch(again, address, PDF[:10], 0)
    assert (wrong.status_code, wrong["Upload-Offset"]) == (409, "70")
    assert patch(again, address, PDF[70:], 70).status_code == 204
    assert again.client.head(address)["Upload-Complete"] == "?1"
    reply = again.client.get(f"{place}/{Document.objects.get().pk}/file")
    assert reply.content == PDF


@pytest.mark.parametrize(
    ("other", "status"),
    [
        ({"content_type": "application/json"}, 415), ({"headers": {}}, 400),
        ({"headers": {"Upload-Offset": "-1"}}, 400), ({"headers": {"Upload-Offset": "99999"}}, 413),
    ],
    ids=["type", "no offset", "negative", "beyond"],
)  # fmt: skip
def test_wrong_pieces(nadia: Visitor, place: str, other: dict[str, Any], status: int) -> None:
    """A piece that says the wrong things is refused with what is allowed, and nothing of it is kept."""
    address = announce(nadia, place)["Location"]
    reply = patch(nadia, address, PDF[:10], 0, **other)
    assert reply.status_code == status
    assert "allowed" in reply.json()["reason"]
    assert nadia.client.head(address)["Upload-Offset"] == "0"


@pytest.mark.parametrize(
    "told", [{"size": "many"}, {"size": "-1"}, {"sha256": "xyz"}], ids=["word", "negative", "hash"]
)
def test_wrong_announcements(nadia: Visitor, place: str, told: dict[str, str]) -> None:
    """An announcement that cannot be read names the field; one that is too large has the sentence for the reader."""
    assert announce(nadia, place, **told).status_code == 400
    large = announce(nadia, place, size=LARGEST + 1)
    assert (large.status_code, "te groot" in large.json()["reason"]) == (422, True)
    assert not Document.objects.exists()


def test_pieces_need_the_token_of_the_form(nadia: Visitor, place: str) -> None:
    """A page of another site can neither announce nor send a piece nor give a file."""
    address = announce(nadia, place)["Location"]
    strict = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
    strict.cookies = nadia.client.cookies
    assert strict.patch(address, PDF, content_type=PIECE, headers={"Upload-Offset": "0"}).status_code == 403
    assert strict.post(f"{place}/begin", {}).status_code == 403
    assert strict.post(place, {"evidence": "offer", "file": SimpleUploadedFile("a.pdf", PDF)}).status_code == 403
    assert not DocumentStep.objects.exists()


def test_a_scanner_that_does_not_answer(nadia: Visitor, place: str, settings: Any) -> None:
    """Without an answer the document waits, is not handed out, and can be checked again; then it is."""
    settings.DOORLEREN_SCANNER = "command:false-no-such-program"
    give(nadia, place)
    number = Document.objects.get().pk
    assert "wacht op de viruscontrole" in nadia.open(place).words
    assert nadia.client.get(f"{place}/{number}/file").status_code == 409
    nadia.post(f"{place}/{number}/check", {})
    assert nadia.client.get(f"{place}/{number}/file").status_code == 409
    settings.DOORLEREN_SCANNER = "command:true"
    nadia.post(f"{place}/{number}/check", {})
    assert nadia.client.get(f"{place}/{number}/file").content == PDF
    assert "Niet op virussen" not in nadia.open(place).words


def test_a_changed_file_says_so(nadia: Visitor, place: str, settings: Any) -> None:
    """What is no longer what was given is not handed out: the page says that it was damaged with us."""
    give(nadia, place)
    document = Document.objects.get()
    path = settings.DOORLEREN_EVIDENCE / document.kept
    path.write_bytes(path.read_bytes()[:60] + b"x" + path.read_bytes()[61:])
    reply = nadia.client.get(f"{place}/{document.pk}/file")
    assert (reply.status_code, "beschadigd" in reply.content.decode()) == (500, True)
    assert not View.objects.exists()


@pytest.fixture
def address(nadia: Visitor, place: str) -> str:
    """The address of a document that Nadia gave."""
    give(nadia, place)
    return f"{place}/{Document.objects.get().pk}"


def test_to_a_stranger_it_does_not_exist(address: str, place: str) -> None:
    """To somebody else neither page nor document exists, and nothing is changed; a visitor is led to signing in."""
    olga = Visitor(people.person(name="Olga"))
    for one in (place, f"{address}/file", f"{place}/999/file", "/applications/987654/evidence"):
        assert olga.client.get(one).status_code == 404, one
    for one in (place, f"{place}/begin", f"{address}/withdraw", f"{address}/check"):
        assert olga.client.post(one, {"evidence": "offer"}).status_code == 404, one
    assert patch(olga, f"{address}/content", b"x", 0).status_code == 404
    assert olga.client.head(f"{address}/content").status_code == 404
    nobody = Visitor(None)
    assert nobody.client.get(f"{address}/file").status_code == 302
    assert nobody.client.post(f"{address}/withdraw").status_code == 403
    low = Visitor(Person.objects.get(name="Nadia"), Assurance.LOW)
    assert low.client.get(f"{address}/file").status_code == 403
    assert DocumentStep.objects.filter(step="withdrawn").count() == 0


def test_a_document_of_another_application(nadia: Visitor, address: str, place: str, round_: Round) -> None:
    """The number of a document counts only with that of its own application."""
    nadia.post("/applications/start", {"round": round_.pk, "as": "learner:person"})
    other = f"{nadia.place}/evidence/{Document.objects.get().pk}"
    assert nadia.client.get(f"{other}/file").status_code == 404
    assert nadia.client.post(f"{other}/withdraw").status_code == 404


def test_another_party_looks_only(address: str, place: str) -> None:
    """Who is paid may look and download, and may not give, send or take away."""
    payee = people.person(name="Bea")
    Application.objects.update(payee_kind="person", payee_number=payee.pk)
    bea = Visitor(payee)
    assert bea.client.get(f"{address}/file").content == PDF
    page = bea.open(place)
    assert "Haal weg" not in page.words
    assert "Verstuur" not in page.words
    for one in (place, f"{place}/begin", f"{address}/withdraw", f"{address}/check"):
        assert bea.client.post(one, {}).status_code == 403, one
    assert patch(bea, f"{address}/content", b"", len(PDF)).status_code == 403


def official(kind: RoleKind) -> Visitor:
    """Somebody with a role in the body of the round, signed in with a second factor."""
    person = people.person(name=kind)
    people.role(person, kind, body=Round.objects.get().body)
    visitor = Visitor(person)
    session = visitor.client.session
    session["proof"] = session["proof"] | {"second_factor": True}
    session.save()
    return visitor


@pytest.mark.parametrize("kind", [*IN_BODY])
def test_officials_open_nothing_of_a_draft(address: str, kind: RoleKind) -> None:
    """Whatever the role in the body, what was not submitted is not found, and nobody is noted as having looked."""
    visitor = official(kind)
    assert visitor.client.get(f"{address}/file").status_code == 404
    assert visitor.client.post(f"{address}/withdraw").status_code == 404
    assert not View.objects.exists()


def test_looking_writes_nothing(nadia: Visitor, address: str, place: str) -> None:
    """Neither the page nor asking how far a file is writes; opening a document writes the log of who viewed and no more."""
    for one, wrote in ((place, []), (f"{address}/file", ["audit_view"])):
        with CaptureQueriesContext(connection) as asked:
            nadia.client.get(one)
        found = [
            re.split(r'[\s"]+', sql["sql"])[2]
            for sql in asked
            if sql["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")
        ]
        assert [table for table in found if table != "SET" and "session" not in table] == wrote, one


def test_with_another_key_nothing_opens(address: str, nadia: Visitor, settings: Any) -> None:
    """A copy of database and folder without the key of the home folder opens nothing."""
    settings.DOORLEREN_EVIDENCE_KEY = b"f" * 32
    assert nadia.client.get(f"{address}/file").status_code == 500
    assert Store(settings.DOORLEREN_EVIDENCE, b"e" * 32).folder.exists()


def test_what_was_needed_to_submit_is_not_after_it(known: Library, nadia: Visitor, tmp_path: Path, db: None) -> None:
    """Once there is a receipt no piece says that it is needed to submit, and what lacks can still be given."""
    made.library(
        tmp_path / "schemes",
        made.FILE.replace('stage = "application"', 'stage = "application"\nneeded_by = "submission"'),
    )
    web_known.library.cache_clear()
    round_ = made.a_round(web_known.library(), opened=True)
    nadia.post("/applications/start", {"round": round_.pk, "as": "learner:person"})
    place = f"{nadia.place}/evidence"
    assert "nodig om in te dienen" in nadia.open(place).words
    one = Application.objects.get()
    made.stood_ready(one)
    made.submitted(one)
    after = nadia.open(place)
    assert "nodig om in te dienen" not in after.words
    assert "Uw aanvraag is ingediend. Wat hier nog ontbreekt, kunt u nog geven." in after.words


def test_after_submitting_the_page_stays(nadia: Visitor, address: str, place: str) -> None:
    """A withdrawn application takes no more files; what was given can still be seen and taken away."""
    nadia.post(f"{place.removesuffix('/evidence')}/withdraw", {})
    page = nadia.open(place)
    assert "U kunt hier nu geen bestanden geven" in page.words
    assert "Verstuur" not in page.words
    give(nadia, place, files.pdf(b"% another\n"))
    assert (nadia.status, Document.objects.count()) == (422, 1)
    nadia.post(f"{address}/withdraw", {})
    assert nadia.status == 302
