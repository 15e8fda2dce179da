"""Reads of a recovery that is being collected: its plan of instalments, what was charged, its interest, until when it can be collected.

What was paid comes from the ledger, which stands above this package: whoever asks gives it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from doorleren.cases.frameworks import law_of_terms
from doorleren.cases.given_days import GivenDay, given_by, sent_on
from doorleren.cases.models import CaseAct
from doorleren.cases.queries import acts_of
from doorleren.decisions.debts import (
    Happening,
    Instalment,
    Moved,
    Paid,
    Stretch,
    interest,
    off_the_principal,
    overdue,
    schedule,
    standing,
    still_open,
    without,
)
from doorleren.decisions.law_of_debts import law_of_debts
from doorleren.decisions.models import Recovery, RecoveryStep
from doorleren.decisions.refusing import refused

INTERRUPTS = ("reminded", "set_off", "writ")
"""What begins the limitation of a claim anew (Awb 4:106)."""
_HAPPENINGS: Mapping[str, Happening] = {
    "reminded": "charged", "interest": "charged", "waived": "came_off", "set_off": "came_off", "lifted": "lifted",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Debt:
    """A recovery with the steps after it, in order, what came in from the debtor by the bank, by day, and all acts of its case.

    Nobody is late while the letter of the recovery was not sent, and from its dispatch there is the whole time of the law (Awb 4:87).
    """

    recovery: Recovery
    steps: tuple[RecoveryStep, ...]
    received: tuple[Moved, ...] = ()
    acts: tuple[CaseAct, ...] = ()

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
        waived = without((Moved(one.act.happened_on, one.cents) for one in self._of("waived")), self._lifted_waivers)
        never = (Moved(self.recovery.act.happened_on, one.cents + one.waived_cents) for one in self._of("lifted"))
        return off_the_principal(self.charged, paid, (*waived, *never))

    @property
    def waived(self) -> int:
        """Give what was given up and did not fall away with the recovery since."""
        return sum(one.cents for one in self._of("waived")) - self._lifted_waivers

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
        """Give all that is still open: the recovery, fees and interest that were fixed, less what came off, in the ledger's order."""
        return still_open(self.recovery.cents, (one for _, one in sorted(self._happened(), key=lambda row: row[0])))

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
        return standing(
            self.instalments, sum(one.cents for one in self._off_the_plan()), today if self._sent else date.min
        )

    def overdue(self, today: date) -> int:
        """Give what of the parts should have been paid before today and was not."""
        return overdue(self.instalments, self._off_the_plan(), today) if self._sent else 0

    def late(self, today: date) -> int:
        """Give what can be demanded today: what is overdue, and fees and interest that were fixed and whose day to pay is over."""
        waiting = sum(
            one.fee_cents if one.step == "reminded" else one.cents
            for one in self._of("reminded", "interest")
            if one.pay_by is not None and one.pay_by >= today
        )
        return min(self.open, self.overdue(today) + max(0, self.open - self.left - waiting))

    @property
    def reminder(self) -> RecoveryStep | None:
        """Give the last reminder of the plan that holds now; None where there was none since."""
        since = self.deferral
        found = next(reversed(self._of("reminded")), None)
        return None if found is None or (since is not None and since.act.number > found.act.number) else found

    def first_day(self) -> GivenDay:
        """Give the first day to pay of the plan that holds now, with the letter that told of it."""
        later = self.deferral
        return given_by(self.recovery.act if later is None else later.act, self.instalments[0].day, self.acts)

    def reminded_until(self, reminder: RecoveryStep) -> GivenDay:
        """Give the last day of a reminder: as its letter says, or later by its dispatch (Awb 4:112)."""
        sent = sent_on(reminder.act, self.acts)
        days = [reminder.pay_by or date.min, *(() if sent is None else (law_of_terms().reckon("reminder", sent).last,))]
        return given_by(reminder.act, max(days), self.acts)

    def interest(self, until: date) -> tuple[Stretch, ...]:
        """Count the interest that was not fixed yet, up to and including a day. Over a deferral too, unless it is free of interest."""
        if self._sent is None:
            return ()
        fixed = max((one.counted_until for one in self._of("interest") if one.counted_until), default=None)
        since, law, later = None if fixed is None else fixed + timedelta(days=1), law_of_debts(), self.deferral
        if later is None or not later.interest_free:
            return interest(self._first_plan(), self.off, law, until=until, since=since)
        changed = later.act.happened_on
        before = interest(self._first_plan(), self.off, law, until=min(until, changed), since=since)
        return before + interest(self.instalments, self._off_the_plan(), law, until=until, since=since)

    def barred_after(self) -> date:
        """Give the last day on which it can still be collected (Awb 4:104, 4:106)."""
        others = [one.act.happened_on for one in self._of(*INTERRUPTS) if one.step != "reminded"]
        reminded = [day for one in self._of("reminded") if (day := sent_on(one.act, self.acts)) is not None]
        return law_of_terms().reckon("limitation", max([self.instalments[-1].day, *others, *reminded])).last

    @property
    def _sent(self) -> date | None:
        return sent_on(self.recovery.act, self.acts)

    def _first_plan(self) -> tuple[Instalment, ...]:
        first, sent = self.recovery.pay_by, self._sent
        if sent is not None:
            first = max(first, law_of_terms().reckon("payment", sent).last)
        return schedule(self.recovery.cents, self.recovery.instalments, first)

    def _off_the_plan(self) -> tuple[Moved, ...]:
        """Give what came off the plan that holds now: what came off before a deferral is no part of it any more."""
        return tuple(without(self.off, self.recovery.cents - sum(one.cents for one in self.instalments)))

    def _happened(self) -> Iterator[tuple[tuple[int, int], tuple[Happening, int]]]:
        """Give what changed the claim, each with its place: steps by the number of their act, receipts after the step that was followed."""
        for one in self.steps:
            if one.step in _HAPPENINGS:
                cents = one.fee_cents if one.step == "reminded" else one.cents
                yield (one.act.number, 0), (_HAPPENINGS[one.step], cents)
        for paid in self.received:
            before = [one.act.number for one in self.steps if one.act.happened_on < paid.day]
            yield (max(before, default=0) if paid.after is None else paid.after, 1), ("came_off", paid.cents)

    @property
    def _lifted_waivers(self) -> int:
        return sum(one.waived_cents for one in self._of("lifted"))

    def _of(self, *steps: str) -> tuple[RecoveryStep, ...]:
        return tuple(one for one in self.steps if one.step in steps)


def debt_of(case: int, received: Sequence[Moved] = ()) -> Debt:
    """Give the last recovery of a case with what was received on it. Raises DecisionRefused where there is none."""
    found = Recovery.objects.select_related("act").filter(case=case).order_by("-number").first()
    if found is None:
        raise refused("no_recovery", "Er is geen terugvordering.", "There is no recovery.")
    steps = RecoveryStep.objects.select_related("act", "against").filter(recovery=found).order_by("act__number")
    return Debt(found, tuple(steps), tuple(received), tuple(acts_of(case)))
