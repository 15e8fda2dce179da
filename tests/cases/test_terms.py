"""The terms that run for a case: from which day, standing still, extended, late, and which of them is due first."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorleren.cases.acts import ACTS
from doorleren.cases.frameworks import decision_term, frameworks
from doorleren.cases.recording import law
from doorleren.cases.terms import CaseFacts, CaseTerm, Done, Life, due_of, notices_of, penalty_on, terms_of
from doorleren.cases.terms.deciding import merged
from doorleren.cases.terms.money import SETTLING
from doorleren.cases.terms.objecting import objection_of
from doorleren.core.terms import BadTerm, Suspension
from tests.cases.made import day

RECEIVED = day("3-2")
LAW = law()


def life(
    *acts: tuple[str, str] | tuple[str, str, dict[str, Any]], term: str = "decision", round_ended: date | None = None
) -> Life:
    """Tell a life: acts with the day on which each happened, and details; "sent" sends the letter of the act before it."""
    told = []
    for number, (act, on, *rest) in enumerate(acts, 2):
        details = rest[0] if rest else {}
        name = "dispatched" if act == "sent" else act
        told.append(Done(number, name, day(on), {"of": number - 1, **details} if act == "sent" else details))
    return Life(CaseFacts(RECEIVED, round_ended, term), told)


def term(found: Life, key: str) -> CaseTerm:
    """Give one of a case's terms."""
    return {one.id: one for one in terms_of(found, LAW)}[key]


@pytest.mark.parametrize(("kind", "ended", "last"), [
    ("decision", None, "4-28"),          # 8 weeks from 2 March is 27 April, the king's birthday
    ("decision-13", None, "6-1"),
    ("decision-22", None, "8-3"),
    ("decision-13", "3-31", "6-30"),     # from the end of the round
])  # fmt: skip
def test_from_receipt_or_from_the_end_of_the_round(kind: str, ended: str | None, last: str) -> None:
    """A term for deciding begins the day after receipt, or after the last day of the round where that is given."""
    found = term(life(term=kind, round_ended=day(ended) if ended else None), "decision")
    assert found.last == day(last)
    assert found.runs


ASKED = ("asked_to_complete", "3-9", {"until": "2026-03-23"})


@pytest.mark.parametrize(("acts", "days"), [
    ((ASKED,), 0),                                                        # not sent: nothing stands still
    ((ASKED, ("sent", "3-10")), 13),                                      # the last day that was given counts for now
    ((ASKED, ("sent", "3-10"), ("completed", "3-16")), 6),
    ((ASKED, ("sent", "3-10"), ("completed", "3-30")), 13),               # later than was given: no more than that
    ((ASKED, ("sent", "3-10"), ASKED, ("sent", "3-12"), ("completed", "3-16")), 6),  # two that overlap count once
    ((ASKED, ("sent", "3-10"), ("completed", "3-16"), ("term_suspended", "4-1"), ("term_resumed", "4-5")), 10),
])  # fmt: skip
def test_standing_still(acts: Any, days: int) -> None:
    """The term stands still from the day after the question was sent until it was completed or its last day passed."""
    found = term(life(*acts, term="decision-13"), "decision")
    assert found.last == day("6-1") + timedelta(days=days)
    assert sum("stond" in step.text["nl"] for step in found.steps) == (0 if not days else 2 if days == 10 else 1)


def test_standing_still_without_an_end() -> None:
    """While nobody knows until when a term stands still, its last day is not known and nothing is due."""
    found = life(("term_suspended", "3-9"))
    assert term(found, "decision").last is None
    assert term(found, "decision").waits
    assert due_of(terms_of(found, LAW)) is None


AGAIN = ("dispatched", "4-2", {"of": 4, "returned": 6, "why": "wrong_address"})
TAKEN = ("dispatched", "4-2", {"of": 4, "returned": 6, "why": "not_taken"})
TWICE = (
    AGAIN,
    ("post_returned", "4-9", {"of": 4}),
    ("dispatched", "4-16", {"of": 4, "returned": 8, "why": "not_taken"}),
)
ANEW = (
    AGAIN,
    ("post_returned", "4-9", {"of": 4}),
    ("dispatched", "4-16", {"of": 4, "returned": 8, "why": "wrong_address"}),
)
COPY = (TAKEN, *ANEW[1:])


@pytest.mark.parametrize(("more", "start", "steps"), [
    ((), "3-12", 0), ((AGAIN,), "4-2", 1), ((TAKEN,), "3-12", 1), (TWICE, "4-2", 2), (ANEW, "4-16", 2),
    (COPY, "3-12", 2),
])  # fmt: skip
def test_a_letter_that_came_back(more: Any, start: str, steps: int) -> None:
    """All terms run from the last dispatch after a wrong address, else from the first; a copy starts none anew; each return is told."""
    acts = (
        ("assessed", "3-9"),
        ("assigned", "3-10"),
        ("refused", "3-11"),
        ("sent", "3-12"),
        ("post_returned", "3-30", {"of": 4}),
    )
    found = life(*acts, *more)
    objecting = term(found, "objection")
    assert objecting.start == day(start)
    assert len(objecting.steps) == len(term(life(*acts), "objection").steps) + steps
    number = 2 + len(acts) + len(more)
    deciding = term(
        Life(found.facts, [*found.acts, Done(number, "objection_received", day("4-20"), {"against": 4})]),
        "objection-decision",
    )
    assert deciding.start == objecting.last
    assert [one.text for one in deciding.steps[:steps]] == [one.text for one in objecting.steps[:steps]]


def test_a_question_after_the_term_changes_nothing() -> None:
    """A question that was sent when the term was over makes no late decision in time."""
    late = ("asked_to_complete", "6-20", {"until": "2026-07-05"})
    assert term(life(late, ("sent", "6-20"), term="decision-13"), "decision").last == day("6-1")


@pytest.mark.parametrize(("acts", "last"), [
    ((("extended", "5-1", {"until": "2026-07-15"}),), "6-1"),                       # its notice was not sent
    ((("extended", "5-1", {"until": "2026-07-15"}), ("sent", "5-2")), "7-15"),
    ((("extended", "6-9", {"until": "2026-07-15"}), ("sent", "6-9")), "6-1"),        # too late
    ((("extended", "5-1", {"until": "2026-07-15"}), ("sent", "5-2"),
      ("asked_to_complete", "7-1", {"until": "2026-07-10"}), ("sent", "7-1")), "7-24"),
])  # fmt: skip
def test_extended(acts: Any, last: str) -> None:
    """A notice that was sent within the term puts its end on the day that it names, and it can stand still after that."""
    assert term(life(*acts, term="decision-13"), "decision").last == day(last)


def test_a_decision_ends_the_term_when_it_is_sent() -> None:
    """A decision that lies there ends nothing; that it was sent does, and then six weeks to object begin."""
    lying = life(("assessed", "4-1"), ("granted", "4-2"))
    assert term(lying, "decision").runs
    assert term(lying, "objection").waits
    sent = life(("assessed", "4-1"), ("granted", "4-2"), ("sent", "4-7"))
    assert term(sent, "decision").ended_on == day("4-7")
    assert term(sent, "objection").last == day("5-19")
    assert due_of(terms_of(sent, LAW)) is None


def test_leaving_out_has_four_weeks() -> None:
    """When nothing came by the last day, four weeks for leaving out of treatment begin, and they are due first."""
    found = life(ASKED, ("sent", "3-10"), term="decision-13")
    assert term(found, "leave-out").last == day("4-20")
    due = due_of(terms_of(found, LAW))
    assert due is not None
    assert due.id == "leave-out"
    assert "leave-out" not in {one.id for one in terms_of(life(ASKED, ("sent", "3-10"), ("completed", "3-16")), LAW)}


REFUSED = (("assessed", "3-3"), ("refused", "3-3"), ("sent", "3-4"))


@pytest.mark.parametrize(("acts", "last"), [
    ((("objection_received", "3-20"),), "5-27"),                                       # 15 April plus six weeks
    ((("objection_received", "3-20", {"committee": True}),), "7-8"),                    # twelve
    ((("objection_received", "3-20"), ("objection_extended", "5-1"), ("sent", "5-1")), "7-8"),
    ((("objection_received", "3-20"), ("objection_extended", "5-1")), "5-27"),         # its notice was not sent
    ((("objection_received", "4-20"), ("objection_repair_asked", "4-22", {"until": "2026-05-06"}), ("sent", "4-22")), "6-10"),
])  # fmt: skip
def test_deciding_on_an_objection(acts: Any, last: str) -> None:
    """It counts from the end of the term for objecting, with a committee, an extension and time to repair it."""
    found = term(life(*REFUSED, *acts), "objection-decision")
    assert found.last == day(last)
    ended = term(life(*REFUSED, *acts, ("objection_rejected", "5-20"), ("sent", "5-21")), "objection-decision")
    assert ended.ended_on == day("5-21")


TWO = (
    ("assessed", "3-3"), ("granted", "3-3"), ("sent", "3-4"), ("payment_suspended", "4-1"), ("sent", "4-1"),
    ("objection_received", "4-2", {"against": 5}), ("objection_received", "4-3", {"against": 3}),
)  # fmt: skip
"""A grant (act 3) and a suspension (5), both objected to (7 and 8): the later decision first."""


def by_act(found: Life, key: str) -> dict[int, CaseTerm]:
    """Give the terms of one kind by the act that each is about."""
    return {one.about: one for one in terms_of(found, LAW) if one.id == key}


def test_each_decision_and_each_objection_has_its_term() -> None:
    """Six weeks for each decision from its own letter, used by the objection that names it; deciding on each counts from there."""
    found = life(*TWO)
    objecting, deciding = by_act(found, "objection"), by_act(found, "objection-decision")
    assert {about: (one.last, one.ended_on) for about, one in objecting.items()} == {
        3: (day("4-15"), day("4-3")), 5: (day("5-13"), day("4-2")),
    }  # fmt: skip
    assert {about: one.last for about, one in deciding.items()} == {7: day("6-24"), 8: day("5-27")}
    due = due_of(terms_of(found, LAW))
    assert due is not None
    assert due.about == 8


def test_an_answer_ends_the_term_of_its_own_objection() -> None:
    """The answer, a withdrawal and more time number the objection that they are about, and leave the other as it is."""
    found = life(
        *TWO,
        ("objection_rejected", "5-20", {"objection": 2}),
        ("sent", "5-21"),
        ("objection_withdrawn", "5-22", {"objection": 1}),
    )
    assert {about: one.ended_on for about, one in by_act(found, "objection-decision").items()} == {
        7: day("5-22"),
        8: day("5-21"),
    }
    more = life(*TWO, ("objection_extended", "5-1", {"objection": 2}), ("sent", "5-1"))
    assert {about: one.last for about, one in by_act(more, "objection-decision").items()} == {
        7: day("6-24"),
        8: day("7-8"),
    }


def test_what_is_repaired_is_what_was_asked_last() -> None:
    """What came in ends the standing still of the objection that was asked to be repaired last; a question about the other does not."""
    asked = ("objection_repair_asked", "5-14", {"objection": 1, "until": day("5-20").isoformat()})
    again = ("objection_repair_asked", "5-21", {"objection": 2, "until": day("5-29").isoformat()})
    found = life(*TWO, asked, ("sent", "5-14"), again, ("sent", "5-21"), ("objection_repaired", "5-26"))
    assert {about: one.last for about, one in by_act(found, "objection-decision").items()} == {
        7: day("6-30"),  # six days more
        8: day("6-1"),  # five days more
    }
    told = life(*TWO, asked, ("sent", "5-14"), ("objection_repaired", "5-18"), again, ("sent", "5-21"))
    assert {about: one.last for about, one in by_act(told, "objection-decision").items()} == {
        7: day("6-29"),  # four days more are on a Sunday
        8: day("6-4"),
    }
    for one, about in ((found, 8), (told, 7)):
        repaired = one.first("objection_repaired")
        assert repaired is not None
        objection = objection_of(one, repaired)
        assert objection is not None
        assert objection.number == about


@pytest.mark.parametrize(("late", "last", "assumed"), [(True, "10-13", True), (False, "5-27", False)])
def test_deciding_on_an_objection_that_came_late(late: bool, last: str, assumed: bool) -> None:
    """Six weeks from the day on which a late objection came, said to be an assumption; one that was posted in time counts as any."""
    found = term(life(*REFUSED, ("objection_received", "9-1", {"late": late})), "objection-decision")
    assert (found.last, found.steps[0].source.startswith("assumption: ")) == (day(last), assumed)


@pytest.mark.parametrize(("answer", "objectable"), [("objection_rejected", True), ("objection_upheld", False)])
def test_what_follows_on_a_rejection_is_open_to_objection(answer: str, objectable: bool) -> None:
    """What is decided right after an objection was rejected does not rest on that: one can object to it; upheld, one goes to court."""
    found = life(*TWO, (answer, "5-20", {"objection": 2}), ("amended", "5-20"), ("sent", "5-20"))
    assert (10 in by_act(found, "objection")) is objectable


def test_an_objection_against_what_was_not_sent() -> None:
    """Without proof that the decision was sent, the term for deciding on the objection waits and says so."""
    found = term(life(("assessed", "3-3"), ("refused", "3-3"), ("objection_received", "3-20")), "objection-decision")
    assert found.last is None
    assert found.waits


def test_settling_and_suspending() -> None:
    """The grant says by which term and from when it is settled; a suspended payment waits at most thirteen weeks."""
    told = {"settlement_term": "settlement-ex-officio", "settlement_from": "2026-06-30"}
    found = life(
        ("assessed", "3-3"), ("granted", "3-3", told), ("sent", "3-4"), ("payment_suspended", "4-1"), ("sent", "4-1")
    )
    assert term(found, "settlement").last == date(2026, 12, 1)
    assert term(found, "payment-suspension").last == day("7-1")
    due = due_of(terms_of(found, LAW))
    assert due is not None
    assert due.id == "payment-suspension"


@pytest.mark.parametrize(("told", "last"), [({"since": 5}, "7-1"), ({}, "8-10")], ids=["the same suspicion", "another"])
def test_suspended_again(told: dict[str, int], last: str) -> None:
    """The weeks of one suspicion count from its first notice, also where payment went on in between; those of another from its own."""
    found = life(
        ("assessed", "3-3"), ("granted", "3-3"), ("sent", "3-4"), ("payment_suspended", "4-1"), ("sent", "4-1"),
        ("payment_released", "5-1"), ("payment_suspended", "5-11", told), ("sent", "5-11"),
    )  # fmt: skip
    assert next(one.number for one in found.all("payment_suspended")) == 5
    assert term(found, "payment-suspension").last == day(last)


def test_settling_within_the_weeks_of_the_scheme() -> None:
    """Weeks that the scheme itself sets go before those of the framework; a later grant without a day leaves the term as it was."""
    told = {"settlement_term": "settlement-ex-officio", "settlement_from": "2026-06-30", "settlement_weeks": 8}
    found = life(("assessed", "3-3"), ("granted", "3-3", told), ("amended", "3-9"))
    one = term(found, "settlement")
    assert (one.kind, one.last) == ("settlement-own", date(2026, 8, 25))


def test_settling_is_not_called_paying() -> None:
    """Where settling takes as long as paying after a decision, the term bears the name of what ends it: it is over once it was settled."""
    told = {"settlement_term": "payment", "settlement_from": "2026-04-01"}
    found = life(("assessed", "3-3"), ("granted", "3-3"), ("delivery_proven", "4-1", told))
    one = term(found, "settlement")
    assert (one.kind, one.last, one.ended_on) == ("payment", day("5-13"), None)
    assert "betalen na" not in one.name["nl"]
    assert one.name == SETTLING


REQUESTED = ("settlement_requested", "5-1", {"settlement_term": "settlement", "settlement_from": "2026-05-01"})


@pytest.mark.parametrize(("after", "runs"), [
    ((), True), ((("revoked", "6-1"),), False), ((("revoked", "6-1"), ("granted", "7-1")), True),
    ((("revoked", "6-1"), ("granted", "7-1"), ("revoked", "8-1")), False),
    ((("revoked", "6-1"), ("granted", "7-1"), ("settled_as_granted", "8-1"), ("sent", "8-1")), False),
])  # fmt: skip
def test_a_grant_that_came_back_is_still_to_be_settled(after: tuple[tuple[str, str], ...], runs: bool) -> None:
    """A withdrawal ends the term for settling; once the grant came back the request of before counts again, from its own day."""
    found = term(life(("granted", "3-20"), REQUESTED, *after), "settlement")
    assert (found.runs, found.start) == (runs, day("5-1"))


@pytest.mark.parametrize(("after", "runs"), [
    ((), True), ((("delivery_proven", "6-1"),), False), ((("revoked", "6-1"),), False),
    ((("settled_at_nil", "7-20"),), False),
])  # fmt: skip
def test_until_when_can_be_claimed(after: tuple[tuple[str, str], ...], runs: bool) -> None:
    """The day that the grant says is a term of the party, until it claimed, or nothing is to be claimed any more."""
    found = term(life(("granted", "3-20", {"claim_until": "2026-06-30"}), *after), "claim")
    assert (found.whose, found.last, found.runs) == ("party", day("6-30"), runs)
    assert due_of(terms_of(life(("granted", "3-20", {"claim_until": "2026-06-30"}), ("sent", "3-20")), LAW)) is None


def test_a_day_that_was_over_gives_no_term_to_claim() -> None:
    """Granted after the last day to claim, there is no such term: nobody could keep it."""
    assert "claim" not in {one.id for one in terms_of(life(("granted", "7-1", {"claim_until": "2026-06-30"})), LAW)}


def test_outside_the_general_act() -> None:
    """A scheme outside the Awb has no term for deciding; an unknown framework or term is refused by name."""
    assert terms_of(life(term=""), LAW) == ()
    assert decision_term("outside-awb") == ""
    assert decision_term("kaderregeling-ocw-szw-vws", "decision-22") == "decision-22"
    for wrong in (("kaderregeling",), ("awb", "decision-40")):
        with pytest.raises(BadTerm, match="allowed are"):
            decision_term(*wrong)


def test_every_scheme_has_a_known_framework() -> None:
    """Every framework that a scheme file of ours names is in the law, and allows the term for deciding that the file picks."""
    from doorleren.rules.library import open_library

    versions = [version for scheme in open_library().schemes.values() for version in scheme.versions]
    assert {version.framework for version in versions} - {""} <= set(frameworks())
    for version in versions:
        for longer in {version.handling.longer_decision, *(one.handling.longer_decision for one in version.tracks)} - {
            ""
        }:
            assert decision_term(version.framework, longer) == longer, version.id


TIMES = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 30)), max_size=6)


@given(TIMES)
def test_overlap_is_counted_once(times: list[tuple[int, int]]) -> None:
    """Joining times that a term stands still keeps every day that any of them covers, once."""
    given_times = [Suspension(RECEIVED + timedelta(a), RECEIVED + timedelta(a + b)) for a, b in times]
    days = {one.asked + timedelta(n) for one in given_times for n in range(1, one.days + 1)}
    found = merged(given_times)
    assert sum(one.days for one in found) == len(days)
    assert all(before.ended < after.asked for before, after in pairwise(found))


@given(st.lists(st.tuples(st.sampled_from([*ACTS]), st.integers(0, 400)), max_size=15), st.booleans())
def test_any_life_has_terms(acts: list[tuple[str, int]], sent: bool) -> None:
    """Whatever happened in whatever order on whatever day, terms can be told, and none ends before it starts."""
    told = []
    for act, after in sorted(acts, key=lambda one: one[1]):
        on = RECEIVED + timedelta(after)
        details = {"until": (on + timedelta(14)).isoformat()}
        told.append(Done(len(told) + 2, act, on, details))
        if sent and ACTS[act].letter:
            told.append(Done(len(told) + 2, "dispatched", on, {"of": len(told) + 1}))
    found = Life(CaseFacts(RECEIVED, None, "decision-13"), told)
    terms = terms_of(found, LAW)
    assert all(one.last is None or one.start is None or one.last > one.start for one in terms)
    owed = [penalty_on(RECEIVED + timedelta(800), one, LAW) for one in notices_of(found, terms)]
    assert all(one is None or 0 <= one.cents <= 144200 for one in owed)
