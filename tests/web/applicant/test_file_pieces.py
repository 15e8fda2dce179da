"""The pieces that lie open before a hearing: from when, each to open and read, only by the party, and the look is in the log."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from doorleren.applications.models import Application
from doorleren.audit.models import View
from doorleren.cases.models import CaseAct
from doorleren.core.days import day_of
from doorleren.decisions.commands.decide_objection import reject
from doorleren.decisions.commands.hear_objection import call_to_hearing, hear_objection
from doorleren.decisions.commands.note_advice import note_advice
from doorleren.decisions.models import Decision, Delivery, ObjectionDecision, Recovery, RecoveryStep, Settlement
from doorleren.people.models import Person, RoleKind
from doorleren.web.applicant.file import own as pages
from doorleren.web.applicant.file.piece_said import READ, piece_said
from doorleren.web.public.values import day_in_words
from doorleren.web.surroundings import now
from tests.decisions import made
from tests.decisions.objecting import WHY, applicant, objected
from tests.decisions.scoring import Scoring, library
from tests.web.applicant.filed import Filed
from tests.web.applicant.test_delivery import DONE, Delivered, one
from tests.web.officer.desk import Desk, with_role

__all__ = ["one"]

LIE_OPEN = "De stukken die nu ter inzage liggen"
TOLD_BY_LETTER = (Decision, ObjectionDecision, Recovery, RecoveryStep, Settlement)
"""Tables of which the letter of the act says what is sealed; the letter is the piece."""


def called(filed: Filed, heard_at: datetime, *, sent: bool = True) -> CaseAct:
    """Let a reviewer call Nadia to a hearing, by a letter."""
    at = filed.at()
    act = call_to_hearing(filed.case.pk, heard_at=heard_at, by=made.by(filed.staff["second"], at), at=at)
    if sent:
        filed.send(act)
    return act


def objecting(filed: Filed) -> CaseAct:
    """Refuse, and let Nadia object; give the act of the assessment."""
    filed.decided(granted=False)
    objected(filed.case)
    return CaseAct.objects.get(case=filed.case, act="assessed")


def test_before_within_and_after(filed: Filed, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not found before the letter, told from when before that day, to be read from that day on, and not found once it was decided."""
    assessed = objecting(filed)
    place, piece = f"{filed.place}/pieces", f"{filed.place}/pieces/{assessed.number}"
    heard_at = filed.at() + timedelta(days=30)
    act = called(filed, heard_at, sent=False)
    since = date.fromisoformat(str(act.details["inspect_from"]))
    assert since == day_of(heard_at) - timedelta(days=7)
    at_day(monkeypatch, since - timedelta(days=1))
    assert status(filed, place, piece) == (404, 404)
    filed.send(act)
    assert status(filed, place, piece) == (200, 404)
    page = filed.nadia.open(place)
    assert f"vanaf {day_in_words(since)}" in page.words
    assert '<ol class="utrecht-ordered-list"' not in page.page
    assert f"ter inzage vanaf {day_in_words(since)}" in filed.nadia.open(filed.place).words
    at_day(monkeypatch, since)
    assert status(filed, place, piece) == (200, 200)
    assert LIE_OPEN in filed.nadia.open(filed.place).words
    at = filed.at()
    answer = reject(filed.case.pk, WHY, by=made.by(filed.staff["second"], at), at=at)
    assert status(filed, place, piece) == (200, 200)
    filed.send(answer.act)
    assert status(filed, place, piece) == (404, 404)
    assert LIE_OPEN not in filed.nadia.open(filed.place).words


def status(filed: Filed, *addresses: str) -> tuple[int, ...]:
    """What each address answers to Nadia."""
    return tuple(filed.nadia.client.get(one).status_code for one in addresses)


def at_day(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    """Let the pages of a file be asked for on a day."""
    asked = pages.application_of

    def on_that_day(*given: Any, **more: Any) -> Any:
        application, own = asked(*given, **more)
        return application, pages.Asking(own.who, datetime(day.year, day.month, day.day, 11, tzinfo=UTC))

    monkeypatch.setattr(pages, "application_of", on_that_day)


def test_every_piece_can_be_read(filed: Filed) -> None:
    """Assessment with its grounds, advice, objection, letters and the report of the hearing open from the list; each look is noted as hers."""
    filed.decided(granted=False)
    objected(filed.case)
    at = filed.at()
    note_advice(
        filed.case.pk, "positive", "De adviseur vindt het tijdig.", by=made.by(filed.staff["assessor"], at), at=at
    )
    heard_at = filed.at() + timedelta(days=20)
    called(filed, heard_at)
    at = heard_at + timedelta(hours=1)
    hear_objection(filed.case.pk, "Nadia liet een bankafschrift zien.", by=made.by(filed.staff["second"], at), at=at)
    page = filed.nadia.open(f"{filed.place}/pieces")
    inside = page.page.partition("<main")[2].partition("</main")[0]
    listed = {
        text.strip().lower(): url
        for url, text in re.findall(r'<li><a class="nl-link[^"]*" href="([^"]+)">([^<]+)</a>', inside)
    }
    before, read = View.objects.count(), {}
    for text, url in listed.items():
        read[text] = filed.nadia.open(url).words
        assert filed.nadia.status == 200, text
    for text, said in {
        "de beoordeling": "de offerte is van vóór de aanvraag", "het advies": "De adviseur vindt het tijdig.",
        "het bezwaar": "Ik betaalde pas later.", "het verslag van de hoorzitting": "Nadia liet een bankafschrift zien.",
        "brief: afgewezen": "bezwaar", "de aanvraag, met uw antwoorden": "van uzelf",
    }.items():  # fmt: skip
        assert said in read[text], text
    assert "niet voldaan" in read["de beoordeling"]
    for name in filed.staff:
        assert all(name not in words for words in read.values()), name
    nadia = Person.objects.get(name="Nadia")
    looks = View.objects.filter(page="applications-file-piece").values_list("viewer_id", "subject_kind", "subject_id")
    assert set(looks) == {(str(nadia.pk), "case", str(filed.case.pk))}
    assert View.objects.count() - before == looks.count() == 5


def test_points_of_a_committee_are_read_without_names(db: None, tmp_path: Path, settings: Any) -> None:
    """The piece of a member's points names each criterion with its points and why, and nobody who gave them."""
    settings.DOORLEREN_FILE_KEY = b"k" * 32
    scoring = Scoring(library(tmp_path), ("Els",), now())
    scoring.all_give({"Els": (8, 6)})
    case = scoring.cases["Els"]
    application = Application.objects.select_related("round").get(pk=int(case.subject_id))
    at = now()
    found = pages.OwnFile(application, case, pages.Asking(applicant(case, at), at))
    sheets = [piece_said(found, act) for act in CaseAct.objects.filter(case=case, act="advised")]
    assert [[(one["points"], one["why"]) for one in each["scores"]] for each in sheets] == [
        [("8 van 10", "goed onderbouwd"), ("6 van 10", "veel mensen")]
    ] * 2
    assert not any(who.name in str(sheets) for who in scoring.members)


def test_a_report_is_a_piece_too(one: Delivered, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the file lies open Nadia reads what the provider wrote of what was done, and her own word on it."""
    one.give(one.provider)
    one.provider.post(one.page, DONE | {"words": "Twee lessen vielen uit."})
    one.nadia.post(f"{one.page}/word", {"word": "no", "words": "Ik was er maar één keer."})
    objected(one.case)
    at = one.at()
    called(one, at + timedelta(days=20))
    at_day(monkeypatch, day_of(at) + timedelta(days=14))
    number = Delivery.objects.get().act.number
    assert f"{one.place}/pieces/{number}" in one.nadia.open(f"{one.place}/pieces").links
    words = one.nadia.open(f"{one.place}/pieces/{number}").words
    for said in (
        "8 van 10 gedaan",
        "deelnemer zegt dat het niet klopt",
        "Twee lessen vielen uit.",
        "Ik was er maar één keer.",
    ):
        assert said in words, said


def test_whatever_an_act_left_can_be_read() -> None:
    """Every table with sealed words of an act is one of which the piece can be opened, or one whose acts are told by a letter."""
    sealed = {
        one for one in apps.get_models()
        if {"content", "file"} & {field.name for field in one._meta.fields}
        and any(field.name == "act" and field.related_model is CaseAct for field in one._meta.fields)
    }  # fmt: skip
    assert sealed == {*READ, *TOLD_BY_LETTER}


def test_nobody_else_reads_them(filed: Filed) -> None:
    """Another finds neither the list nor a piece; nor does Nadia a piece that there is not, or one without content."""
    assessed = objecting(filed)
    called(filed, now() + timedelta(days=3))
    piece = f"{filed.place}/pieces/{assessed.number}"
    assert status(filed, piece) == (200,)
    for kind in (RoleKind.ASSESSOR, RoleKind.PARTICIPANT):
        other = Desk(with_role(kind, "Otto", filed.case.body if kind == RoleKind.ASSESSOR else None))
        assert [other.client.get(one).status_code for one in (piece, f"{filed.place}/pieces")] == [404, 404]
    letter = CaseAct.objects.get(case=filed.case, act="hearing_called")
    assert status(filed, *(f"{filed.place}/pieces/{one}" for one in (letter.number, 99, 10**12))) == (404, 404, 404)
    assert View.objects.filter(page="applications-file-piece").count() == 1


def test_objecting_in_three_clicks(filed: Filed) -> None:
    """With two decisions open the file has a button for each, which leads to the form with that one chosen; then a look, and it is sent."""
    first, second = filed.decided().act, filed.suspended()
    page = filed.nadia.open(filed.place)
    for act in (first, second):
        address = f"{filed.place}/write/objection?against={act.number}"
        assert address in page.links
        form = filed.nadia.open(address).page
        assert re.search(rf'name="against" value="{act.number}"[^>]*checked', form)
        assert form.count(" checked") == 1
    filed.nadia.send(f"{filed.place}/write/objection", text="Te laat betaald.", step="send", against=str(second.number))
    assert f"{filed.place}/write/objection?against={first.number}" in filed.nadia.open(filed.place).links
