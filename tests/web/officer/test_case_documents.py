"""The evidence of a condition on the pages of a case: ticked while assessing, beside the rule afterwards; and what was said in a talk."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from doorleren.applications.models import DocumentStep
from doorleren.decisions.models import Assessment
from doorleren.decisions.rules import Ruling
from doorleren.decisions.sealed import content_of
from tests.applications.made import a_round
from tests.decisions import made
from tests.decisions.objecting import next_moment
from tests.web.officer.case_lives import typed
from tests.web.officer.cases_made import Bureau, scheme_known
from tests.web.officer.desk import queries

pytestmark = pytest.mark.django_db
MET = {f"met-{one}": "yes" for one in ("adult", "priced", "tie", "citizen", "honest")}
GROUND = {"ground-honest": "de offerte is van na de aanvraag"}


@pytest.fixture
def bureau(settings: Any, tmp_path: Path, db: None) -> Iterator[Bureau]:
    """A body with a scheme that asks evidence."""
    with scheme_known(settings, tmp_path, made.UNDER_LAW) as library:
        yield Bureau(library, a_round(library, opened=True))


def box(condition: str, number: int, *, checked: bool = True) -> str:
    """Give the box of a document at a condition as the page has it."""
    return f'name="documents-{condition}" value="{number}"{" checked" if checked else ""}>'


def test_what_was_ticked_is_kept(bureau: Bureau) -> None:
    """A ticked document comes back with an error, goes along with the outcome, is kept, and stands beside the rule; no other does."""
    first, second = made.document(bureau.case), made.document(bureau.case, "rekening <2>.pdf")
    address, desk = f"{bureau.at}/assess", bureau.fatima
    page = desk.open(address)
    assert box("honest", first.pk, checked=False) in page.page
    assert reverse("applications-evidence-file", args=[bureau.case.subject_id, second.pk]) in page.links
    told = MET | {"seen": str(bureau.case.acts), "documents-honest": [str(second.pk)]}
    page = desk.send(address, **told)
    assert (desk.status, "Schrijf op waarom" in page.words) == (422, True)
    assert (box("honest", second.pk) in page.page, box("honest", first.pk) in page.page) == (True, False)
    page = desk.send(address, **told, **GROUND)
    assert (desk.status, f'name="documents-honest" value="{second.pk}"' in page.page) == (200, True)
    page = desk.send(address, **told, **GROUND, change="1")
    assert box("honest", second.pk) in page.page
    desk.send(address, **told, **GROUND, confirmed="1")
    assert desk.status == 302
    results = {one.condition: one.documents for one in content_of(Assessment.objects.get()).results}
    assert (results["honest"], results["adult"]) == ((second.pk,), ())
    page = desk.open(bureau.at)
    assert "Bekeken: rekening <2>.pdf" in page.words
    assert "Bekeken: offerte.pdf" not in page.words
    assert box("honest", second.pk) in desk.open(address).page


def test_a_document_of_another_is_refused(bureau: Bureau) -> None:
    """A number that is of another application, or of nothing, is refused at its condition with what was given; nothing is kept."""
    made.document(bureau.case)
    other = made.document(made.a_case(bureau.known, bureau.round, "Omar"))
    for given in (str(other.pk), "9" * 60, "een"):
        page = bureau.fatima.send(
            f"{bureau.at}/assess",
            seen=str(bureau.case.acts),
            confirmed="1",
            **MET,
            **GROUND,
            **{"documents-honest": given},
        )
        assert (bureau.fatima.status, f"U koos: {given[:40]}." in page.words) == (422, True)
        assert 'href="#q-documents-honest"' in page.page
    assert not Assessment.objects.exists()


def test_a_document_that_went_meanwhile(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the command refuses of documents stands beside their condition."""
    one = made.document(bureau.case)
    monkeypatch.setattr(
        "doorleren.decisions.commands.assess.given_of", lambda row: type("Gone", (), {"standing": "withdrawn"})
    )
    page = bureau.fatima.send(
        f"{bureau.at}/assess",
        seen=str(bureau.case.acts),
        confirmed="1",
        **MET,
        **GROUND,
        **{"documents-honest": str(one.pk)},
    )
    assert (bureau.fatima.status, f"Bewijsstuk {one.pk} hoort niet bij deze aanvraag" in page.words) == (422, True)
    assert 'id="q-documents-honest-error"' in page.page


def test_without_documents_there_is_nothing_to_tick(bureau: Bureau) -> None:
    """Where nothing was uploaded, or all of it was withdrawn, no condition asks which documents were looked at."""
    made.document(bureau.case, withdrawn=True)
    assert "Welke bewijsstukken" not in bureau.fatima.open(f"{bureau.at}/assess").words


def test_an_earlier_judgement_names_them_too(bureau: Bureau) -> None:
    """Of an assessment that another followed the documents are named as well; one that was withdrawn since is told of by its number."""
    one = made.document(bureau.case)
    for documents in ((one.pk,), ()):
        told = Ruling("honest", True, "gezien", documents)
        made.assessed(bureau.case, bureau.known, bureau.fatima.person, told, at=next_moment(bureau.case))  # type: ignore[arg-type]
    assert "gezien (bekeken: offerte.pdf)" in bureau.fatima.open(bureau.at).words
    told = Ruling("honest", True, "gezien", (one.pk,))
    made.assessed(bureau.case, bureau.known, bureau.fatima.person, told, at=next_moment(bureau.case))  # type: ignore[arg-type]
    DocumentStep.objects.create(document=one, step="withdrawn", by_kind="person", at=made.AT)
    assert f"Bekeken: bewijsstuk {one.pk}, niet meer in het dossier" in bureau.fatima.open(bureau.at).words


def test_documents_beside_a_rule_ask_no_query_more(bureau: Bureau) -> None:
    """The page of a case asks as much with documents at the last judgement as without; those of an earlier one are looked up at once."""
    one, two = (made.document(bureau.case, name) for name in ("offerte.pdf", "rekening.pdf"))
    asked = []
    for documents in ((), (one.pk, two.pk), ()):
        told = Ruling("honest", True, "gezien", documents)
        made.assessed(bureau.case, bureau.known, bureau.fatima.person, told, at=next_moment(bureau.case))  # type: ignore[arg-type]
        asked.append(queries(lambda: bureau.fatima.open(bureau.at)))
    assert [one - asked[0] for one in asked] == [0, 0, 1]


@pytest.mark.parametrize(("name", "fields"), [("contact", {"channel": "phone"}), ("complaint", {})])
def test_what_was_said_stands_on_the_page(bureau: Bureau, name: str, fields: dict[str, str]) -> None:
    """What an official writes down of a talk or a complaint is asked, stands on the page of the case, and is for who may read files alone."""
    address, desk = f"{bureau.at}/acts/{name}", bureau.fatima
    told = {"seen": str(bureau.case.acts), "on": typed(0), **fields}
    page = desk.send(address, **told)
    assert (desk.status, 'href="#q-words"' in page.page, bureau.acts()) == (422, True, ["opened"])
    desk.send(address, **told, words="De cursus begint <later>.\nEn is duurder.")
    assert desk.status == 302
    page = desk.open(bureau.at)
    assert "De cursus begint <later>. En is duurder." in " ".join(page.words.split())
    assert ("Hoe was er contact? telefoon" in " ".join(page.words.split())) is (name == "contact")
    bureau.pim.send(f"{bureau.at}/look", why="asked")
    assert "En is duurder." not in bureau.pim.open(bureau.at).words
