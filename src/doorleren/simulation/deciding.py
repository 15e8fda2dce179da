"""Assessing and deciding, alone, for a colleague or many at once, and people who go on leave. Each function draws and gives what is about to be done."""

from collections.abc import Callable
from datetime import timedelta

from doorleren.cases.commands.perform import perform
from doorleren.decisions.commands.assess import assess
from doorleren.decisions.commands.decide import grant, leave_out, refuse
from doorleren.decisions.commands.propose_batch import digest_now, propose_batch, take_out, withdraw_batch
from doorleren.decisions.commands.propose_settling import propose_settling
from doorleren.decisions.commands.release_batch import release_batch, resume_batch, stop_batch
from doorleren.decisions.jobs import run_batches
from doorleren.decisions.models import Batch
from doorleren.decisions.rules import Ruling
from doorleren.people.commands.authorise import end_role, give_role
from doorleren.people.models import Role, RoleKind
from doorleren.people.signed_in import SignedIn
from doorleren.simulation.world import Act, World

STATED = "honest"
"""The condition of the scheme that nobody can compute."""
GROUNDS = ("conditions", "other-facts", "ceiling", "repeat", "wrong-information")
FOR_A_COLLEAGUE = ("advised", "hardship_applied", "payment_suspended", "payment_released")
"""Acts that are done as they are, also in the name of a colleague who is away."""
ADVISES = {"advised": (RoleKind.ASSESSOR,)}


def assess_(world: World, case: int, by: SignedIn | None = None) -> Act:
    """Assess: mostly all is met, sometimes it is not, sometimes nothing is said or too much is given. `by`: else anybody who may."""
    by, at, known = by or world.official(RoleKind.ASSESSOR), world.at, world.library
    met = world.chance.choice((True, True, True, True, True, True, False, None))
    rulings = [Ruling(STATED, met, "uit de rekening blijkt het" if world.maybe(0.97) else "")]
    cents = world.chance.randint(1, 30_000_000) if world.maybe(0.1) else None
    return Act("assess", lambda: assess(case, rulings, library=known, by=by, at=at, cents=cents), case)


def grant_(world: World, case: int, by: SignedIn | None = None) -> Act:
    """Grant. `by`: else anybody who may."""
    by, at, until = by or world.official(RoleKind.DECIDER), world.at, world.days_ahead(10, 200)
    return Act("grant", lambda: grant(case, by=by, at=at, activities_until=until), case)


def refuse_(world: World, case: int) -> Act:
    """Refuse, on a ground that fits or does not."""
    by, at, ground = world.official(RoleKind.DECIDER), world.at, world.chance.choice(GROUNDS)
    return Act("refuse", lambda: refuse(case, ground, by=by, at=at, words="daarom"), case)


def leave_out_(world: World, case: int) -> Act:
    """Leave out of treatment."""
    by, at = world.official(RoleKind.DECIDER), world.at
    return Act("leave_out", lambda: leave_out(case, by=by, at=at), case)


def for_a_colleague(world: World, case: int) -> Act:
    """Do an act oneself or in the name of a colleague: their hands count too."""
    act = world.chance.choice(FOR_A_COLLEAGUE)
    by, at = world.official(*ADVISES.get(act, (RoleKind.DECIDER,))), world.at
    told = {"on_behalf_of": world.anybody()} if world.maybe(0.6) else {}
    return Act(act, lambda: perform(case, act, by=by, at=at, details=told), case)


def repeat(world: World, case: int) -> Act:
    """Establish that an application repeats another."""
    by, at = world.official(RoleKind.ASSESSOR), world.at
    return Act("repeat_established", lambda: perform(case, "repeat_established", by=by, at=at), case)


# --- many at once


def batch(world: World) -> Act:
    """Propose a batch, or do something with the last one of the round."""
    last = Batch.objects.filter(round=world.season.round).order_by("-pk").first()
    by, at, round_ = world.official(RoleKind.DECIDER), world.at, world.season.round
    if last is None or last.withdrawn_at or last.finished_at or world.maybe(0.2):
        if world.maybe(0.25):
            return Act("propose_settling", lambda: propose_settling(round_, by=by, at=at))
        accepted = [STATED] if world.maybe(0.8) else []
        return Act("propose_batch", lambda: propose_batch(round_, accepted, by=by, at=at))
    number = last.pk
    acts: tuple[tuple[str, Callable[[], object]], ...] = (
        ("release_batch", lambda: release_batch(number, digest_now(Batch.objects.get(pk=number)), by=by, at=at)),
        ("release_batch", lambda: release_batch(number, digest_now(Batch.objects.get(pk=number)), by=by, at=at)),
        ("release_batch", lambda: release_batch(number, "0" * 64, by=by, at=at)),
        ("stop_batch", lambda: stop_batch(number, by=by, at=at)),
        ("resume_batch", lambda: resume_batch(number, by=by, at=at)),
        ("withdraw_batch", lambda: withdraw_batch(number, by=by, at=at)),
        ("take_out", lambda: take_out(number, world.season.cases[:1], by=by, at=at)),
    )
    return Act(*world.chance.choice(acts))


def to_its_end(world: World, *, kind: str) -> Act | None:
    """Release a batch that waits with cases of a kind, let it go on, or work it off; None where there is none."""
    rows = Batch.objects.filter(round__in=world.season.ceilings, withdrawn_at=None, finished_at=None)
    found = rows.filter(items__kind=kind, items__pending=True).order_by("pk").first()
    if found is None:
        return None
    number, by, at = found.pk, world.official(RoleKind.DECIDER), world.at
    if found.released_at is None:
        return Act(
            "release_batch", lambda: release_batch(number, digest_now(Batch.objects.get(pk=number)), by=by, at=at)
        )
    if found.stopped_at is not None:
        return Act("resume_batch", lambda: resume_batch(number, by=by, at=at))
    return Act("run_batches", lambda: run_batches(now=lambda: at, most=2))


# --- leave


def leave(world: World) -> Act | None:
    """Let an administrator end a role of an official, or give one back: only who has it today may use it."""
    season, body, at = world.season, world.season.body, world.at
    running = Role.objects.filter(body=body, ends_on=None).values_list("person", "kind")
    lost = sorted({(who, kind) for who, kinds in season.officials.items() for kind in kinds} - set(running))
    person = world.anybody()
    kind = world.chance.choice(season.officials[person])
    if lost and world.maybe(0.6):
        person, kind = world.chance.choice(lost)
    by = world.fresh(world.chance.choice((*season.administrators, *season.administrators, person)))
    held = Role.objects.filter(person=person, kind=kind, body=body).order_by("-starts_on").first()
    if held is not None and held.ends_on is None:
        return Act("end_role", lambda: end_role(held.pk, for_body=body, by=by, at=at)) if world.maybe(0.3) else None
    ends = world.today + timedelta(days=90) if world.maybe(0.2) else None
    return Act("give_role", lambda: give_role(kind, person, for_body=body, starts_on=world.today, ends_on=ends, by=by, at=at))  # fmt: skip
