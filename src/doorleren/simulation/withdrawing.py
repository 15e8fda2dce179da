"""Changing and withdrawing a grant, and suspending its payment. Each function draws and gives what is about to be done."""

from datetime import timedelta

from doorleren.decisions.commands.amend import amend, invoke_budget_reservation
from doorleren.decisions.commands.correct_slip import correct_slip
from doorleren.decisions.commands.revoke import intend_to_revoke, revoke
from doorleren.decisions.commands.suspend_payment import release_payment, suspend_payment
from doorleren.decisions.lapsing import let_all_lapse
from doorleren.decisions.queries import decision_in_force
from doorleren.decisions.revoking_grounds import revoking_grounds
from doorleren.people.models import RoleKind
from doorleren.simulation.preparing import PREPARES
from doorleren.simulation.settling import WEIGHED
from doorleren.simulation.world import Act, World

ADOPTED_DAYS_AGO = (0, 7, 21, 28, 29, 45, 90)
"""How long ago the budget was adopted: within the four weeks of the law, around its last day, and far too long ago."""


def _left(world: World, case: int) -> int:
    """Draw what is left of a grant, in steps that come back; now and then nothing, or all of it."""
    decision = decision_in_force(case)
    granted = 0 if decision is None else decision.amount_cents
    return granted * world.chance.choice((0, 0, 1, 1, 2)) // 2


def intend(world: World, case: int) -> Act:
    """Tell that a grant is to be withdrawn or lowered."""
    by, at, until, cents = world.official(*PREPARES), world.at, world.days_ahead(5, 21), _left(world, case)
    ground = world.chance.choice(tuple(revoking_grounds()))
    return Act("intend_to_revoke", lambda: intend_to_revoke(case, ground, cents, "u was er niet", until=until, by=by, at=at), case)  # fmt: skip


def revoke_(world: World, case: int) -> Act:
    """Withdraw a grant or its settlement."""
    by, at = world.official(RoleKind.DECIDER), world.at
    return Act("revoke", lambda: revoke(case, WEIGHED, by=by, at=at), case)


def amend_(world: World, case: int) -> Act:
    """Lower a grant, or give another last day."""
    by, at, cents = world.official(RoleKind.DECIDER), world.at, _left(world, case)
    ground, until = world.chance.choice(tuple(revoking_grounds())), world.days_ahead(20, 300)
    return Act("amend", lambda: amend(case, ground, cents, WEIGHED, activities_until=until, by=by, at=at), case)


def fall_short(world: World, case: int) -> Act:
    """Invoke the reservation of the budget, in time or too late."""
    by, at, cents = world.official(RoleKind.DECIDER), world.at, _left(world, case)
    day = world.today - timedelta(days=world.chance.choice(ADOPTED_DAYS_AGO))
    return Act(
        "invoke_budget_reservation",
        lambda: invoke_budget_reservation(case, cents, "er is te weinig", adopted_on=day, by=by, at=at), case,
    )  # fmt: skip


def slip(world: World, case: int) -> Act:
    """Correct a slip in a decision."""
    by, at = world.official(RoleKind.DECIDER), world.at
    return Act("correct_slip", lambda: correct_slip(case, "uw naam stond er verkeerd", by=by, at=at), case)


def suspend(world: World, case: int) -> Act:
    """Suspend payment, or let it go on."""
    by, at = world.official(RoleKind.DECIDER), world.at
    if world.maybe(0.4):
        return Act(
            "suspend_payment",
            lambda: suspend_payment(case, grounds="er is een vermoeden", suspicion="same", by=by, at=at),
            case,
        )
    return Act("release_payment", lambda: release_payment(case, grounds="het klopt toch", by=by, at=at), case)


def end_suspensions(world: World) -> Act:
    """Let the site end what the law ends: a payment suspended for thirteen weeks."""
    return Act("let_all_lapse", lambda: let_all_lapse(lambda: world.at))
