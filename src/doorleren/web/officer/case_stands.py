"""What the records of a case leave to do on it, where its moments do not tell: by the ledger, its loan, its objections.

Several acts of a page ask the same; it is read once for all of them.
"""

from dataclasses import dataclass
from functools import cached_property

from doorleren.cases.models import Case
from doorleren.core.texts import Texts
from doorleren.decisions.loans import never_lower, not_repaid
from doorleren.decisions.room_to_uphold import RoomToUphold
from doorleren.decisions.settling import contested
from doorleren.payments.claims import nothing_claimed, nothing_undue


@dataclass(frozen=True)
class CaseStands:
    """How a case stands for the acts that are offered on it: per reason the sentence why not, or None."""

    case: Case

    @cached_property
    def nothing_undue(self) -> Texts | None:
        """Give the sentence why there is nothing to recover, by the ledger; None where there is."""
        return nothing_undue(self.case.pk)

    @cached_property
    def nothing_claimed(self) -> Texts | None:
        """Give the sentence why there is nothing to collect, by the ledger; None where a claim is open."""
        return nothing_claimed(self.case.pk)

    @cached_property
    def contested(self) -> Texts | None:
        """Give the sentence why an objection must be decided on first; None where none is about the grant."""
        return contested(self.case)

    @cached_property
    def upholding(self) -> RoomToUphold:
        """Give which ways of upholding an objection it leaves room for."""
        return RoomToUphold(self.case)

    @cached_property
    def never_lower(self) -> Texts | None:
        """Give the sentence why a loan is not settled lower; None where the case has none."""
        return never_lower(self.case)

    @cached_property
    def not_repaid(self) -> Texts | None:
        """Give the sentence why a loan is not settled yet; None where it was repaid, or the case has none."""
        return not_repaid(self.case)
