"""The pot of a round as it stood when a decision was taken: kept on the decision, so that a late win is judged by it (Awb 4:25(3))."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from doorleren.decisions.matters import Matter
from doorleren.decisions.models import GIVING, Decision
from doorleren.rounds.commands.fix_place import fix_places, place_to_fix, place_to_give_back
from doorleren.rounds.freed import INCOMPLETE, sets_free
from doorleren.rounds.models import Place, Round
from doorleren.rounds.pot import Outcome
from doorleren.rounds.pot import Place as Given
from doorleren.rounds.queries import PlaceNow, pot_of


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A place and its pot: outcome, cents and position; the ceiling of the round, and what first decisions had granted before."""

    outcome: Outcome
    cents: int
    position: int
    ceiling_cents: int | None
    ceiling_number: int | None
    granted_cents: int
    granted_number: int


def at_hand(matter: Matter, *, refuses: bool = False) -> Snapshot:
    """Lock the place of an application, to be fixed once the decision (`refuses`) was made; give it and the pot around it.

    That locks the allocation of the round until the commit, so no other decision of it comes in between. Raises RoundRefused.
    """
    return _around(matter, place_to_fix(matter.ticket.pk, refuses=refuses))


def fix(decided: Mapping[int, tuple[Snapshot, int | None]], *, at: datetime) -> None:
    """Fix the places of tickets with what was decided on them: the cents of a grant, None for a refusal.

    What is not granted of a place goes on to who comes next (rounds/commands/fill_freed.py).
    """
    fix_places({ticket: freed_by(place, cents) for ticket, (place, cents) in decided.items()}, at=at)


def freed_by(place: Snapshot, granted_cents: int | None) -> tuple[str, int]:
    """Say what a decision sets free of a place, and what that keeps (rounds/freed.py)."""
    return sets_free(Given(place.outcome, place.cents), granted_cents)


def before_left_out(matter: Matter) -> Snapshot:
    """Lock the place of an application that is to be left out; give the one that it had, and the pot around it. Raises RoundRefused."""
    return _around(matter, place_to_give_back(matter.ticket.pk))


def outcome_at(place: PlaceNow) -> Outcome:
    """Give the outcome of a place. Who is incomplete has none yet, and so does not stand outside for want of money."""
    return "waiting" if place.reason == INCOMPLETE else place.outcome


def _around(matter: Matter, place: PlaceNow) -> Snapshot:
    """Give a place and the pot around it; where it stands is 0 while there is none."""
    first = Place.objects.values_list("position", flat=True).filter(pk=matter.ticket.pk).first() or 0
    return RunningPot(matter.round).around(place, first if place.position is None else place.position)


class RunningPot:
    """The pot of a round while decisions are made in it by whoever has locked its allocation."""

    def __init__(self, round_: Round) -> None:
        """Read it as it is now."""
        self._ceiling = pot_of(round_).rules.ceiling
        self._cents, self._number = first_decisions(round_.pk)

    def around(self, place: PlaceNow, position: int) -> Snapshot:
        """Give the pot around a place."""
        return Snapshot(
            outcome_at(place),
            place.cents,
            position,
            self._ceiling.cents,
            self._ceiling.number,
            self._cents,
            self._number,
        )

    def decided(self, kind: str, cents: int) -> None:
        """Count a first decision."""
        self._cents, self._number = self._cents + cents, self._number + (kind in GIVING)


def first_decisions(round_: int) -> tuple[int, int]:
    """Give the cents and the number of what first decisions of a round granted so far: from the last one, which counted."""
    last = Decision.objects.filter(round=round_, replaces__isnull=True).order_by("-id").first()
    if last is None:
        return 0, 0
    return last.granted_before_cents + last.amount_cents, last.granted_before_number + (last.kind in GIVING)
