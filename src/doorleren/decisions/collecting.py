"""Reads of a recovery that is being collected: its plan of instalments, what was charged, its interest, until when it can be collected.

What was paid comes from the ledger, which stands above this package: whoever asks gives it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from doorleren.cases.frameworks import law_of_terms
from doorleren.decisions.debts import (
    Instalment,
    Moved,
    Paid,
    Stretch,
    interest,
    off_the_principal,
    overdue,
    schedule,
    standing,
)
from doorleren.decisions.law_of_debts import law_of_debts
from doorleren.decisions.models import Recovery, RecoveryStep
from doorleren.decisions.refusing import refused

INTERRUPTS = ("reminded", "set_off", "writ")
"""What begins the limitation of a claim anew (Awb 4:106)."""


@dataclass(frozen=True, slots=True)
class Debt:
    """A recovery with the steps after it, in order, and what came in from the debtor by the bank, by day."""

    recovery: Recovery
    steps: tuple[RecoveryStep, ...]
    received: tuple[Moved, ...] = ()

    @property
    def charged(self) -> tuple[Moved, ...]:
        """Give fees and interest that were fixed, by the day of their act; those before an objection that was upheld fell with it."""
        lifted = self._of("lifted")
        rows = [
            (one, one.fee_cents if one.step == "reminded" else one.cents)
            for one in self._of("reminded", "interest")
            if not lifted or one.act.number > lifted[-1].act.number
        ]
        return tuple(Moved(one.act.happened_on, cents) for one, cents in rows if cents)

    @property
    def off(self) -> tuple[Moved, ...]:
        """Give what came off the amount that had to be paid back, by day."""
        paid = (*self.received, *(Moved(one.act.happened_on, one.cents) for one in self._of("set_off")))
        waived = (Moved(one.act.happened_on, one.cents) for one in self._of("waived"))
        never = (Moved(self.recovery.act.happened_on, one.cents) for one in self._of("lifted"))
        return off_the_principal(self.charged, paid, (*waived, *never))

    @property
    def lifted(self) -> int:
        """Give what fell away by an objection: it was never owed."""
        return sum(one.cents for one in self._of("lifted"))

    @property
    def stands(self) -> int:
        """Give what an objection can still take away: the recovery without what was given up or fell away."""
        return self.recovery.cents - sum(one.cents for one in self._of("waived", "lifted"))

    @property
    def left(self) -> int:
        """Give the cents of the recovery itself that are still open, without fees and interest."""
        return max(0, self.recovery.cents - sum(one.cents for one in self.off))

    @property
    def open(self) -> int:
        """Give all that is still open: the recovery, fees and interest that were fixed. Below nothing is nothing."""
        paid = sum(one.cents for one in self.received)
        less = sum(one.cents for one in self._of("set_off", "waived", "lifted"))
        return max(0, self.recovery.cents + sum(one.cents for one in self.charged) - paid - less)

    @property
    def deferral(self) -> RecoveryStep | None:
        """Give the last deferral; None where what was decided first still holds."""
        return next(reversed(self._of("deferred")), None)

    @property
    def instalments(self) -> tuple[Instalment, ...]:
        """Give the parts in which it must be paid now."""
        later = self.deferral
        if later is None or later.pay_by is None or later.instalments is None:
            return self._first_plan()
        return schedule(later.cents, later.instalments, later.pay_by)

    def standing(self, today: date) -> tuple[Paid, ...]:
        """Say how each instalment stands."""
        return standing(self.instalments, sum(one.cents for one in self._off_the_plan()), today)

    def overdue(self, today: date) -> int:
        """Give what should have been paid before today and was not, with the fees and interest whose time is over too."""
        return overdue(self.instalments, self._off_the_plan(), today)

    def interest(self, until: date) -> tuple[Stretch, ...]:
        """Count the interest that was not fixed yet, up to and including a day. Over a deferral too, unless it is free of interest."""
        fixed = max((one.counted_until for one in self._of("interest") if one.counted_until), default=None)
        since, law, later = None if fixed is None else fixed + timedelta(days=1), law_of_debts(), self.deferral
        if later is None or not later.interest_free:
            return interest(self._first_plan(), self.off, law, until=until, since=since)
        changed = later.act.happened_on
        before = interest(self._first_plan(), self.off, law, until=min(until, changed), since=since)
        return before + interest(self.instalments, self._off_the_plan(), law, until=until, since=since)

    def barred_after(self) -> date:
        """Give the last day on which it can still be collected (Awb 4:104, 4:106)."""
        days = [self.instalments[-1].day, *(one.act.happened_on for one in self._of(*INTERRUPTS))]
        return law_of_terms().reckon("limitation", max(days)).last

    def _first_plan(self) -> tuple[Instalment, ...]:
        return schedule(self.recovery.cents, self.recovery.instalments, self.recovery.pay_by)

    def _off_the_plan(self) -> tuple[Moved, ...]:
        """Give what came off the plan that holds now: what came off before a deferral is no part of it any more."""
        skip, found = self.recovery.cents - sum(one.cents for one in self.instalments), []
        for one in self.off:
            first = min(skip, one.cents)
            skip -= first
            if one.cents > first:
                found.append(replace(one, cents=one.cents - first))
        return tuple(found)

    def _of(self, *steps: str) -> tuple[RecoveryStep, ...]:
        return tuple(one for one in self.steps if one.step in steps)


def debt_of(case: int, received: Sequence[Moved] = ()) -> Debt:
    """Give the last recovery of a case with what was received on it. Raises DecisionRefused where there is none."""
    found = Recovery.objects.filter(case=case).order_by("-number").first()
    if found is None:
        raise refused("no_recovery", "Er is geen terugvordering.", "There is no recovery.")
    steps = RecoveryStep.objects.select_related("act", "against").filter(recovery=found).order_by("act__number")
    return Debt(found, tuple(steps), tuple(received))
