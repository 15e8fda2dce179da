"""The allocator: a process of its own that gives tickets their places. It can be killed at any moment and go on.

`python -m doorleren.server.allocator ROUND` follows one round until its gate is shut and everybody has a place. An
order that a draw settles waits for the gate to shut and for the seed. Called by `rush`, which starts it beside the intake.
"""

import sys
import time
from typing import TYPE_CHECKING

from doorleren.server.children import follow_parent
from doorleren.server.clock import now

if TYPE_CHECKING:
    from doorleren.rounds.models import Round

LOOK_SECONDS = 0.05


def follow(round_: int) -> None:
    """Give places in a round until it is over. Django is loaded."""
    from doorleren.rounds.commands.allocate import allocate
    from doorleren.rounds.commands.fill_freed import fill_freed
    from doorleren.rounds.models import Gate, Round
    from doorleren.rounds.queries import in_turn

    row = Round.objects.get(pk=round_)
    if not in_turn(row):
        return _treat_all(row)
    while True:
        shut = Gate.objects.get(pk=round_).closed_at is not None
        while allocate(round_, at=now()) or fill_freed(round_, at=now()):
            pass
        if shut:
            return None
        time.sleep(LOOK_SECONDS)


def _treat_all(row: "Round") -> None:
    """Wait until the gate is shut and the seed is there, then treat everybody in the order that follows."""
    from doorleren.rounds.commands.fill_freed import fill_freed
    from doorleren.rounds.commands.treat_all import treat_all
    from doorleren.rounds.models import Allocation, Gate

    while Gate.objects.get(pk=row.pk).closed_at is None or not Allocation.objects.get(pk=row.pk).seed:
        time.sleep(LOOK_SECONDS)
    treat_all(row, Allocation.objects.get(pk=row.pk).seed, now=now)
    fill_freed(row.pk, at=now())


def main() -> int:
    """Follow the round whose number is given."""
    from doorleren.server import site

    follow_parent()
    site.open_site()
    follow(int(sys.argv[1]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
