"""Who comes in when places are freed: somebody withdrew, or was refused. Pure; called by the allocation (commands/fill_freed.py).

Nobody who is inside loses anything. What is free then is given anew, in the order of treatment, by the round's own
rule. Where a round stops at the first that does not fit, the places are those it would have given had the withdrawn
never filed. Where smaller ones go on that cannot be promised: a small one may stand inside because a large one did not
fit. It stays, and the large one comes in only when there is room for it.

Ground: Awb 4:25(2) and 4:26; that a freed place goes to the next in the order is an assumption, the regulations are silent.
Who was refused and wins an objection is judged by the pot of then (4:25(3)), so what a decision sets free goes on at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from doorleren.rounds.pot import REST, Ceiling, Place, Pot, PotRules, Spent, give, top_up

WITHDRAWN = "withdrawn"
"""The reason of a place that is outside because its ticket was withdrawn."""
INCOMPLETE = "incomplete"
"""The reason of a place that is outside because its application is not complete; once it is, it gets another (completing.py)."""
REFUSED = "refused"
"""The reason of a place that is outside because its application was refused."""
LOWERED = "lowered"
"""The reason of a place that holds less because less was granted than it held."""
WON = "won"
"""The reason of a place that holds more because an objection took what the round had left."""
DECIDED = (REFUSED, LOWERED, WON)
"""Reasons that say that a place is as somebody was decided on, and not for want of money."""


@dataclass(frozen=True, slots=True)
class Treated:
    """An application that has a place. `gone`: it was withdrawn; `fixed`: a decision rests on its place, so that stays."""

    id: int
    asked_cents: int
    kind: str
    place: Place
    gone: bool = False
    fixed: bool = False


def sets_free(place: Place, granted_cents: int | None) -> tuple[str, int]:
    """Say what a decision sets free of a place: why (nothing: it stays), and the cents that it keeps. None: it was refused.

    Example: a place of 900 and 700 granted: ("lowered", 700).
    """
    if place.outcome != "inside":
        return "", 0
    if granted_cents is None:
        return REFUSED, 0
    return (LOWERED, granted_cents) if granted_cents < place.cents else ("", 0)


def standing(rules: PotRules, inside: Mapping[str, Spent]) -> Pot:
    """Give the pot as those who are inside leave it, from what each kind of applicant has in cents and in number.

    Which part each took from follows from the sums: what is set apart for a kind first, then the rest. Raises ValueError
    where that is above the ceiling: then the places were not given by these rules.
    """
    spent, rest_cents, rest_number = {}, 0, 0
    for kind, told in inside.items():
        part = rules.apart.get(kind, Ceiling(0, 0))
        cents, number = min(told.cents, part.cents or 0), min(told.number, part.number or 0)
        if kind in rules.apart:
            spent[kind] = Spent(cents, number)
        rest_cents, rest_number = rest_cents + told.cents - cents, rest_number + told.number - number
    pot = Pot(rules, spent | {REST: Spent(rest_cents, rest_number)})
    try:
        pot.left(REST)
    except ValueError as error:
        raise ValueError(f"who is inside does not fit in the ceiling: {error}") from error
    return pot


def is_over(pot: Pot) -> bool:
    """Say whether nobody who comes after can get anything, whatever they ask: every part is closed."""
    return all(pot.spent.get(part, Spent()).missed for part in (REST, *pot.rules.apart))


def most_that_fits(pot: Pot) -> int | None:
    """Give the most cents that somebody who is outside can ask and still change anything; None for no most.

    Only where a round goes on with smaller ones: else the first that does not fit closes what it came for.
    """
    left = [pot.left(part).cents for part in (REST, *pot.rules.apart)]
    known = [one for one in left if one is not None]
    most = sum(known)
    open_ended = not pot.rules.goes_on or pot.left(REST).cents is None or (pot.rules.partly and most)
    return None if open_ended else most


def ask_again(pot: Pot, one: Treated) -> tuple[Pot, Place]:
    """Give who has a place the one that they get now, and the pot after it; in the order of treatment, one after another.

    Example: 100 for asks of 60, 30 and 40 gives the third nothing. The first withdraws: the third comes in, 70 is spent.
    """
    if one.place.outcome != "inside":
        return give(pot, one.asked_cents, one.kind)
    pot, more = top_up(pot, one.asked_cents - one.place.cents, one.kind)
    return pot, Place("inside", one.place.cents + more)
