"""When a round is expected to run out: from the pace of the last hour, with how unsure that is. Pure.

The number of tickets in a window is taken as a Poisson count. With Jeffreys' prior the rate is a gamma of shape
tickets + 1/2 over the window; the time in which the tickets that still fit come in is, over the window, the ratio of a
gamma of that many and the rate: a beta prime. Its 10th, 50th and 90th percentile are what is told. What it does not know: that
the pace changes (it does, by day and night), and that amounts differ; the mean of what was reserved stands for them.
"""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

FEWEST = 10
"""Tickets in the window below which nothing is told: the interval would span more than a factor of three."""

SHORTEST_SECONDS = 10.0
LOW, MIDDLE, HIGH = 0.1, 0.5, 0.9
FURTHEST = timedelta(days=3650)
STEPS = 45
TINY = 1e-300


@dataclass(frozen=True, slots=True)
class Forecast:
    """The moment at which a round is as likely as not to have run out, and those between which it is in 80 of 100 cases."""

    expected: datetime
    earliest: datetime
    latest: datetime


def forecast(*, at: datetime, tickets: int, window_seconds: float, needed: int) -> Forecast | None:
    """Say when `needed` more tickets will be in, after `tickets` in the window before `at`; None: nobody can tell.

    Example: 100 in the last hour and 50 to go: about half an hour, in 80 of 100 cases between 24 and 37 minutes.
    """
    if tickets < FEWEST or window_seconds < SHORTEST_SECONDS:
        return None
    if needed <= 0:
        return Forecast(at, at, at)
    low, middle, high = (window_seconds * _beta_prime(share, needed, tickets + 0.5) for share in (LOW, MIDDLE, HIGH))
    if high > FURTHEST.total_seconds():
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


def _beta_prime(share: float, many: float, shape: float) -> float:
    """Give the value below which a beta prime lies with this probability, by halving."""
    low, high = 0.0, 1.0
    for _ in range(STEPS):
        middle = (low + high) / 2
        if _beta_below(middle, many, shape) < share:
            low = middle
        else:
            high = middle
    return low / max(1 - low, TINY)


def _beta_below(x: float, a: float, b: float) -> float:
    """Give the regularised incomplete beta function, by its continued fraction (Lentz; Numerical Recipes 6.4)."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - _beta_below(1 - x, b, a)
    front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    return math.exp(front) * _fraction(x, a, b) / a


def _fraction(x: float, a: float, b: float) -> float:
    c, d = 1.0, 1 / _away_from_zero(1 - (a + b) * x / (a + 1))
    found = d
    for m in range(1, 20 + int(10 * math.sqrt(max(a, b)))):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / _away_from_zero(1 + term * d)
            c = _away_from_zero(1 + term / c)
            found *= d * c
        if abs(d * c - 1) < 1e-12:
            break
    return found


def _away_from_zero(value: float) -> float:
    return value if abs(value) > TINY else TINY
