"""The evaluator of what an amount would be at most: with facts unknown, between which numbers does it lie?

A number is a pair (least, most), None for no limit; a truth is True, False or None; days and texts that matter
for a choice are taken from the person's own evaluator. Facts are never negative.
"""

from collections.abc import Callable, Sequence
from typing import Any

from doorleren.rules import tree
from doorleren.rules.person import Closure, closure
from doorleren.rules.profile import NA, Profile
from doorleren.rules.simplified import simplified
from doorleren.rules.tree import parts_of

Range = tuple[int | None, int | None]
Ranging = Callable[[Profile], Range]
Most = Callable[[Profile], int | None]


def most(node: tree.Node, exactly: Callable[[Profile], Any]) -> Most:
    """Compile "the most that this amount can be" (in the measure of the tree); None if nothing limits it.

    Asks the amount itself (`exactly`) first: where it is known, that is the most.
    """
    ranging = _range(simplified(node))

    def at_most(profile: Profile) -> int | None:
        known = exactly(profile)
        return ranging(profile)[1] if known is None or known is NA else known

    return at_most


def least_of(limits: Sequence[Most]) -> Most:
    """Compile the lowest of some mosts; None if none of them limits anything."""
    if not limits:
        return lambda profile: None
    first, *others = limits

    def lowest(profile: Profile) -> int | None:
        return _least([limit(profile) for limit in limits])

    return lowest if others else first


def _range(node: tree.Node) -> Ranging:
    match node:
        case tree.Constant(value, "number"):
            return _fixed((int(value), int(value)))  # type: ignore[arg-type]
        case tree.FactValue():
            return _of_fact(closure(node))
        case tree.Choose(test, yes, no):
            return _of_choice(closure(test), _range(yes), _range(no))
        case tree.Between():
            return _of_days(closure(node))
    parts = [_range(part) for part in parts_of(node)]
    match node:
        case tree.Total():
            return _of_total(parts)
        case tree.Times(_, factor):
            return _of_times(parts[0], factor)
        case tree.Product():
            return _of_product(*parts)
        case tree.Extreme(greatest, _):
            return _of_greatest(parts) if greatest else _of_least(parts)
        case tree.HalfUp(_, divisor):
            return _of_half_up(parts[0], divisor)
    raise TypeError(f"no bounds of {node!r}")


def _fixed(limits: Range) -> Ranging:
    return lambda profile: limits


def _of_fact(ask: Closure) -> Ranging:
    def of_fact(profile: Profile) -> Range:
        known = ask(profile)
        return (0, None) if known is None or known is NA else (known, known)

    return of_fact


def _of_days(ask: Closure) -> Ranging:
    def of_days(profile: Profile) -> Range:
        known = ask(profile)
        return (None, None) if known is None or known is NA else (known, known)

    return of_days


def _of_choice(test: Closure, yes: Ranging, no: Ranging) -> Ranging:
    def of_choice(profile: Profile) -> Range:
        chosen = test(profile)
        if chosen is not None:
            return yes(profile) if chosen else no(profile)
        return _hull(yes(profile), no(profile))

    return of_choice


def _of_total(parts: list[Ranging]) -> Ranging:
    def of_total(profile: Profile) -> Range:
        ranges = [part(profile) for part in parts]
        return _none_if_any([low for low, _ in ranges], sum), _none_if_any([high for _, high in ranges], sum)

    return of_total


def _of_times(part: Ranging, factor: int) -> Ranging:
    def of_times(profile: Profile) -> Range:
        low, high = part(profile)
        least, highest = None if low is None else low * factor, None if high is None else high * factor
        return (least, highest) if factor >= 0 else (highest, least)

    return of_times


def _of_product(left: Ranging, right: Ranging) -> Ranging:
    def of_product(profile: Profile) -> Range:
        (low, high), (other_low, other_high) = left(profile), right(profile)
        if low is None or other_low is None or low < 0 or other_low < 0:
            return None, None
        return low * other_low, None if high is None or other_high is None else high * other_high

    return of_product


def _of_greatest(parts: list[Ranging]) -> Ranging:
    def of_greatest(profile: Profile) -> Range:
        ranges = [part(profile) for part in parts]
        return max((low for low, _ in ranges if low is not None), default=None), _none_if_any(
            [high for _, high in ranges], max
        )

    return of_greatest


def _of_least(parts: list[Ranging]) -> Ranging:
    def of_least(profile: Profile) -> Range:
        ranges = [part(profile) for part in parts]
        return _none_if_any([low for low, _ in ranges], min), _least([high for _, high in ranges])

    return of_least


def _of_half_up(part: Ranging, divisor: int) -> Ranging:
    def of_half_up(profile: Profile) -> Range:
        low, high = part(profile)
        return (
            None if low is None else (2 * low + divisor) // (2 * divisor),
            None if high is None else (2 * high + divisor) // (2 * divisor),
        )

    return of_half_up


def _hull(first: Range, second: Range) -> Range:
    return _none_if_any([first[0], second[0]], min), _none_if_any([first[1], second[1]], max)


def _least(ends: list[int | None]) -> int | None:
    known = [end for end in ends if end is not None]
    return min(known) if known else None


def _none_if_any(ends: list[int | None], choose: Any) -> int | None:
    return None if None in ends else choose(ends)
