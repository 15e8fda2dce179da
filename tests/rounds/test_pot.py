"""The ceiling is exact in both directions: never above it, and nothing left that the round's own rule would have given."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from doorleren.rounds.pot import Ceiling, Place, Pot, PotRules, give, nothing_left

AMOUNTS = some.integers(0, 60)
KINDS = some.sampled_from(["", "small", "partnership"])
CEILINGS = some.builds(Ceiling, some.none() | some.integers(0, 400), some.none() | some.integers(0, 12))


@some.composite
def rules(draw: some.DrawFn) -> PotRules:
    """Draw the rules of a round, with up to two parts set apart within its ceiling."""
    whole = draw(CEILINGS)
    apart = {}
    for kind in draw(some.lists(some.sampled_from(["small", "partnership"]), unique=True)):
        apart[kind] = Ceiling(
            None if whole.cents is None else draw(some.none() | some.integers(0, whole.cents // 2)),
            None if whole.number is None else draw(some.none() | some.integers(0, whole.number // 2)),
        )
    return PotRules(whole, apart, draw(some.booleans()), draw(some.booleans()), draw(some.booleans()))


def allot(told: PotRules, asked: list[tuple[int, str]]) -> tuple[Pot, list[Place]]:
    """Give all applications their place, one after another."""
    pot, places = Pot(told), []
    for cents, kind in asked:
        pot, place = give(pot, cents, kind)
        places.append(place)
    return pot, places


ASKED = some.lists(some.tuples(AMOUNTS, KINDS), max_size=25)


@given(rules(), ASKED)
def test_never_above_the_ceiling(told: PotRules, asked: list[tuple[int, str]]) -> None:
    """What is given stays within the ceiling in money and in number, and within what each kind may have."""
    pot, places = allot(told, asked)
    inside = [(one.cents, kind) for one, (_, kind) in zip(places, asked, strict=True) if one.outcome == "inside"]
    others = [cents for cents, kind in inside if kind not in told.apart]
    rest = Ceiling(_rest(told, "cents"), _rest(told, "number"))
    assert _within(told.ceiling, sum(cents for cents, _ in inside), len(inside))
    assert _within(rest, sum(others), len(others))
    assert (pot.total().cents, pot.total().number) == (sum(cents for cents, _ in inside), len(inside))


def _rest(told: PotRules, name: str) -> int | None:
    whole = getattr(told.ceiling, name)
    return None if whole is None else whole - sum(getattr(one, name) or 0 for one in told.apart.values())


@given(CEILINGS, some.lists(AMOUNTS, max_size=25), some.booleans())
def test_the_longest_beginning_that_fits(ceiling: Ceiling, asked: list[int], partly: bool) -> None:
    """A round that stops gives everything to the longest beginning that fits, then what is left if it gives partly."""
    _, places = allot(PotRules(ceiling, partly=partly), [(one, "") for one in asked])
    fits = 0
    while fits < len(asked) and _within(ceiling, sum(asked[: fits + 1]), fits + 1):
        fits += 1
    right = [Place("inside", one) for one in asked[:fits]]
    if fits < len(asked) and partly and _within(ceiling, 0, fits + 1) and ceiling.cents is not None:
        left = ceiling.cents - sum(asked[:fits])
        right += [Place("inside", left)] if left else []
    assert places == right + [Place("outside")] * (len(asked) - len(right))


@given(CEILINGS, some.lists(AMOUNTS, max_size=25))
def test_nobody_outside_would_still_fit(ceiling: Ceiling, asked: list[int]) -> None:
    """A round that goes on with smaller ones leaves nobody outside who would fit in what is left at the end."""
    pot, places = allot(PotRules(ceiling, goes_on=True), [(one, "") for one in asked])
    for one, place in zip(asked, places, strict=True):
        if place.outcome == "outside":
            assert not _within(pot.left(""), one, 1)


def _within(ceiling: Ceiling, cents: int, number: int) -> bool:
    return (ceiling.cents is None or cents <= ceiling.cents) and (ceiling.number is None or number <= ceiling.number)


@given(rules(), ASKED)
def test_stopping_in_between_changes_nothing(told: PotRules, asked: list[tuple[int, str]]) -> None:
    """The state between two applications is all there is: going on from it gives the same places."""
    whole, places = allot(told, asked)
    half = len(asked) // 2
    pot, first = allot(told, asked[:half])
    again = replace(pot)
    rest = []
    for cents, kind in asked[half:]:
        again, place = give(again, cents, kind)
        rest.append(place)
    assert (again, first + rest) == (whole, places)


@given(rules(), ASKED)
def test_nothing_is_left_when_nobody_can_get_a_cent(told: PotRules, asked: list[tuple[int, str]]) -> None:
    """Nothing is left exactly when one cent asked by any kind of applicant is refused."""
    pot, _ = allot(told, asked)
    places = [give(pot, 1, kind)[1].outcome for kind in ("", *told.apart)]
    assert nothing_left(pot) is ("inside" not in places)


def test_a_part_without_a_size_keeps_nothing_open() -> None:
    """A part that is named without an amount or a number has nothing of its own: once the rest is gone all is."""
    told = PotRules(Ceiling(1000), {"partnership": Ceiling()})
    pot, _ = allot(told, [(999, "")])
    assert not nothing_left(pot)
    assert nothing_left(give(pot, 1)[0])


def test_what_is_set_apart_is_for_its_kind_only() -> None:
    """Others cannot take what is set apart; its kind takes its own part first, then the rest."""
    told = PotRules(Ceiling(100), {"small": Ceiling(40)}, goes_on=True)
    _, places = allot(told, [(70, ""), (60, ""), (30, "small"), (20, "small"), (10, "small")])
    assert [one.outcome for one in places] == ["outside", "inside", "inside", "outside", "inside"]
    _, places = allot(told, [(70, "small"), (30, "")])
    assert [one.cents for one in places] == [70, 30]


def test_one_who_misses_the_rest_leaves_what_is_set_apart() -> None:
    """Where a round stops at the first that does not fit, what is set apart for others stays open to them."""
    told = PotRules(Ceiling(100), {"small": Ceiling(40)})
    _, places = allot(told, [(70, ""), (10, ""), (40, "small")])
    assert [one.outcome for one in places] == ["outside", "outside", "inside"]


def test_who_asks_nothing_comes_too_late_as_well() -> None:
    """After the first that does not fit nobody is inside, also who asks nothing, and also without a ceiling in number."""
    _, places = allot(PotRules(Ceiling(0)), [(1, ""), (0, "")])
    assert [one.outcome for one in places] == ["outside", "outside"]


def test_who_falls_outside_may_wait() -> None:
    """With a waiting list nobody is outside yet: who does not fit waits."""
    _, places = allot(PotRules(Ceiling(number=1), waiting_list=True), [(5, ""), (5, "")])
    assert [one.outcome for one in places] == ["inside", "waiting"]


@pytest.mark.parametrize(
    ("told", "word"),
    [
        (lambda: Ceiling(-1), "cents"),
        (lambda: Ceiling(None, -1), "number"),
        (lambda: PotRules(Ceiling(100), {"a": Ceiling(60), "b": Ceiling(41)}), "101"),
        (lambda: give(Pot(PotRules(Ceiling(1))), -1), "asked_cents"),
    ],
    ids=["cents", "number", "parts", "asked"],
)
def test_what_cannot_be(told: object, word: str) -> None:
    """A negative ceiling or amount, and parts that are more than the whole, are refused with the number given."""
    with pytest.raises(ValueError, match=word):
        told()  # type: ignore[operator]
