"""Terms of law: their last day, when it shifts and when not, standing still, and what a late decision costs."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorleren.core.holidays import WEEKEND
from doorleren.core.penalty import PenaltyRule
from doorleren.core.terms import BadTerm, Suspension, Terms
from doorleren.shipped import folder

FILE = folder("law") / "terms.toml"
TERMS = Terms.read(FILE)
PENALTY = PenaltyRule.read(FILE)
DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
SHIFTING_KINDS = [name for name, one in TERMS.kinds.items() if one.set_by == "act" and one.length.unit == "weeks"
                  and one.length.number <= 12 and not one.backwards]  # fmt: skip
LONG_KINDS = ["payment-suspension", "recovery", "retention-yearly"]


def easter(year: int) -> date:
    """Easter Sunday by the rule of the Gregorian calendar (Meeus, Jones and Butcher), apart from the library."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    month, day = divmod(h + m - 7 * ((a + 11 * h + 22 * m) // 451) + 114, 31)
    return date(year, month, day + 1)


def kings_day(year: int) -> date:
    """The day on which the birthday of the king (queen until 2013) is celebrated: the day before if it is a Sunday."""
    day = date(year, 4, 27) if year >= 2014 else date(year, 4, 30)
    return day - timedelta(days=day.weekday() == 6)


@pytest.mark.parametrize("year", range(1994, 2101))
def test_the_holidays_are_those_of_the_act(year):
    """The library's days that count are exactly those that article 3 of the Algemene termijnenwet names."""
    sunday = easter(year)
    act = {date(year, 1, 1), date(year, 5, 5), date(year, 12, 25), date(year, 12, 26), kings_day(year)}
    act |= {sunday + timedelta(days=after) for after in (-2, 1, 39, 50)}
    rest = TERMS.shifting.rest
    found = {
        day
        for day in (date(year, 1, 1) + timedelta(days=n) for n in range(366))
        if day.year == year and (why := rest.why(day)) and why not in WEEKEND
    }
    assert found == act


@given(DAYS, st.sampled_from(SHIFTING_KINDS))
def test_a_short_term_of_an_act_ends_on_a_working_day(day, kind):
    """It ends on the first working day from its plain end on, and starts the day after what starts it."""
    found = TERMS.reckon(kind, day)
    plain = day + timedelta(weeks=TERMS.kinds[kind].length.number)
    assert found.first == day + timedelta(days=1)
    assert found.last >= plain
    assert TERMS.shifting.rest.working_days(plain, found.last) == 1
    assert not TERMS.shifting.rest.why(found.last)


@given(DAYS, st.sampled_from(LONG_KINDS + [name for name, one in TERMS.kinds.items() if one.set_by == "regulation"]))
def test_long_terms_and_those_of_a_regulation_do_not_shift(day, kind):
    """Above twelve weeks, in years, or set by a ministerial regulation: the plain end stands."""
    found = TERMS.reckon(kind, day)
    assert found.last == TERMS.kinds[kind].length.after(day)


@pytest.mark.parametrize(
    ("kind", "start", "last"),
    [
        ("objection", date(2026, 11, 13), date(2026, 12, 28)),  # Christmas, then a weekend
        ("objection", date(2026, 1, 5), date(2026, 2, 16)),
        ("decision", date(2026, 3, 2), date(2026, 4, 28)),  # King's day
        ("decision-13", date(2026, 11, 14), date(2027, 2, 13)),  # a Saturday, and it stays one
        ("inspection", date(2026, 12, 3), date(2026, 12, 2)),
        ("recovery", date(2024, 2, 29), date(2029, 2, 28)),
    ],
    ids=["christmas", "monday", "kings-day", "regulation", "backwards", "leap-day"],
)
def test_ends_that_were_counted_by_hand(kind, start, last):
    """Last days that somebody counted on a calendar."""
    assert TERMS.reckon(kind, start).last == last


def test_every_step_names_its_day_and_the_law():
    """The steps lead to the last day, and each but the first says where it stands."""
    found = TERMS.reckon("objection", date(2026, 11, 13))
    assert found.steps[-1].day == found.last
    assert [bool(step.source) for step in found.steps] == [False, True, True]


@given(DAYS, st.integers(0, 55), st.integers(0, 200))
def test_a_suspension_adds_its_days(day, after, days):
    """What stood still is added whole; the shift comes after it."""
    asked = day + timedelta(days=after)
    found = TERMS.reckon("decision", day, [Suspension(asked, asked + timedelta(days=days))])
    plain = day + timedelta(weeks=8, days=days)
    assert plain <= found.last <= plain + timedelta(days=6)
    assert not TERMS.shifting.rest.why(found.last)


def test_an_extension_makes_the_whole_too_long_to_shift():
    """Twelve weeks and six more are above what article 4 lets shift; six and six are not."""
    saturday = date(2026, 11, 14)
    assert TERMS.reckon("objection-decision-committee", saturday, extended=True).last == saturday + timedelta(weeks=18)
    assert TERMS.reckon("objection-decision", saturday, extended=True).last == saturday + timedelta(weeks=12, days=2)


@pytest.mark.parametrize(
    ("asked", "word"),
    [
        (lambda: TERMS.reckon("forever", date(2026, 1, 1)), "kind"),
        (lambda: TERMS.reckon("objection", date(2026, 1, 1), extended=True), "extended"),
        (lambda: Suspension(date(2026, 1, 2), date(2026, 1, 1)), "suspension"),
        (lambda: TERMS.reckon("decision", date(2026, 1, 1), [Suspension(date(2025, 1, 1), date(2025, 1, 2))]), "suspended"),
        (lambda: TERMS.reckon("inspection", date(2026, 1, 1), [Suspension(date(2026, 1, 1), date(2026, 1, 2))]), "suspended"),
        (lambda: PENALTY.owed(date(2026, 1, 5), date(2026, 1, 5), date(2026, 3, 1)), "notice"),
    ],
    ids=["kind", "extended", "backwards", "outside", "no-standing-still", "early-notice"],
)  # fmt: skip
def test_what_the_law_does_not_know_is_refused(asked, word):
    """The fault names the field."""
    with pytest.raises(BadTerm, match=word):
        asked()


def test_a_decree_can_equate_a_day_with_a_holiday(tmp_path: Path):
    """A day in the list of equated days moves the end of a term, and only then."""
    told = FILE.read_text("utf-8")
    other = tmp_path / "terms.toml"
    other.write_text(told.replace("equated = []", "equated = [2026-02-16]"), "utf-8")
    assert Terms.read(other).reckon("objection", date(2026, 1, 5)).last == date(2026, 2, 17)


def test_short_terms_hold_two_working_days(tmp_path: Path):
    """Three days over a long weekend become as many as hold two working days (article 2)."""
    other = tmp_path / "terms.toml"
    short = '\n[[term]]\nid = "short"\nnl = "kort"\nen = "short"\ndays = 3\nset_by = "act"\nsource = "a test"\n'
    other.write_text(FILE.read_text("utf-8") + short, "utf-8")
    thursday_before_easter = date(2026, 4, 2)
    assert Terms.read(other).reckon("short", thursday_before_easter).last == date(2026, 4, 8)


def test_the_penalty_is_at_most_what_the_act_says():
    """14 days at 23 euros, 14 at 35 and 14 at 45 make 1,442 euros, and no day more counts."""
    assert PENALTY.most_cents == 144_200
    owed = PENALTY.owed(date(2026, 1, 1), date(2026, 1, 5), date(2027, 1, 1))
    assert (owed.first, owed.last, owed.cents) == (date(2026, 1, 20), date(2026, 3, 2), 144_200)


@given(st.integers(0, 80))
def test_the_penalty_grows_by_the_day(late):
    """Each day up to the 42nd adds the amount of its step; a decision in time costs nothing."""
    ended, notice = date(2026, 1, 1), date(2026, 1, 5)
    first = PENALTY.owed(ended, notice, ended).first
    owed = PENALTY.owed(ended, notice, first + timedelta(days=late))
    assert owed.cents == sum(
        [2300] * min(late, 14) + [3500] * min(max(late - 14, 0), 14) + [4500] * min(max(late - 28, 0), 14)
    )
    assert (owed.last is None) == (late == 0)
