"""My organisation: contact and locations become versions, a recognition is stated with a proof that is what it says."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from doorleren.audit.models import Act
from doorleren.people.models import Organisation
from doorleren.register.access import Acting
from doorleren.register.commands.confirm_recognition import confirm_recognition
from doorleren.register.commands.reject_recognition import reject_recognition
from doorleren.register.entries import Location
from doorleren.register.models import ProofDocument, Provider, ProviderDetails, ProviderRecognition, RecognitionStated
from doorleren.register.quality.reading import provider_entry
from tests.web.provider.visitor import Visitor

PAGE = "/provider/details?kvk=90000018"
DECIDER = Acting("person", "99", frozenset({"decider"}))
AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
TYPED = {
    "website": "werkplaats.example", "email": "info@werkplaats.example", "phone": "030 123 45 67", "street": "Smidsgang 1",
    "postcode": "3701ab", "place": "Zeist", "locations": "2", "location-0.name": "Loods", "location-0.street": "Kade 2",
    "location-0.postcode": "3511 AB", "location-0.place": "Utrecht", "location-1.name": "", "version": "",
}  # fmt: skip
PDF, PNG, JPEG = (
    b"%PDF-1.7\n1 0 obj\n%%EOF\n", b"\x89PNG\r\n\x1a\n....IEND\xaeB`\x82", b"\xff\xd8\xff\xe0....\xff\xd9",
)  # fmt: skip


def save(visitor: Visitor, **more: str) -> Any:
    return visitor.post("/provider/details", TYPED | {name.replace("__", "."): text for name, text in more.items()})


def state(visitor: Visitor, content: bytes | None = None, name: str = "bewijs.pdf", **fields: str) -> Any:
    given: dict[str, Any] = {"route": "quality_mark", **fields}
    if content is not None:
        given["document"] = SimpleUploadedFile(name, content)
    return visitor.post("/provider/recognitions", given)


def entry() -> Any:
    return provider_entry(Provider.objects.get(kvk="90000018"))


def test_what_is_typed_becomes_a_version_and_is_shown(sanne: Visitor) -> None:
    """Contact, address and a location arrive as the readers read them, in a version with an act; an empty row is dropped."""
    page = save(sanne)
    assert "Uw gegevens zijn opgeslagen." in page.words
    told = entry()
    assert (told.website, told.email, told.phone) == (
        "https://werkplaats.example", "info@werkplaats.example", "030 123 45 67",
    )  # fmt: skip
    assert (told.street, told.postcode, told.place) == ("Smidsgang 1", "3701 AB", "Zeist")
    assert told.locations == (Location("Loods", "Kade 2", "3511 AB", "Utrecht"),)
    version = ProviderDetails.objects.get()
    assert version.locations == [{"name": "Loods", "street": "Kade 2", "postcode": "3511 AB", "place": "Utrecht"}]
    assert Act.objects.filter(act="changed", subject_kind="provider", details={"version": version.pk}).count() == 1
    assert 'value="3701 AB"' in sanne.open(PAGE).page


def test_saving_the_same_again_makes_no_version(sanne: Visitor) -> None:
    """Nothing changed is said so, and the page of before somebody else's change is refused."""
    save(sanne)
    version = str(ProviderDetails.objects.get().pk)
    assert "Er was niets veranderd." in save(sanne, version=version).words
    save(sanne, version=version, place="Epe")
    assert ProviderDetails.objects.count() == 2
    save(sanne, version=version, place="Elst")
    assert (sanne.status, ProviderDetails.objects.count(), entry().place) == (409, 2, "Epe")


def test_the_name_is_not_to_be_changed_here(sanne: Visitor) -> None:
    """A name that is posted is nobody's business: it is that of the trade register."""
    save(sanne, name="Andere Naam")
    assert entry().name == "Vakschool De Werkplaats"
    assert 'name="name"' not in sanne.open(PAGE).page


@pytest.mark.parametrize(
    ("field", "text", "says"),
    [
        ("website", "javascript:alert(1)", "een webadres"), ("email", "geen adres", "een e-mailadres"),
        ("phone", "bel maar", "een telefoonnummer"), ("postcode", "12", "een Nederlandse postcode"),
        ("place", "x" * 101, "Plaats: Gegeven is"), ("location-0.postcode", "0000", "Locatie 1, Postcode"),
        ("location-1.name", "Alleen een naam", "Locatie 2, Plaats: Vul in waar deze locatie is"),
        ("street", "a\x00b", "Straat en huisnummer: Gegeven is"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_by_field(sanne: Visitor, field: str, text: str, says: str) -> None:
    """Each wrong value stays on the page with what is allowed, and nothing is saved."""
    page = save(sanne, **{field: text})
    assert (sanne.status, ProviderDetails.objects.count()) == (422, 0)
    assert says in page.words


def test_locations_are_added_and_taken_away_without_saving(sanne: Visitor) -> None:
    """The buttons keep what was typed, and save nothing."""
    page = save(sanne, add_location="1")
    assert 'name="location-2.place"' in page.page
    page = save(sanne, drop_location="0")
    assert "Loods" not in page.page
    assert not ProviderDetails.objects.exists()


def test_a_delivery_no_longer_changes_what_was_typed(sanne: Visitor) -> None:
    """After a provider spoke for itself, its own upload and any feed leave contact, address and locations as they are."""
    save(sanne)
    before = entry()
    sanne.upload("Code;Titel;KvK-nummer;Website\nL1;Lassen;90000018;https://elders.example\n")
    sanne.send(f"{sanne.place}/confirm")
    sanne.post("/provider/activities/new", {"title": "Boren", "runs": "0"})
    assert entry() == before


@pytest.mark.parametrize(("content", "kind"), [(PDF, "application/pdf"), (PNG, "image/png"), (JPEG, "image/jpeg")])
def test_a_recognition_is_stated_with_a_document(sanne: Visitor, content: bytes, kind: str) -> None:
    """The document is what its content says, whatever its name says, and comes back whole as a file to keep."""
    page = state(sanne, content, name="../../x.exe", starts_on="1-1-2026", ends_on="31-12-2027")
    assert "opgegeven, nog niet bevestigd" in page.words
    stated, kept = RecognitionStated.objects.get(), ProofDocument.objects.get()
    assert (stated.document, kept.media_type, kept.file_name, kept.size) == (kept, kind, "x.exe", len(content))
    reply = sanne.client.get(f"/provider/proofs/{kept.pk}")
    assert (reply.content, reply["Content-Type"], reply["X-Content-Type-Options"]) == (content, kind, "nosniff")
    assert reply["Content-Disposition"].startswith("attachment")
    assert Act.objects.filter(act="recognition_stated", subject_kind="provider").count() == 1


@pytest.mark.parametrize(
    ("content", "fields", "says"),
    [
        (b"<html>%PDF-", {}, "een PDF, PNG of JPEG"), (PDF[:-7], {}, "een PDF, PNG of JPEG"), (b"", {}, "een PDF, PNG of JPEG"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 5_000_000 + b"IEND\xaeB`\x82", {}, "een PDF, PNG of JPEG"),
        (None, {}, "Kies een document"), (None, {"number": "12"}, "Vul ook de link"),
        (None, {"link": "https://x.example"}, "Vul ook het nummer"), (PDF, {"link": "ftp://x"}, "een webadres"),
        (PDF, {"route": ""}, "Kies hoe u bent erkend"), (PDF, {"route": "iso"}, "een van de manieren in de lijst"),
        (PDF, {"starts_on": "2-2-2026", "ends_on": "1-2-2026"}, "Vul een dag in op of na 2 februari 2026"),
        (PDF, {"starts_on": "ooit"}, "Geldt vanaf: Gegeven is"),
    ],
)  # fmt: skip
def test_no_recognition_without_a_proof_that_can_be_read(
    sanne: Visitor, content: bytes | None, fields: dict[str, str], says: str
) -> None:  # fmt: skip
    """Half a proof, another kind of file, one that is too large, a wrong link, kind or day: each is said, nothing is kept."""
    page = state(sanne, content, **fields)
    assert (sanne.status, RecognitionStated.objects.count(), ProofDocument.objects.count()) == (422, 0, 0)
    assert says in page.words


def test_it_counts_only_after_an_official_confirmed_it(sanne: Visitor) -> None:
    """Stated it is nobody's recognition; confirmed it is, through later uploads too; withdrawn it is not any more."""
    state(sanne, number="NRTO-12", link="https://nrto.example/12")
    assert entry().recognitions == ()
    confirm_recognition(RecognitionStated.objects.get().pk, by=DECIDER, at=AT)
    sanne.post("/provider/activities/new", {"title": "Boren", "runs": "0"})
    assert [(one.route, one.proof) for one in entry().recognitions] == [("quality_mark", "NRTO-12")]
    assert ProviderRecognition.objects.count() == 1
    page = sanne.open(PAGE)
    assert "bevestigd" in page.words
    sanne.send(f"/provider/recognitions/{RecognitionStated.objects.get().pk}/withdraw")
    assert entry().recognitions == ()
    assert "ingetrokken" in sanne.open(PAGE).words


def test_a_rejection_is_shown_with_its_reason(sanne: Visitor) -> None:
    """The provider reads why, and can no longer withdraw what was rejected."""
    state(sanne, PDF)
    key = RecognitionStated.objects.get().pk
    reject_recognition(key, reason="Het bewijs is verlopen.", by=DECIDER, at=AT)
    page = sanne.open(PAGE)
    assert "afgewezen" in page.words
    assert "Het bewijs is verlopen." in page.words
    assert f"/provider/recognitions/{key}/withdraw" not in page.page
    sanne.send(f"/provider/recognitions/{key}/withdraw")
    assert sanne.status == 409


def test_the_list_of_my_organisations_leads_here(sanne: Visitor, workshop: Organisation) -> None:
    """The page is found from the list of one's trainings."""
    assert PAGE in sanne.open("/provider").links
