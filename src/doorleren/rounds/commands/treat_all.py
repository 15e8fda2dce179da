"""Treating everybody in a round at once, in the order that a draw settled. For rounds whose order is not that of arrival."""

from collections.abc import Callable
from datetime import datetime

from doorleren.rounds.commands.allocate import allocate
from doorleren.rounds.commands.divide_pot import divide_pot
from doorleren.rounds.models import Round
from doorleren.rounds.queries import order_of_treatment


def treat_all(
    row: Round, seed: str, *, now: Callable[[], datetime], stopped: Callable[[], bool] = lambda: False
) -> bool:
    """Give everybody who came in a place or a share; say whether it was done to the end.

    `stopped` is asked between two steps; what was given by then stands, and the next call goes on from there.
    """
    order = order_of_treatment(row, seed)
    if row.order == "pro_rata":
        divide_pot(row.pk, order=order, at=now())
        return True
    while allocate(row.pk, at=now(), order=order):
        if stopped():
            return False
    return True
