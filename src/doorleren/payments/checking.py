"""Does the ledger hold? Every invariant, asked of the postings themselves, with the figures of each round.

Called by `doorleren ledger check`. What is true of each transaction is asked in SQL, what is true of a case or round of
its sums (invariants.py). Nothing that a constraint or trigger promises is taken for granted: this is the second look.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from doorleren.audit.one_moment import one_moment
from doorleren.payments.balances import Money, money
from doorleren.payments.checking_advances import ADVANCES
from doorleren.payments.checking_debts import DEBTS
from doorleren.payments.checking_loans import LOANS
from doorleren.payments.checking_runs import FOLLOWING, RUNS, Asked
from doorleren.payments.invariants import CASE, ROUND_WITH_CEILING, Invariant, broken
from doorleren.payments.standings import Standing

AT_ONCE = 5_000
MOST_BREAKS = 20
"""Of each invariant so many breaks are named; all are counted."""


TRANSACTIONS = (
    Asked("total_zero", "all postings together add up to zero", """
        SELECT 'ledger' FROM payments_posting HAVING sum(cents) <> 0"""),
    Asked("transaction_zero", "each transaction adds up to zero", """
        SELECT 'transaction ' || transaction_id FROM payments_posting
        GROUP BY transaction_id HAVING sum(cents) <> 0 ORDER BY transaction_id"""),
    Asked("transaction_whole", "each transaction has as many lines as it says, two or more, and no line is without one", """
        SELECT 'transaction ' || coalesce(t.id, p.transaction_id)
        FROM payments_transaction t
        FULL JOIN (SELECT transaction_id, count(*) AS found, min(line) AS first, max(line) AS last, min(lines) AS least,
                   max(lines) AS most FROM payments_posting GROUP BY transaction_id) p ON p.transaction_id = t.id
        WHERE t.id IS NULL OR p.transaction_id IS NULL OR p.found < 2 OR p.found <> t.lines OR p.first <> 1
            OR p.last <> t.lines OR p.least <> t.lines OR p.most <> t.lines
        ORDER BY coalesce(t.id, p.transaction_id)"""),
    Asked("posting_not_zero", "no line is about nothing", """
        SELECT 'transaction ' || transaction_id FROM payments_posting WHERE cents = 0 ORDER BY transaction_id"""),
    Asked("posted_once", "no event is posted twice", """
        SELECT 'key ' || key FROM payments_transaction GROUP BY key HAVING count(*) > 1 ORDER BY min(id)"""),
    Asked("turns_whole", "the transactions of a subject count from 1 without a gap: none is lost, none is double", """
        SELECT subject_kind || ' ' || subject_id FROM payments_transaction GROUP BY subject_kind, subject_id
        HAVING min(turn) <> 1 OR max(turn) <> count(*) OR count(DISTINCT turn) <> count(*) ORDER BY min(id)"""),
    Asked("one_place", "a subject stays within one body and one round", """
        SELECT t.subject_kind || ' ' || t.subject_id FROM payments_transaction t
        JOIN payments_posting p ON p.transaction_id = t.id LEFT JOIN payments_account a ON a.id = p.account_id
        GROUP BY t.subject_kind, t.subject_id
        HAVING count(DISTINCT (a.body_id, a.round_id)) <> 1 OR count(*) <> count(a.id) ORDER BY min(t.id)"""),
    Asked("payee_two_people", "an account of a payee was set by two people, and is in use 48 hours later at the earliest", """
        SELECT 'payee_account ' || id FROM payments_payeeaccount WHERE confirmed_by_id = proposed_by_id
            OR (effective_at IS NOT NULL AND (confirmed_at IS NULL OR effective_at < confirmed_at + interval '48 hours'))
        ORDER BY id"""),
)  # fmt: skip
"""The order is that in which breaks are told."""

_SUMS = """
SELECT {by}, a.kind, sum(p.cents) FROM payments_posting p JOIN payments_account a ON a.id = p.account_id
JOIN payments_transaction t ON t.id = p.transaction_id GROUP BY {by}, a.kind ORDER BY {by}
"""
_ROUNDS = """
SELECT r.id, v.scheme, r.code, b.code FROM rounds_round r JOIN schemes_publishedversion v ON v.id = r.version_id
JOIN people_body b ON b.id = r.body_id
"""
_CEILINGS = """
SELECT DISTINCT a.round_id FROM payments_transaction t JOIN payments_posting p ON p.transaction_id = t.id
JOIN payments_account a ON a.id = p.account_id WHERE t.act = 'set_ceiling'
"""


@dataclass(frozen=True, slots=True)
class Break:
    """Where an invariant does not hold: its name, where, and what it says."""

    invariant: str
    where: str
    says: str


@dataclass(frozen=True, slots=True)
class RoundMoney:
    """The figures of a round; `round` is None for what belongs to none, `body` is who executes it (empty there)."""

    round: int | None
    scheme: str
    code: str
    body: str
    money: Money


@dataclass(frozen=True, slots=True)
class Checked:
    """What the check found: how much it looked at, the figures of each round, and the breaks, counted by invariant."""

    transactions: int
    postings: int
    rounds: tuple[RoundMoney, ...]
    breaks: tuple[Break, ...]
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Say whether nothing is broken."""
        return not self.breaks


class _Found:
    """Breaks as they are found: the first of each invariant, and how many there are."""

    def __init__(self) -> None:
        self.breaks: list[Break] = []
        self.counts: dict[str, int] = {}

    def add(self, name: str, says: str, where: str) -> None:
        self.counts[name] = self.counts.get(name, 0) + 1
        if self.counts[name] <= MOST_BREAKS:
            self.breaks.append(Break(name, where, says))


def check_ledger() -> Checked:
    """Look through the whole ledger, at one moment, and say whether every invariant holds."""
    found = _Found()
    with one_moment():
        for asked in (*TRANSACTIONS, *FOLLOWING, *ADVANCES, *RUNS, *DEBTS, *LOANS):
            for (where,) in _rows(asked.breaks):
                found.add(asked.name, asked.says, where)
        for subject, standing in _standings("t.subject_kind, t.subject_id", 2):
            _hold(found, CASE, standing, f"{subject[0]} {subject[1]}")
        rounds = tuple(_rounds(found))
        ((transactions, postings),) = _rows(
            "SELECT (SELECT count(*) FROM payments_transaction), (SELECT count(*) FROM payments_posting)"
        )
    return Checked(transactions, postings, rounds, tuple(found.breaks), found.counts)


def _rounds(found: _Found) -> Iterator[RoundMoney]:
    """Give the figures of each round, and hold its invariants against them."""
    named = {number: rest for number, *rest in _rows(_ROUNDS)}
    ceilings = {number for (number,) in _rows(_CEILINGS)}
    for (number,), standing in _standings("a.round_id", 1):
        scheme, code, body = named.get(number, ("", "", ""))
        if number in ceilings:
            _hold(found, ROUND_WITH_CEILING, standing, f"round {number}")
        yield RoundMoney(number, scheme, code, body, money(standing, has_ceiling=number in ceilings))


def _hold(found: _Found, invariants: tuple[Invariant, ...], standing: Standing, where: str) -> None:
    for one in broken(standing, invariants):
        found.add(one.name, one.says, where)


def _standings(by: str, width: int) -> Iterator[tuple[tuple[Any, ...], Standing]]:
    """Give the sums per kind of account of everything that `by` names, one after the other."""
    last: tuple[Any, ...] | None = None
    sums: dict[str, int] = {}
    for row in _rows(_SUMS.format(by=by)):
        if row[:width] != last:
            if last is not None:
                yield last, Standing(sums)
            last, sums = row[:width], {}
        sums[row[width]] = int(row[width + 1])
    if last is not None:
        yield last, Standing(sums)


def _rows(sql: str) -> Iterator[tuple[Any, ...]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql)
        while rows := cursor.fetchmany(AT_ONCE):
            yield from rows
