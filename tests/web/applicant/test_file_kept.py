"""What a file keeps of what was typed, and what it says of who looked, where there is little to say."""

import re
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from doorleren.applications.evidence.faults import LARGEST
from doorleren.cases.models import Message
from doorleren.decisions.models import Objection
from tests.web.applicant.filed import Filed


@pytest.mark.parametrize("read_on", [10, 1], ids=["read on", "left unread"])
@pytest.mark.parametrize("step", ["check", "send"])
def test_a_document_that_is_too_large_takes_no_text_along(
    read_on: int, step: str, filed: Filed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a document over the limit the page comes back with the text, the error stands at the field of the file, and nothing is kept."""
    filed.decided()
    monkeypatch.setattr("doorleren.web.receiving.READ_ON", read_on)
    told = {"text": "Ik vroeg meer.", "file": SimpleUploadedFile("a.pdf", bytes(LARGEST + 200_000)), "step": step}
    page = filed.nadia.post(f"{filed.place}/write/objection", told)
    assert filed.nadia.status == 413
    assert re.search(r'<textarea name="text" hidden>\s*Ik vroeg meer.</textarea>', page.page)
    assert re.search(r'id="q-file-error".*?te groot', page.page)
    assert 'aria-describedby="q-file-help q-file-error"' in page.page
    assert (Message.objects.count(), Objection.objects.count()) == (0, 0)


def test_nobody_looked(filed: Filed, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the log names nobody the page says so and how long the log is kept; after a decision in a batch it says why nobody opened the file."""
    page = filed.nadia.open(f"{filed.place}/seen")
    assert "Het logboek noemt niemand die in uw dossier keek. Wij bewaren het 730 dagen." in page.words
    assert "samen met andere" not in page.words
    filed.decided()
    assert "samen met andere" not in filed.nadia.open(f"{filed.place}/seen").words
    monkeypatch.setattr(
        "doorleren.web.applicant.file.own.told_of", lambda _case: SimpleNamespace(decision=SimpleNamespace(batch_id=7))
    )
    assert "Over uw aanvraag is samen met andere beslist." in filed.nadia.open(f"{filed.place}/seen").words
