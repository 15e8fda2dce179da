"""What must always be true of the ledger's sums: of a case, and of a round. Pure; held by the events, asked by the check.

What must be true of each transaction and of the whole stands in checking.py, for it is asked in SQL.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from doorleren.payments.accounts import KINDS, USED, Half
from doorleren.payments.standings import Standing

HALVES: tuple[Half, ...] = ("commitments", "money")
OF_A_ROUND = frozenset({"ceiling", "available"})
"""Kinds that a case draws on: in a case alone they may stand on the other side."""
CLAIMED_BACK = (
    "undue",
    "kept",
    "recoverable",
    "received",
    "written_off",
    "interest",
    "costs",
    "set_off_received",
    "suspense",
)


@dataclass(frozen=True, slots=True)
class Invariant:
    """A name, what it says in words, and whether it holds."""

    name: str
    says: str
    holds: Callable[[Standing], bool]


def _halves(standing: Standing) -> bool:
    return all(not standing.total(one.code for one in KINDS.values() if one.half == half) for half in HALVES)


def _own_side(standing: Standing) -> bool:
    return all(standing.amount(kind) >= 0 for kind in KINDS if kind not in OF_A_ROUND)


def _advances(standing: Standing) -> bool:
    return standing.amount("advance") + standing.loan_to_settle <= standing.amount("obligation")


def _expense(standing: Standing) -> bool:
    return 0 <= standing.amount("settled") - standing.amount("expense") <= standing.lent


def _loan(standing: Standing) -> bool:
    return standing.loan_to_settle > 0 or not standing.amount("loan")


def _paid(standing: Standing) -> bool:
    left = standing.amount("paid") + standing.amount("in_transit") + standing.amount("set_off_paid")
    decided = standing.amount("obligation") + standing.amount("settled") + standing.amount("penalty")
    return left <= decided + standing.total(CLAIMED_BACK)


def _within_ceiling(standing: Standing) -> bool:
    return standing.total(USED) - standing.amount("above_ceiling") <= standing.amount("ceiling")


CASE = (
    Invariant("halves_zero", "commitments add up to zero, and so does money", _halves),
    Invariant("own_side", "no account stands on its other side: nothing reserved, owed, paid ... is below zero", _own_side),
    Invariant("advances_within_obligation", "advances and loans are at most the obligation, and none are left after settlement", _advances),
    Invariant("expense_is_settled", "the grant expense is what was settled, but for loans", _expense),
    Invariant("loan_is_repaid", "of a loan that was settled, or came down to nothing, nothing is outstanding", _loan),
    Invariant(
        "paid_on_a_decision", "what left for the bank is covered by an obligation, a settlement or a claim back", _paid
    ),
)  # fmt: skip

ROUND_WITH_CEILING = (
    Invariant(
        "within_ceiling", "first decisions and reservations stay within the ceiling; only an objection goes above it",
        _within_ceiling,
    ),
)  # fmt: skip


def broken(standing: Standing, invariants: tuple[Invariant, ...] = CASE) -> Iterator[Invariant]:
    """Give the invariants that do not hold, in their order."""
    return (one for one in invariants if not one.holds(standing))
