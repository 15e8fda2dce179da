"""Saying in one's file that we are late: with which decision, and what becomes of each."""

from datetime import datetime

import pytest

from doorleren.cases.commands.give_notice_of_default import give_notice_of_default
from doorleren.cases.commands.suspend_term import suspend_term
from doorleren.cases.models import CaseAct
from doorleren.cases.terms.deciding import STANDS_STILL
from doorleren.cases.terms.default import TOO_SOON
from doorleren.core.days import day_of
from doorleren.core.texts import in_language
from doorleren.decisions.commands.receive_objection import receive_objection
from doorleren.decisions.models import Objection
from doorleren.people.models import Person
from doorleren.people.signed_in import SignedIn
from doorleren.web.public.values import day_in_words
from tests.decisions import made
from tests.people import made as people
from tests.web.applicant.filed import Filed

pytestmark = pytest.mark.django_db


def two_late(filed: Filed) -> tuple[CaseAct, CaseAct]:
    """Let Nadia object in time to a grant and to the suspension of its payment, long ago; give those decisions."""
    decisions = filed.decided().act, filed.suspended()
    for one in decisions:
        by, at = nadia(filed)
        receive_objection(filed.case.pk, "Het klopt niet.", by=by, at=at, party=True, against=one.number)
    return decisions


def nadia(filed: Filed) -> tuple[SignedIn, datetime]:
    """Let Nadia be signed in a minute after the last act."""
    at = filed.at()
    return people.signed_in(Person.objects.get(name="Nadia"), at=at), at


def told() -> list[int]:
    """Give what the notices of default are about, in order."""
    rows = CaseAct.objects.filter(act="declared_in_default").order_by("number")
    return [int(one.details["objection"]) for one in rows]


def test_choosing_with_which_decision_we_are_late(filed: Filed) -> None:
    """With two that are late there is a button for each, by its day and decision; unchosen or wrong does nothing, and one leaves the other."""
    two_late(filed)
    address = f"{filed.place}/sure/default"
    page = filed.nadia.open(filed.place)
    assert {f"{address}?objection=1", f"{address}?objection=2"} <= set(page.links)
    assert address not in page.links
    for said in ("Zeg dat wij te laat zijn met uw bezwaar van", "(verleend, ", "(betaling opgeschort, "):
        assert said in page.words, said
    for wrong, why in (("", "Kies in uw dossier met welke"), ("?objection=0", "Dit kan nu niet"), ("?objection=3", "Dit kan nu niet"), ("?objection=veel", "Kies")):  # fmt: skip
        for page in (filed.nadia.open(address + wrong), filed.nadia.send(address + wrong)):
            assert (filed.nadia.status, why in page.words) == (409, True), wrong
    assert told() == []
    page = filed.nadia.open(f"{address}?objection=2")
    for said in ("te laat zijn met uw bezwaar van", "hadden uiterlijk"):
        assert said in page.words, said
    filed.nadia.send(f"{address}?objection=2")
    assert told() == [2]
    filed.nadia.send(f"{address}?objection=2")
    assert (filed.nadia.status, told()) == (409, [2])
    page = filed.nadia.open(filed.place)
    assert address in page.links  # the one that is left is chosen already
    assert f"{address}?objection=1" not in page.links
    assert "Zeg dat wij te laat zijn met" not in page.words
    filed.nadia.send(address)
    assert told() == [2, 1]
    assert address not in filed.nadia.open(filed.place).links


def test_the_terms_have_a_line_for_each(filed: Filed) -> None:
    """The page of terms shows for each notice the two weeks and how its penalty adds up, with the decision that it is about."""
    two_late(filed)
    filed.nadia.send(f"{filed.place}/sure/default?objection=2")
    before = filed.nadia.open(f"{filed.place}/terms").words
    assert "te laat waren met" not in before
    assert before.count("hoe hoog de dwangsom is") == 1
    filed.nadia.send(f"{filed.place}/sure/default")
    words = filed.nadia.open(f"{filed.place}/terms").words
    assert words.count("14 × € 23,00 is € 322,00") == 2
    assert words.count("Samen is dat € 1.442,00, als er dan nog niet is beslist") == 2
    for one, against in zip(Objection.objects.order_by("number"), ("verleend", "betaling opgeschort"), strict=True):
        said = f": uw bezwaar van {day_in_words(one.received_on)} ({against}, "
        assert words.count(said) == 2, said


def test_a_term_that_stands_still_has_no_last_day(filed: Filed) -> None:
    """The page of terms says that a term stands still as a sentence of its own, and not as its last day."""
    at = filed.at()
    suspend_term(filed.case.pk, reason="consent", by=made.by(filed.staff["assessor"], at), at=at)
    words = filed.nadia.open(f"{filed.place}/terms").words
    assert in_language(STANDS_STILL, "nl") in words
    assert "Laatste dag:" not in words


def test_the_button_that_we_are_late(filed: Filed) -> None:
    """The button says what one tells us in plain words, and no word of the law."""
    two_late(filed)
    page = filed.nadia.open(f"{filed.place}/sure/default?objection=1")
    assert "Ja, ik laat weten dat u te laat bent" in page.words
    assert "Ja, stel de instantie in gebreke" not in page.words


def test_a_notice_that_came_too_early_says_so(filed: Filed) -> None:
    """The file and its terms tell in plain words why a message on paper that came too early changed nothing; one in time says no such thing."""
    at = filed.at()
    give_notice_of_default(filed.case.pk, on=day_of(at), by=made.by(filed.staff["assessor"], at), at=at)
    why = in_language(TOO_SOON, "nl")
    for place in ("", "/terms"):
        words = filed.nadia.open(f"{filed.place}{place}").words
        assert words.count(why) == 1, place
    assert in_language(TOO_SOON, "en") in filed.nadia.open(f"/en{filed.place}").words


def test_a_notice_in_time_has_no_such_words(filed: Filed) -> None:
    """A message that counts is told without a reason why it would not."""
    two_late(filed)
    filed.nadia.send(f"{filed.place}/sure/default?objection=2")
    assert (
        "Daarom verandert er niets"
        not in filed.nadia.open(filed.place).words + filed.nadia.open(f"{filed.place}/terms").words
    )
