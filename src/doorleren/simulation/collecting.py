"""What must be paid back: it comes in, or is reminded of, put off, charged with interest, set off, given up, or goes to a bailiff.

Each function draws and gives what is about to be done. What was paid in comes from the ledger, as the pages ask it.
"""

from datetime import timedelta

from doorleren.cases.models import Case
from doorleren.decisions.commands.collect import defer, fix_interest, note_writ, set_off
from doorleren.decisions.commands.recover import remind, waive
from doorleren.decisions.models import Recovery
from doorleren.payments.balances import standing_of, standings_of
from doorleren.payments.claims import payable_elsewhere, received_on
from doorleren.people.models import RoleKind
from doorleren.simulation import applying, objecting
from doorleren.simulation.preparing import PREPARES
from doorleren.simulation.world import Act, World

DECIDES = (RoleKind.DECIDER,)
NOT_OURS = "wie weet waarvoor"
"""What somebody writes with a payment that names no case."""
WAIT_DAYS = (20, 20, 300)
"""How long somebody waits for money: now and then so long that the interest comes to what the law asks."""


def claimed(case: int) -> int:
    """Give what the ledger claims in a case."""
    return standing_of("case", str(case)).amount("recoverable")


def pay_in(world: World, case: int) -> Act:
    """Let somebody pay back at the bank: a part, all, or too much; now and then without saying what for."""
    reference, open_cents = Case.objects.values_list("reference", flat=True).get(pk=case), max(claimed(case), 100)
    cents = max(1, open_cents * world.chance.choice((1, 2, 4, 4, 5)) // 4)
    names = NOT_OURS if world.maybe(0.1) else reference
    return Act("pay_in", lambda: world.outside.pay_in(cents, names), case)


def remind_(world: World, case: int) -> Act:
    """Remind of what is open, with a fee or without; now and then of another sum."""
    by, at, fee = world.official(*PREPARES), world.at, world.maybe(0.5)
    cents = claimed(case) + world.maybe(0.1)
    return Act(
        "remind", lambda: remind(case, cents, by=by, at=at, with_fee=fee, received=received_on(case)), case
    )  # fmt: skip


def defer_(world: World, case: int) -> Act:
    """Let it be paid in parts from a day on, with interest or without."""
    by, at, first, free = world.official(*DECIDES), world.at, world.days_ahead(1, 60), world.maybe(0.4)
    parts = world.chance.choice((1, 3, 12, 61))
    return Act(
        "defer",
        lambda: defer(case, parts, first, interest_free=free, by=by, at=at, received=received_on(case)), case,
    )  # fmt: skip


def interest(world: World, case: int) -> Act:
    """Fix the interest until yesterday, or until another day."""
    by, at = world.official(*DECIDES), world.at
    until = world.today - timedelta(days=world.chance.randint(0, 30)) if world.maybe(0.3) else None
    return Act("fix_interest", lambda: fix_interest(case, by=by, at=at, until=until, received=received_on(case)), case)


def writ(world: World, case: int) -> Act:
    """Note that a bailiff served a writ, today or some days ago."""
    by, at, on = world.official(*DECIDES), world.at, world.today - timedelta(days=world.chance.choice((0, 0, 3)))
    cents = claimed(case)
    return Act("note_writ", lambda: note_writ(case, cents, by=by, at=at, on=on), case)


def set_off_(world: World, case: int) -> Act:
    """Set off against what is to be paid to the same person; now and then against somebody else's money, or too much."""
    owed, open_cents = payable_elsewhere(case), claimed(case)
    others = list(owed) if owed and world.maybe(0.9) else world.season.cases
    against = world.chance.choice(others)
    payable = owed.get(against, 0)
    cents = min(payable, open_cents) // world.chance.choice((1, 1, 2)) + world.maybe(0.1)
    by, at = world.official(*DECIDES), world.at
    return Act(
        "set_off",
        lambda: set_off(case, against, cents, payable_cents=payable, open_cents=open_cents, by=by, at=at), case,
    )  # fmt: skip


def waive_(world: World, case: int) -> Act:
    """Give up a part of a recovery."""
    by, at, found = world.official(*DECIDES), world.at, Recovery.objects.filter(case=case).last()
    cents = (found.cents if found else 100) // world.chance.choice((1, 2, 4))
    return Act(
        "waive", lambda: waive(case, cents, "er zijn schulden", by=by, at=at, received=received_on(case)), case
    )  # fmt: skip


def contest(world: World, case: int) -> Act:
    """Let somebody object to what is recovered from them: to the last recovery."""
    found = Recovery.objects.select_related("act").filter(case=case).order_by("number").last()
    return objecting.object_(world, case, None if found is None else found.act.number)


def follow(world: World, case: int) -> Act | None:
    """Do something about a claim that is open, once its letter went out and time went by; None where somebody just waits."""
    if world.maybe(0.25):
        return applying.send(world)
    if world.maybe(0.3):
        world.wait(world.chance.choice(WAIT_DAYS))
        return None
    moves = (remind_, writ, interest, defer_, set_off_, waive_, pay_in, applying.apply_again, contest)
    return world.chance.choices(moves, (4, 5, 6, 4, 5, 3, 1, 3, 3))[0](world, case)


def open_claim(world: World) -> int | None:
    """Give the first case of the season in which the ledger claims something; None where there is none."""
    with_one = Recovery.objects.filter(case__in=world.season.cases).order_by("case").values_list("case", flat=True)
    found = standings_of(("case", str(one)) for one in with_one)
    return next((one for one in with_one if ("case", str(one)) in found and found["case", str(one)][1].amount("recoverable")), None)  # fmt: skip
