"""The funding plan is the best that the stacking rules permit, and it says why not more."""

from fractions import Fraction
from itertools import combinations, permutations
from pathlib import Path
from types import SimpleNamespace

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

LIBRARY = open_library()
PERSON = {
    "asker": {"role": "person"},
    "person": {
        "birth_date": "1985-04-01", "labour_market_link": True, "eu_citizen": True, "insured_months": 24,
        "receives_student_finance": False, "receives_teacher_grant": False, "receives_adult_pupil_allowance": False,
        "grants_this_year": [],
    },
    "training": {
        "price": "1600.00", "in_register": True, "starts_on": "2022-04-18", "legally_required": False,
        "paid_by_other": "0",
    },
}  # fmt: skip


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


def test_the_person_pays_what_is_above_the_cap():
    """Of a training of 1,600 euros STAP pays 1,000 and the person the rest, as the official example says."""
    profile = read_profile(PERSON, LIBRARY.vocabulary)
    made = plan_as_dict(plan(LIBRARY, profile, read_asked("2022-03-01")))
    best = made["plans"][0]
    assert (best["to_pay"], [(part["scheme"], part["amount"], part["order"]) for part in best["parts"]]) == (
        "600.00",
        [("stap-budget", "1000.00", 1)],
    )


def test_a_loan_is_named_and_never_lowers_the_price():
    """A loan stands beside the plans with the reason, and no plan counts it."""
    loans = {scheme.id for scheme in LIBRARY.schemes.values() if scheme.versions[-1].tracks[0].amount.kind == "loan"}
    assert loans
    content = PERSON | {
        "person": PERSON["person"] | {"entitled_to_student_finance": False, "residence_status": "dutch", "has_bachelor_or_master": False},
        "training": PERSON["training"] | {"route": "bachelor", "recognised": True, "outside_netherlands": False,
                                          "intensity": "full_time", "statutory_fee": "2209.00"},
    }  # fmt: skip
    made = plan_as_dict(plan(LIBRARY, read_profile(content, LIBRARY.vocabulary), read_asked("2022-03-01")))
    assert loans & {one["scheme"] for one in made["named"]}
    assert not loans & {part["scheme"] for one in made["plans"] for part in one["parts"]}


def test_an_exhausted_round_is_excluded_with_the_reason():
    """After the pot is empty and while no next round is announced, the scheme is named as excluded, not counted."""
    training = PERSON["training"] | {"starts_on": "2024-01-15", "outside_netherlands": False, "excluded_in_register": False,
                                     "grants_to_activity_this_year": 0}  # fmt: skip
    content = PERSON | {"training": training, "provider": {"recognition": ["ocw"]}}
    made = plan_as_dict(plan(LIBRARY, read_profile(content, LIBRARY.vocabulary), read_asked("2023-12-01")), "en")
    assert {"combination": ["stap-budget"], "reason": "the money has run out"}.items() <= made["excluded"][0].items()
    assert not any(part["scheme"] == "stap-budget" for one in made["plans"] for part in one["parts"])


def test_a_plan_needs_a_price():
    """Without the price of the training the refusal names that fact."""
    with pytest.raises(ProfileFault, match=r"training\.price"):
        plan(LIBRARY, {}, read_asked("2022-03-01"))


def test_the_example_of_the_readme_plans():
    """The example that the README gives runs and leaves 600 euros to pay."""
    example = Path(__file__).resolve().parents[2] / "examples" / "person.json"
    from doorleren.rules.profile import read_json

    profile = read_profile(read_json(example.read_bytes()), LIBRARY.vocabulary)
    assert plan_as_dict(plan(LIBRARY, profile, read_asked("2022-03-01")))["plans"][0]["to_pay"] == "600.00"
