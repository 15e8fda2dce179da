"""Another order on the applications that came in: the same places as the real allocation gives, and what changes."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorleren.rounds.pot import REST, Ceiling, Place, Pot, PotRules, give
from doorleren.rounds.what_if import CameIn, Changed, Spread, Tally, Treatment, in_order, places, spread, what_if

KINDS = (REST, "small", "other")


def filed(*asked: int, kind: str = REST) -> list[CameIn]:
    """Give applications that came in one after another, the first half of them at the opening."""
    return [
        CameIn(f"{number:064x}", number, number // 3, number < len(asked) / 2, cents, kind)
        for number, cents in enumerate(asked)
    ]


@st.composite
def pots(draw: st.DrawFn) -> PotRules:
    """Rules of a pot: with and without ceilings, with and without a part set apart."""
    most = st.none() | st.integers(0, 3000)
    cents, number = draw(most), draw(st.none() | st.integers(0, 20))
    apart = {}
    if draw(st.booleans()):
        part = draw(most), draw(st.none() | st.integers(0, 20))
        apart["small"] = Ceiling(
            None if part[0] is None or cents is None else min(part[0], cents),
            None if part[1] is None or number is None else min(part[1], number),
        )
    return PotRules(Ceiling(cents, number), apart, draw(st.booleans()), draw(st.booleans()), draw(st.booleans()))


def one_by_one(came_in: Sequence[CameIn], rules: PotRules, order: Sequence[int]) -> list[Place]:
    """Give places as the allocation does, one by one to the end."""
    pot, found = Pot(rules), {}
    for index in order:
        pot, found[index] = give(pot, came_in[index].cents, came_in[index].kind)
    return [found[index] for index in range(len(came_in))]


@given(pots(), st.lists(st.tuples(st.integers(0, 400), st.sampled_from(KINDS)), max_size=40), st.randoms())
def test_the_short_way_gives_the_same_places(rules: PotRules, asked: list[tuple[int, str]], chance: object) -> None:
    """Leaping over those who all fit and stopping where nobody can, every place is what giving one by one gives."""
    came_in = [CameIn(f"{number:064x}", number, 0, True, *one) for number, one in enumerate(asked)]
    order = list(range(len(came_in)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    assert in_order(came_in, rules, order) == one_by_one(came_in, rules, order)


def test_by_arrival_the_first_and_by_draw_somebody_else() -> None:
    """Of ten for one place the first gets it by arrival; in forty draws several get it, and one always gets nothing more."""
    came_in, one = filed(*[100] * 10), PotRules(Ceiling(number=1))
    found = what_if(
        came_in, Treatment("arrival", one), Treatment("draw", one), seed="", seeds=[str(n) for n in range(40)]
    )
    assert found.announced.whole == Tally(inside=1, outside=9, cents=100)
    assert {tried.whole for tried in found.tries} == {Tally(inside=1, outside=9, cents=100)}
    assert {tried.changed for tried in found.tries} == {Changed(), Changed(gained=1, lost=1)}


def test_without_chance_once_is_enough() -> None:
    """By arrival and pro rata the seed settles nothing that is counted, so there is one try."""
    came_in, pot = filed(100, 200, 300), PotRules(Ceiling(300))
    arrival = Treatment("arrival", pot)
    for tried in (arrival, Treatment("pro_rata", pot)):
        assert len(what_if(came_in, arrival, tried, seed="", seeds=["1", "2", "3"]).tries) == 1


def test_pro_rata_everybody_gets_half() -> None:
    """With half of what is asked, pro rata lets everybody in with half: who was outside gains, who was inside gets less."""
    came_in, pot = filed(100, 100, 100, 100), PotRules(Ceiling(200))
    found = what_if(came_in, Treatment("arrival", pot), Treatment("pro_rata", pot), seed="", seeds=["1"])
    assert found.tries[0].whole == Tally(inside=4, cents=200)
    assert found.tries[0].changed == Changed(gained=2, less=2)


def test_another_rule_at_the_ceiling_and_another_ceiling() -> None:
    """The last gets a part, smaller ones after it still fit, and a higher ceiling lets more in."""
    came_in = filed(100, 100, 60, 40)
    announced = Treatment("arrival", PotRules(Ceiling(250)))
    tried = {
        "stops": PotRules(Ceiling(250)),
        "partly": PotRules(Ceiling(250), partly=True),
        "goes on": PotRules(Ceiling(250), goes_on=True),
        "higher": PotRules(Ceiling(300)),
    }
    found = {
        name: what_if(came_in, announced, Treatment("arrival", pot), seed="", seeds=["1"]).tries[0].whole
        for name, pot in tried.items()
    }
    assert found == {
        "stops": Tally(2, 2, 0, 200), "partly": Tally(3, 1, 0, 250), "goes on": Tally(3, 1, 0, 240),
        "higher": Tally(4, 0, 0, 300),
    }  # fmt: skip


def test_who_was_present_is_drawn_first() -> None:
    """In an order by lot among who was present, nobody who came later goes before one of them."""
    came_in, one = filed(*[100] * 6), PotRules(Ceiling(number=3))
    for found in places(came_in, Treatment("random_present", one), ["1", "2"]):
        assert [place.outcome for place in found] == ["inside"] * 3 + ["outside"] * 3


def test_the_figures_are_split_by_kind() -> None:
    """The tallies by kind of applicant are in the order of their names and add up to the whole."""
    came_in = [*filed(100, 100, kind="small"), *filed(100, 100, 100, 100)[2:]]
    labelled = [CameIn(one.sealed, one.number, 0, True, one.cents, one.kind, one.kind or "rest") for one in came_in]
    pot = PotRules(Ceiling(300), {"small": Ceiling(200)})
    found = what_if(labelled, Treatment("arrival", pot), Treatment("arrival", pot), seed="", seeds=["1"]).announced
    assert found.kinds == {"rest": Tally(1, 1, 0, 100), "small": Tally(2, 0, 0, 200)}
    assert list(found.kinds) == ["rest", "small"]


def test_the_spread_of_some_tries() -> None:
    """The lowest, the mean rounded half up, and the highest."""
    assert spread([1, 2, 2, 5]) == Spread(1, 3, 5)
    assert spread([1, 2]) == Spread(1, 2, 2)


def test_what_cannot_be_tried_is_named() -> None:
    """An order that asks scores, and no seed at all, are refused by name."""
    with pytest.raises(ValueError, match="order: given is 'ranking'"):
        Treatment("ranking", PotRules(Ceiling()))
    with pytest.raises(ValueError, match="seeds"):
        what_if([], Treatment("draw", PotRules(Ceiling())), Treatment("draw", PotRules(Ceiling())), seed="", seeds=[])
