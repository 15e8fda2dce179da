"""Freed places: never above the ceiling, never below what the round's own rule gives, and nobody who is inside loses."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from doorleren.rounds.freed import Treated, ask_again, is_over, most_that_fits, standing
from doorleren.rounds.pot import Ceiling, Place, Pot, PotRules, Spent, give
from doorleren.rounds.pro_rata import divide, divide_again
from tests.rounds.test_pot import ASKED, CEILINGS, allot, rules

WHO = some.sets(some.integers(0, 24))


def treated(told: PotRules, asked: Sequence[tuple[int, str]]) -> list[Treated]:
    """Give all applications their place."""
    _, places = allot(told, list(asked))
    return [
        Treated(number, cents, kind, place)
        for number, ((cents, kind), place) in enumerate(zip(asked, places, strict=True))
    ]


def fill(told: PotRules, everybody: Sequence[Treated]) -> tuple[Pot, dict[int, Place]]:
    """Fill as the command does: from sums of who is inside, reading only who can still get something."""
    sums: dict[str, Spent] = {}
    for one in everybody:
        if one.place.outcome == "inside" and not one.gone:
            had = sums.get(one.kind, Spent())
            sums[one.kind] = Spent(had.cents + one.place.cents, had.number + 1)
    pot, places = standing(told, sums), {one.id: Place("outside") for one in everybody if one.gone}
    for one in everybody:
        if is_over(pot):
            break
        most = most_that_fits(pot)
        too_much = one.place.outcome != "inside" and most is not None and one.asked_cents > most
        if not (one.gone or one.fixed or too_much):
            pot, places[one.id] = ask_again(pot, one)
    return pot, {one.id: places[one.id] for one in everybody if places.get(one.id, one.place) != one.place}


def fill_reading_all(told: PotRules, everybody: Sequence[Treated]) -> tuple[Pot, dict[int, Place]]:
    """Fill the long way: who is inside takes what they have, one after another; then everybody asks again."""
    pot, places = Pot(told), {}
    for one in everybody:
        if one.place.outcome == "inside" and not one.gone:
            pot, place = give(pot, one.place.cents, one.kind)
            assert place == one.place
    for one in everybody:
        if one.gone:
            places[one.id] = Place("outside")
        elif not one.fixed:
            pot, places[one.id] = ask_again(pot, one)
    return pot, {one.id: places[one.id] for one in everybody if places.get(one.id, one.place) != one.place}


@given(rules(), ASKED, WHO, WHO, WHO)
def test_the_same_as_reading_everybody(
    told: PotRules, asked: list[tuple[int, str]], gone: set[int], later: set[int], fixed: set[int]
) -> None:
    """Reading only who can still get something gives the places and the pot of asking everybody, again and again."""
    found = treated(told, asked)
    for some_gone in (gone, later):
        found = [
            replace(one, gone=one.gone or one.id in some_gone - fixed, fixed=one.id in fixed and not one.gone)
            for one in found
        ]
        pot, places = fill(told, found)
        right, wanted = fill_reading_all(told, found)
        assert places == wanted
        assert closed(told, pot) == closed(told, right)
        found = [replace(one, place=places.get(one.id, one.place)) for one in found]


def after(told: PotRules, before: Sequence[Treated], gone: set[int]) -> tuple[Pot, list[Treated]]:
    """Let some withdraw, and fill what they freed."""
    some_gone = [replace(one, gone=one.gone or one.id in gone) for one in before]
    pot, places = fill(told, some_gone)
    return pot, [replace(one, place=places.get(one.id, one.place)) for one in some_gone]


def inside(found: Sequence[Treated]) -> list[Treated]:
    """Give who is inside."""
    return [one for one in found if one.place.outcome == "inside"]


@given(rules(), ASKED, WHO, WHO)
def test_never_above_and_nobody_loses(
    told: PotRules, asked: list[tuple[int, str]], gone: set[int], later: set[int]
) -> None:
    """However often somebody withdraws, what is inside is what the pot says, within the ceiling, and nobody else gets less."""
    found = treated(told, asked)
    for some_gone in (gone, later):
        before = {one.id: one.place for one in found}
        pot, found = after(told, found, some_gone)
        total = pot.total()
        assert (total.cents, total.number) == (sum(one.place.cents for one in inside(found)), len(inside(found)))
        assert told.ceiling.cents is None or total.cents <= told.ceiling.cents
        assert told.ceiling.number is None or total.number <= told.ceiling.number
        for part in pot.spent:
            left = pot.left(part)
            assert left.cents is None or left.cents >= 0
            assert left.number is None or left.number >= 0
        for one in found:
            assert one.place == Place("outside") if one.gone else one.place.cents >= before[one.id].cents
            assert one.gone or before[one.id].outcome != "inside" or one.place.outcome == "inside"


@given(rules(), ASKED, WHO, WHO)
def test_as_if_they_had_never_filed(
    told: PotRules, asked: list[tuple[int, str]], gone: set[int], later: set[int]
) -> None:
    """Where a round stops at the first that does not fit, places and pot are those without the withdrawn, in one go or two."""
    told = replace(told, goes_on=False)
    found = treated(told, asked)
    for some_gone in (gone, later):
        pot, found = after(told, found, some_gone)
    stayed = [one for one in found if not one.gone]
    right, places = allot(told, [(one.asked_cents, one.kind) for one in stayed])
    assert [one.place for one in stayed] == places
    assert closed(told, pot) == closed(told, right)


def closed(told: PotRules, pot: Pot) -> list[Spent]:
    """Give what counts of a pot for who comes after, part by part."""
    return [pot.spent.get(part, Spent()) for part in ("", *sorted(told.apart))]


@given(CEILINGS, some.lists(some.integers(0, 60), max_size=25), WHO, some.booleans())
def test_nobody_outside_would_still_fit(ceiling: Ceiling, asked: list[int], gone: set[int], partly: bool) -> None:
    """Where smaller ones go on, nobody who did not withdraw stays outside, or with a part, who would fit in what is left."""
    told = PotRules(ceiling, goes_on=True, partly=partly)
    pot, found = after(told, treated(told, [(one, "") for one in asked]), gone)
    for one in found:
        if not one.gone and one.place.outcome != "inside":
            assert give(pot, one.asked_cents)[1].outcome == "outside"
        elif not one.gone and one.place.cents < one.asked_cents:
            assert pot.left("").cents == 0


@given(rules(), ASKED, WHO)
def test_twice_is_once(told: PotRules, asked: list[tuple[int, str]], gone: set[int]) -> None:
    """Filling again when nobody withdrew since changes nothing."""
    pot, found = after(told, treated(told, asked), gone)
    again, same = after(told, found, set())
    assert (closed(told, again), same) == (closed(told, pot), found)


@given(rules(), ASKED, WHO, WHO)
def test_what_a_decision_rests_on_stays(
    told: PotRules, asked: list[tuple[int, str]], gone: set[int], fixed: set[int]
) -> None:
    """A place that is fixed stays as it is, inside or outside, and the sum is still the one of the pot."""
    before = [replace(one, fixed=one.id in fixed - gone) for one in treated(told, asked)]
    pot, found = after(told, before, gone)
    assert all(one.place == was.place for one, was in zip(found, before, strict=True) if one.fixed)
    assert pot.total().cents == sum(one.place.cents for one in found)


def test_the_next_comes_in() -> None:
    """Who comes next gets the freed place; who got a part gets the rest of it first; a fixed place outside is passed over."""
    told = PotRules(Ceiling(100), partly=True)
    found = treated(told, [(60, ""), (30, ""), (40, ""), (20, "")])
    assert [one.place.cents for one in found] == [60, 30, 10, 0]
    _, freed = after(told, found, {0})
    assert [one.place.cents for one in freed] == [0, 30, 40, 20]
    _, freed = after(told, [replace(one, fixed=one.id == 2) for one in found], {0})
    assert [one.place.cents for one in freed] == [0, 30, 10, 20]


def test_one_who_goes_on_is_not_put_out() -> None:
    """A small one that came in because a large one did not fit stays, also when there would be room for the large one alone."""
    told = PotRules(Ceiling(10), goes_on=True)
    found = treated(told, [(6, ""), (8, ""), (4, "")])
    assert [one.place.cents for one in found] == [6, 0, 4]
    assert [one.place.cents for one in after(told, found, {0})[1]] == [0, 0, 4]
    assert [one.place.cents for one in after(told, found, {0, 2})[1]] == [0, 8, 0]


def test_places_that_were_given_by_other_rules() -> None:
    """Where who is inside does not fit in the ceiling, that is said."""
    with pytest.raises(ValueError, match="does not fit in the ceiling"):
        fill(PotRules(Ceiling(5)), [Treated(7, 6, "", Place("inside", 6))])


@given(
    some.integers(0, 500), some.lists(some.integers(0, 100), max_size=12), some.integers(0, 40), WHO, some.randoms(use_true_random=False),
)  # fmt: skip
def test_divided_again(ceiling: int, asked: list[int], floor: int, gone: set[int], chance: object) -> None:
    """After a withdrawal the sum is exact again, nobody has less than before, and nobody more than what they asked."""
    order = list(range(len(asked)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    had = divide(ceiling, dict(enumerate(asked)), floor_cents=floor, order=order)
    left = {number: cents for number, cents in enumerate(asked) if number not in gone}
    shares = divide_again(ceiling, left, had, floor_cents=floor, order=order)
    assert sum(shares.values()) == min(ceiling, sum(left.values()))
    assert all(had[number] <= cents <= asked[number] for number, cents in shares.items())
    fresh = divide(ceiling, left, floor_cents=floor, order=order)
    assert all(abs(cents - fresh[number]) <= 1 for number, cents in shares.items())
