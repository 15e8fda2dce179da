"""What is known when a draft starts: from where, how old it may be, of whom it is, and saying that it is right."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from doorleren.applications.answers import Counted, counted_answers
from doorleren.applications.commands.confirm_known import confirm_known
from doorleren.applications.commands.save_answers import Given, save_answers
from doorleren.applications.models import Answer, Application, Origin, TakenFrom
from doorleren.applications.prefilling import TOLD_WITHIN, told_earlier
from doorleren.applications.queries import state_now
from doorleren.applications.refusing import ApplicationRefused
from doorleren.applications.values import UNKNOWN
from doorleren.audit.models import Act
from doorleren.people.access import NotAllowed
from doorleren.people.models import Person, RoleKind
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.applications.bundles import made as registering
from tests.applications.made import AT, WHOLE, answer, draft, firm_as, oneself, signed_in, stood_ready
from tests.applications.test_draft import freeze
from tests.people import made as people

TIE, BORN = "person.labour_market_link", "person.birth_date"


def found(known: Library, one: Application) -> dict[str, Counted]:
    """Give what counts of an application, by fact."""
    return {each.fact: each for each in counted_answers(one.pk, known)}


def test_each_answer_says_from_where(known: Library, round_: Round, nadia: Person) -> None:
    """The register goes before the finder and the finder before an earlier application, and each answer names its own."""
    before = draft(known, round_, nadia)
    answer(known, before, nadia, WHOLE)
    stood_ready(before)
    one = draft(known, round_, nadia, told={TIE: False, "training.price": 1}, registered={"training.price": 60000})
    told = found(known, one)
    assert {name: (each.value, each.origin, each.taken_from) for name, each in told.items()} == {
        BORN: (WHOLE[BORN], "self", "earlier"), TIE: (False, "self", "finder"), "training.price": (60000, "register", ""),
    }  # fmt: skip
    assert told[BORN].earlier == before.started_at
    assert (told[TIE].earlier, Answer.objects.get(application=one, fact=BORN).earlier) == (None, before)


def test_the_last_of_all_earlier_ones(known: Library, round_: Round, nadia: Person) -> None:
    """Of more applications the last answer to each fact is taken; "I do not know" takes what was told before it away."""
    first, second = draft(known, round_, nadia), draft(known, round_, nadia)
    answer(known, second, nadia, {TIE: True, BORN: WHOLE[BORN]})
    later = AT + timedelta(hours=1)
    given = [Given(TIE, False), Given(BORN, UNKNOWN)]
    save_answers(first.pk, given, library=known, by=signed_in(nadia), at=later)
    stood_ready(second)
    stood_ready(first, later)
    one = draft(known, round_, nadia, at=later)
    assert {name: (each.value, each.taken_from) for name, each in found(known, one).items()} == {
        TIE: (False, "earlier")
    }


def test_a_draft_is_no_earlier_application(known: Library, round_: Round, nadia: Person) -> None:
    """What was told in a draft that never stood ready is not taken over, nor what was changed in it after it did."""
    before = draft(known, round_, nadia)
    answer(known, before, nadia, {TIE: True})
    assert found(known, draft(known, round_, nadia)) == {}
    stood_ready(before)
    later = AT + timedelta(hours=1)
    save_answers(before.pk, [Given(TIE, False)], library=known, by=signed_in(nadia), at=later)
    assert found(known, draft(known, round_, nadia, at=later))[TIE].value is True
    stood_ready(before, later)
    assert found(known, draft(known, round_, nadia, at=later))[TIE].value is False


@pytest.mark.parametrize(("age", "taken"), [(TOLD_WITHIN, True), (TOLD_WITHIN + timedelta(seconds=1), False)])
def test_not_older_than_a_year(age: timedelta, taken: bool, known: Library, round_: Round, nadia: Person) -> None:
    """What was told a year ago to the second is taken over; a second older, it is asked again."""
    before = draft(known, round_, nadia)
    answer(known, before, nadia, {TIE: True})
    stood_ready(before)
    assert bool(told_earlier(oneself(nadia), frozenset({TIE}), known, AT + age)) is taken


def test_taking_over_makes_nothing_younger(known: Library, round_: Round, nadia: Person) -> None:
    """What was taken over is no source for the next: a year counts from when somebody told it or said that it is right."""
    before = draft(known, round_, nadia)
    answer(known, before, nadia, {TIE: True})
    stood_ready(before)
    half, whole = AT + timedelta(days=200), AT + timedelta(days=400)
    one = draft(known, round_, nadia, at=half)
    assert TIE in found(known, one)
    assert told_earlier(oneself(nadia), frozenset({TIE}), known, whole) == []
    confirm(known, one, nadia, at=half)
    stood_ready(one, half)
    (kept,) = told_earlier(oneself(nadia), frozenset({TIE}), known, whole)
    assert (kept.value, kept.earlier) == (True, one.pk)


def test_only_what_the_track_uses(known: Library, round_: Round, nadia: Person) -> None:
    """What the track does not look at is not kept, also when it was told in the finder; nor is what is sensitive."""
    one = draft(known, round_, nadia, told={"person.sector": "other", "person.eu_citizen": True, TIE: True})
    assert set(found(known, one)) == {TIE}


def test_an_organisation_tells_of_itself_only(known: Library, round_: Round, nadia: Person) -> None:
    """What an employer told of its firm comes along for a colleague of that firm, for nobody else and not for oneself."""
    firm, olga = people.organisation("90000031"), people.person(name="Olga")
    for one in (nadia, olga):
        people.mandate(one, firm)
        people.role(one, RoleKind.EMPLOYER, organisation=firm)
    first = draft(known, round_, nadia, "firm", applicant=firm_as(firm))
    answer(known, first, nadia, {"employer.employees": 12})
    save_answers(first.pk, [Given(TIE, True)], library=known, by=signed_in(nadia), at=AT)
    stood_ready(first)
    used = frozenset({"employer.employees", TIE})
    assert [one.fact for one in told_earlier(firm_as(firm), used, known, AT)] == ["employer.employees"]
    assert told_earlier(oneself(nadia), used, known, AT) == []
    second = draft(known, round_, olga, "firm", applicant=firm_as(firm))
    assert found(known, second)["employer.employees"].value == 12


def test_nothing_of_registered_people(tmp_path: Any, db: None) -> None:
    """What a bundle tells of participants is no source for anything that its adviser files."""
    known = registering.library(tmp_path / "advice")
    tom = registering.adviser()
    registering.submit(known, registering.a_round(known), tom, registering.row(0))
    used = frozenset({TIE, BORN, "adviser.qualified", "employer.employees"})
    assert told_earlier(firm_as(tom[1]), used, known, AT) == []


def confirm(known: Library, one: Application, who: Person, at: datetime = AT) -> int:
    """Say that what was taken over is right."""
    seen = max(each.number for each in counted_answers(one.pk, known))
    return confirm_known(one.pk, seen=seen, library=known, by=signed_in(who), at=at)


def test_saying_that_it_is_right(known: Library, round_: Round, nadia: Person) -> None:
    """Each answer is there once more as told now, with the same value and origin; a second time nothing changes."""
    one = draft(known, round_, nadia, told=WHOLE)
    assert (confirm(known, one, nadia), confirm(known, one, nadia)) == (3, 0)
    told = found(known, one)
    assert {each.taken_from for each in told.values()} == {""}
    assert {name: each.value for name, each in told.items()} == WHOLE
    assert Answer.objects.filter(application=one, taken_from=TakenFrom.FINDER).count() == 3
    assert Act.objects.get(act="answers_confirmed").details == {"answers": 3}


def test_it_says_nothing_new(known: Library, round_: Round, nadia: Person) -> None:
    """Putting a draft ready says that all is right, and what stands ready stays so: its content is the same."""
    one = draft(known, round_, nadia, told=WHOLE)
    freeze(known, one, nadia)
    one.refresh_from_db()
    assert {each.taken_from for each in found(known, one).values()} == {""}
    content = one.frozen_content
    assert confirm(known, one, nadia) == 0
    freeze(known, one, nadia)
    one.refresh_from_db()
    assert (state_now(one), one.frozen_content, one.freezes.count()) == ("ready", content, 1)


def test_nobody_confirms_what_was_not_shown(known: Library, round_: Round, nadia: Person) -> None:
    """An answer that was given after the page was made refuses the button, and so does another person's draft."""
    one = draft(known, round_, nadia, told={TIE: True})
    seen = max(each.number for each in counted_answers(one.pk, known))
    answer(known, one, nadia, {TIE: False})
    with pytest.raises(ApplicationRefused) as refused:
        confirm_known(one.pk, seen=seen, library=known, by=signed_in(nadia), at=AT)
    assert refused.value.facts == (TIE,)
    with pytest.raises(NotAllowed):
        confirm(known, one, people.person(name="Piet"))


def test_typing_the_same_is_saying_so(known: Library, round_: Round, nadia: Person) -> None:
    """Who types the answer that was taken over has told it; typing it again adds nothing."""
    one = draft(known, round_, nadia, told={TIE: True})
    assert (answer(known, one, nadia, {TIE: True}), answer(known, one, nadia, {TIE: True})) == (1, 0)
    assert (found(known, one)[TIE].taken_from, found(known, one)[TIE].origin) == ("", Origin.SELF)
