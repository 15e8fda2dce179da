"""Documents of an application, through the commands: received in pieces, judged, scanned, taken back, and who may."""

import hashlib
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from doorleren.applications.commands import withdraw_document as withdrawing
from doorleren.applications.commands.begin_document import begin_document
from doorleren.applications.commands.check_document import check_document, keep_evidence
from doorleren.applications.commands.freeze_draft import freeze_draft
from doorleren.applications.commands.receive_piece import Received, WrongOffset, receive_piece
from doorleren.applications.commands.withdraw_application import withdraw_application
from doorleren.applications.commands.withdraw_document import withdraw_document
from doorleren.applications.evidence import queries
from doorleren.applications.evidence.faults import LARGEST
from doorleren.applications.evidence.sealing import DoesNotOpen
from doorleren.applications.evidence.storage import Store
from doorleren.applications.models import Application, Document, DocumentKey, DocumentStep
from doorleren.applications.queries import last_freeze
from doorleren.applications.refusing import ApplicationRefused
from doorleren.audit.models import Act
from doorleren.people.access import NotAllowed
from doorleren.people.models import Person
from doorleren.rounds.commands.open_gate import close_gate, open_gate
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.applications.evidence import files
from tests.applications.made import AT, KEY, SENSITIVE, TODAY, US, WHOLE, answer, signed_in
from tests.people import made as people

PDF = files.pdf()


def begin(one: Application, person: Person, store: Store, **other: Any) -> Document:
    """Announce a PDF as the offer, but for what is said."""
    told = {"evidence": "offer", "file_name": "offerte.pdf", "size": len(PDF), "by": signed_in(person), "at": AT}
    return begin_document(one.pk, store=store, **(told | other))


def give(one: Application, person: Person, store: Store, raw: bytes = PDF, **other: Any) -> Document:
    """Announce and send a whole document; it is not scanned yet."""
    made = begin(one, person, store, size=len(raw), **other)
    receive_piece(made.pk, raw, offset=0, store=store, by=signed_in(person), at=AT)
    return made


def standing(document: Document) -> str:
    """Say how a document stands."""
    return queries.given_of(Document.objects.get(pk=document.pk)).standing


def acts() -> list[str]:
    """Name the acts on evidence in the record."""
    return list(Act.objects.filter(act__startswith="evidence").order_by("id").values_list("act", flat=True))


def test_what_is_asked_follows_from_the_file(one: Application) -> None:
    """The list is that of the scheme's track: what is asked now first, a form is no file, what comes later not asked yet."""
    found = [(piece.asked.evidence.id, piece.standing, piece.asked.uploadable) for piece in queries.pieces_of(one)]
    assert found == [
        ("offer", "lacking", True), ("budget", "lacking", True), ("register", "lacking", False),
        ("report", "lacking", False),
    ]  # fmt: skip
    assert [piece.asked.by_answers for piece in queries.pieces_of(one)] == [False, False, True, False]


def test_another_track_asks_something_else(one: Application, nadia: Person, store: Store) -> None:
    """What only another track asks is not on the list and not taken; in that track it is asked."""
    with pytest.raises(ApplicationRefused):
        begin(one, nadia, store, evidence="accounts")
    one.track = "firm"
    assert "accounts" in {piece.asked.evidence.id for piece in queries.pieces_of(one)}


def test_in_pieces_with_a_break(one: Application, nadia: Person, store: Store) -> None:
    """A document that broke off is found again by its content and goes on where it stopped; then it is judged and kept."""
    mark = hashlib.sha256(PDF).hexdigest()
    document = begin(one, nadia, store, sha256=mark)
    who = {"store": store, "by": signed_in(nadia), "at": AT}
    assert receive_piece(document.pk, PDF[:100], offset=0, **who) == Received(100, False)
    with pytest.raises(WrongOffset) as wrong:
        receive_piece(document.pk, PDF[:50], offset=0, **who)
    assert wrong.value.offset == 100
    again = begin(one, nadia, store, sha256=mark, file_name="otherwise.pdf")
    assert again.pk == document.pk
    assert standing(document) == "receiving"
    assert receive_piece(document.pk, PDF[100:], offset=100, **who) == Received(len(PDF), True)
    assert standing(document) == "waiting"
    assert check_document(document.pk, store=store, scanner=lambda raw: "clean", at=AT) == "uploaded"
    assert begin(one, nadia, store, sha256=mark).pk == document.pk
    _, kind, raw = queries.opened(document, store, by=signed_in(nadia), at=AT)
    assert (kind.name, raw) == ("pdf", PDF)
    assert acts() == ["evidence_uploaded", "evidence_checked"]


def test_all_bytes_here_and_not_judged(one: Application, nadia: Person, store: Store) -> None:
    """When all was received and the process died before judging, an empty piece at the end has it judged after all."""
    document = begin(one, nadia, store)
    store.add(document.kept, bytes(document.key.wrapped), PDF)
    store.close(document.kept, bytes(document.key.wrapped))
    assert receive_piece(document.pk, b"", offset=len(PDF), store=store, by=signed_in(nadia), at=AT).whole
    assert standing(document) == "waiting"


@pytest.mark.parametrize(
    ("raw", "told", "reason"),
    [
        (files.png(), {}, "other_kind"),
        (files.pdf(trailer=b"/Encrypt 9 0 R"), {}, "encrypted"),
        (PDF, {"sha256": "0" * 64}, "not_the_same"),
        (b"hello", {}, "unknown_kind"),
    ],
    ids=["other kind", "encrypted", "another file", "text"],
)
def test_what_is_refused_is_destroyed(
    one: Application, nadia: Person, store: Store, raw: bytes, told: dict[str, Any], reason: str,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    """A refused document keeps its row and its reason; its key and its content are gone, and the record says so."""
    with django_capture_on_commit_callbacks(execute=True):
        document = give(one, nadia, store, raw, **told)
    given = queries.given_of(document)
    assert (given.standing, given.reason) == ("refused", reason)
    assert not DocumentKey.objects.exists()
    assert list(store.folder.iterdir()) == []
    assert Act.objects.get(act="evidence_refused").details["reason"] == reason
    with pytest.raises(ApplicationRefused):
        queries.opened(document, store, by=signed_in(nadia), at=AT)


@pytest.mark.parametrize(
    "told",
    [
        {"evidence": "nothing"}, {"evidence": "report"}, {"evidence": "register"}, {"size": 0}, {"size": -1},
        {"size": LARGEST + 1},
    ],
    ids=["not asked", "later", "no file", "empty", "negative", "too large"],
)  # fmt: skip
def test_what_is_refused_before_anything_comes(
    one: Application, nadia: Person, store: Store, told: dict[str, Any]
) -> None:
    """What is not asked, not yet, not as a file, or is too large is refused before a byte of it is received."""
    with pytest.raises(ApplicationRefused):
        begin(one, nadia, store, **told)
    assert not Document.objects.exists()
    assert not store.folder.exists()


def test_more_than_was_announced(one: Application, nadia: Person, store: Store) -> None:
    """What comes beyond the announced size is refused, and nothing of that piece stays."""
    document = begin(one, nadia, store, size=50)
    with pytest.raises(ApplicationRefused):
        receive_piece(document.pk, PDF, offset=0, store=store, by=signed_in(nadia), at=AT)
    assert store.received(document.kept) == 0


def test_a_scanner_that_fails_closes_the_door(one: Application, nadia: Person, store: Store) -> None:
    """Without an answer of the scanner the document waits and is served to nobody; after one it is."""
    document = give(one, nadia, store)
    for _ in range(3):
        assert check_document(document.pk, store=store, scanner=lambda raw: "failed", at=AT) == "waiting"
    assert DocumentStep.objects.filter(step="checked").count() == 1
    with pytest.raises(ApplicationRefused):
        queries.opened(document, store, by=signed_in(nadia), at=AT)
    assert keep_evidence(store=store, scanner=lambda raw: "failed", at=AT).scanned == 0
    assert keep_evidence(store=store, scanner=lambda raw: "clean", at=AT).scanned == 1
    assert queries.opened(document, store, by=signed_in(nadia), at=AT)[2] == PDF


def test_infected(one: Application, nadia: Person, store: Store) -> None:
    """What the scanner rejects is refused and destroyed."""
    document = give(one, nadia, store)
    assert check_document(document.pk, store=store, scanner=lambda raw: "infected", at=AT) == "refused"
    assert queries.given_of(document).reason == "infected"
    assert not DocumentKey.objects.exists()


def test_without_a_scanner(one: Application, nadia: Person, store: Store) -> None:
    """Where there is no scanner the document counts, and row, list and record say that it was not scanned."""
    document = give(one, nadia, store)
    assert check_document(document.pk, store=store, scanner=lambda raw: "absent", at=AT) == "uploaded"
    assert queries.given_of(document).not_scanned
    assert Act.objects.get(act="evidence_checked").details["scan"] == "absent"


def test_taking_back(one: Application, nadia: Person, store: Store, django_capture_on_commit_callbacks: Any) -> None:
    """A withdrawn document keeps its row; its content is destroyed; it cannot be withdrawn, sent on or opened any more."""
    document = give(one, nadia, store)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_document(document.pk, store=store, by=signed_in(nadia), at=AT)
    assert (standing(document), list(store.folder.iterdir())) == ("withdrawn", [])
    assert Document.objects.filter(pk=document.pk).exists()
    for act in (
        lambda: withdraw_document(document.pk, store=store, by=signed_in(nadia), at=AT),
        lambda: receive_piece(document.pk, b"x", offset=0, store=store, by=signed_in(nadia), at=AT),
        lambda: queries.opened(document, store, by=signed_in(nadia), at=AT),
    ):
        with pytest.raises(ApplicationRefused):
            act()
    assert queries.pieces_of(one)[0].standing == "lacking"
    assert acts() == ["evidence_uploaded", "evidence_withdrawn"]


def test_destroying_the_key_destroys_the_content(one: Application, nadia: Person, store: Store) -> None:
    """Without the row of its key the kept file opens with nothing that is left."""
    document = give(one, nadia, store)
    held = bytes(document.key.wrapped)
    assert store.content(document.kept, held) == PDF
    DocumentKey.objects.filter(document=document).delete()
    other = bytes(give(one, nadia, store).key.wrapped)
    with pytest.raises(DoesNotOpen):
        store.content(document.kept, other)


def test_nobody_else(one: Application, nadia: Person, store: Store) -> None:
    """A stranger may announce, send, take back and open nothing."""
    document, olga = give(one, nadia, store), people.person(name="Olga")
    check_document(document.pk, store=store, scanner=lambda raw: "clean", at=AT)
    who = {"store": store, "by": signed_in(olga), "at": AT}
    for act in (
        lambda: begin(one, olga, store),
        lambda: receive_piece(document.pk, b"x", offset=0, **who),
        lambda: withdraw_document(document.pk, **who),
        lambda: queries.opened(document, store, by=signed_in(olga), at=AT),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert standing(document) == "uploaded"


def test_a_document_never_holds_up_submitting(known: Library, one: Application, nadia: Person, store: Store) -> None:
    """A draft freezes without any evidence, and giving, refusing or withdrawing evidence leaves it ready as it was."""
    answer(known, one, nadia, WHOLE)
    freeze = freeze_draft(
        one.pk, sensitive=SENSITIVE, person_key=KEY, today=TODAY, library=known, by=signed_in(nadia), at=AT
    )
    document = give(one, nadia, store)
    give(one, nadia, store, files.png())
    withdraw_document(document.pk, store=store, by=signed_in(nadia), at=AT)
    ready = last_freeze(Application.objects.get(pk=one.pk))
    assert ready == freeze


def test_until_when(one: Application, round_: Round, nadia: Person, store: Store) -> None:
    """For a withdrawn application, and for a draft of a closed round, nothing more is received; taking back still goes."""
    document = give(one, nadia, store)
    open_gate(round_.pk, by=US, at=AT)
    close_gate(round_.pk, by=US, at=AT)
    with pytest.raises(ApplicationRefused, match="gesloten"):
        begin(one, nadia, store)
    withdraw_application(one.pk, by=signed_in(nadia), at=AT)
    with pytest.raises(ApplicationRefused, match="ingetrokken"):
        begin(one, nadia, store)
    withdraw_document(document.pk, store=store, by=signed_in(nadia), at=AT)
    assert standing(document) == "withdrawn"


def test_not_without_end(one: Application, nadia: Person, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """One application has room for so many documents; taking one away makes room again."""
    monkeypatch.setattr("doorleren.applications.commands.begin_document.MOST_ALIVE", 2)
    first = begin(one, nadia, store)
    begin(one, nadia, store)
    with pytest.raises(ApplicationRefused, match="heel veel"):
        begin(one, nadia, store)
    withdraw_document(first.pk, store=store, by=signed_in(nadia), at=AT)
    begin(one, nadia, store)


def test_what_nobody_finished(one: Application, nadia: Person, store: Store) -> None:
    """A document that was not sent to the end is thrown away after a week, and not before."""
    document, whole = begin(one, nadia, store), give(one, nadia, store)
    assert keep_evidence(store=store, scanner=lambda raw: "clean", at=AT + timedelta(days=6)).thrown_away == 0
    assert keep_evidence(store=store, scanner=lambda raw: "clean", at=AT + timedelta(days=8)).thrown_away == 1
    assert (standing(document), standing(whole)) == ("withdrawn", "uploaded")


def test_a_changed_file_is_not_served(one: Application, nadia: Person, store: Store) -> None:
    """A kept file that somebody changed does not open, and does not pass the check either."""
    document, later = give(one, nadia, store), give(one, nadia, store)
    for each in (document, later):
        path = store.folder / each.kept
        path.write_bytes(path.read_bytes()[:-40] + bytes(40))
    DocumentStep.objects.create(document=document, step="checked", scan="clean", by_kind="site", at=AT)
    with pytest.raises(DoesNotOpen):
        queries.opened(document, store, by=signed_in(nadia), at=AT)
    assert check_document(later.pk, store=store, scanner=lambda raw: "clean", at=AT) == "waiting"


@pytest.mark.parametrize("act", ["update", "delete"])
@pytest.mark.parametrize("model", [Document, DocumentStep])
def test_insert_only(act: str, model: Any, one: Application, nadia: Person, store: Store) -> None:
    """What was given and what became of it is never changed and never goes."""
    give(one, nadia, store)
    with pytest.raises(IntegrityError, match="insert-only"), transaction.atomic():
        model.objects.update(at=AT) if act == "update" else model.objects.all()._raw_delete("default")


def test_a_key_is_never_changed(one: Application, nadia: Person, store: Store) -> None:
    """The key of a document can be taken away, not changed for another."""
    give(one, nadia, store)
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        DocumentKey.objects.update(wrapped=bytes(60))
    DocumentKey.objects.all().delete()


@pytest.mark.parametrize(
    ("decided", "settled", "kept"), [(0, None, True), (-1, None, False), (-1, 0, True), (None, None, False)]
)
def test_what_was_decided_on_stays(
    decided: int | None,
    settled: int | None,
    kept: bool,
    one: Application,
    nadia: Person,
    store: Store,
    monkeypatch: Any,
) -> None:
    """A document that was there at the decision, or at the settlement, is not taken back; what came after it is."""
    document = give(one, nadia, store)
    days = {"decided_at": decided, "settled_at": settled}
    moments = {name: None if day is None else document.at + timedelta(days=day) for name, day in days.items()}
    monkeypatch.setattr(withdrawing, "case_of", lambda _application: SimpleNamespace(**moments))
    if kept:
        with pytest.raises(ApplicationRefused, match="al beslist"):
            withdraw_document(document.pk, store=store, by=signed_in(nadia), at=AT)
        assert standing(document) != "withdrawn"
    else:
        withdraw_document(document.pk, store=store, by=signed_in(nadia), at=AT)
        assert standing(document) == "withdrawn"
