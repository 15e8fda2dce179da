"""The table of acts, and what follows from moments without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorleren.cases.acts import ACTS, FAMILIES
from doorleren.cases.asked import ANSWERED
from doorleren.cases.given_days import GivenDay, given_by
from doorleren.cases.rules import ANSWERED_INTENT, STATES, possible, state_of, too_early, too_late, why_not
from doorleren.cases.stops import STOPS
from doorleren.cases.terms import Done
from doorleren.core.days import day_of
from doorleren.people.acts import DEMANDS
from tests.cases.lives import PATHS, played

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
NAMES = {*ACTS, *FAMILIES}


def test_the_table_names_what_there_is() -> None:
    """Every name in the table of acts, in stops and in states is an act or family, and every demand is known."""
    for act in ACTS.values():
        assert act.demand in DEMANDS, act.name
        assert set(act.stopped_by) <= set(STOPS), act.name
        assert {one for after in act.after for one in after.any_of} <= NAMES, act.name
        assert not act.answers or act.answers in ACTS
        assert set(act.texts) == {"nl", "en"}
        assert act.ground
    assert {one for stop in STOPS.values() for one in (stop.by, *stop.until)} <= NAMES
    assert {one for state in STATES for one in (*state.any_of, *state.until)} <= NAMES


def test_every_stop_stops_something() -> None:
    """No stop stands in the table without an act that it forbids."""
    assert set(STOPS) == {name for act in ACTS.values() for name in act.stopped_by}


def test_nothing_happens_to_a_destroyed_file() -> None:
    """Every act but opening, which is once, is stopped by destruction."""
    assert [act.name for act in ACTS.values() if "destroyed" not in act.stopped_by] == ["opened"]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path[1])
def test_a_life_ends_in_its_state(path: tuple[tuple[str, ...], str]) -> None:
    """Whole lives of cases are possible step by step, and end in the state that they should."""
    acts, state = path
    assert state_of(played(acts)) == state


FORBIDDEN = {
    "granting what was not assessed": ((), "granted", "niet beoordeeld"),
    "deciding twice": (("assessed", "granted"), "refused", "al beslist"),
    "granting what is incomplete": (("assessed", "asked_to_complete"), "granted", "nog niet compleet"),
    "granting on an old assessment": (("assessed", "asked_to_complete", "completed"), "granted", "Beoordeel haar eerst"),
    "leaving out without a question": (("assessed",), "left_out", "de kans"),
    "leaving out what was completed": (("asked_to_complete", "completed"), "left_out", "aangevuld"),
    "completing what is complete": (("asked_to_complete", "completed"), "completed", "niets open"),
    "withdrawing after the decision": (("assessed", "refused"), "withdrawn", "al beslist"),
    "revoking without notice": (("assessed", "granted"), "revoked", "zienswijze"),
    "settling lower without notice": (("assessed", "granted"), "settled_lower", "zienswijze"),
    "settling what was refused": (("assessed", "refused"), "settled_as_granted", "is afgewezen"),
    "paying what is suspended": (("assessed", "granted", "payment_suspended"), "paid", "opgeschort"),
    "recovering without a decision": (("assessed", "granted", "advance_paid"), "recovery_decided", "te veel"),
    "objecting to nothing": (("assessed",), "objection_received", "niet beslist"),
    "hearing without objection": (("assessed", "granted"), "heard", "geen bezwaar"),
    "closing during an objection": (("assessed", "refused", "objection_received"), "closed", "bezwaar"),
    "closing while another objection waits": (
        ("assessed", "refused", "objection_received", "objection_rejected", "objection_taken_up"), "closed", "ander bezwaar"),
    "taking up a second objection": (("assessed", "refused", "objection_received"), "objection_taken_up", "loopt nog een bezwaar"),
    "taking up what there is not": (("assessed", "refused"), "objection_taken_up", "geen bezwaar"),
    "destroying what is open": (("assessed", "refused"), "destroyed", "niet gesloten"),
    "destroying what was reopened": (("assessed", "refused", "closed", "reopened"), "destroyed", "opnieuw geopend"),
    "noting in a destroyed file": (("assessed", "refused", "closed", "destroyed"), "contact_noted", "vernietigd"),
}  # fmt: skip


@pytest.mark.parametrize("name", FORBIDDEN)
def test_an_order_that_the_law_forbids(name: str) -> None:
    """An act in an order that the law forbids is refused with the sentence of its rule, in both languages."""
    acts, wrong, sentence = FORBIDDEN[name]
    texts = why_not(wrong, played(acts))
    assert texts is not None
    assert sentence in texts["nl"]
    assert texts["en"]


def test_an_objection_that_waited_is_in_hand_again() -> None:
    """Taken up after the answer to another, everything can be done on it that can be done on one that was just received."""
    acts = ("assessed", "refused", "objection_received", "objection_rejected", "objection_taken_up")
    assert state_of(played(acts)) == "objection"
    assert {"assessed", "heard", "objection_extended", "objection_upheld", "objection_withdrawn"} <= set(
        possible(played(acts))
    )
    assert state_of(played((*acts, "objection_withdrawn"))) == "refused"
    assert "heard" not in possible(played(acts[:-1]))


def test_an_objection_makes_room_for_another_decision() -> None:
    """A refusal is replaced by a grant only after the objection was upheld, and the state follows."""
    refused = played(("assessed", "refused", "objection_received"))
    assert "granted" not in possible(refused)
    upheld = played(("assessed", "refused", "objection_received", "objection_upheld"))
    assert "granted" in possible(upheld)
    assert state_of(upheld) == "refused"
    assert state_of(played(("granted",), upheld)) == "granted"


@given(st.lists(st.sampled_from([*ACTS]), max_size=25))
def test_what_is_possible_is_what_is_not_refused(tried: list[str]) -> None:
    """`possible` names exactly the acts that `why_not` has no sentence for, along any life."""
    moments = played(())
    for act in tried:
        if act in possible(moments):
            moments = played((act,), moments)
    assert set(possible(moments)) == {act for act in ACTS if why_not(act, moments) is None}
    assert state_of(moments) in {state.name for state in STATES} | {"received"}


@pytest.mark.parametrize(("act", "after", "days"), [
    ("left_out", ("asked_to_complete",), 14), ("revoked", ("assessed", "granted", "intent_notified"), 14),
    ("settled_lower", ("assessed", "granted", "intent_notified"), 14),
])  # fmt: skip
def test_what_waits_for_a_day(act: str, after: tuple[str, ...], days: int) -> None:
    """Leaving out waits until after the day to complete; what harms waits until after the day to give a view."""
    moments, last = played(after), day_of(NOW) + timedelta(days=days)
    given = {after[-1]: GivenDay(ACTS[after[-1]].texts, day_of(NOW), last, day_of(NOW))}
    assert too_early(act, moments, given, last) is not None
    assert too_early(act, moments, given, last + timedelta(days=1)) is None
    if after[-1] == "intent_notified":
        assert too_early(act, played(("view_received",), moments), given, last) is None


@pytest.mark.parametrize(("sent", "why"), [(None, "is nog niet verzonden"), (14, "pas verzonden"), (13, "")])
def test_a_letter_that_was_not_sent_gives_no_time(sent: int | None, why: str) -> None:
    """A last day counts only where its letter went out before it; the sentence names the letter and its day."""
    first = day_of(NOW)
    day = None if sent is None else first + timedelta(days=sent)
    given = GivenDay(ACTS["intent_notified"].texts, first, first + timedelta(days=14), day)
    found = too_early("refused", played(("assessed", "intent_notified")), {"intent_notified": given}, date(2026, 5, 1))
    assert (found is None) is (why == "")
    for language, name in (("nl", "voornemen bekendgemaakt"), ("en", "notice of intent given")):
        assert found is None or name in found[language]
    assert found is None or why in found["nl"]


@pytest.mark.parametrize("act", ["left_out", "revoked"])
def test_a_letter_that_came_back_gives_no_time(act: str) -> None:
    """While a letter that came back was not sent again, what waits for its last day waits on, however long ago that was."""
    asks = "asked_to_complete" if act == "left_out" else "intent_notified"
    moments = played((asks,) if act == "left_out" else ("assessed", "granted", asks))
    first = day_of(NOW)
    given = GivenDay(ACTS[asks].texts, first, first + timedelta(days=14), first)
    assert too_early(act, moments, {asks: given}, first + timedelta(days=90)) is None
    found = too_early(act, moments, {asks: replace(given, back=True)}, first + timedelta(days=90))
    assert found is not None
    assert "kwam terug. Stuur hem eerst opnieuw." in found["nl"]


BACK = (("dispatched", {"of": 1}), ("post_returned", {"of": 1}))
TAKEN = ("dispatched", {"of": 1, "returned": 3, "why": "not_taken"})
WRONG = ("dispatched", {"of": 1, "returned": 3, "why": "wrong_address"})


@pytest.mark.parametrize(("acts", "back"), [
    (BACK[:1], False), (BACK, True), ((*BACK, TAKEN), False), ((*BACK, WRONG), False),
    ((*BACK, WRONG, BACK[1]), True), ((*BACK, TAKEN, BACK[1]), False),
])  # fmt: skip
def test_which_letter_lies_back(acts: tuple[tuple[str, dict[str, Any]], ...], back: bool) -> None:
    """A letter lies back from its return until it goes again; once it reached the right address, a copy that returns changes nothing."""
    told = [("asked_to_complete", {}), *acts]
    done = [Done(number, act, day_of(NOW), details) for number, (act, details) in enumerate(told, 1)]
    assert given_by(done[0], day_of(NOW), done).back is back


def test_leaving_out_has_four_weeks() -> None:
    """After the four weeks of Awb 4:5(4) an application is decided on; another act does not mind, nor does a term that did not begin."""
    last = date(2026, 4, 13)
    assert too_late("left_out", last, last) is None
    found = too_late("left_out", last, last + timedelta(days=1))
    assert found is not None
    assert "13-04-2026" in found["nl"]
    assert too_late("refused", last, last + timedelta(days=1)) is too_late("left_out", None, last) is None


def test_a_refusal_that_needs_notice() -> None:
    """A refusal on the grounds of article 4:35 asks notice of intent; one for lack of budget does not."""
    moments = played(("assessed",))
    assert too_early("refused", moments, {}, date(2026, 3, 2), "Awb, art. 4:35(1)") is not None
    assert too_early("refused", moments, {}, date(2026, 3, 2), "Awb, art. 4:25(2)") is None


def test_what_ends_an_intent_ends_it_for_the_party_too() -> None:
    """Every act after which nobody can keep a view also ends what the party is asked to give a view on."""
    for one in ANSWERED_INTENT:
        assert set(FAMILIES.get(one, (one,))) <= set(ANSWERED["intent_notified"])
