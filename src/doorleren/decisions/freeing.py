"""What a list of decisions sets free of the places that they rest on, and whom on the list that may come to. Pure.

What is free goes to who comes next in the order (rounds/commands/fill_freed.py), so who sets something free is decided on first.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from doorleren.decisions.models import GIVING
from doorleren.rounds.freed import sets_free
from doorleren.rounds.pot import Outcome, Place


@dataclass(frozen=True, slots=True)
class OnList:
    """A case on a list: what it becomes and for how many cents, the cents asked, and its place now."""

    kind: str
    cents: int
    asked_cents: int
    outcome: Outcome
    place_cents: int

    @property
    def frees(self) -> bool:
        """Say whether deciding so sets something free of its place: money, or a place where those are counted."""
        return bool(sets_free(self._place, self._granted)[0])

    @property
    def freed_cents(self) -> int:
        """Give the cents that deciding so sets free."""
        why, keeps = sets_free(self._place, self._granted)
        return self.place_cents - keeps if why else 0

    @property
    def may_gain(self) -> bool:
        """Say whether something that comes free may come to it: it is not inside, or not with all that was asked."""
        return self.outcome != "inside" or self.place_cents < self.asked_cents

    @property
    def _place(self) -> Place:
        return Place(self.outcome, self.place_cents)

    @property
    def _granted(self) -> int | None:
        return self.cents if self.kind in GIVING else None


@dataclass(frozen=True, slots=True)
class Frees:
    """What a list sets free: cents, of how many cases, and how many on the list it may come to."""

    cents: int = 0
    cases: int = 0
    may_gain: int = 0


NOTHING = Frees()


def freed_by(listed: Iterable[OnList]) -> Frees:
    """Add up what a list sets free. Example: a place of 900 refused and one of 500 of which 400 is granted: 1,000 of two cases."""
    some = list(listed)
    freeing = [one for one in some if one.frees]
    gaining = sum(one.may_gain and not one.frees for one in some) if freeing else 0
    return Frees(sum(one.freed_cents for one in freeing), len(freeing), gaining)
