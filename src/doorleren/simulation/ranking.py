"""A committee that scores: appointed, interests declared, points, two who fix them, the list. Each function draws what is about to be done."""

from doorleren.applications.late_paper import last_day_for_paper
from doorleren.audit.acts import SITE
from doorleren.decisions.commands.appoint_scorer import appoint_scorer, end_scorer
from doorleren.decisions.commands.declare_interest import declare_interest
from doorleren.decisions.commands.fix_scores import fix_scores, propose_scores, withdraw_scores
from doorleren.decisions.commands.give_scores import give_scores
from doorleren.decisions.commands.rank_round import rank_waiting
from doorleren.decisions.committee.scores import Committee, committee_of
from doorleren.decisions.models import CONFLICTS, Ranking
from doorleren.people.models import RoleKind
from doorleren.rounds.commands.open_gate import close_gate
from doorleren.rounds.models import Gate, Round
from doorleren.simulation.world import Act, World

MEMBERS = 3
SCALES = {"quality": 20, "reach": 10}
"""The criteria of the scheme, with the most points of each."""
WHY = dict.fromkeys(SCALES, "goed onderbouwd")


def ranks(world: World) -> bool:
    """Say whether the season waits for its list."""
    return (
        world.season.ranked and not Ranking.objects.filter(round=world.season.round, ranked_at__isnull=False).exists()
    )


def committee(world: World) -> Act | None:
    """Do what comes next in a round that ranks; None where that waits for something else."""
    season = world.season
    if Gate.objects.get(pk=season.round).closed_at is None:
        return _close(world)
    row = Round.objects.get(pk=season.round)
    found = committee_of(row)
    if found.ranking is not None and not world.maybe(0.1):
        return _fix(world, found.ranking)
    wanted = MEMBERS + any(one.too_few for one in found.cases)
    if len(found.members) < wanted or world.maybe(0.02):
        return _appoint(world)
    if found.done or world.maybe(0.03):
        last = last_day_for_paper(row)
        if last is not None and world.today <= last and world.maybe(0.3):
            world.wait((last - world.today).days + 1)
        by, at = world.official(RoleKind.DECIDER), world.at
        return Act("propose_scores", lambda: propose_scores(season.round, by=by, at=at))
    if world.maybe(0.02):
        member, by, at = world.chance.choice(found.members).pk, world.official(RoleKind.DECIDER), world.at
        return Act("end_scorer", lambda: end_scorer(member, by=by, at=at))
    return _score(world, found)


def _close(world: World) -> Act | None:
    """Close the round once all applied, or appoint somebody before that."""
    round_, at = world.season.round, world.at
    if world.season.applications >= world.season.most:
        return Act("close_gate", lambda: close_gate(round_, by=SITE, at=at))
    return _appoint(world) if world.maybe(0.1) else None


def _appoint(world: World) -> Act:
    """Appoint an assessor, who may be there already, or somebody who is none."""
    season, by, at = world.season, world.official(RoleKind.DECIDER), world.at
    fitting = [
        one for one, held in season.officials.items() if RoleKind.ASSESSOR in held and RoleKind.DECIDER not in held
    ]
    able = [one for one, held in season.officials.items() if RoleKind.ASSESSOR in held]
    person = world.anybody() if world.maybe(0.1) else world.chance.choice(fitting if world.maybe(0.3) else able)
    return Act("appoint_scorer", lambda: appoint_scorer(season.round, person, by=by, at=at))


def _score(world: World, found: Committee) -> Act | None:
    """Let a member declare about a case or give it points, mostly one where that lacks; now and then anybody about any case."""
    lacking = [
        (one.case.pk, person) for one in found.cases for person in sorted(one.undeclared | one.waiting)
    ]  # fmt: skip
    if not lacking or world.maybe(0.08):
        if not found.cases:
            return None
        case, person = world.chance.choice(found.cases).case.pk, world.anybody()
    else:
        case, person = world.chance.choice(lacking)
    undeclared = any(one.case.pk == case and person in one.undeclared for one in found.cases)
    if undeclared or world.maybe(0.05):
        return _declare(world, case, person)
    by, at = world.by(person), world.at
    points = {name: world.chance.randint(0, most + world.maybe(0.02)) for name, most in SCALES.items()}
    return Act("give_scores", lambda: give_scores(case, points, WHY, by=by, at=at), case)


def _declare(world: World, case: int, person: int) -> Act:
    by, at, conflict = world.by(person), world.at, world.maybe(0.08)
    kind, words = (world.chance.choice(CONFLICTS), "mijn broer werkt daar") if conflict else ("", "")
    return Act(
        "declare_interest",
        lambda: declare_interest(case, conflict=conflict, kind=kind, words=words, by=by, at=at), case,
    )  # fmt: skip


def _fix(world: World, ranking: Ranking) -> Act:
    """Fix what another proposed, withdraw it, or make the list; now and then with another hash than that of what was proposed."""
    by, at, number = world.official(RoleKind.DECIDER), world.at, ranking.pk
    if ranking.fixed_at is not None:
        return Act("rank_waiting", lambda: rank_waiting(now=lambda: at))
    if world.maybe(0.1):
        return Act("withdraw_scores", lambda: withdraw_scores(number, by=by, at=at))
    seen = ranking.digest if world.maybe(0.9) else "0" * 64
    return Act("fix_scores", lambda: fix_scores(number, seen, by=by, at=at))
