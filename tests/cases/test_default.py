"""Notices of default: which late decision each is about, which counts, what is owed for it, and when that is fixed."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorleren.cases.terms import CaseTerm, Life, Notice, due_of, notices_of, penalty_on, terms_of
from doorleren.cases.terms.default import AGAIN, NOTHING_DUE, TOO_SOON, grows, overdue
from tests.cases.made import day
from tests.cases.test_terms import LAW, TWO, by_act, life

FOREVER = day("12-31")
ENDS = {1: day("6-24"), 2: day("5-27")}
"""By which day each of the two objections of TWO is to be decided on."""
TOO_LATE = (("declared_in_default", "5-28", {"objection": 2}), ("declared_in_default", "6-25", {"objection": 1}))
"""A notice about each, on the day after (acts 9 and 10)."""


def notices(found: Life) -> list[Notice]:
    """Give the notices of a life."""
    return notices_of(found, terms_of(found, LAW))


def owed(found: Life, until: date = FOREVER) -> list[tuple[int, int, int]]:
    """Give for each notice with effect what it is about, the days and the cents that are owed."""
    told = [(one.about, penalty_on(until, one, LAW)) for one in notices(found)]
    return [(about, (one.last - one.first).days + 1 if one.last else 0, one.cents) for about, one in told if one]


def default_terms(found: Life) -> dict[int, CaseTerm]:
    """Give the two weeks after each notice, by the number of the notice."""
    return by_act(found, "default")


def counted(days: int) -> int:
    """Count what so many days cost, day by day: a plain second calculation."""
    return sum(2300 if one < 14 else 3500 if one < 28 else 4500 for one in range(min(days, 42)))


def test_a_late_decision_on_the_application() -> None:
    """Two weeks after a notice of default the penalty runs, 23, 35 and 45 euros a day for six weeks: 1,442 euros."""
    found = life(("declared_in_default", "5-1", {"objection": 0}))  # the term ended on 28 April
    assert default_terms(found)[2].last == day("5-15")
    days = ("5-15", "5-17", "5-31", "12-1")
    assert [owed(found, day(one)) for one in days] == [
        [(0, 0, 0)], [(0, 1, 2300)], [(0, 15, 14 * 2300 + 3500)], [(0, 42, 144200)],
    ]  # fmt: skip
    decided = life(("declared_in_default", "5-1"), ("assessed", "5-18"), ("granted", "5-18"), ("sent", "5-18"))
    assert owed(decided) == [(0, 2, 2 * 2300)]
    assert by_act(decided, "penalty-decision")[2].last == day("6-1")


def test_one_line_with_its_calculation_for_each_notice() -> None:
    """Two decisions that are late, each with a notice: two terms of two weeks, two to fix the penalty, each with its own sums."""
    found = life(*TWO, *TOO_LATE, ("objection_rejected", "6-20", {"objection": 2}), ("sent", "6-22"))
    assert {number: (one.last, one.ended_on) for number, one in default_terms(found).items()} == {
        9: (day("6-11"), day("6-22")), 10: (day("7-9"), None),
    }  # fmt: skip
    fixing = by_act(found, "penalty-decision")
    assert {number: one.last for number, one in fixing.items()} == {9: day("7-6"), 10: day("9-3")}  # 5 July is a Sunday
    written = [[step.text["nl"] for step in fixing[number].steps[:-3]] for number in (9, 10)]
    assert written == [
        ["Vanaf 12 juni 2026 betalen wij een dwangsom voor elke dag dat wij te laat zijn. "
         "Dan zijn twee weken voorbij na het bericht van 28 mei 2026 dat wij te laat waren.",
         "Tot en met 21 juni 2026: 10 × € 23,00 is € 230,00.",
         "Samen is dat € 230,00. Op 22 juni 2026 was er niets meer te beslissen."],
        ["Vanaf 10 juli 2026 betalen wij een dwangsom voor elke dag dat wij te laat zijn. "
         "Dan zijn twee weken voorbij na het bericht van 25 juni 2026 dat wij te laat waren.",
         "Tot en met 23 juli 2026: 14 × € 23,00 is € 322,00.",
         "Tot en met 6 augustus 2026: 14 × € 35,00 is € 490,00.",
         "Tot en met 20 augustus 2026: 14 × € 45,00 is € 630,00.",
         "Samen is dat € 1.442,00, als er dan nog niet is beslist. Een eerdere beslissing maakt het minder."],
    ]  # fmt: skip
    assert all(step.source.startswith("Awb, art. 4:17") for one in fixing.values() for step in one.steps[:-3])
    assert (due := due_of(terms_of(found, LAW))) is not None
    assert (due.id, due.about) == ("objection-decision", 7)


@pytest.mark.parametrize(("answered", "left"), [(1, 2), (2, 1)])
def test_an_answer_ends_its_own_penalty_alone(answered: int, left: int) -> None:
    """The answer to one objection stops the penalty for that one on its day; the other runs to its end, and has its own last day."""
    found = life(*TWO, *TOO_LATE, ("objection_rejected", "7-12", {"objection": answered}), ("sent", "7-12"))
    days = {1: 2, 2: 30}[answered]  # from 10 July and from 12 June
    assert sorted(owed(found)) == sorted([(answered, days, counted(days)), (left, 42, 144200)])
    running = {one.about: grows(day("7-13"), one, LAW) for one in notices(found)}
    assert running == {answered: False, left: True}


def test_a_notice_after_the_application_leaves_the_first_as_it_was() -> None:
    """What is owed for a late decision on the application stays owed when somebody says that an objection is late too."""
    first = (
        ("declared_in_default", "5-1", {"objection": 0}),
        ("assessed", "5-18"),
        ("granted", "5-18"),
        ("sent", "5-20"),
    )
    before = life(*first)
    later = life(
        *first, ("objection_received", "5-25", {"against": 4}), ("declared_in_default", "12-1", {"objection": 1})
    )
    assert owed(before) == [(0, 4, 4 * 2300)]
    assert owed(later) == [(0, 4, 4 * 2300), (1, 15, 14 * 2300 + 3500)]
    fixing = by_act(later, "penalty-decision")
    assert fixing[2] == by_act(before, "penalty-decision")[2]
    assert {number: one.ended_on for number, one in fixing.items()} == {2: None, 7: None}


@pytest.mark.parametrize(("days", "counts"), [
    (("5-28", "6-3"), 9),   # the first
    (("6-3", "5-28"), 10),  # what came first, also where it was noted later
    (("5-20", "6-3"), 10),  # the first was too soon
    (("5-27", "5-28"), 10),  # so is one on the last day
])  # fmt: skip
def test_the_first_that_counts(days: tuple[str, str], counts: int) -> None:
    """Of two notices about the same decision the first after its term counts; the other starts nothing and says why."""
    found = life(*TWO, *(("declared_in_default", one, {"objection": 2}) for one in days))
    other = 19 - counts
    assert [one.done.number for one in notices(found) if one.counts] == [counts]
    first = default_terms(found)[counts]
    assert first.last == day(days[counts - 9]) + timedelta(14)
    assert default_terms(found)[other].waits in ([AGAIN] if other == 10 or days == ("6-3", "5-28") else [TOO_SOON])
    assert set(by_act(found, "penalty-decision")) == {counts}
    assert len(owed(found)) == 1


def test_a_notice_that_came_too_soon_or_too_late() -> None:
    """A notice before the term was over, or when it was decided, starts nothing, and says why."""
    soon = life(("declared_in_default", "4-1"))
    assert [one.waits for one in default_terms(soon).values()] == [TOO_SOON]
    answered = (*TWO, ("objection_rejected", "6-1", {"objection": 2}), ("sent", "6-2"))
    late = life(*answered, ("declared_in_default", "6-3", {"objection": 2}))
    assert [(one.waits, one.ended_on) for one in default_terms(late).values()] == [(NOTHING_DUE, day("6-2"))]
    in_time = life(*answered, ("declared_in_default", "6-2", {"objection": 2}))
    assert [one.counts for one in notices(in_time)] == [True]
    assert owed(in_time) == [(2, 0, 0)]
    for one in (soon, late):
        assert owed(one) == []
        assert not by_act(one, "penalty-decision")


@pytest.mark.parametrize(("acts", "on", "late"), [
    ((), "4-28", []), ((), "4-29", [0]),
    (TWO, "5-27", []), (TWO, "5-28", [2]), (TWO, "6-25", [2, 1]),
    ((*TWO, ("objection_rejected", "5-20", {"objection": 2}), ("sent", "5-21")), "6-25", [1]),
    ((*TWO, ("objection_rejected", "6-1", {"objection": 2}), ("sent", "6-2")), "6-2", []),
    ((*TWO, TOO_LATE[0]), "6-25", [1]), ((*TWO, TOO_LATE[1]), "6-25", [2]), ((*TWO, *TOO_LATE), "6-25", []),
    ((*TWO, ("declared_in_default", "5-20", {"objection": 2})), "6-25", [2, 1]),
])  # fmt: skip
def test_about_what_notice_can_be_given(acts: Any, on: str, late: list[int]) -> None:
    """Every decision that is late and about which no notice counts, what was due first before others; one takes away itself alone."""
    found = life(*acts)
    assert list(overdue(found, terms_of(found, LAW), day(on))) == late


@pytest.mark.parametrize(("acts", "about"), [
    ((("declared_in_default", "5-1"),), 0),
    ((*TWO, ("declared_in_default", "5-28")), 2),
    ((*TWO, ("declared_in_default", "6-25")), 2),
    ((*TWO, ("declared_in_default", "5-20")), 2),
    ((*TWO, ("objection_rejected", "5-20", {"objection": 2}), ("sent", "5-21"), ("declared_in_default", "6-25")), 1),
])  # fmt: skip
def test_an_old_notice_says_not_what_it_is_about(acts: Any, about: int) -> None:
    """One without the detail is about the application where that was not decided on, else about the objection that was late first."""
    assert [one.about for one in notices(life(*acts))] == [about]


@pytest.mark.parametrize(("named", "ended"), [
    ({"notice": 9}, {9: day("8-1"), 10: None}), ({"notice": 10}, {9: None, 10: day("8-1")}), ({}, {9: None, 10: day("8-1")}),
])  # fmt: skip
def test_fixing_one_leaves_the_other_to_be_fixed(named: dict[str, Any], ended: dict[int, date | None]) -> None:
    """The act that fixes a penalty names its notice and ends that term alone; an old one that names none is about the last notice."""
    answers = [
        answer
        for number in (1, 2)
        for answer in (("objection_rejected", "7-12", {"objection": number}), ("sent", "7-12"))
    ]
    found = life(*TWO, *TOO_LATE, *answers, ("penalty_fixed", "8-1", named))
    assert {number: one.ended_on for number, one in by_act(found, "penalty-decision").items()} == ended


@given(st.integers(1, 40), st.integers(1, 40), st.integers(1, 120), st.integers(1, 120))
def test_two_penalties_day_by_day(first: int, second: int, one_after: int, other_after: int) -> None:
    """Whenever two notices come and two answers follow, each penalty is that of its own days, by a plain second calculation."""
    told = {2: (ENDS[2] + timedelta(first), one_after), 1: (ENDS[1] + timedelta(second), other_after)}
    acts: list[tuple[date, int, str, dict[str, int]]] = []
    for about, (on, after) in told.items():
        acts.append((on, 0, "declared_in_default", {"objection": about}))
        acts.append((on + timedelta(after), 1, "objection_rejected", {"objection": about}))
    later: list[Any] = []
    for on, _, act, details in sorted(acts, key=lambda each: each[:3]):
        said = f"{on.month}-{on.day}"
        later += [(act, said, details), *((("sent", said),) if act == "objection_rejected" else ())]
    wanted = {}
    for about, (on, after) in told.items():
        runs = [one for one in range(1, after) if on + timedelta(one) > _two_weeks(on)]
        wanted[about] = (min(len(runs), 42), counted(len(runs)))
    assert {about: (days, cents) for about, days, cents in owed(life(*TWO, *later))} == wanted


def _two_weeks(on: date) -> date:
    """Give the last day of the two weeks, moved to the Monday after a weekend; of these months no other day is a holiday."""
    last = on + timedelta(14)
    return last + timedelta(max(7 - last.weekday(), 0) if last.weekday() > 4 else 0)
