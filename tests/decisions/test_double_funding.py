"""What other money does to a grant: each rule by example, and in a decision, where the reason and the calculation stand in the letter."""

from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorleren.cases.commands.perform import perform
from doorleren.cases.models import Case
from doorleren.core.days import day_of
from doorleren.decisions.commands.decide import grant
from doorleren.decisions.cost_shares import shares_of
from doorleren.decisions.double_funding import Before, Declared, Undertaking, declared_of, lowered
from doorleren.decisions.figures import shares
from doorleren.decisions.funded_before import before, law_of_aid
from doorleren.decisions.matters import matter_of
from doorleren.decisions.refusing import DecisionRefused
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from doorleren.rules.versions import Stacking
from tests.applications.made import a_round
from tests.decisions import made
from tests.decisions.made import a_case, by
from tests.decisions.objecting import granted, next_moment, said, went

CEILING = 30_000_000
ABOVE, YEARLY, AID = (
    Stacking(only_above_cap=True),
    Stacking(per_calendar_year=1),
    Stacking(de_minimis_cap=Fraction(300_000)),
)
GROUP = Stacking(group="g", group_cap=Fraction(1000))
A, B = frozenset({"90000031"}), frozenset({"90000042"})
BOTH = (Undertaking("A", A, 3, 10_000), Undertaking("B", B, 7))
"""Of 1,000 euros A has 300 and B 700."""

EXAMPLES = {
    "nothing_else": (Declared(150_000), Before(), Stacking(), 100_000, ""),
    "others_pay_what_is_above": (Declared(150_000, others=50_000), Before(), ABOVE, 100_000, ""),
    "others_pay_more_than_that": (Declared(150_000, others=70_000), Before(), ABOVE, 80_000, "boven ons bedrag"),
    "granted_before": (Declared(150_000), Before(same_costs=70_000), Stacking(), 80_000, "ander geld"),
    "the_same_money_twice_counts_once": (Declared(150_000, others=60_000), Before(same_costs=70_000), Stacking(), 80_000, "ander"),
    "the_price_is_not_the_cost": (Declared(50_000, others=40_000), Before(), Stacking(), 100_000, ""),
    "no_price_told": (Declared(None, others=70_000), Before(), Stacking(), 100_000, ""),
    "wholly_paid": (Declared(150_000, others=150_000), Before(), Stacking(), 0, "ander geld"),
    "excluded": (Declared(), Before(excluded=True), Stacking(excludes=frozenset({"x"})), 0, "niet samengaat"),
    "once_a_year": (Declared(), Before(this_year=1), YEARLY, 0, "1 keer per kalenderjaar"),
    "a_first_time": (Declared(), Before(this_year=0), YEARLY, 100_000, ""),
    "a_scheme_without_a_limit": (Declared(), Before(this_year=9), Stacking(), 100_000, ""),
    "aid_declared": (Declared(aid=29_950_000), Before(aid=10), AID, 50_000, "de-minimissteun"),
    "aid_looked_up": (Declared(aid=10), Before(aid=29_950_000), AID, 50_000, "de-minimissteun"),
    "aid_granted_since_it_was_declared": (Declared(aid=29_900_000), Before(aid=60_000, aid_since=50_000), AID, 50_000, "de-minimissteun"),
    "aid_looked_up_is_more_all_the_same": (Declared(aid=10), Before(aid=29_950_000, aid_since=20), AID, 50_000, "de-minimissteun"),
    "aid_of_no_concern": (Declared(aid=29_950_000), Before(), Stacking(), 100_000, ""),
    "aid_used_up": (Declared(aid=31_000_000), Before(), AID, 0, "de-minimissteun"),
    "aid_of_each_member": (Declared(undertakings=BOTH), Before(undertakings=((0, 0), (29_950_000, 0))), AID, 80_000, "de-minimissteun"),
    "aid_of_members_within_the_ceiling": (Declared(undertakings=BOTH), Before(undertakings=((29_930_000, 0), (0, 0))), AID, 100_000, ""),
    "aid_of_a_member_since_it_was_declared": (Declared(undertakings=BOTH), Before(undertakings=((29_985_000, 29_980_000), (0, 0))), AID, 80_000, "de-minimissteun"),
    "aid_of_one_that_bears_nothing": (Declared(undertakings=(Undertaking("A", A, 0, 40_000_000), Undertaking("B", B))), Before(undertakings=((0, 0), (0, 0))), AID, 100_000, ""),
    "group": (Declared(), Before(group=60_000), GROUP, 40_000, "deze groep"),
}  # fmt: skip


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_is_left(name: str) -> None:
    """Of 1,000 euros so much is left, with the reason, and the rows that lead to it."""
    declared, found, rules, left, why = EXAMPLES[name]
    told = lowered(100_000, declared, found, rules, CEILING)
    assert told.cents == left
    assert why in (told.why or {"nl": ""})["nl"]
    assert bool(told.why) == (left < 100_000)
    if told.rows:
        *parts, last = told.rows
        assert max(0, sum(one.cents or 0 for one in parts)) == last.cents == left


_CENTS = st.integers(0, 10**6)


@given(
    cents=st.integers(1, 10**6), price=st.none() | _CENTS, others=_CENTS, aid=_CENTS, same=_CENTS, used=_CENTS,
    cap=st.none() | st.integers(0, 10**4),
)  # fmt: skip
def test_never_more_and_never_below_nothing(
    cents: int, price: int | None, others: int, aid: int, same: int, used: int, cap: int | None
) -> None:
    """Other money never raises a grant, never takes more than all, and never lets price or ceiling be passed."""
    rules = Stacking(de_minimis_cap=None if cap is None else Fraction(cap))
    told = lowered(cents, Declared(price, others, 0, aid), Before(same, aid=used), rules, CEILING)
    assert 0 <= told.cents <= cents
    if price is not None and cents <= price and max(others, same):
        assert told.cents + max(others, same) <= max(price, max(others, same))
    if cap is not None:
        assert told.cents + max(aid, used) <= max(cap * 100, max(aid, used))


def test_what_an_assessment_of_before_did_not_keep() -> None:
    """What was declared is read back as it was written; an assessment from before it was kept declares nothing."""
    told = Declared(1, 2, 3, 4, BOTH)
    assert declared_of(told.written()) == told
    assert declared_of({}) == Declared()


def test_the_ceiling_of_each_day() -> None:
    """Until 2023 it was 200,000 euros in three years, since 2024 it is 300,000."""
    law = law_of_aid()
    assert [law.ceiling_on(date(year, 12, 31)) for year in (2023, 2024)] == [20_000_000, 30_000_000]
    assert law.years == 3
    with pytest.raises(LookupError, match="given is 2013-12-31"):
        law.ceiling_on(date(2013, 12, 31))


SHARES = {
    "a_person": ({"cost": 1500, "financing": {}, "others": 200, "own": 0, "person": True}, {"government": 1000, "other": 200, "participant": 300}),
    "a_firm": ({"cost": 1500, "financing": {}, "others": 0, "own": 0, "person": False}, {"government": 1000, "employer": 500}),
    "told_own": ({"cost": None, "financing": {}, "others": 0, "own": 700, "person": False}, {"government": 1000, "employer": 700}),
    "lent": ({"cost": 1500, "financing": {}, "others": 200, "own": 0, "person": True, "lent": True}, {"other": 200, "participant": 1300}),
    "lent_at_no_cost_told": ({"cost": None, "financing": {}, "others": 0, "own": 0, "person": True, "lent": True}, {"participant": 1000}),
    "lent_and_financiers": (
        {"cost": 9, "financing": {"scheme": 1000, "own": 300, "fund": 200}, "others": 0, "own": 0, "person": False, "lent": True},
        {"employer": 1300, "fund": 200},
    ),
    "no_cost_told": ({"cost": None, "financing": {}, "others": 0, "own": 0, "person": True}, {"government": 1000}),
    "financiers": (
        {"cost": 9, "financing": {"scheme": 1200, "own": 300, "fund": 250, "public": 50, "other_scheme": 25}, "others": 9, "own": 9, "person": False},
        {"government": 1000, "employer": 500, "fund": 250, "other_public": 75},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SHARES)
def test_who_pays_what(name: str) -> None:
    """Shares are the whole cost: what this grant does not bear, and nobody told, is borne by who applies."""
    told, wanted = SHARES[name]
    found = shares_of(1000, **told)  # type: ignore[arg-type]
    assert found == wanted
    whole = sum(told["financing"].values()) or told["cost"]  # type: ignore[attr-defined]
    assert whole is None or sum(found.values()) == whole


# --- in a decision


def again(known: Library, round_: Round, first: Case, name: str = "Omar") -> Case:
    """Let the applicant of a case apply again."""
    one = a_case(known, round_, name)
    made.of_the_same(one, first)
    return one


@pytest.fixture
def rich(tmp_path: Path) -> Library:
    """The library with the scheme, which counts as de minimis aid up to 1,200 euros."""
    text = made.HARD + '\n[stacking]\nde_minimis = { cap = 1200, years = 3 }\nsource = "order"\n'
    return made.library(tmp_path, text)


def test_aid_over_three_years_lowers_a_grant(db: None, rich: Library) -> None:
    """A second grant within three years gives what the ceiling leaves, with reason and sums in the letter; a third is refused."""
    round_ = a_round(rich, opened=True)
    staff = made.officials(round_.body)
    first = a_case(rich, round_)
    assert granted(first, rich, staff).amount_cents == 69_995
    decision = granted(again(rich, round_, first), rich, staff)
    assert (decision.kind, decision.amount_cents) == ("partly_granted", 120_000 - 69_995)
    for words in ("de-minimissteun", "1.200,00", "699,95", "500,05"):
        assert words in said(decision.act)
    third = again(rich, round_, first, "Piet")
    made.assessed(third, rich, staff["assessor"], made.YES, at=next_moment(third))
    at = next_moment(third)
    with pytest.raises(DecisionRefused, match="Hier blijft niets over om te verlenen"):
        grant(third.pk, by=by(staff["decider"], at), at=at, activities_until=made.UNTIL)
    assert shares() == {"proefregeling": {"government": 120_000, "participant": 69_995 - (120_000 - 69_995)}}


def test_what_is_looked_up(db: None, rich: Library) -> None:
    """Of the same recipient and nobody else, and not once it was revoked; aid of more than three years ago counts no more, and what came after the filing is told apart."""
    round_ = a_round(rich, opened=True)
    staff = made.officials(round_.body)
    first, stranger = a_case(rich, round_), a_case(rich, round_, "Piet")
    for one in (first, stranger):
        granted(one, rich, staff)
    matter, today = matter_of(again(rich, round_, first)), day_of(made.AT)
    assert before(matter, today) == Before(aid=69_995, aid_since=69_995, this_year=1)
    matter.ticket.arrived_at = next_moment(first)
    assert before(matter, today).aid_since == 0
    assert before(matter, today + timedelta(days=3 * 366)) == Before(aid=0, this_year=1)
    at = next_moment(first)
    until = (day_of(at) + timedelta(days=1)).isoformat()
    went(perform(first.pk, "intent_notified", by=by(staff["decider"], at), at=at, details={"until": until}))
    at = next_moment(first, 3)
    perform(first.pk, "revoked", by=by(staff["decider"], at), at=at)
    assert before(matter, today) == Before()


def test_what_a_training_costs_without_vat(db: None, tmp_path: Path) -> None:
    """Where a scheme counts from the price without VAT, what the grant leaves of that price is the share of who applies."""
    priced = "training.price_excluding_vat"
    known = made.library(tmp_path, made.HARD.replace("training.price", priced))
    case = a_case(known, a_round(known, opened=True), **{priced: 150_000})
    granted(case, known, made.officials(case.body))
    assert shares() == {"proefregeling": {"government": 100_000, "participant": 50_000}}
