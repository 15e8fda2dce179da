"""Letting a recovery fall away, wholly or partly, under the act by which an objection is upheld. Only the commands that uphold call it.

First what stands of it falls away, then what had been given up of it (`RecoveryStep.waived_cents`): that was never paid in, so that
nothing of it is ever owed back. All fees and interest until then fall away too. The ledger follows.
"""

from datetime import datetime

from doorleren.audit.acts import Detail
from doorleren.cases.commands.perform import perform
from doorleren.cases.models import Case, CaseAct
from doorleren.cases.terms.objecting import LIFTED
from doorleren.decisions.collecting import Debt
from doorleren.decisions.commands.keep_step import keep_step
from doorleren.decisions.models import Recovery, RecoveryStep
from doorleren.decisions.sealed import Content
from doorleren.people.signed_in import SignedIn


def lift(recovery: Recovery, cents: int | None, act: CaseAct, words: str, at: datetime) -> int:
    """Let so many cents of a recovery fall away (None: all); give how many of what stood, 0 where nothing did."""
    debt = debt_so_far(recovery)
    every = debt.stands + debt.waived
    falls = every if cents is None else min(cents, every)
    standing = min(falls, debt.stands)
    if falls:
        keep_step(
            debt, act, "lifted", standing, at=at, weighed=True, content=Content(words=words.strip()),
            waived_cents=falls - standing,
        )  # fmt: skip
    return standing


def lift_above(held: Case, kept_cents: int, act: CaseAct, words: str, by: SignedIn, at: datetime) -> int:
    """Let fall away of all that was recovered in a case what leaves less to recover now; give how much falls away together.

    What is left to recover is counted once for all recoveries, and stays on the first. A step has an act of its own: the last
    recovery falls away under the act given, each before it under a note. `held`: the case as the caller locked it. Example: 700
    paid, 300 recovered and then 200 more. Of 600 that may be kept now: all of the second falls away and 200 of the first.
    """
    rows = list(Recovery.objects.filter(case=held).order_by("number"))
    left, falling = max(0, rows[-1].paid_cents - kept_cents) if rows else 0, list[tuple[Recovery, int]]()
    for one in rows:
        every = _every(one)
        falling.append((one, max(0, every - left)))
        left = max(0, left - every)
    total, own = 0, True
    for one, falls in reversed(falling):
        if falls and not own:
            told: dict[str, Detail] = {"what": LIFTED, "recovery": one.number}
            act = perform(held.pk, "contact_noted", by=by, at=at, details=told, held=held)
        if falls:
            total, own = total + lift(one, falls, act, words, at), False
    return total


def recovered_in(case: int) -> int:
    """Give what was recovered in a case and did not fall away, in cents, also what was given up of it."""
    return sum(_every(one) for one in Recovery.objects.filter(case=case))


def _every(recovery: Recovery) -> int:
    debt = debt_so_far(recovery)
    return debt.stands + debt.waived


def debt_so_far(recovery: Recovery) -> Debt:
    """Give a recovery with its steps, without what came in: that plays no part in what may fall away."""
    steps = RecoveryStep.objects.select_related("act", "against").filter(recovery=recovery).order_by("act__number")
    return Debt(recovery, tuple(steps))
