"""Disagreeing once objecting in time is over: after an answer the court is next, after six weeks an objection is late and says so."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from doorleren.cases.commands.note_appeal import note_appeal
from doorleren.cases.queries import terms_of_case
from doorleren.core.days import day_of
from doorleren.decisions.commands.decide_objection import Heard, dismiss, reject
from doorleren.decisions.models import Objection, ObjectionDecision
from doorleren.web.public.values import day_in_words
from tests.decisions import made
from tests.web.applicant.filed import Filed

pytestmark = pytest.mark.django_db
WHY = Heard("de rekening is van voor de aanvraag", without_hearing="waived", excused="u was ziek")


def objected(filed: Filed) -> None:
    """Let Nadia object to the decision."""
    filed.nadia.send(f"{filed.place}/write/objection", text="Ik vroeg meer.", step="send")


def answered(filed: Filed, *, dismissed: bool = False) -> ObjectionDecision:
    """Let another official answer the objection; the letter is not sent yet."""
    at = filed.at()
    by = made.by(filed.staff["second"], at)
    return (
        dismiss(filed.case.pk, "no_interest", WHY, by=by, at=at)
        if dismissed
        else reject(filed.case.pk, WHY, by=by, at=at)
    )


def on(settings: Any, moment: datetime) -> None:
    """Let the pages be of another moment."""
    settings.DOORLEREN_AHEAD = moment - timezone.now()


@pytest.mark.parametrize("dismissed", [True, False])
def test_after_an_answer_the_court_is_next(filed: Filed, dismissed: bool) -> None:
    """Once an objection was declared inadmissible or rejected, objecting is offered nowhere and taken from nobody; the court and its last day are."""
    filed.decided()
    objected(filed)
    answer = answered(filed, dismissed=dismissed)
    assert "Naar de rechter" not in filed.nadia.open(filed.place).words
    filed.send(answer.act)
    last = next(one.last for one in terms_of_case(filed.case) if one.id == "appeal")
    assert last is not None
    page = filed.nadia.open(filed.place)
    for told in (
        "Naar de rechter",
        "tegen ons besluit van",
        f"tot en met {day_in_words(last)} in beroep gaan bij de rechtbank",
    ):
        assert told in page.words, told
    for address in (filed.place, f"{filed.place}/decision"):
        found = filed.nadia.open(address)
        assert not [one for one in found.links if "/write/objection" in one]
        assert "of maak bezwaar" not in found.words
    for step in ("check", "send"):
        filed.nadia.send(f"{filed.place}/write/objection", text="Nog een keer.", step=step)
        assert filed.nadia.status == 409
    assert Objection.objects.count() == 1


def test_another_decision_stays_open(filed: Filed, settings: Any) -> None:
    """An answer about the grant closes nothing of the suspension of its payment: that one is still objected to."""
    filed.decided()
    objected(filed)
    filed.send(answered(filed).act)
    act = filed.suspended()
    on(settings, filed.at())
    links = filed.nadia.open(filed.place).links
    assert [one for one in links if "/write/objection" in one] == [f"{filed.place}/write/objection"]
    filed.nadia.send(f"{filed.place}/write/objection", text="Er is niets mis.", step="send")
    assert Objection.objects.get(number=2).against_id == act.pk


def test_who_went_to_court_is_not_sent_there(filed: Filed) -> None:
    """Once an appeal against the answer was noted, the page no longer says how to appeal."""
    filed.decided()
    objected(filed)
    answer = answered(filed)
    filed.send(answer.act)
    at = filed.at()
    note_appeal(filed.case.pk, against=answer.act.number, on=day_of(at), by=made.by(filed.staff["assessor"], at), at=at)
    assert "Naar de rechter" not in filed.nadia.open(filed.place).words


def test_an_appeal_that_is_late(filed: Filed, settings: Any) -> None:
    """After the six weeks for appeal the page says that they are over, and what the court does with an appeal then."""
    filed.decided()
    objected(filed)
    answer = answered(filed)
    filed.send(answer.act)
    on(settings, filed.at() + timedelta(weeks=7))
    words = filed.nadia.open(filed.place).words
    assert "Die tijd is voorbij." in words
    assert "Awb artikel 6:11" in words
    assert "in beroep gaan bij de rechtbank, sector bestuursrecht. Dat" not in words


def test_late_is_warned_and_still_possible(filed: Filed, settings: Any) -> None:
    """After six weeks there is no button to object but a link with a warning and the last day; the objection is still taken, as late."""
    one, address = filed.decided(), f"{filed.place}/write/objection"
    on(settings, filed.at() + timedelta(weeks=5))
    page = filed.nadia.open(filed.place)
    assert address in page.links
    assert "te laat bezwaar" not in page.words
    on(settings, filed.at() + timedelta(weeks=7))
    last = next(term.last for term in terms_of_case(filed.case) if term.id == "objection")
    assert last is not None
    page = filed.nadia.open(filed.place)
    assert address not in page.links
    assert f"{address}?against={one.act.number}" in page.links
    for told in ("alleen nog te laat bezwaar maken", "Awb artikel 6:11", f"dat kon tot en met {day_in_words(last)}"):
        assert told in page.words, told
    assert "Maak te laat bezwaar" in filed.nadia.open(f"{filed.place}/decision").words
    assert "U bent te laat" in filed.nadia.open(f"{address}?against={one.act.number}").words
    filed.nadia.send(address, text="Ik lag in het ziekenhuis.", step="send")
    assert Objection.objects.get().late
