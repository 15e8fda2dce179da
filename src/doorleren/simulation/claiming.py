"""What is reserved and never claimed: the site reminds, time goes by, and officials let it lapse, to its end. Draws and gives what is about to be done."""

from doorleren.decisions.commands.check_delivery import ON_DELIVERY
from doorleren.decisions.commands.lapse import propose_lapsing
from doorleren.decisions.commands.remind_of_claim import remind_unclaimed
from doorleren.decisions.models import Decision
from doorleren.decisions.models.batch import LAPSED
from doorleren.decisions.unclaimed import in_time, reminded, to_remind
from doorleren.people.models import RoleKind
from doorleren.simulation import applying, deciding
from doorleren.simulation.world import Act, World

REMINDER = 15
"""Days after which the last day of a reminder is over."""


def claims(world: World) -> Act | None:
    """Do what comes next for those who did not claim; while there is nothing to do yet, time goes by and letters go out."""
    granted = Decision.objects.filter(
        replaced_by=None, settle_how=ON_DELIVERY, case__state="granted", case__deliveries=None
    )
    if not granted.exists():
        return None
    waiting = deciding.to_its_end(world, kind=LAPSED)
    if waiting is not None and world.maybe(0.7):
        return waiting
    if in_time(reminded(world.today).values_list("case", flat=True)):
        return lapse(world)
    if to_remind(world.today).exists() and world.maybe(0.4):
        return Act("remind_unclaimed", lambda: remind_unclaimed(lambda: world.at))
    if world.maybe(0.5):
        return applying.send(world)
    world.wait(REMINDER)
    return None


def lapse(world: World) -> Act:
    """Propose to let lapse what was reminded of."""
    by, at, round_ = world.official(RoleKind.DECIDER), world.at, world.season.round
    return Act("propose_lapsing", lambda: propose_lapsing(round_, by=by, at=at))
