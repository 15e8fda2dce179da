"""What happens where an opening fails, as a scheme's file announces it beforehand (`[round.fallback]`). Pure.

In 2023 a national opening failed and its regulation had to be amended afterwards, to say what counted and for whom. So a
round says it before it opens; whether its opening failed is decided by two people, never by a machine.
"""

from collections.abc import Callable, Mapping

from doorleren.rules.shape import Part
from doorleren.rules.versions import Citation, Fallback

FALLBACKS: Mapping[str, tuple[str, ...]] = {
    "keep_places": ("arrival", "none"),
    "treat_alike": ("random_present", "draw", "ranking", "pro_rata"),
    "extend": ("draw", "ranking", "pro_rata"),
}
"""What can follow a failed opening, each with the orders of treatment in which it can (see Fallback).

Where places are given as people come, nobody loses the one that they have: there alike cannot be. More time is only fair
where it does not matter when somebody came.
"""

MOST_MINUTES, MOST_HOURS = 24 * 60, 24 * 31
"""The longest that is allowed: a day of silence, and a month within which, or beforehand, something is decided."""


def read_fallback(part: Part, order: str, cited: Callable[[Part], Citation | None]) -> Fallback | None:
    """Read what a round announces for a failed opening; None where it says nothing. Raises SchemeFault."""
    told, ends = part.table("fallback"), "closes" in part.content
    if not told:
        return None
    then = told.choice("then", tuple(FALLBACKS))
    fitting = fitting_for(order, ends=ends)
    if then not in fitting:
        told.refuse(
            "then", then, f"{' or '.join(fitting)}, for order is {order}{'' if ends else ' and nothing closes it'}"
        )
    found = Fallback(
        then,
        _whole(told, "silent_minutes", MOST_MINUTES),
        _whole(told, "within_hours", MOST_HOURS),
        0 if then == "extend" else _whole(told, "notice_hours", MOST_HOURS),
        cited(told),
    )
    told.finish()
    return found


def fitting_for(order: str, *, ends: bool) -> list[str]:
    """Give what can follow a failed opening in an order of treatment; `ends`: the round has a closing."""
    return [one for one, orders in FALLBACKS.items() if order in orders and (ends or one != "extend")]


def _whole(part: Part, key: str, most: int) -> int:
    told: int | None = part.optional(key, int)
    if told is None or not 0 < told <= most:
        part.refuse(key, told, f"a whole number from 1 to {most}")
    return told
