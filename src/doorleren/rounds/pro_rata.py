"""Dividing a ceiling over all applications in proportion to what they ask, to the last cent; with a floor if there is one.

Called when a round of that order closes. Ground of the floor: Subsidieregeling SLIM 3.17. Nothing is lost in rounding:
the cents that are left go to the largest remainders, and where those are the same in the order of a draw.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

Name = TypeVar("Name", bound=str | int)
"""What names an application."""


def divide(
    ceiling_cents: int, asked: Mapping[Name, int], *, floor_cents: int = 0, order: Sequence[Name] = ()
) -> dict[Name, int]:
    """Give each application its cents: what it asks if all fits, else its proportion, but at least the floor.

    Who asks less than the floor gets what it asks. Where not even the floors fit, the floor falls to what fits
    (assumption: the regulation is silent). Example: 100 over asks of 100 and 300 gives 25 and 75; with a floor of 40,
    40 and 60.

    Raises ValueError for negative amounts. `order` says who comes first where remainders are the same.
    """
    wrong = [f"{name}: {cents}" for name, cents in asked.items() if cents < 0]
    if ceiling_cents < 0 or floor_cents < 0 or wrong:
        raise ValueError(f"amounts are 0 or more; given is {', '.join(wrong) or (ceiling_cents, floor_cents)}")
    if sum(asked.values()) <= ceiling_cents:
        return dict(asked)
    floors = {name: min(cents, floor_cents) for name, cents in asked.items()}
    if sum(floors.values()) > ceiling_cents:
        return _proportional(ceiling_cents, floors, order)
    on_floor: set[Name] = set()
    while True:
        left = ceiling_cents - sum(floors[name] for name in on_floor)
        rest = {name: cents for name, cents in asked.items() if name not in on_floor}
        whole = sum(rest.values())
        below = {name for name, cents in rest.items() if cents * left < floors[name] * whole}
        if not below:
            return {name: floors[name] for name in on_floor} | _proportional(left, rest, order)
        on_floor |= below


def divide_again(
    ceiling_cents: int,
    asked: Mapping[Name, int],
    given: Mapping[Name, int],
    *,
    floor_cents: int = 0,
    order: Sequence[Name] = (),
) -> dict[Name, int]:
    """Divide anew over who is left after somebody withdrew; `given` is what they have, and nobody gets less than that.

    Rounding could take a cent from somebody; whoever stands last in the order and gained gives it instead.
    """
    fresh = divide(ceiling_cents, asked, floor_cents=floor_cents, order=order)
    shares = {name: max(cents, given[name]) for name, cents in fresh.items()}
    over = sum(shares.values()) - sum(fresh.values())
    for name in [one for one in reversed(order) if one in shares]:
        back = min(over, shares[name] - given[name])
        shares[name] -= back
        over -= back
    return shares


def _proportional(cents: int, asked: Mapping[Name, int], order: Sequence[Name]) -> dict[Name, int]:
    """Divide exactly: the whole parts first, then a cent each to the largest remainders."""
    whole = sum(asked.values())
    if not whole:
        return dict.fromkeys(asked, 0)
    place = {name: number for number, name in enumerate(order)}
    shares = {name: one * cents // whole for name, one in asked.items()}
    left = cents - sum(shares.values())

    def first(name: Name) -> tuple[int, int, Any]:
        return -(asked[name] * cents % whole), place.get(name, len(place)), name

    for name in sorted(asked, key=first)[:left]:
        shares[name] += 1
    return shares
