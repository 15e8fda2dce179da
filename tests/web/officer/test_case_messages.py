"""Messages of a party on the pages of officials: read, answered once, refused to who may not view evidence."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from doorleren.cases.commands.write_message import Sent, write_message
from doorleren.cases.messages import messages_of
from doorleren.cases.models import Message, MessageKind
from doorleren.web import known
from doorleren.web.surroundings import now
from tests.applications.made import a_round
from tests.decisions import made
from tests.decisions.objecting import applicant
from tests.web.officer.cases_made import Bureau

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau(settings: Any, tmp_path: Path, db: None) -> Iterator[Bureau]:
    """The trial scheme on a site that knows it, with a case in which the applicant asked something with a document."""
    library = made.library(tmp_path, made.UNDER_LAW)
    settings.DOORLEREN_SCHEMES = (tmp_path / "schemes",)
    known.library.cache_clear()
    office = Bureau(library, a_round(library, opened=True))
    at = now()
    write_message(
        office.case.pk, MessageKind.QUESTION, "Wanneer hoor ik iets?", by=applicant(office.case, at), at=at,
        file=Sent("pdf", b"%PDF-1.7 own"),
    )  # fmt: skip
    yield office
    known.library.cache_clear()


def test_a_question_is_read_and_answered(bureau: Bureau) -> None:
    """The case page says that a question waits; the answer stands in the file, and then nothing waits any more."""
    assert "1 zonder antwoord" in bureau.fatima.open(bureau.at).words
    page = bureau.fatima.open(f"{bureau.at}/messages")
    assert "Wanneer hoor ik iets?" in page.words
    bureau.fatima.send(f"{bureau.at}/messages", message="1", text="Binnen vier weken.")
    assert bureau.fatima.status == 302
    assert [one.text for one in messages_of(bureau.case.pk)] == ["Wanneer hoor ik iets?", "Binnen vier weken."]
    assert "zonder antwoord" not in bureau.fatima.open(bureau.at).words


def test_an_empty_answer_is_refused_where_it_was_typed(bureau: Bureau) -> None:
    """Nothing is kept of an answer without words, and the page says so at the field."""
    page = bureau.fatima.send(f"{bureau.at}/messages", message="1", text="  ")
    assert bureau.fatima.status == 422
    assert "Schrijf eerst uw bericht." in page.words
    assert Message.objects.count() == 1


def test_who_may_not_view_evidence_reads_no_messages(bureau: Bureau) -> None:
    """Who pays, with a reason to look, gets neither the words nor the document, nor may they answer."""
    bureau.pim.send(f"{bureau.at}/look", why="asked")
    for address in (f"{bureau.at}/messages", f"{bureau.at}/messages/1"):
        bureau.pim.open(address)
        assert bureau.pim.status == 403
    bureau.pim.send(f"{bureau.at}/messages", message="1", text="hallo")
    assert bureau.pim.status == 403
    assert Message.objects.count() == 1


def test_a_message_that_is_not_there_is_not_found(bureau: Bureau) -> None:
    """A number that no message has is not found, as document and as what is answered."""
    bureau.fatima.open(f"{bureau.at}/messages/9")
    assert bureau.fatima.status == 404
    bureau.fatima.send(f"{bureau.at}/messages", message="9", text="hallo")
    assert bureau.fatima.status == 404
    bureau.fatima.open(f"{bureau.at}/messages/1")
    assert bureau.fatima.status == 200
