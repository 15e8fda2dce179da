"""Making and sending letters: kept unchanged, sent once, tried again after a failure, seen when it failed."""

import hashlib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction

from doorleren.audit.acts import Party
from doorleren.letters.commands.make_letter import make_letter
from doorleren.letters.commands.send_letter import send_letter
from doorleren.letters.filled import Attachment, NotFilled, Piece
from doorleren.letters.html import as_html
from doorleren.letters.jobs import send_waiting
from doorleren.letters.models import NOTHING_LEFT, Channel, Dispatch, Letter
from doorleren.letters.outbox import take_out
from doorleren.letters.pdf import as_pdf
from doorleren.letters.queries import FIRST_WAIT, content_of, letters_about, letters_for, pdf_of, sent_on, waiting
from doorleren.letters.templates import read_templates
from doorleren.letters.variables import examples
from doorleren.letters.ways import NotSent
from doorleren.people.file_keys import destroy_key
from doorleren.people.models import Person
from doorleren.shipped import folder
from tests.letters.reading import words_in

pytestmark = pytest.mark.django_db

ALL = read_templates(folder("law") / "letters")
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CASE, NADIA = Party("case", "12"), Party("person", "7")


class Broken:
    """A way that takes nothing."""

    def send(self, letter: Letter, pdf: bytes, turn: int) -> None:
        raise NotSent("out-of-order")


@pytest.fixture(autouse=True)
def outbox(tmp_path: Path, settings: Any) -> Path:
    """An outbox of its own for each test."""
    settings.DOORLEREN_OUTBOX = tmp_path
    settings.DOORLEREN_FILE_KEY = b"k" * 32
    return tmp_path


def letter(
    channel: Channel = Channel.MESSAGE_BOX, recipient: Party = NADIA, fixed: bool = True, **values: Any
) -> Letter:
    return make_letter(
        ALL["granted"], examples() | values, about=CASE, recipient=recipient, language="nl", channel=channel,
        on=date(2026, 3, 2), at=AT, fixed=fixed,
    )  # fmt: skip


def test_a_letter_is_kept_as_it_was_made() -> None:
    """What is read back is what was written, with the hash of the PDF; in the table stands no word of it."""
    made = letter(recipient=NADIA, scheme="Geheime regeling")
    kept = Letter.objects.get(pk=made.pk)
    assert hashlib.sha256(pdf_of(kept)).hexdigest() == kept.digest
    assert "Geheime regeling" in content_of(kept).subject
    assert b"Geheime" not in bytes(kept.content) + bytes(kept.pdf)
    assert list(letters_about(CASE)) == list(letters_for(NADIA)) == [kept]


def test_nothing_is_kept_of_a_letter_that_lacks_something() -> None:
    """A value that is not there is refused by name, and no row is made."""
    with pytest.raises(NotFilled, match="granted_cents"):
        letter(granted_cents=None)
    assert not Letter.objects.exists()


@pytest.mark.parametrize("table", ["letters_letter", "letters_dispatch"])
@pytest.mark.parametrize("sql", ["UPDATE {} SET id = id", "DELETE FROM {}"], ids=["update", "delete"])
def test_letters_and_attempts_never_change(table: str, sql: str) -> None:
    """The database refuses to change or delete a letter or an attempt."""
    send_letter(letter().pk, at=AT)
    with pytest.raises(IntegrityError, match="insert-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(table))


def test_a_letter_goes_out_once(outbox: Path) -> None:
    """Sent twice it is one attempt and one file; the second time gives the first."""
    made = letter()
    first, again = send_letter(made.pk, at=AT), send_letter(made.pk, at=AT + timedelta(days=1))
    assert first == again
    assert sent_on(made) == AT
    (file,) = (outbox / "message-box").iterdir()
    assert file.read_bytes() == pdf_of(made)


def test_each_turn_goes_once(outbox: Path, django_capture_on_commit_callbacks: Any) -> None:
    """In a next turn a letter goes once more, under a name of its own; in the same turn it does not, and at the end all are taken out."""
    made = letter()
    for turn in (1, 2, 2):
        assert send_letter(made.pk, at=AT + timedelta(days=turn), turn=turn).turn == turn
    assert sorted(Dispatch.objects.values_list("turn", "sent")) == [(1, True), (2, True)]
    assert {one.read_bytes() for one in (outbox / "message-box").iterdir()} == {pdf_of(made)}
    assert len(list((outbox / "message-box").iterdir())) == 2
    assert sent_on(made) == AT + timedelta(days=1)
    assert list(waiting(AT + timedelta(days=9), 10)) == []
    with django_capture_on_commit_callbacks(execute=True):
        take_out(CASE)
    assert list((outbox / "message-box").iterdir()) == []


def test_a_failure_is_seen_and_tried_again_later(settings: Any) -> None:
    """An attempt that failed starts nothing, waits, waits longer after the next, and goes out once the way works."""
    settings.DOORLEREN_LETTER_WAYS = {**settings.DOORLEREN_LETTER_WAYS, "message_box": f"{__name__}.Broken"}
    made = letter()
    assert send_waiting(lambda: AT) == (0, 1)
    assert (sent_on(made), Dispatch.objects.get().reason) == (None, "out-of-order")
    soon, later = AT + FIRST_WAIT - timedelta(seconds=1), AT + FIRST_WAIT
    assert list(waiting(soon, 10)) == []
    assert send_waiting(lambda: later) == (0, 1)
    assert list(waiting(later + FIRST_WAIT, 10)) == []
    settings.DOORLEREN_LETTER_WAYS = {
        **settings.DOORLEREN_LETTER_WAYS,
        "message_box": "doorleren.letters.ways.MessageBox",
    }
    assert send_waiting(lambda: later + 2 * FIRST_WAIT) == (1, 0)
    assert send_waiting(lambda: later + timedelta(days=9)) == (0, 0)


def test_an_outbox_that_takes_nothing_is_a_failure_with_a_reason(outbox: Path) -> None:
    """A folder that cannot be written is told as such, and the letter still waits."""
    (outbox / "print").write_text("in the way")
    made = letter(Channel.PRINT)
    assert send_letter(made.pk, at=AT).reason == "folder-not-writable"
    assert send_letter(made.pk, at=AT, channel=Channel.MESSAGE_BOX).sent


def test_a_notice_by_e_mail_says_nothing_of_the_letter() -> None:
    """The mail says that there is a letter; the scheme, the amount and the reference are not in it."""
    person = Person.objects.create(notice_email="nadia@example.org", created_at=AT)
    made = letter(Channel.E_MAIL, Party("person", str(person.pk)), scheme="Geheime regeling")
    assert send_letter(made.pk, at=AT).sent
    (sent,) = mail.outbox
    assert sent.to == ["nadia@example.org"]
    assert not {"Geheime", "699", "DL-"} & {
        word for word in ("Geheime", "699", "DL-") if word in sent.subject + sent.body
    }
    nobody = letter(Channel.E_MAIL, Party("person", str(person.pk + 1)))
    assert send_letter(nobody.pk, at=AT).reason == "no-address"


def test_a_destroyed_file_sends_nothing_more() -> None:
    """Once the key of a file is gone its letters open no more: the attempt to send one says why, and is the last by itself."""
    made = letter()
    destroy_key(CASE, by=Party("person", "1"), at=AT)
    assert list(waiting(AT, 10)) == [(made.pk, made.channel)]
    assert send_letter(made.pk, at=AT).reason == NOTHING_LEFT
    assert list(waiting(AT + timedelta(days=9), 10)) == []


def test_a_batch_tells_how_far_it_is() -> None:
    """Whoever waits for a batch hears after each letter how many of how many were tried."""
    for number in range(3):
        letter(reference=f"DL-{number}")
    told: list[tuple[int, int]] = []
    assert send_waiting(lambda: AT, tell=lambda done, all_: told.append((done, all_))) == (3, 0)
    assert told == [(1, 3), (2, 3), (3, 3)]


WRONG = {
    "letters_letter_hashed": lambda one: Letter(**fields(one) | {"digest": "x"}),
    "letters_letter_language": lambda one: Letter(**fields(one) | {"language": "de"}),
    "letters_letter_channel": lambda one: Letter(**fields(one) | {"channel": "fax"}),
    "letters_letter_whole": lambda one: Letter(**fields(one) | {"about_id": ""}),
    "letters_dispatch_sent_once": lambda one: Dispatch(letter=one, channel="print", at=AT, sent=True),
    "letters_dispatch_turn": lambda one: Dispatch(letter=one, turn=0, channel="print", at=AT, sent=True),
    "letters_dispatch_told": lambda one: Dispatch(letter=one, channel="print", at=AT, sent=False),
    "letters_dispatch_channel": lambda one: Dispatch(letter=one, channel="fax", at=AT, sent=False, reason="x"),
}


def fields(one: Letter) -> dict[str, Any]:
    return {field.name: getattr(one, field.name) for field in Letter._meta.concrete_fields if field.name != "id"}


@pytest.mark.parametrize("name", sorted(WRONG))
def test_every_constraint_refuses(name: str) -> None:
    """The database refuses what each constraint names."""
    made = letter()
    send_letter(made.pk, at=AT)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        WRONG[name](made).save()


def test_no_constraint_is_forgotten() -> None:
    """Each constraint of the tables of letters is refused by some row, and has a sentence."""
    all_ = [one for model in (Letter, Dispatch) for one in model._meta.constraints]
    assert {one.name for one in all_} == WRONG.keys()
    assert all(one.violation_error_message for one in all_)


@pytest.mark.parametrize(
    ("by_body", "chosen", "address", "way"),
    [
        ("message_box", "", "", "message_box"),
        ("message_box", "", "nadia@example.org", "message_box"),
        ("e_mail", "", "nadia@example.org", "e_mail"),
        ("e_mail", "", "", "message_box"),
        ("message_box", "e_mail", "nadia@example.org", "e_mail"),
        ("e_mail", "message_box", "nadia@example.org", "message_box"),
        ("print", "e_mail", "nadia@example.org", "print"),
    ],
)
def test_the_recipient_chooses_before_the_body(by_body: str, chosen: str, address: str, way: str) -> None:
    """A letter goes as its recipient chose, else as the body does; never by e-mail without an address, and post stays post."""
    person = Person.objects.create(notice_email=address, letters_by=chosen, created_at=AT)
    told = {"recipient": Party("person", str(person.pk)), "fixed": False}
    assert letter(Channel(by_body), **told).channel == way
    assert letter(Channel(by_body), **told | {"fixed": True}).channel == by_body


def test_what_goes_along_is_in_the_letter() -> None:
    """An attachment is listed in the letter, and stands after it in the same PDF, HTML and content; without one there is no list."""
    along = Attachment(
        "de stukken", (Piece("table", heads=("Stuk", "Dag"), rows=(("de offerte <b>", "2 maart 2026"),)),)
    )
    made = letter(attached=(along,))
    content = content_of(Letter.objects.get(pk=made.pk))
    kinds = [piece.kind for piece in content.pieces]
    assert ("Bijlage 1: de stukken",) in [piece.lines for piece in content.pieces]
    assert kinds[-2:] == ["attachment", "table"]
    assert "<h2>Bijlage 1: de stukken</h2>" in as_html(content)
    assert "de offerte &lt;b&gt;" in as_html(content)
    assert as_pdf(content) == pdf_of(made)
    text = "".join(words_in(pdf_of(made)).split())
    assert text.count("Bijlage1:destukken") == 2
    assert "deofferte<b>" in text
    plain = content_of(letter(attached=()))
    assert "attachment" not in [piece.kind for piece in plain.pieces]
