"""Treating everybody in a round at once, in the order that a draw settled: all who have no place yet.

For rounds whose order is not that of arrival, and for those where the day counts, once a draw was needed (place_day).
"""

from collections.abc import Callable
from datetime import datetime

from doorleren.rounds.commands.allocate import allocate
from doorleren.rounds.commands.divide_pot import divide_pot
from doorleren.rounds.commands.fill_freed import fill_freed
from doorleren.rounds.completing import joining
from doorleren.rounds.models import Round
from doorleren.rounds.queries import announced_for, days_counted, order_of_treatment


def treat_all(
    row: Round, seed: str, *, now: Callable[[], datetime], stopped: Callable[[], bool] = lambda: False
) -> bool:
    """Give everybody who came in a place or a share; say whether it was done to the end.

    `stopped` is asked between two steps; what was given by then stands, and the next call goes on from there. Raises
    ValueError for a ranking: there the order follows from the scores of a committee, which are not known here.
    """
    if row.order == "ranking":
        raise ValueError(f"order: round {row.pk} ranks, its order follows from scores and not from the draw alone")
    fill_freed(row.pk, at=now())  # the places of who is incomplete are taken back before
    again = joining(row, now())
    order = order_of_treatment(row, seed, again)
    if row.order == "pro_rata":
        divide_pot(row.pk, order=order, at=now())
        return True
    days = days_counted(row) if announced_for(row).per_day else None
    while allocate(row.pk, at=now(), order=order, days=days):
        if stopped():
            return False
        if again:  # who came in anew took no position
            again = joining(row, now())
            order = order_of_treatment(row, seed, again)
    return True
