"""How a case, a round or a body stands: the sum of its postings per kind of account. A value; nothing is looked up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from doorleren.payments.accounts import GRANTED, KINDS

_NOTHING: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a transaction: cents on an account of a kind, debit above zero and credit below."""

    kind: str
    cents: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Sums of postings in cents, per kind of account; a kind that is not there is 0."""

    sums: Mapping[str, int] = field(default_factory=lambda: _NOTHING)

    def amount(self, kind: str) -> int:
        """Give what stands on a kind of account, on its own side: 0 or more unless something is wrong."""
        return self.sums.get(kind, 0) * KINDS[kind].side

    def total(self, kinds: Iterable[str]) -> int:
        """Give the sum of several kinds as it is posted: debit above zero."""
        return sum(self.sums.get(kind, 0) for kind in kinds)

    @property
    def granted(self) -> int:
        """Give all that was ever granted, in cents, also what was released of it."""
        return self.total(GRANTED)

    @property
    def lent(self) -> int:
        """Give all that was lent, in cents: what is outstanding, was repaid or was remitted, without the interest in them."""
        return self.amount("loan") + self.amount("repaid") + self.amount("remitted") - self.amount("loan_interest")

    @property
    def loan_to_settle(self) -> int:
        """Give what was lent of a grant that is not settled yet; what was settled and is no expense was a loan."""
        return self.lent - (self.amount("settled") - self.amount("expense"))

    def after(self, lines: Iterable[Line]) -> "Standing":
        """Give how it stands after some lines."""
        sums = dict(self.sums)
        for line in lines:
            sums[line.kind] = sums.get(line.kind, 0) + line.cents
        return Standing(MappingProxyType(sums))


NEW = Standing()
"""A case or round that nothing has been posted for."""
