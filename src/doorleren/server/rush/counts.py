"""What became of everybody in a rush: counted from the answers that people wrote down, held against the database."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from doorleren.rounds.models import Ticket
from doorleren.rounds.queries import outcomes_now
from doorleren.rounds.receipts import BadReceipt, verify_receipt

CREATED = 201


@dataclass(frozen=True, slots=True)
class Counts:
    """The outcome of a rush; amounts in cents, times in milliseconds. `lost`: acknowledged without a row of that receipt.

    `doubled`: rows beyond one a person, and numbers that stand on two receipts.
    """

    submitted: int
    acknowledged: int
    granted: int
    refused: int
    waiting: int
    lost: int
    doubled: int
    ceiling: int
    granted_sum: int
    p50: float
    p99: float
    p999: float
    wall_seconds: float


def counted(round_: int, answers: Sequence[Path], public: bytes, ceiling: int, wall_seconds: float) -> Counts:
    """Count. A receipt that does not verify counts as lost."""
    rows = dict(Ticket.objects.filter(round=round_).values_list("key", "id"))
    first = round_ << 32
    told = [line.split(b" ", 2) for path in answers for line in path.read_bytes().splitlines()]
    receipts = [body for _, status, body in told if int(status) == CREATED]
    numbers: Counter[int] = Counter()
    lost = 0
    for body in receipts:
        try:
            one = verify_receipt(json.loads(body), public)
        except (BadReceipt, ValueError):
            lost += 1
            continue
        numbers[one.number] += 1
        lost += rows.get(one.key) != first + one.number
    outcomes, granted_sum = outcomes_now(round_)
    times = sorted(float(milliseconds) for milliseconds, *_ in told)
    return Counts(
        submitted=len(told), acknowledged=len(receipts), granted=outcomes["inside"], refused=outcomes["outside"],
        waiting=outcomes["waiting"] + len(rows) - sum(outcomes.values()), lost=lost,
        doubled=sum(times - 1 for times in numbers.values()) + len(rows) - _persons(round_),
        ceiling=ceiling,
        granted_sum=granted_sum,
        p50=_percentile(times, 0.5), p99=_percentile(times, 0.99), p999=_percentile(times, 0.999),
        wall_seconds=wall_seconds,
    )  # fmt: skip


def _persons(round_: int) -> int:
    return Ticket.objects.filter(round=round_).values("person").distinct().count()


def _percentile(times: Sequence[float], share: float) -> float:
    return times[min(len(times) - 1, int(len(times) * share))] if times else 0.0
