"""Who was completed after a draw: the list that is published beside its file, and the order that follows from both. Pure.

The draw stays as it was held. Whoever turns out to be incomplete leaves the order, and comes at its end once completed, in order
of completion. Ground: Subsidieregeling SLIM 2.10. Called by rounds and by `doorleren draw verify`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from doorleren.core.draw import SEAL, BadDraw

FORM = "doorleren-completed/1"


@dataclass(frozen=True, slots=True)
class Late:
    """A sealed ticket that was completed after the draw: by what came in on a day, and when that was noted."""

    ticket: str
    day: date
    noted_at: datetime


def written(drawn_for: str, incomplete: Sequence[str], completed: Sequence[Late]) -> dict[str, object]:
    """Write the list: who is incomplete now in alphabetical order, and who was completed in order of completion."""
    line = sorted(completed, key=_turn)
    return {
        "form": FORM,
        "drawn_for": drawn_for,
        "incomplete": sorted(incomplete),
        "completed": [
            {"ticket": one.ticket, "day": one.day.isoformat(), "noted_at": one.noted_at.isoformat()} for one in line
        ],
    }


def order_after(order: Sequence[str], drawn_for: str, told: Mapping[str, object]) -> tuple[str, ...]:
    """Give the order of a draw with who was completed at its end. Raises BadDraw for a list that does not belong to it.

    Example: drawn a, b, c, d; b is incomplete and a was completed: c, d, a.
    """
    if told.get("form") != FORM:
        raise BadDraw(f"form: given is {told.get('form')!r}, {FORM!r} is allowed")
    if told.get("drawn_for") != drawn_for:
        raise BadDraw(f"drawn_for: given is {told.get('drawn_for')!r}, the draw is for {drawn_for!r}")
    incomplete, completed = _list(told, "incomplete"), [_late(one) for one in _list(told, "completed")]
    late = [one.ticket for one in completed]
    known = set(order)
    for one in (*incomplete, *late):
        if not isinstance(one, str) or one not in known:
            raise BadDraw(f"completed: {str(one)[:80]!r} is not on the list of the draw")
    if len({*incomplete, *late}) < len(incomplete) + len(late):
        raise BadDraw("completed: a ticket stands there twice")
    if completed != sorted(completed, key=_turn):
        raise BadDraw("completed: this is not the order of completion")
    out = {*incomplete, *late}
    return (*(one for one in order if one not in out), *late)


def _turn(one: Late) -> tuple[date, datetime]:
    return one.day, one.noted_at


def _list(told: Mapping[str, object], name: str) -> list[object]:
    value = told.get(name)
    if not isinstance(value, list):
        raise BadDraw(f"{name}: given is {value!r}, a list is allowed")
    return value


def _late(told: object) -> Late:
    given = told if isinstance(told, Mapping) else {}
    ticket, day, noted = (str(given.get(name, "")) for name in ("ticket", "day", "noted_at"))
    if not SEAL.fullmatch(ticket):
        raise BadDraw(f"completed.ticket: given is {ticket[:80]!r}, 64 hexadecimal digits in small letters are allowed")
    try:
        return Late(ticket, date.fromisoformat(day), datetime.fromisoformat(noted))
    except ValueError as error:
        raise BadDraw(f"completed: {ticket} has no day and moment ({error})") from error
