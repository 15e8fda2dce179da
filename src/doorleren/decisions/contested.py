"""The pot of the first decision, by which an objection is judged. Pure. Ground: Awb 4:25(3).

The ceiling refuses after an objection only so far as it had to refuse at the first decision. What others got since then
plays no part: then the grant goes above the ceiling, and that part is told apart.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FirstPot:
    """The pot as it stood at the first decision. Whole cents; `ceiling` None: there was none.

    `place`: what was kept for this application (0: it stood outside). `granted_before`: by first decisions before it.
    `waiting`: kept for others who had not been decided on, or asked by who came before it in the order.
    """

    ceiling: int | None
    granted_before: int
    waiting: int
    place: int

    @property
    def room(self) -> int | None:
        """Give what the ceiling left for this application then; None for no ceiling.

        Who had a place had that. Who stood outside had what nobody else had a claim to. Example: ceiling 1,000, granted 700,
        kept for others 300: nothing, so the ceiling still refuses. Kept for others 100: 200.
        """
        if self.ceiling is None:
            return None
        return self.place or max(0, self.ceiling - self.granted_before - self.waiting)


@dataclass(frozen=True, slots=True)
class Late:
    """What a late win gives: the new amount, and the part of it above the ceiling; `cut`: the ceiling of then made it less."""

    cents: int
    above: int
    cut: bool


def late_win(*, scheme: int, asked: int, before: int, pot: FirstPot, left_now: int | None, partly: bool) -> Late:
    """Judge what an application gets that won late: by the room of then, whatever is left now.

    `before`: the amount that was granted already. `partly`: the round gives a part where the whole does not fit. Example:
    room 699.95 then, 200.00 left now, nothing granted before: 699.95, of which 499.95 above the ceiling.
    """
    due, room = min(scheme, asked), pot.room
    cents = due if room is None or room >= due else room if partly or pot.place else 0
    more = max(0, cents - before)
    above = 0 if left_now is None else max(0, more - max(0, left_now))
    return Late(cents, above, cut=cents < due)
