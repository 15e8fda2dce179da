"""Several objections in a file: which are open, what each goes about, objecting to another decision, withdrawing one of them."""

from datetime import date, timedelta

import pytest

from doorleren.cases.acts import ACTS
from doorleren.cases.models import CaseAct
from doorleren.cases.terms import CaseTerm
from doorleren.core.days import day_of
from doorleren.decisions.commands.amend import amend
from doorleren.decisions.commands.revoke import intend_to_revoke
from doorleren.decisions.commands.settle import Weighed
from doorleren.decisions.models import Objection
from doorleren.decisions.objections import objections_open
from doorleren.web.applicant.file.words import term_shown
from doorleren.web.public.questions import in_language
from doorleren.web.public.values import day_in_words
from tests.decisions import made
from tests.web.applicant.filed import Filed

pytestmark = pytest.mark.django_db


def test_objecting_to_another_decision_meanwhile(filed: Filed) -> None:
    """While one objection is open the page takes one against another decision, never a second against the same; both are shown."""
    first, address = filed.decided().act, f"{filed.place}/write/objection"
    act = filed.suspended()
    filed.nadia.send(address, text="Ik vroeg meer.", step="send", against=str(first.number))
    page = filed.nadia.open(filed.place)
    assert f"{address}?against={act.number}" in page.links
    assert "gaat over: Wij kenden uw aanvraag toe." in page.words
    assert "Het gaat om uw bezwaar" not in page.words
    assert "Er loopt meer dan één bezwaar" not in page.words
    filed.nadia.send(address, text="Nog een keer.", step="send", against=str(first.number))
    assert filed.nadia.status == 422
    filed.nadia.send(address, text="Er klopt niets van.", step="send", against=str(act.number))
    assert list(Objection.objects.order_by("number").values_list("against", flat=True)) == [first.pk, act.pk]
    assert not [link for link in filed.nadia.open(filed.place).links if address in link]
    words = filed.nadia.open(filed.place).words
    for said in ("Er loopt meer dan één bezwaar", "Wij kenden uw aanvraag toe.", "Wij stelden de betaling uit."):
        assert said in words, said
    for one in (first, act):
        assert f"Wij kregen uw bezwaar. Het gaat om uw bezwaar van {day_in_words(_came(one))} ({_named(one)})." in words


def _came(act: CaseAct) -> date:
    return Objection.objects.get(against=act).received_on


def _named(act: CaseAct) -> str:
    return f"{in_language(ACTS[act.act].texts)}, {day_in_words(act.happened_on)}"


def test_withdrawing_the_one_that_is_chosen(filed: Filed) -> None:
    """With two open there is a button for each, by its day; none chosen is refused, and the other stays."""
    decisions = (filed.decided().act, filed.suspended())
    for act in decisions:
        filed.nadia.send(f"{filed.place}/write/objection", text="Ik vroeg meer.", step="send", against=str(act.number))
    address = f"{filed.place}/sure/objection-withdrawal"
    links = filed.nadia.open(filed.place).links
    assert {f"{address}?objection=1", f"{address}?objection=2"} <= set(links)
    for wrong in ("", "?objection=9", "?objection=veel"):
        filed.nadia.send(address + wrong)
        assert filed.nadia.status == 409, wrong
    words = filed.nadia.open(filed.place).words
    for act in decisions:
        assert f"in ({in_language(ACTS[act.act].texts)}, {day_in_words(act.happened_on)})" in words, act.act
    assert "Trek uw bezwaar van" in filed.nadia.open(f"{address}?objection=2").words
    filed.nadia.send(f"{address}?objection=2")
    assert [one.number for one in objections_open(filed.case.pk)] == [1]
    assert f"{address}?objection=1" not in filed.nadia.open(filed.place).links
    filed.nadia.send(address)
    assert objections_open(filed.case.pk) == []


def test_terms_of_two_objections_of_a_day(filed: Filed) -> None:
    """Two objections of one day each have a term for deciding, told apart by the decision that each is against."""
    decisions = (filed.decided().act, filed.suspended())
    for act in decisions:
        filed.nadia.send(f"{filed.place}/write/objection", text="Ik vroeg meer.", step="send", against=str(act.number))
    words = filed.nadia.open(f"{filed.place}/terms").words
    told = [f": {in_language(ACTS[act.act].texts)}, {day_in_words(act.happened_on)}) (voor ons)" for act in decisions]
    assert [words.count(one) for one in told] == [1, 1], words


@pytest.mark.parametrize("late", [True, False])
def test_a_term_that_was_missed_is_over_after_its_last_day(late: bool) -> None:
    """Who acts after the last day of their term does not make it longer; who acts before ends it."""
    last = date(2026, 4, 9)
    acted = last + timedelta(days=200 if late else -3)
    shown = term_shown(CaseTerm("objection", "", {"nl": "bezwaar maken"}, "party", last, last, ended_on=acted))
    assert shown["ended"] == day_in_words(last + timedelta(days=1) if late else acted)
    ours = term_shown(CaseTerm("decision", "", {"nl": "beslissen"}, "authority", last, last, ended_on=acted))
    assert ours["ended"] == day_in_words(acted)


def test_what_an_objection_goes_about_is_told_by_letter(filed: Filed) -> None:
    """A change of the grant is shown under the objection once its letter was sent, and each term says what it is about."""
    filed.decided()
    filed.nadia.send(f"{filed.place}/write/objection", text="Ik vroeg meer.", step="send")
    at, told = filed.at(), "Wij veranderden het besluit."
    decider = made.by(filed.staff["decider"], at)
    until = day_of(at) + timedelta(days=14)
    filed.send(
        intend_to_revoke(filed.case.pk, "not-done", 60_000, "er is minder gedaan", until=until, by=decider, at=at)
    )
    at = filed.at() + timedelta(days=15)
    weighed = Weighed("er is minder gedaan", "u kreeg de tijd om dit te laten weten")
    row = amend(filed.case.pk, "not-done", 60_000, weighed, by=made.by(filed.staff["decider"], at), at=at)
    assert told not in filed.nadia.open(filed.place).words
    filed.send(row.act)
    assert filed.nadia.open(filed.place).words.count(told) == 2  # under the objection, and in what happened
    words = filed.nadia.open(f"{filed.place}/terms").words.lower()
    for said in ("bezwaar maken (verleend, ", "bezwaar maken (gewijzigd, "):
        assert said in words, said
