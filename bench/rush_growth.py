"""How giving places grows with the applications of a round: processor time of ours and of the database together.

Tickets are put down with COPY, in the form in which the intake enters them; places are given by the product's command.
"""

import math
import statistics
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from bench.measuring import Report
from bench.rush_site import open_round
from doorleren.server.rush.people import drafts

SLOPE = "<=1.05"
COLUMNS = "id, round_id, key, person, content, cents, kind, batch, arrived_at"
INSIDE_CENTS = 24_000
"""The ceiling per application: about four in ten fit."""


def grow(report: Report, sizes: Sequence[int], runs: int) -> None:
    """Give places in rounds of growing size, sizes in turns, and print the slope of log time over log number."""
    spent: dict[int, list[float]] = {size: [] for size in sizes}
    slopes = []
    for number in range(runs + 1):
        found = {size: _given(size, number) for size in sizes}
        if number:
            slopes.append(slope(sizes, [found[size] for size in sizes]))
            for size in sizes:
                spent[size].append(found[size])
    print()
    for size in sizes:
        report.runs(f"places_{size}_processor", spent[size], "s")
        report.figure(f"places_{size}_each", statistics.median(spent[size]) / size * 1_000_000, "µs of processor")
    for (small, times), (large, others) in pairwise(spent.items()):
        step = [math.log(more / less) / math.log(large / small) for less, more in zip(times, others, strict=True)]
        report.figure(f"places_slope_{small}_to_{large}", statistics.median(step), "")
    report.ratio(f"places_growth_slope_{sizes[0]}_to_{sizes[-1]}", statistics.median(slopes), SLOPE)


def slope(sizes: Sequence[int], times: Sequence[float]) -> float:
    """Give the slope of the line through log time over log number: 1 is in proportion."""
    across, up = [math.log(one) for one in sizes], [math.log(one) for one in times]
    return statistics.linear_regression(across, up).slope


def _given(size: int, seed: int) -> float:
    """Fill a round, close it, give everybody a place; give the seconds of processor that the places took."""
    from django.db import connection

    from doorleren.rounds.commands.allocate import allocate
    from doorleren.rounds.models import Place
    from doorleren.server.clock import now
    from doorleren.server.rush.rounds import shut_and_draw

    round_ = open_round(cents=size * INSIDE_CENTS)
    first, at = round_ << 32, now()
    with connection.cursor() as cursor, cursor.copy(f"COPY rounds_ticket ({COLUMNS}) FROM STDIN") as copy:
        for number, one in enumerate(drafts(round_, size, seed, 1), 1):
            told = (one.key, one.person, one.content, one.cents, one.kind)
            copy.write_row((first + number, round_, *told, first + 1, at))
    shut_and_draw(round_)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    before = time.process_time() + _seconds_of(backend)
    while allocate(round_, at=at):
        pass
    taken = time.process_time() + _seconds_of(backend) - before
    assert Place.objects.filter(ticket__round=round_).count() == size
    return taken


def _seconds_of(pid: int) -> float:
    """Give the seconds of processor that a process had, to a microsecond."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9
