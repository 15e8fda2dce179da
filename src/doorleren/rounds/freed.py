"""Who comes in when places are freed because somebody withdrew. Pure; called by the allocation (commands/fill_freed.py).

Nobody who is inside loses anything. What is free then is given anew, in the order of treatment, by the round's own
rule. Where a round stops at the first that does not fit, the places are those it would have given had the withdrawn
never filed. Where smaller ones go on that cannot be promised: a small one may stand inside because a large one did not
fit. It stays, and the large one comes in only when there is room for it.

Ground: Awb 4:25(2) and 4:26; that a freed place goes to the next in the order is an assumption, the regulations are silent.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from doorleren.rounds.pot import Place, Pot, PotRules, give, top_up

WITHDRAWN = "withdrawn"
"""The reason of a place that is outside because its ticket was withdrawn."""


@dataclass(frozen=True, slots=True)
class Treated:
    """An application that has a place. `gone`: it was withdrawn; `fixed`: a decision rests on its place, so that stays."""

    id: int
    asked_cents: int
    kind: str
    place: Place
    gone: bool = False
    fixed: bool = False


def fill(rules: PotRules, treated: Sequence[Treated]) -> tuple[Pot, dict[int, Place]]:
    """Give the pot after it and, by id, the places that become others; `treated` is in the order of treatment.

    Example: 100 for asks of 60, 30 and 40 gives the third nothing. The first withdraws: the third comes in, 70 is spent.
    Raises ValueError where who is inside does not fit in the ceiling: then the places were not given by these rules.
    """
    pot, places = Pot(rules), {}
    for one in treated:
        if one.place.outcome == "inside" and not one.gone:
            pot, place = give(pot, one.place.cents, one.kind)
            if place != one.place:
                raise ValueError(
                    f"ticket {one.id}: inside with {one.place.cents} cents, that does not fit in the ceiling"
                )
    for one in treated:
        if one.gone:
            places[one.id] = Place("outside")
        elif not one.fixed:
            pot, places[one.id] = _again(pot, one)
    return pot, {one.id: places[one.id] for one in treated if places.get(one.id, one.place) != one.place}


def _again(pot: Pot, one: Treated) -> tuple[Pot, Place]:
    """Ask again for who fell outside, and for what lacks of who got a part."""
    if one.place.outcome != "inside":
        return give(pot, one.asked_cents, one.kind)
    pot, more = top_up(pot, one.asked_cents - one.place.cents, one.kind)
    return pot, Place("inside", one.place.cents + more)
