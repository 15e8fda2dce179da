"""The whole file as one archive: evidence, and every decision, settlement, report and objection as data, once it was told."""

import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from doorleren.applications.models import Document
from doorleren.audit.acts import Party
from doorleren.audit.models import View
from doorleren.audit.viewing import note_views
from doorleren.decisions.commands.decide_objection import reject
from doorleren.people.models import Person
from doorleren.web import known as web_known
from doorleren.web.applicant.file import everything, seen
from tests.applications.evidence import files
from tests.decisions import made
from tests.decisions.objecting import WHY, objected
from tests.people import made as people
from tests.web.applicant.filed import Filed
from tests.web.applicant.test_delivery import PROVEN, Delivered


@pytest.fixture
def one(db: None, known: Any, tmp_path: Path, settings: Any) -> Delivered:
    """Nadia's granted case under a scheme in which the provider reports."""
    settings.DOORLEREN_EVIDENCE, settings.DOORLEREN_EVIDENCE_KEY = tmp_path / "evidence", b"e" * 32
    settings.DOORLEREN_SCANNER = None
    made.library(tmp_path, PROVEN)
    web_known.library.cache_clear()
    return Delivered(web_known.library(), made.applications.a_round(web_known.library(), opened=True))


def taken(filed: Filed) -> tuple[dict[str, bytes], dict[str, Any]]:
    """The parts of the archive, and what its JSON says."""
    with zipfile.ZipFile(io.BytesIO(filed.nadia.client.get(f"{filed.place}/all").content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return parts, json.loads(parts["dossier.json"])


def test_a_settled_file_with_an_objection(one: Delivered) -> None:
    """A report, its proof, the settlement, the objection and its answer are all in it as data, an answer only once its letter was sent."""
    one.reported()
    one.nadia.post(f"{one.page}/word", {"word": "yes"})
    settlement = one.settle()
    assert taken(one)[1]["settlements"] == []
    one.send(settlement.act)
    objection = objected(one.case, against=settlement.act.number)
    at = one.at()
    answer = reject(one.case.pk, WHY, by=made.by(one.staff["second"], at), at=at)
    told = taken(one)[1]
    assert told["objections"][0]["answers"] == []
    one.send(answer.act)
    parts, told = taken(one)
    (granted,) = told["decisions"]
    assert (granted["kind"], granted["amount_cents"], granted["ground"]) == ("granted", 69_995, "")
    assert told["decision"]["kind"] == "granted"
    assert told["applicant"] == "Nadia"
    (settled,), (delivery,) = told["settlements"], told["deliveries"]
    assert (settled["kind"], settled["settled_cents"]) == ("settled_as_granted", 69_995)
    assert settled["day"] == settlement.settled_on.isoformat()
    assert (delivery["planned"], delivery["realised"], delivery["you_confirmed"]) == (10, 8, True)
    assert settled["delivery"] == delivery["act"]
    (about,) = told["objections"]
    assert (about["against"], about["withdrawn"]) == (settlement.act.number, False)
    assert [each["outcome"] for each in about["answers"]] == ["objection_rejected"]
    said = {(each["of"], each["number"]): each["words"] for each in told["words"]}
    assert said["objection", objection.act.number] == "Ik betaalde pas later."
    assert said["objection-decision", answer.act.number] == WHY.words
    document = Document.objects.get()
    (row,) = told["evidence"]
    assert (row["number"], row["of"]) == (document.pk, "attendance")
    assert parts[row["file"]] == files.pdf()
    assert row["sha256"] == hashlib.sha256(files.pdf()).hexdigest()
    nadia = Person.objects.get(name="Nadia")
    assert View.objects.filter(subject_kind="evidence", subject_id=str(document.pk), viewer_id=str(nadia.pk)).exists()


def test_what_does_not_fit_or_is_not_checked_is_named(one: Delivered, monkeypatch: pytest.MonkeyPatch) -> None:
    """A document for which there is no room, or that was not checked, is named with why, and nothing of it is in the archive."""
    one.give(one.provider)
    monkeypatch.setattr(everything, "MOST_BYTES", 10)
    parts, told = taken(one)
    assert [(each["why"], each["file"]) for each in told["evidence"]] == [("too_large", None)]
    assert not [name for name in parts if name.startswith("bewijs/")]
    monkeypatch.setattr(everything, "opened", _refuses)
    assert [each["why"] for each in taken(one)[1]["evidence"]] == ["not_checked"]
    assert not View.objects.filter(subject_kind="evidence").exists()


def _refuses(*_given: Any, **_more: Any) -> Any:
    raise everything.ApplicationRefused({"nl": "niet", "en": "not"})


def test_all_looks_are_in_it(filed: Filed, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page shows the newest looks and says so; the archive has all of them."""
    monkeypatch.setattr(seen, "MOST", 2)
    for name in ("Ada", "Ben", "Cas"):
        by = Party("person", str(people.person(name=name).pk))
        note_views([Party("case", str(filed.case.pk))], by=by, page="officer-case", at=filed.at())
    page = filed.nadia.open(f"{filed.place}/seen").words
    assert page.count(" bekeek ") == 2
    assert "U ziet de laatste 2 keer." in page
    assert len(taken(filed)[1]["seen_by"]) == 3
