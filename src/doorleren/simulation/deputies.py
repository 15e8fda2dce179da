"""Officials who are away, and who takes their cases meanwhile. Draws and gives what is about to be done."""

from datetime import timedelta

from doorleren.cases.commands.assign import claim
from doorleren.cases.models import Case
from doorleren.people.absences import known_to, on_day
from doorleren.people.commands.name_deputy import end_absence, name_deputy
from doorleren.simulation import deciding
from doorleren.simulation.world import Act, World

LONGEST = 40
OPEN = ("received", "being_assessed", "assessed", "objection")


def away(world: World) -> Act:
    """Name a deputy for oneself or for somebody else, or end an absence; now and then one who cannot stand in."""
    season, at, body = world.season, world.at, world.season.body
    person, deputy = world.anybody(), world.anybody()
    by = world.fresh(world.chance.choice((person, person, *season.administrators, world.anybody())))
    running = world.pick(list(known_to([body], world.today).values_list("pk", flat=True)))
    if running is not None and world.maybe(0.25):
        return Act("end_absence", lambda: end_absence(running, by=by, at=at))
    starts = world.today if world.maybe(0.7) else world.days_ahead(1, 20)
    ends = starts + timedelta(days=world.chance.randint(-1, LONGEST))
    return Act(
        "name_deputy", lambda: name_deputy(person, deputy, body, starts_on=starts, ends_on=ends, by=by, at=at)
    )  # fmt: skip


def in_place_of(world: World) -> Act:
    """Let a deputy assess or decide in a case of who is away, or who is away take one; where nobody is away, let somebody go."""
    absence = on_day(world.today).filter(body=world.season.body).order_by("pk").first()
    rows = list(Case.objects.filter(pk__in=world.season.cases, state__in=OPEN).order_by("pk"))
    if absence is None or not rows:
        return away(world)
    own = world.pick([one for one in rows if one.assigned_to_id == absence.person_id])
    if own is None:
        case, by, at = world.chance.choice(rows).pk, world.by(absence.person_id), world.at
        return Act("claim", lambda: claim(case, by=by, at=at), case)
    act = deciding.grant_ if own.state == "assessed" else deciding.assess_
    return act(world, own.pk, world.by(absence.deputy_id))
