"""Decisions that come too late: notices of default about an application or an objection, and a penalty for each. Draws what is about to be done."""

from datetime import timedelta

from doorleren.applications.commands.act_in_own_case import declare_own_default
from doorleren.cases.commands.give_notice_of_default import give_notice_of_default
from doorleren.cases.models import Case, CaseAct
from doorleren.cases.queries import acts_of
from doorleren.cases.recording import life_of
from doorleren.decisions.commands.fix_penalty import fix_penalty, to_fix
from doorleren.decisions.models import FixedPenalty, Objection
from doorleren.people.models import RoleKind
from doorleren.simulation import applying, objecting
from doorleren.simulation.preparing import PREPARES
from doorleren.simulation.world import Act, World

DECIDING = ("decision", "objection-decision", "decision-anew", "objection-decision-anew")
"""The terms for deciding, as a case names the one by whose day is to be acted."""
LONGEST_WAIT = 250
WAIT_DAYS = 16
"""How long somebody waits at most until a term is over, and how long after a notice."""


def default(world: World, case: int) -> Act:
    """Give notice of default, in time or not: about the application, an objection, one that is not there, or whatever is late."""
    at, about = world.at, _about(world, case)
    if world.maybe(0.4):
        by, subject = world.applicant(case), int(Case.objects.get(pk=case).subject_id)
        return Act("declare_own_default", lambda: declare_own_default(subject, by=by, at=at, objection=about), case)
    by, on = world.official(*PREPARES), world.today - timedelta(days=world.chance.choice((0, 0, 0, 2, 20)))
    return Act(
        "give_notice_of_default", lambda: give_notice_of_default(case, on=on, by=by, at=at, objection=about), case
    )  # fmt: skip


def _about(world: World, case: int) -> int | None:
    """Draw what a notice names: nothing, the application (0), or the number of an objection; now and then one too high."""
    if world.maybe(0.4):
        return None
    return world.chance.randint(0, Objection.objects.filter(case=case).count() + world.maybe(0.1))


def penalty(world: World, case: int) -> Act:
    """Fix the penalty for a late decision: for a notice, for the first that there is, or for an act that is none."""
    by, at = world.official(RoleKind.DECIDER), world.at
    given = CaseAct.objects.filter(case=case, act="declared_in_default").order_by("number")
    numbers = list(given.values_list("number", flat=True))
    notice = world.chance.choice([*numbers, 1]) if numbers and world.maybe(0.5) else None
    return Act("fix_penalty", lambda: fix_penalty(case, by=by, at=at, notice=notice), case)


def late(world: World) -> Act | None:
    """Do what comes next for a decision that is late, or let one become so; None where there is none, or somebody waits."""
    rows = Case.objects.filter(pk__in=world.season.cases, destroyed_at=None).order_by("pk")
    fixed = FixedPenalty.objects.filter(act__case__in=rows, replaced_by=None).order_by("act")
    told = world.pick(list(fixed.values_list("act__case", "act__number")))
    if told is not None and world.maybe(0.2):
        return objecting.object_(world, *told)
    for one in rows.exclude(declared_in_default_at=None):
        if any(notice.counts for notice in to_fix(one, life_of(one, acts_of(one.pk)))):
            return _after_a_notice(world, one.pk)
    due = rows.filter(due_term__in=DECIDING).order_by("due_on", "pk").first()
    if due is None or due.due_on is None:
        return None
    if due.due_on < world.today:
        return default(world, due.pk)
    if world.maybe(0.3):
        world.wait(min(LONGEST_WAIT, (due.due_on - world.today).days + 1))
    return None


def _after_a_notice(world: World, case: int) -> Act | None:
    """Wait, give notice again, send what was decided, or fix the penalty."""
    if world.maybe(0.3):
        world.wait(WAIT_DAYS)
        return None
    moves = (lambda: penalty(world, case), lambda: default(world, case), lambda: applying.send(world))
    return world.chance.choices(moves, (5, 2, 2))[0]()
