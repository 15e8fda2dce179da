"""What is left in a round, and what the next application in the order gets: exact to the cent, in both directions.

Called by the allocation, one application at a time; the state between two of them is a value, so that the allocation
can stop anywhere and go on. Ground: Awb 4:25(2), what goes above the ceiling is refused; how the round treats the
application that no longer fits, and those after it, is announced with it (Awb 4:26).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal

Outcome = Literal["inside", "outside", "waiting"]

REST = ""
"""The part of a ceiling that is set apart for nobody."""


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The most that may be spent, in cents and in number; None is no most. The stricter one binds."""

    cents: int | None = None
    number: int | None = None

    def __post_init__(self) -> None:
        """Refuse what no ceiling can be."""
        for name, value in (("cents", self.cents), ("number", self.number)):
            if value is not None and value < 0:
                raise ValueError(f"{name}: given is {value}, 0 or more is allowed")


@dataclass(frozen=True, slots=True)
class PotRules:
    """What is announced of a round: its ceiling, what is set apart for whom, and what happens at the ceiling.

    `apart` is within the ceiling. `partly`: the application that no longer fits gets what is left; otherwise nothing.
    `goes_on`: smaller ones after it may still fit. `waiting_list`: who falls outside waits for a place.
    """

    ceiling: Ceiling
    apart: Mapping[str, Ceiling] = field(default_factory=dict)
    partly: bool = False
    goes_on: bool = False
    waiting_list: bool = False

    def __post_init__(self) -> None:
        """Refuse parts that together are more than the whole, and a part in money or number that the whole lacks."""
        for name in ("cents", "number"):
            whole = getattr(self.ceiling, name)
            parts = [getattr(one, name) for one in self.apart.values()]
            set_apart = sum(one for one in parts if one is not None)
            if whole is not None and set_apart > whole:
                raise ValueError(f"apart: the parts are {set_apart} {name} together, the ceiling is {whole}")


@dataclass(frozen=True, slots=True)
class Spent:
    """What has been given out of one part, and whether an application for it no longer fitted."""

    cents: int = 0
    number: int = 0
    missed: bool = False


@dataclass(frozen=True, slots=True)
class Pot:
    """How a round stands: what was spent of each part; REST is what is set apart for nobody."""

    rules: PotRules
    spent: Mapping[str, Spent] = field(default_factory=lambda: MappingProxyType({}))

    def left(self, part: str) -> Ceiling:
        """Give what is left of one part."""
        spent = self.spent.get(part, Spent())
        whole = self._whole(part)
        return Ceiling(
            None if whole.cents is None else whole.cents - spent.cents,
            None if whole.number is None else whole.number - spent.number,
        )

    def total(self) -> Spent:
        """Give what was spent in all; `missed` when an application that anybody could have filed no longer fitted."""
        parts = self.spent.values()
        return Spent(
            sum(one.cents for one in parts),
            sum(one.number for one in parts),
            self.spent.get(REST, Spent()).missed,
        )

    def _whole(self, part: str) -> Ceiling:
        if part != REST:
            return self.rules.apart[part]
        return Ceiling(_without(self.rules, "cents"), _without(self.rules, "number"))


@dataclass(frozen=True, slots=True)
class Place:
    """What an application gets: its outcome and, inside, the cents that are reserved for it."""

    outcome: Outcome
    cents: int = 0


def give(pot: Pot, asked_cents: int, kind: str = REST) -> tuple[Pot, Place]:
    """Give the next application in the order its place, and the pot after it.

    What is set apart for its kind comes first, then the rest. Example: 1,000 euros left and 1,500 asked: nothing, or
    1,000 where the round gives partly; afterwards nobody gets anything unless the round goes on with smaller ones.
    """
    if asked_cents < 0:
        raise ValueError(f"asked_cents: given is {asked_cents}, 0 or more is allowed")
    if all(pot.spent.get(part, Spent()).missed for part in _parts(pot, kind)):
        return pot, _outside(pot)
    number = _shares(pot, kind, "number", 1)
    cents = _shares(pot, kind, "cents", asked_cents)
    given = sum(cents.values())
    if not sum(number.values()) or (given < asked_cents and not (pot.rules.partly and given)):
        return _miss(pot, kind), _outside(pot)
    after = _spend(pot, cents, number)
    return (after if given == asked_cents else _miss(after, kind)), Place("inside", given)


def top_up(pot: Pot, lacking_cents: int, kind: str = REST) -> tuple[Pot, int]:
    """Give more to an application that is inside with a part of what it asked: the pot after it, and the cents given."""
    if not lacking_cents:
        return pot, 0
    cents = _shares(pot, kind, "cents", lacking_cents)
    given = sum(cents.values())
    after = _spend(pot, cents, {})
    return (after if given == lacking_cents else _miss(after, kind)), given


def room(pot: Pot, kind: str = REST, *, inside: bool) -> int | None:
    """Give the cents that are left for one applicant, whoever no longer fitted before; None for no ceiling in money.

    `inside`: it counts in the number already; who does not gets nothing where the number is full.
    """
    pot = reopened(pot)
    if not inside and not sum(_shares(pot, kind, "number", 1).values()):
        return 0
    if pot.left(REST).cents is None:
        return None
    return sum(pot.left(part).cents or 0 for part in _parts(pot, kind))


def nothing_left(pot: Pot) -> bool:
    """Say whether nobody who comes after can get anything, of whatever kind: no number, or not one cent."""
    return not any(
        sum(_shares(pot, kind, "number", 1).values()) and sum(_shares(pot, kind, "cents", 1).values())
        for kind in (REST, *pot.rules.apart)
    )


def reopened(pot: Pot) -> Pot:
    """Give the pot with no part closed to who comes after."""
    return replace(pot, spent=MappingProxyType({name: replace(one, missed=False) for name, one in pot.spent.items()}))


def _parts(pot: Pot, kind: str) -> tuple[str, ...]:
    return (kind, REST) if kind != REST and kind in pot.rules.apart else (REST,)


def _shares(pot: Pot, kind: str, name: Literal["cents", "number"], asked: int) -> dict[str, int]:
    """Divide what is asked over the parts that are open to a kind, each as far as it reaches.

    A part that is set apart in the other measure only has nothing of this one of its own: then the rest gives.
    """
    shares = {}
    for part in _parts(pot, kind):
        left = getattr(pot.left(part), name)
        if left is None and part != REST:
            continue
        closed = pot.spent.get(part, Spent()).missed and left is not None
        shares[part] = 0 if closed else asked if left is None else min(asked, left)
        asked -= shares[part]
    return shares


def _spend(pot: Pot, cents: Mapping[str, int], number: Mapping[str, int]) -> Pot:
    spent = dict(pot.spent)
    for part in {**cents, **number}:
        before = spent.get(part, Spent())
        spent[part] = replace(
            before, cents=before.cents + cents.get(part, 0), number=before.number + number.get(part, 0)
        )
    return replace(pot, spent=MappingProxyType(spent))


def _miss(pot: Pot, kind: str) -> Pot:
    """Close the parts that the application came for, unless smaller ones after it may still fit."""
    if pot.rules.goes_on:
        return pot
    spent = dict(pot.spent)
    for part in _parts(pot, kind):
        spent[part] = replace(spent.get(part, Spent()), missed=True)
    return replace(pot, spent=MappingProxyType(spent))


def _outside(pot: Pot) -> Place:
    return Place("waiting" if pot.rules.waiting_list else "outside")


def _without(rules: PotRules, name: str) -> int | None:
    """Give what the ceiling leaves for everybody, in cents or in number."""
    whole: int | None = getattr(rules.ceiling, name)
    if whole is None:
        return None
    return whole - sum(getattr(one, name) or 0 for one in rules.apart.values())
