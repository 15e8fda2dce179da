"""The funding plan is the best that the stacking rules permit, and it says why not more."""

from fractions import Fraction
from itertools import combinations, permutations
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doorleren.core.days import read_asked
from doorleren.finder.plan import Offer, Rules, plan
from doorleren.finder.plan_contract import plan_as_dict
from doorleren.rules.faults import ProfileFault
from doorleren.rules.library import open_library
from doorleren.rules.profile import read_profile
from doorleren.rules.versions import Stacking
from tests.applications import made

PERSON = {
    "asker": {"role": "person"},
    "person": {"birth_date": "1985-04-01", "labour_market_link": True, "eu_citizen": True},
    "training": {"price": "1600.00", "paid_by_other": "0"},
}
RUN_OUT = ("closes =", "closed_at = 2026-03-02T09:00:00+01:00\ncloses =")
LENT = ('kind = "share"', 'kind = "loan"')


def offer(number: int, amount: int, **rule: object) -> Offer:
    """Make an offer of a scheme that is open without an end."""
    finding = SimpleNamespace(round=None, round_state="none")
    return Offer(f"scheme-{number}", amount, Stacking(**rule), finding)


@st.composite
def offers(draw: st.DrawFn, most: int) -> list[Offer]:
    """Draw schemes with amounts, exclusions, a shared cap and state aid."""
    count = draw(st.integers(0, most))
    found = []
    for number in range(count):
        excludes = draw(st.sets(st.integers(0, max(count - 1, 0)), max_size=2)) - {number}
        grouped, aided = draw(st.booleans()), draw(st.booleans())
        found.append(
            offer(
                number,
                draw(st.integers(1, 60)),
                excludes=frozenset(f"scheme-{other}" for other in excludes),
                group="shared" if grouped else None,
                group_cap=Fraction(50, 100) if grouped else None,
                de_minimis_cap=Fraction(70, 100) if aided else None,
            )
        )
    return found


def forced(chosen: tuple[Offer, ...], price: int, aid_used: int) -> int:
    """Pay in one order, each as much as it can: what is left to pay."""
    left, group, aid = price, 0, aid_used
    for one in chosen:
        amount = min(one.amount, left)
        if one.stacking.group:
            amount = min(amount, 50 - group)
        if one.stacking.de_minimis_cap is not None:
            amount = min(amount, 70 - aid)
        amount = max(amount, 0)
        left -= amount
        group += amount if one.stacking.group else 0
        aid += amount if one.stacking.de_minimis_cap is not None else 0
    return left


def allowed(chosen: tuple[Offer, ...]) -> bool:
    """Say whether no scheme of a set excludes another of it."""
    names = {one.scheme for one in chosen}
    return not any(one.stacking.excludes & names for one in chosen)


def brute_force(schemes: list[Offer], price: int, aid_used: int) -> int:
    """Try every subset in every order."""
    return min(
        forced(order, price, aid_used)
        for size in range(len(schemes) + 1)
        for chosen in combinations(schemes, size)
        if allowed(chosen)
        for order in permutations(chosen)
    )


@settings(max_examples=150, deadline=None)
@given(offers(most=5), st.integers(0, 200), st.integers(0, 80))
def test_the_best_plan_is_that_of_brute_force(schemes, price, aid_used):
    """With caps, state aid and exclusions no subset in any order leaves less to pay than the plan."""
    best = Rules(price, aid_used).best(schemes)[0]
    assert best.to_pay == brute_force(schemes, price, aid_used)


@settings(max_examples=6, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 300), st.integers(0, 2**15 - 1)), min_size=12, max_size=15), st.integers(0, 4000)
)
def test_fifteen_schemes_are_still_exact(drawn, price):
    """For fifteen schemes the plan equals the least over all 32,768 subsets, counted with bit masks."""
    count = len(drawn)
    masks = [mask & ~(1 << place) for place, (_, mask) in enumerate(drawn)]
    sparse = [mask & (mask >> 3) & (mask >> 7) & ((1 << count) - 1) for mask in masks]
    schemes = [
        offer(
            place, amount, excludes=frozenset(f"scheme-{other}" for other in range(count) if sparse[place] >> other & 1)
        )
        for place, (amount, _) in enumerate(drawn)
    ]
    most = max(
        sum(drawn[place][0] for place in range(count) if subset >> place & 1)
        for subset in range(1 << count)
        if not any(subset >> place & 1 and sparse[place] & subset for place in range(count))
    )
    assert Rules(price, 0).best(schemes)[0].to_pay == max(price - most, 0)


def test_a_scheme_that_excludes_all_stands_alone():
    """A scheme that forbids any other money is combined with none."""
    schemes = [offer(0, 40, excludes=frozenset({"*"})), offer(1, 30), offer(2, 30)]
    best = Rules(100, 0).best(schemes)
    assert [sorted(share.offer.scheme for share in one.shares) for one in best] == [
        ["scheme-1", "scheme-2"],
        ["scheme-0"],
    ]


def planned(folder: Path, on: str, *changes: tuple[str, str]) -> dict[str, Any]:
    """Plan for a person on a day in which the scheme of the tests, with some changes, is there beside those of the product."""
    text = made.FILE
    for before, after in changes:
        text = text.replace(before, after, 1)
    library = made.library(folder, text)
    return plan_as_dict(plan(library, read_profile(PERSON, library.vocabulary), read_asked(on)), "en")


def ours(plans: list[dict[str, Any]]) -> list[list[tuple[str, str]]]:
    """Give per plan what the scheme of the tests pays, in euros, and what is left to pay where it is alone."""
    return [
        [(one["amount"], found["to_pay"]) for one in found["parts"] if one["scheme"] == made.SCHEME] for found in plans
    ]


def test_the_person_pays_what_is_above_the_cap(tmp_path: Path) -> None:
    """Of a training of 1,600 euros a scheme that gives at most 1,000 pays that, and the person the rest."""
    best = next(
        one
        for one in planned(tmp_path, "2026-03-10")["plans"]
        if made.SCHEME in {part["scheme"] for part in one["parts"]}
    )
    assert ours([best]) == [[("1000.00", "600.00")]]


def test_a_loan_is_named_and_never_lowers_the_price(tmp_path: Path) -> None:
    """A loan stands beside the plans, and no plan counts it; the same amount as a grant is counted."""
    lent, granted = planned(tmp_path / "loan", "2026-03-10", LENT), planned(tmp_path / "grant", "2026-03-10")
    named = [{one["scheme"] for one in each["named"]} for each in (lent, granted)]
    assert [made.SCHEME in one for one in named] == [True, False]
    assert [any(ours(each["plans"])) for each in (lent, granted)] == [False, True]


def test_an_exhausted_round_is_excluded_with_the_reason(tmp_path: Path) -> None:
    """After the pot is empty and while no next round is announced, the scheme is named as excluded, not counted."""
    found = planned(tmp_path, "2026-03-10", RUN_OUT)
    gone = [one["reason"] for one in found["excluded"] if one["combination"] == [made.SCHEME]]
    assert gone == ["the money has run out"]
    assert not any(ours(found["plans"]))


def test_a_plan_needs_a_price():
    """Without the price of the training the refusal names that fact."""
    with pytest.raises(ProfileFault, match=r"training\.price"):
        plan(open_library(), {}, read_asked("2022-03-01"))
