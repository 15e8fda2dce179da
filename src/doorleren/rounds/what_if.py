"""What a round would have given in another order of treatment, on the applications that came in. Pure; nothing is kept.

A policy maker's page asks. The applications go through the same order, pot and division as the real allocation
(ordering.py, pot.py, pro_rata.py). Where chance decides it is done with several seeds, and the spread is told.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from doorleren.rounds.ordering import Filed, ordered
from doorleren.rounds.pot import REST, Place, Pot, PotRules, Spent, give
from doorleren.rounds.pro_rata import divide

ORDERS = ("arrival", "random_present", "draw", "pro_rata")
"""Orders that can be tried. Ranking asks scores, which nobody gave."""


@dataclass(frozen=True, slots=True)
class CameIn:
    """An application as it came in: its seal, number of arrival, day (as an ordinal), whether it was there at the opening,
    the cents asked, the part of the pot it counts to, and the kind of applicant that the figures are split by.

    `late`: it was completed afterwards; its number is then that of the last one before its completion.
    """

    sealed: str
    number: int
    day: int
    present: bool
    cents: int
    kind: str = REST
    label: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class Treatment:
    """The rules of one way to treat them: as announced, or as tried."""

    order: str
    pot: PotRules
    floor_cents: int = 0
    per_day: bool = False

    def __post_init__(self) -> None:
        """Refuse an order that cannot be tried."""
        if self.order not in ORDERS:
            raise ValueError(f"order: given is {self.order!r}, allowed are: {', '.join(ORDERS)}")

    @property
    def by_chance(self) -> bool:
        """Say whether another seed gives another outcome."""
        return self.order in ("random_present", "draw") or (self.order == "arrival" and self.per_day)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many got what: a number for each outcome, and the cents inside."""

    inside: int = 0
    outside: int = 0
    waiting: int = 0
    cents: int = 0

    @property
    def number(self) -> int:
        """Give how many there were."""
        return self.inside + self.outside + self.waiting


@dataclass(frozen=True, slots=True)
class Changed:
    """For how many something changes: inside only now, inside no longer, and inside both times with more or fewer cents."""

    gained: int = 0
    lost: int = 0
    more: int = 0
    less: int = 0


@dataclass(frozen=True, slots=True)
class Tried:
    """The outcome with one seed: for all, by kind of applicant, and what changes against the rules as announced."""

    whole: Tally
    kinds: Mapping[str, Tally]
    changed: Changed


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The rules as announced beside those that were tried; one try where chance decides nothing."""

    announced: Tried
    tries: tuple[Tried, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """The lowest, the middle (the mean, rounded half up) and the highest of some tries."""

    low: int
    mean: int
    high: int


def what_if(
    came_in: Sequence[CameIn], announced: Treatment, tried: Treatment, *, seed: str, seeds: Sequence[str]
) -> WhatIf:
    """Treat them as announced (with `seed` where chance decides) and as tried, once with each of `seeds`.

    Raises ValueError without seeds. Example: a pot for one and two who ask the same: by arrival the first, in a draw
    about half of the tries the second.
    """
    if not seeds:
        raise ValueError("seeds: given is none, at least one is allowed")
    before = places(came_in, announced, [seed])[0]
    after = places(came_in, tried, seeds if tried.by_chance else seeds[:1])
    return WhatIf(_tried(came_in, before, before), tuple(_tried(came_in, before, one) for one in after))


def places(came_in: Sequence[CameIn], treatment: Treatment, seeds: Sequence[str]) -> list[list[Place]]:
    """Give each application its place, in the order in which they are given; once for each seed."""
    at = {one.sealed: index for index, one in enumerate(came_in)}
    filed = [
        Filed(one.sealed, one.day if treatment.per_day else 2 * one.number + one.late, one.present, one.late)
        for one in came_in
    ]
    divided, found = treatment.order == "pro_rata", []
    for seed in seeds:
        order = [at[one.sealed] for one in ordered(filed, treatment.order, seed)]
        found.append(_divided(came_in, treatment, order) if divided else in_order(came_in, treatment.pot, order))
    return found


def spread(values: Iterable[int]) -> Spread:
    """Give the spread of some whole numbers."""
    told = sorted(values)
    return Spread(told[0], (2 * sum(told) + len(told)) // (2 * len(told)), told[-1])


def in_order(came_in: Sequence[CameIn], rules: PotRules, order: Sequence[int]) -> list[Place]:
    """Go through the order as the allocation does, with `pot.give`; leap over those who all fit, stop where nobody can.

    A test holds it against giving one by one.
    """
    found = [Place("waiting" if rules.waiting_list else "outside")] * len(came_in)
    known: dict[int, Place] = {}
    fits, pot = _all_fit(came_in, rules, order)
    for index in order[:fits]:
        cents = came_in[index].cents
        found[index] = known.get(cents) or known.setdefault(cents, Place("inside", cents))
    least = min((one.cents for one in came_in), default=0)
    for index in order[fits:]:
        before = pot
        pot, place = give(pot, came_in[index].cents, came_in[index].kind)
        found[index] = place
        if place.outcome != "inside" and (pot is not before or rules.goes_on) and _over(pot, least):
            break
    return found


def _all_fit(came_in: Sequence[CameIn], rules: PotRules, order: Sequence[int]) -> tuple[int, Pot]:
    """Give how many in the order fit whole without a miss, and the pot after them.

    As long as all fit, the order among them does not matter: each kind fills its own part, what is over comes from the rest.
    """
    cents: dict[str, int] = dict.fromkeys(rules.apart, 0)
    number = dict(cents)
    whole, rest_cents, rest_number = Pot(rules).left(REST), 0, 0
    for fits, index in enumerate(order):
        one = came_in[index]
        kind, asked, many = one.kind, one.cents, 1
        if kind in cents:
            part = rules.apart[kind]
            own, one_more = min(asked, (part.cents or 0) - cents[kind]), min(1, (part.number or 0) - number[kind])
        else:
            own = one_more = 0
        if (whole.cents is not None and rest_cents + asked - own > whole.cents) or (
            whole.number is not None and rest_number + many - one_more > whole.number
        ):
            return fits, _pot_after(rules, cents, number, rest_cents, rest_number)
        if kind in cents:
            cents[kind] += own
            number[kind] += one_more
        rest_cents, rest_number = rest_cents + asked - own, rest_number + many - one_more
    return len(order), _pot_after(rules, cents, number, rest_cents, rest_number)


def _pot_after(rules: PotRules, cents: dict[str, int], number: dict[str, int], rest: int, rest_number: int) -> Pot:
    spent = {part: Spent(cents[part], number[part]) for part in rules.apart} | {REST: Spent(rest, rest_number)}
    return Pot(rules, spent)


def _over(pot: Pot, least: int) -> bool:
    """Say whether nobody who comes after can get anything: every part is closed, or what is left is too little for anyone."""
    parts = (*pot.rules.apart, REST)
    if all(pot.spent.get(part, Spent()).missed for part in parts):
        return True
    left = [pot.left(part) for part in parts]
    rest = left[-1]
    if rest.number is not None and not sum(one.number or 0 for one in left):
        return True
    cents = sum(one.cents or 0 for one in left)
    return rest.cents is not None and cents < (min(least, 1) if pot.rules.partly else least)


def _divided(came_in: Sequence[CameIn], treatment: Treatment, order: Sequence[int]) -> list[Place]:
    """Divide each part over those that it is for, as the allocation does (rounds/commands/divide_pot.py)."""
    pot, apart = Pot(treatment.pot), treatment.pot.apart
    shares: dict[int, int] = {}
    for part in (*apart, REST):
        own = {
            index: one.cents for index, one in enumerate(came_in) if (one.kind if one.kind in apart else REST) == part
        }
        ceiling = pot.left(part).cents
        whole = sum(own.values()) if ceiling is None else ceiling
        shares |= divide(whole, own, floor_cents=treatment.floor_cents, order=order)
    return [Place("inside", shares[index]) if shares[index] else Place("outside") for index in range(len(came_in))]


def _tried(came_in: Sequence[CameIn], before: Sequence[Place], after: Sequence[Place]) -> Tried:
    """Count an outcome, and what changes against another."""
    kinds: dict[str, dict[str, int]] = {}
    gained = lost = more = less = 0
    for one, was, now in zip(came_in, before, after, strict=True):
        counted = kinds.get(one.label)
        if counted is None:
            counted = kinds[one.label] = {"inside": 0, "outside": 0, "waiting": 0, "cents": 0}
        counted[now.outcome] += 1
        counted["cents"] += now.cents
        if was.cents == now.cents and was.outcome == now.outcome:
            continue
        if was.outcome != now.outcome:
            gained += now.outcome == "inside"
            lost += was.outcome == "inside"
        else:
            more += now.cents > was.cents
            less += now.cents < was.cents
    tallies = {label: Tally(**kinds[label]) for label in sorted(kinds)}
    return Tried(_sum(tallies.values()), tallies, Changed(gained, lost, more, less))


def _sum(tallies: Iterable[Tally]) -> Tally:
    told = list(tallies)
    return Tally(*(sum(getattr(one, name) for one in told) for name in ("inside", "outside", "waiting", "cents")))
