"""Does the ledger hold for one round? The invariants of `check_ledger` that can be asked of a round, of its postings alone.

Quicker than the whole check, and it tells nobody of the rounds of other bodies. Reads only; each question is one statement.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from doorleren.payments.balances import round_standing
from doorleren.payments.checking import Break
from doorleren.payments.invariants import CASE, ROUND_WITH_CEILING, broken
from doorleren.payments.standings import Standing

MOST_BREAKS = 100

_TRANSACTIONS = """
SELECT t.id, t.subject_kind, t.subject_id, t.lines, count(*), sum(p.cents)::bigint,
    count(*) FILTER (WHERE a.round_id IS DISTINCT FROM %s)
FROM payments_transaction t
JOIN payments_posting p ON p.transaction_id = t.id JOIN payments_account a ON a.id = p.account_id
WHERE t.id IN (SELECT q.transaction_id FROM payments_posting q JOIN payments_account b ON b.id = q.account_id
               WHERE b.round_id = %s)
GROUP BY t.id HAVING count(*) <> t.lines OR sum(p.cents) <> 0 OR bool_or(a.round_id IS DISTINCT FROM %s) ORDER BY t.id
"""
_CASES = """
SELECT t.subject_kind, t.subject_id, a.kind, sum(p.cents)::bigint
FROM payments_account a JOIN payments_posting p ON p.account_id = a.id JOIN payments_transaction t ON t.id = p.transaction_id
WHERE a.round_id = %s GROUP BY t.subject_kind, t.subject_id, a.kind ORDER BY t.subject_kind, t.subject_id
"""
_PAID = """
SELECT coalesce(sum(l.cents) FILTER (WHERE e.event = 'confirmed'), 0)
         - coalesce(sum(l.cents) FILTER (WHERE e.event = 'returned'), 0),
       coalesce(sum(l.cents) FILTER (WHERE e.event = 'ordered'), 0)
         - coalesce(sum(l.cents) FILTER (WHERE e.event IN ('confirmed', 'failed')), 0)
FROM payments_paymentline l JOIN payments_paymentevent e ON e.line_id = l.id
WHERE l.round_id = %s
"""


@dataclass(frozen=True, slots=True)
class RoundChecked:
    """What the check of a round found: how many subjects (cases, and the round itself) it looked at, and where it breaks."""

    subjects: int
    breaks: tuple[Break, ...]

    @property
    def holds(self) -> bool:
        """Say whether nothing is broken."""
        return not self.breaks


def check_round(round_: int) -> RoundChecked:
    """Look through the ledger of a round; of the breaks at most MOST_BREAKS are given."""
    cases = dict(_cases(round_))
    found = [*_transactions(round_), *_subjects(cases), *_round(round_, limited=("round", str(round_)) in cases)]
    return RoundChecked(len(cases), tuple(found[:MOST_BREAKS]))


def _transactions(round_: int) -> Iterator[Break]:
    for number, _kind, _id, lines, there, cents, elsewhere in _rows(_TRANSACTIONS, round_, round_, round_):
        where = f"transaction {number}"
        if cents:
            yield Break("transaction_zero", where, "each transaction adds up to zero")
        if there != lines:
            yield Break("transaction_whole", where, "each transaction has as many lines as it says")
        if elsewhere:
            yield Break("one_place", where, "a subject stays within one body and one round")


def _subjects(cases: Mapping[tuple[str, str], Standing]) -> Iterator[Break]:
    for (kind, number), standing in cases.items():
        yield from (Break(one.name, f"{kind} {number}", one.says) for one in broken(standing, CASE))


def _round(round_: int, *, limited: bool) -> Iterator[Break]:
    """Hold the whole round: within its ceiling, and paid what the bank answered on the lines of payment runs."""
    standing = round_standing(round_)
    if limited:
        yield from (Break(one.name, f"round {round_}", one.says) for one in broken(standing, ROUND_WITH_CEILING))
    ((paid, underway),) = _rows(_PAID, round_)
    if paid != standing.amount("paid"):
        yield Break(
            "paid_as_answered", f"round {round_}", "what is paid is what the bank confirmed, less what came back"
        )
    if underway != standing.amount("in_transit"):
        yield Break(
            "underway_as_ordered", f"round {round_}", "what is under way is what was ordered and not answered yet"
        )


def _cases(round_: int) -> Iterator[tuple[tuple[str, str], Standing]]:
    sums: dict[tuple[str, str], dict[str, int]] = {}
    for kind, number, account, cents in _rows(_CASES, round_):
        sums.setdefault((kind, number), {})[account] = int(cents)
    return ((subject, Standing(one)) for subject, one in sums.items())


def _rows(sql: str, *given: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return list(cursor.fetchall())
