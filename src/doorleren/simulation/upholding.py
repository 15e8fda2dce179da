"""Upholding an objection against a recovery, a penalty or a suspension, wholly or in part. Each function draws what is about to be done."""

from collections.abc import Callable, Mapping

from doorleren.decisions.commands.decide_objection import Heard
from doorleren.decisions.commands.lift_recovery import debt_so_far
from doorleren.decisions.commands.uphold_debts import uphold_penalty, uphold_recovery, uphold_suspension
from doorleren.decisions.models import FixedPenalty, Objection, Recovery
from doorleren.people.signed_in import SignedIn
from doorleren.simulation.world import Act, World

AGAINST = ("recovery_decided", "penalty_fixed", "payment_suspended")
"""Decisions against which an objection is upheld in a way of their own."""
MOST_DAYS = 42
"""So many days a penalty runs at most (Awb 4:17)."""


def uphold_debt(world: World, objection: Objection, heard: Heard, by: SignedIn) -> Act:
    """Uphold an objection against one of these; now and then as if it was against another of them."""
    against = objection.against.act if world.maybe(0.95) else world.chance.choice(AGAINST)
    return _WAYS[against](world, objection, heard, by)


def _recovery(world: World, objection: Objection, heard: Heard, by: SignedIn) -> Act:
    """Let a part of the recovery fall away, or all of it; now and then a cent too much."""
    at, case = world.at, objection.case_id
    row = Recovery.objects.filter(act=objection.against_id).first()
    debt = None if row is None else debt_so_far(row)
    every = 100 if debt is None else debt.stands or debt.waived
    cents = world.chance.choice((every, every, every // 2, every // 3, 1, every + 1))
    return Act("uphold_recovery", lambda: uphold_recovery(case, cents, heard, by=by, at=at), case)


def _penalty(world: World, objection: Objection, heard: Heard, by: SignedIn) -> Act:
    """Let the penalty run longer; now and then no longer than it did, or longer than the law lets it."""
    at, case = world.at, objection.case_id
    row = FixedPenalty.objects.filter(act=objection.against_id).first()
    days = world.chance.randint(0 if row is None else row.days, MOST_DAYS + 1)
    return Act("uphold_penalty", lambda: uphold_penalty(case, days, heard, by=by, at=at), case)


def _suspension(world: World, objection: Objection, heard: Heard, by: SignedIn) -> Act:
    """End the suspension."""
    at, case = world.at, objection.case_id
    return Act("uphold_suspension", lambda: uphold_suspension(case, heard, by=by, at=at), case)


_WAYS: Mapping[str, Callable[[World, Objection, Heard, SignedIn], Act]] = dict(
    zip(AGAINST, (_recovery, _penalty, _suspension), strict=True)
)
