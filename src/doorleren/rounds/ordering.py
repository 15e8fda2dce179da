"""In which order a round treats its applications. Pure; the seed comes from a draw that anyone can check (core/draw.py).

| order | first comes | ground |
|---|---|---|
| arrival | who was complete first: the moment, or the day where the round says so; on the same mark the draw | Kaderregeling subsidies OCW, SZW en VWS 2.3 |
| random_present | the draw, among who was present at the opening; then by arrival | Subsidieregeling STAP-budget |
| draw | the draw, over all complete ones; who was completed later stands at the end | Subsidieregeling SLIM 8 |
| ranking | the highest score; on the same score the draw | Kaderregeling 2.3 |
| pro_rata | nobody: all are treated alike, the draw only settles a cent | Kaderregeling 2.2 |
| none | nobody: each is judged on itself as it comes, and gets what it asks while the ceiling, if there is one, allows it | the scheme's own |
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from doorleren.core.draw import drawn_key


@dataclass(frozen=True, slots=True)
class Filed:
    """An application as its order sees it.

    `mark` is when it was complete: a whole number that grows (of the moment, or of the day where the round says so);
    `present`: it was there when the round opened; `late`: it was completed afterwards. A real round gives who was completed a
    place apart (completing.py), so `late` is for trying another order (what_if.py).
    """

    sealed: str
    mark: int = 0
    present: bool = False
    late: bool = False
    score: Fraction = Fraction(0)


def ordered(filed: Iterable[Filed], order: str, seed: str) -> list[Filed]:
    """Put applications in the order of treatment. Raises ValueError for an order that does not exist."""
    if order not in ORDERS:
        raise ValueError(f"order: given is {order!r}, allowed are: {', '.join(ORDERS)}")
    first = ORDERS[order]
    return sorted(filed, key=lambda one: (*first(one), drawn_key(seed, one.sealed)))


ORDERS: Mapping[str, Callable[[Filed], tuple[Any, ...]]] = {
    "arrival": lambda one: (one.mark,),
    "random_present": lambda one: (not one.present, 0 if one.present else one.mark),
    "draw": lambda one: (one.late, one.mark if one.late else 0),
    "ranking": lambda one: (-one.score,),
    "pro_rata": lambda _: (),
    "none": lambda one: (one.mark,),
}
"""What comes before the draw in each order of treatment."""

AS_THEY_COME = ("arrival", "none")
"""Orders in which who comes later cannot come before who has a place: places are given while people come."""
