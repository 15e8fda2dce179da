"""Whether a round is open, planned, exhausted or closed, on a day and at a moment, across the change of the clock."""

import tomllib
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from doorleren.core.days import AMSTERDAM, day_of, read_asked
from doorleren.finder.check import check
from doorleren.rounds.announced import announced_of, read, written
from doorleren.rules.faults import SchemeFault
from doorleren.rules.files import read_version
from doorleren.rules.library import Library
from doorleren.rules.rounds import best_state, state_of
from doorleren.rules.versions import Citation, Round, Version


def moment(text: str) -> datetime:
    """Read a moment in Amsterdam."""
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


def round_from(
    opens: str, closes: str | None, ran_out: str | None = None, announced: date = date(2023, 1, 1), name: str = "one"
) -> Round:
    """Make a round."""
    return Round(
        id=name, tracks=("training",), opens=moment(opens), closes=moment(closes) if closes else None, announced_on=announced,
        citation=Citation("a source", "binding"), ran_out_at=moment(ran_out) if ran_out else None,
    )  # fmt: skip


@pytest.fixture
def version() -> Version:
    """Give a version that ends on 30 June 2023; only its end matters here."""
    return replace(read_version(tomllib.loads(ONE_ROUND), "file", lambda _: {}), ends=date(2023, 6, 30))


MARCH = round_from("2023-03-17T10:00", "2023-04-30T17:00", "2023-03-17T16:30")
STATES = [
    ("2022-12-31", None),
    ("2023-01-01", "planned"),
    ("2023-03-16", "planned"),
    ("2023-03-17T09:59:59", "planned"),
    ("2023-03-17T10:00", "open"),
    ("2023-03-17", "open"),
    ("2023-03-17T16:29:59", "open"),
    ("2023-03-17T16:30", "exhausted"),
    ("2023-03-18", "exhausted"),
    ("2023-04-30", "exhausted"),
    ("2023-04-30T16:59", "exhausted"),
    ("2023-04-30T17:00", "closed"),
    ("2023-05-01", "closed"),
]


@pytest.mark.parametrize(("on", "state"), STATES)
def test_the_state_of_a_round(on: str, state: str | None, version: Version) -> None:
    """On a day a round is open if it is so at any moment of it; at a moment it is what it is then."""
    assert state_of(MARCH, version, read_asked(on)) == state


CLOCK = [
    ("2023-03-26T02:00", "2023-03-26", "open"),
    ("2023-03-26T23:59", "2023-03-26", "open"),
    ("2023-03-27T00:00", "2023-03-26", "planned"),
    ("2023-10-29T23:59", "2023-10-29", "open"),
    ("2023-10-30T00:00", "2023-10-29", "planned"),
]


@pytest.mark.parametrize(("opens", "on", "state"), CLOCK)
def test_days_on_which_the_clock_moves_end_at_midnight(opens: str, on: str, state: str, version: Version) -> None:
    """A round that opens in the last minute of a short or long day is open on that day, one at midnight is not."""
    opened = round_from(opens, "2023-12-31T17:00", announced=date(2023, 1, 1))
    assert state_of(opened, replace(version, ends=date(2023, 12, 31)), read_asked(on)) == state


@pytest.mark.parametrize(
    ("asked", "state"), [("2023-10-29T02:30+02:00", "planned"), ("2023-10-29T02:30+01:00", "open")]
)
def test_an_hour_that_comes_twice(asked: str, state: str, version: Version) -> None:
    """In the hour that comes twice the zone says which one is meant."""
    opens = datetime.fromisoformat("2023-10-29T02:15+01:00")
    opened = replace(round_from("2023-10-29T00:00", "2023-12-31T17:00"), opens=opens)
    assert state_of(opened, replace(version, ends=date(2023, 12, 31)), read_asked(asked)) == state


@pytest.mark.parametrize(
    ("on", "state"),
    [("2023-06-30", "open"), ("2023-06-30T23:59:59", "open"), ("2023-07-01", "closed"), ("2023-07-01T00:00", "closed")],
)
def test_without_a_closing_a_round_ends_with_its_version(on: str, state: str, version: Version) -> None:
    """A round of which no closing is known closes at the end of the last day of the version."""
    assert state_of(round_from("2023-03-17T10:00", None), version, read_asked(on)) == state


def test_without_any_end_a_round_stays_open(version: Version) -> None:
    """A round without a closing, in a version without an end, is open for ever once it has opened."""
    assert (
        state_of(round_from("2023-03-17T10:00", None), replace(version, ends=None), read_asked("2099-01-01")) == "open"
    )


def test_the_best_of_several_rounds(version: Version) -> None:
    """Open comes before planned, planned before exhausted, exhausted before closed; of planned ones the first counts."""
    later = round_from("2023-06-01T10:00", "2023-06-30T17:00", name="later")
    last = round_from("2023-06-20T10:00", "2023-06-30T17:00", name="last")
    rounds = [(one, version) for one in (MARCH, later, last)]
    assert [(on, state, found and found.id) for on in ("2023-03-17", "2023-04-01", "2023-06-05", "2023-07-05", "2022-01-01")
            for state, found in [best_state(rounds, read_asked(on))]] == [
        ("2023-03-17", "open", "one"), ("2023-04-01", "planned", "later"), ("2023-06-05", "open", "later"),
        ("2023-07-05", "closed", "last"), ("2022-01-01", "none", None),
    ]  # fmt: skip
    assert best_state([], read_asked("2023-03-17")) == ("none", None)


def test_a_closed_round_leaves_the_verdict(library: Library) -> None:
    """The state of a round never changes a verdict: on every edge of every round the verdict is that of the day."""
    for scheme in library.schemes.values():
        for version in scheme.versions:
            for opened in version.rounds:
                edges = [edge for edge in (opened.opens, opened.closes, opened.ran_out_at) if edge is not None]
                for edge in edges:
                    local = edge.astimezone(AMSTERDAM)
                    at, day = (
                        check(library, {}, read_asked(text), [scheme.id]).findings[0]
                        for text in (local.isoformat(), str(day_of(local)))
                    )
                    assert at.outcome == day.outcome


def test_every_round_opens_before_it_closes(library: Library) -> None:
    """In the files each round opens before it closes and runs out between, and is announced no later than its end."""
    for scheme in library.schemes.values():
        for version in scheme.versions:
            for one in version.rounds:
                assert one.closes is None or one.opens < one.closes, f"{scheme.id} {one.id}"
                assert one.ran_out_at is None or one.opens <= one.ran_out_at, f"{scheme.id} {one.id}"
                assert one.ran_out_at is None or one.closes is None or one.ran_out_at <= one.closes, (
                    f"{scheme.id} {one.id}"
                )


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ({"counts": "day", "paper_days": 5}, ("day", 5)), ({"counts": "day"}, ("day", 0)), ({}, ("moment", 0)),
        ({"counts": "day", "order": "draw"}, "counts: given 'day', allowed is moment, for order is draw"),
        ({"counts": "week"}, "counts: given 'week'"), ({"paper_days": 5}, "paper_days: given 5"),
        ({"counts": "day", "paper_days": 61}, "paper_days: given 61"), ({"counts": "day", "paper_days": "5"}, "allowed is int"),
    ],
    ids=["day and paper", "day", "nothing", "drawn", "week", "paper without day", "too long", "text"],
)  # fmt: skip
def test_a_round_says_whether_the_day_counts(told: dict[str, Any], wanted: Any) -> None:
    """A file's round may say that the day counts and for how long paper can be entered; anything else is refused by name."""
    told = {"id": "r", "opens": moment("2026-03-01T10:00"), "source": "order", "order": "arrival"} | told
    content = {**tomllib.loads(ONE_ROUND), "round": [told]}
    if isinstance(wanted, str):
        with pytest.raises(SchemeFault, match=wanted):
            read_version(content, "file", lambda _: {})
        return
    (found,) = read_version(content, "file", lambda _: {}).rounds
    assert (found.counts, found.paper_days) == wanted


@pytest.mark.parametrize(
    ("told", "fits"),
    [
        ({"ceiling_money": 5}, True), ({"ceiling_count": 5, "order": "none"}, True), ({}, False),
        ({"ceiling_money": 5, "order": "pro_rata"}, False), ({"ceiling_money": 5, "order": "ranking"}, False),
        ({"ceiling_money": 5, "waiting_list": "yes"}, False),
    ],
    ids=["money", "number", "no ceiling", "shared", "ranked", "text"],
)  # fmt: skip
def test_a_round_may_have_a_waiting_list(told: dict[str, Any], fits: bool) -> None:
    """A file's round may say that who no longer fits waits; the round announces so, and it is refused where there is no waiting."""
    told = {"id": "r", "opens": moment("2026-03-01T10:00"), "source": "order", "waiting_list": True} | told
    content = {**tomllib.loads(ONE_ROUND), "round": [told]}
    if not fits:
        with pytest.raises(SchemeFault, match="waiting_list: given"):
            read_version(content, "file", lambda _: {})
        return
    (found,) = read_version(content, "file", lambda _: {}).rounds
    assert announced_of(found).pot.waiting_list
    assert read(written(announced_of(found))) == announced_of(found)


SPLIT = {"ceiling_money": 100, "component": [{"nl": "advies", "money": 40, "target": 8}, {"nl": "les", "money": 60}]}


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        (SPLIT, None), (SPLIT | {"ceiling_money": 90}, "component: given '100 together', allowed is 90"),
        ({"component": SPLIT["component"]}, "allowed is what is in ceiling_money"),
        ({"ceiling_money": 1, "component": [{"nl": "advies", "money": -1}]}, "money: given -1"),
        ({"order": "pro_rata", "floor": 125}, None), ({"floor": 125}, "floor: given 125"),
        ({"order": "pro_rata", "floor": 0}, "floor: given 0"),
        ({"ring_fenced": {"for": "not_digital", "count": 5}}, None), ({"ring_fenced": {"for": "sme", "share": 2}}, "0 to 1"),
        ({"ring_fenced": {"for": "sme", "share": 1, "count": 1}}, "at most one of money, count, share"),
        ({"ring_fenced": [{"for": "sme", "number": 5}]}, "ring_fenced: given"),
        ({"ring_fenced": {"for": "sme", "count": 2.5}}, "a whole number"),
        ({"ring_fenced": ["sme"]}, "ring_fenced: given 'sme', allowed is a table"),
        ({"ring_fenced": [{"for": "sme", "count": 2}, {"for": "sme", "money": 2}]}, "each kind of applicant once"),
    ],
    ids=["split", "another sum", "no sum", "below nothing", "floor", "floor by arrival", "no floor", "in number", "too large a share",
         "two measures", "misspelt", "half an application", "no table", "one kind twice"],
)  # fmt: skip
def test_how_a_ceiling_is_divided(told: dict[str, Any], wanted: str | None) -> None:
    """Components are the ceiling together, a floor stands where all divide, a part set apart has one measure; else it is refused by name."""
    told = {"id": "r", "opens": moment("2026-03-01T10:00"), "source": "order"} | told
    content = {**tomllib.loads(ONE_ROUND), "round": [told]}
    if wanted is None:
        assert read_version(content, "file", lambda _: {}).rounds[0].id == "r"
        return
    with pytest.raises(SchemeFault, match=wanted):
        read_version(content, "file", lambda _: {})


ONE_ROUND = """
id = "x"
version = "2026-01-01"
published_on = 2026-01-01
in_force = { from = 2026-01-01 }
name = { nl = "Iks" }
body = { executes = "Bureau" }
[source]
order = { cite = "Staatscourant 2026, 1", weight = "binding" }
[procedure]
kind = "grant_settle"
[[track]]
id = "learner"
name = { nl = "voor wie leert" }
applicant = "person"
beneficiary = "person"
[track.amount]
kind = "fixed"
is = "1000"
[[track.condition]]
id = "adult"
when = "age(person.birth_date) >= 18"
nl = "de deelnemer is 18 jaar of ouder"
source = "order"
"""
