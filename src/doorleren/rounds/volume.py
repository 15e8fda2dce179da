"""How many grants a budget gives, from what each kind costs and the mix of kinds; and the budget that a number takes. Pure.

A policy maker's page asks, before a round is announced or while its rules are thought over. A forecast: it takes every
grant at its tariff, and says nothing of how many people will apply.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of grant: what one costs in cents, and its share of the number of grants (3/10 is thirty of each hundred)."""

    name: str
    cents: int
    share: Fraction


@dataclass(frozen=True, slots=True)
class Line:
    """How many grants of a kind, and the cents that they take together."""

    name: str
    number: int
    cents: int


@dataclass(frozen=True, slots=True)
class Volume:
    """A number of grants with what they take in cents, by kind; `left_cents` is what remains of the budget."""

    number: int
    cents: int
    left_cents: int
    lines: tuple[Line, ...]


def volume(budget_cents: int, kinds: Sequence[Kind]) -> Volume:
    """Give how many grants fit in a budget: the most of which the whole numbers by kind still fit.

    Raises ValueError naming budget, tariff or mix. Example: 100,000 euros, half at 1,000 and half at 3,000: 50 grants,
    25 of each.
    """
    _check(kinds)
    if budget_cents < 0:
        raise ValueError(f"budget: given is {budget_cents}, 0 or more is allowed")
    mean = sum((one.cents * one.share for one in kinds), Fraction(0))
    spared = sum(one.cents for one in kinds)  # whole numbers by kind cost less than the mean by less than one of each
    number = int((budget_cents + spared) / mean)
    while (found := _of(number, kinds, budget_cents)).left_cents < 0:
        number -= 1
    return found


def budget_for(number: int, kinds: Sequence[Kind]) -> Volume:
    """Give what a number of grants takes, with nothing left. Raises ValueError naming number, tariff or mix."""
    _check(kinds)
    if number < 0:
        raise ValueError(f"number: given is {number}, 0 or more is allowed")
    found = _of(number, kinds, 0)
    return Volume(found.number, found.cents, 0, found.lines)


def split(number: int, shares: Sequence[Fraction]) -> list[int]:
    """Divide a whole number by shares that are 1 together: the whole parts first, then one each to the largest remainders."""
    exact = [number * share for share in shares]
    found = [int(one) for one in exact]
    first = sorted(range(len(shares)), key=lambda index: (found[index] - exact[index], index))
    for index in first[: number - sum(found)]:
        found[index] += 1
    return found


def _of(number: int, kinds: Sequence[Kind], budget_cents: int) -> Volume:
    numbers = split(number, [one.share for one in kinds])
    lines = tuple(Line(one.name, many, many * one.cents) for one, many in zip(kinds, numbers, strict=True))
    cents = sum(line.cents for line in lines)
    return Volume(number, cents, budget_cents - cents, lines)


def _check(kinds: Sequence[Kind]) -> None:
    """Raise ValueError for a mix that is not 1 together, a share below 0, and a tariff that is not above 0."""
    for one in kinds:
        if one.share < 0:
            raise ValueError(f"mix of {one.name}: given is {one.share}, 0 or more is allowed")
        if one.share and one.cents <= 0:
            raise ValueError(f"tariff of {one.name}: given is {one.cents}, more than 0 is allowed")
    whole = sum((one.share for one in kinds), Fraction(0))
    if whole != 1:
        raise ValueError(f"mix: the shares are {whole} together, 1 is allowed")
