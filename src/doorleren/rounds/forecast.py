"""When a round is expected to run out: from what came in, with how unsure that is. Pure.

It looks back for as long as it looks ahead: over the shortest time until now in which as many tickets came in as still fit, or over
all of it. What came in since the beginning of that time is taken to grow as a power of the time, so that a rush that dies down
is one. The power follows from its two halves; how much the pace wavers from its disjoint parts. Both are drawn towards what is
usual the less there is to see, and between both nothing is surer than SURPRISE allows. The 10th, 50th and 90th percentile of the
moment are what is told; how often they hold: tests/rounds/test_forecast.py. What it does not know: amounts that differ (the mean
of what was reserved stands for them), and what nobody saw coming.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import NormalDist

FEWEST = 30
"""Tickets below which nothing is told."""

SHORTEST_SECONDS = 300.0
"""Seconds below which nothing is told: in the first minutes nobody knows yet how a rush goes on."""

LOW, MIDDLE, HIGH = 0.1, 0.5, 0.9
FURTHEST = timedelta(days=3650)
WIDEST = 30.0
"""Where the last moment is so many times as far away as the first, nothing is told either: that says nothing."""
CELLS = 8
"""Into so many parts of the same length the time that is looked back on is divided, if it was counted that often."""

USUAL_TREND, SURPRISE = 0.25, 0.15
"""How far a power lies from 1 beforehand, and how far it can be another one from now on, each as a standard deviation."""

USUAL_WAVER, WAVER_WEIGHT = 4.0, 2.0
"""How many times the variance of a steady pace there is beforehand, and for how many parts that counts."""

FLATTEST = 0.02
LONGEST_LOG = 60.0
NODES = tuple(NormalDist().inv_cdf((one + 0.5) / 25) for one in range(25))

Part = tuple[float, float]
"""Seconds, and the tickets that came in during them."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """The moment at which a round is as likely as not to have run out, and those between which it is in 80 of 100 cases."""

    expected: datetime
    earliest: datetime
    latest: datetime


def forecast(*, at: datetime, parts: Sequence[Part], needed: int) -> Forecast | None:
    """Say when `needed` more tickets will be in, after those of `parts` (oldest first) until `at`; None: too early to say.

    Example: 100 in the last hour, evenly, and 50 to go: about half an hour, in 80 of 100 cases between 20 and 52 minutes.
    """
    some = _looked_back_on(parts, needed)
    seconds, tickets = sum(one for one, _ in some), sum(many for _, many in some)
    if tickets < FEWEST or seconds < SHORTEST_SECONDS:
        return None
    if needed <= 0:
        return Forecast(at, at, at)
    power, spread, waver = _trend(_cells(some))
    share, unsure = needed / tickets, math.sqrt(waver * (1 / tickets + 1 / needed))
    logs = sorted(
        math.log1p(share * math.exp(unsure * count)) / max(FLATTEST, power + spread * turn)
        for turn in NODES
        for count in NODES
    )
    low, middle, high = (
        seconds * math.expm1(min(LONGEST_LOG, logs[int(one * len(logs))])) for one in (LOW, MIDDLE, HIGH)
    )
    if high > min(FURTHEST.total_seconds(), WIDEST * low):
        return None
    expected, earliest, latest = (at + timedelta(seconds=one) for one in (middle, low, high))
    return Forecast(expected, earliest, latest)


def still_fit(left_cents: int | None, left_number: int | None, mean_cents: int | None, waiting: int) -> int | None:
    """Say how many tickets still fit after those that wait for a place; None where there is no ceiling or no mean."""
    fits = []
    if left_number is not None:
        fits.append(left_number)
    if left_cents is not None:
        if not mean_cents:
            return None
        fits.append(left_cents // mean_cents)
    return max(0, min(fits) - waiting) if fits else None


def _looked_back_on(parts: Sequence[Part], needed: int) -> list[Part]:
    """Give the last parts in which as many came in as are needed, and enough to say anything."""
    found, seconds, tickets = list[Part](), 0.0, 0.0
    for one in reversed(parts):
        found.append(one)
        seconds, tickets = seconds + one[0], tickets + one[1]
        if tickets >= max(needed, FEWEST) and seconds >= SHORTEST_SECONDS:
            break
    return found[::-1]


def _cells(parts: Sequence[Part]) -> list[float]:
    """Give how many came in in each of some cells of the same length; a part that lies in two is divided by time."""
    number = min(CELLS, len(parts))
    length = sum(one for one, _ in parts) / number
    cells, begins = [0.0] * number, 0.0
    for seconds, many in parts:
        ends = begins + seconds
        for cell in range(number):
            within = min(ends, (cell + 1) * length) - max(begins, cell * length)
            if within > 0:
                cells[cell] += many * within / seconds
        begins = ends
    return cells


def _trend(cells: Sequence[float]) -> tuple[float, float, float]:
    """Give the power with which the count grows, its standard deviation, and how many times a steady pace's variance there is."""
    number, tickets, prior = len(cells), sum(cells), USUAL_TREND**2
    if number < 2:
        return 1.0, math.sqrt(prior + SURPRISE**2), USUAL_WAVER
    middle = cells[number // 2] / 2 if number % 2 else 0.0
    first = max(0.5, sum(cells[: number // 2]) + middle)
    last = max(0.5, tickets - first)
    seen = math.log2(1 + last / first)
    waver = _waver(cells, max(0.1, seen))
    slope = last / (first + last) / math.log(2)
    variance = slope * slope * waver * (1 / first + 1 / last)
    weight = prior / (prior + variance)
    return 1 + weight * (seen - 1), math.sqrt(weight * variance + SURPRISE**2), waver


def _waver(cells: Sequence[float], power: float) -> float:
    """Give how many times the variance of a steady pace the cells have around the growth by that power, at least once."""
    number, tickets = len(cells), sum(cells)
    expected = [tickets * (((one + 1) / number) ** power - (one / number) ** power) for one in range(number)]
    strayed: float = sum((many - mean) ** 2 / max(mean, 1e-9) for many, mean in zip(cells, expected, strict=True))
    free = max(0, number - 2)
    return max(1.0, (strayed + WAVER_WEIGHT * USUAL_WAVER) / (free + WAVER_WEIGHT))
