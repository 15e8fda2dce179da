"""Preparing a case: assigning, asking to complete, terms, notes. Each function draws and gives what is about to be done."""

from datetime import timedelta

from doorleren.cases.commands.assign import assign, claim
from doorleren.cases.commands.close_case import close_case, reopen_case
from doorleren.cases.commands.note import note_complaint, note_contact, note_death, note_guardian
from doorleren.cases.commands.perform import perform
from doorleren.cases.commands.suspend_term import resume_term, suspend_term
from doorleren.decisions.commands.act_by_letter import ask_by_letter, extend_by_letter, forward_by_letter
from doorleren.decisions.commands.complete_application import complete_application
from doorleren.decisions.commands.notify_intent import notify_intent
from doorleren.people.models import RoleKind
from doorleren.simulation.world import Act, World

PREPARES = (RoleKind.ASSESSOR, RoleKind.DECIDER)
INTENDED = ("other-facts", "wrong-information", "bankruptcy")


def assign_(world: World, case: int) -> Act:
    """Give a case to an official, or let one take it."""
    by, at = world.official(*PREPARES), world.at
    if world.maybe(0.5):
        return Act("claim", lambda: claim(case, by=by, at=at), case)
    to = world.anybody()
    return Act("assign", lambda: assign(case, to=to, by=by, at=at), case)


def ask(world: World, case: int) -> Act:
    """Ask to complete the application, or only to explain what is there."""
    by, at, until = world.official(*PREPARES), world.at, world.days_ahead()
    parts, explains = {"price": "de prijs van de opleiding"} if world.maybe(0.95) else {}, world.maybe(0.2)
    return Act(
        "ask_to_complete",
        lambda: ask_by_letter(case, until=until, parts=parts, explains=explains, by=by, at=at),
        case,
    )


def complete_(world: World, case: int) -> Act:
    """Note that it was completed, on an earlier day perhaps."""
    by, at, on = world.official(*PREPARES), world.at, world.today - timedelta(days=world.chance.randint(-1, 3))
    return Act("complete", lambda: complete_application(case, by=by, at=at, on=on), case)


def extend(world: World, case: int) -> Act:
    """Extend the term for deciding."""
    by, at, until = world.official(*PREPARES), world.at, world.days_ahead(10, 60)
    return Act("extend", lambda: extend_by_letter(case, until=until, grounds="het is druk", by=by, at=at), case)


def suspend(world: World, case: int) -> Act:
    """Let the term stand still, or run on."""
    by, at = world.official(*PREPARES), world.at
    if world.maybe(0.5):
        return Act("suspend_term", lambda: suspend_term(case, reason="consent", by=by, at=at), case)
    return Act("resume_term", lambda: resume_term(case, by=by, at=at), case)


def forward(world: World, case: int) -> Act:
    """Forward the application to another body."""
    by, at = world.official(*PREPARES), world.at
    return Act("forward", lambda: forward_by_letter(case, to="elsewhere", grounds="dit is voor een ander", by=by, at=at), case)  # fmt: skip


def note(world: World, case: int) -> Act:
    """Note something that happened."""
    by, at = world.official(*PREPARES, RoleKind.PAYMASTER), world.at
    return world.chance.choice((
        Act("note_contact", lambda: note_contact(case, channel="phone", by=by, at=at), case),
        Act("note_complaint", lambda: note_complaint(case, by=by, at=at), case),
        Act("note_death", lambda: note_death(case, by=by, at=at), case),
        Act("note_guardian", lambda: note_guardian(case, by=by, at=at), case),
    ))  # fmt: skip


def intend(world: World, case: int) -> Act:
    """Tell of a refusal that is meant."""
    by, at, until = world.official(*PREPARES), world.at, world.days_ahead()
    ground = world.chance.choice(INTENDED)
    return Act("notify_intent", lambda: notify_intent(case, ground, until=until, by=by, at=at), case)


def view(world: World, case: int) -> Act:
    """Note that a view came in."""
    by, at = world.official(*PREPARES), world.at
    return Act("view_received", lambda: perform(case, "view_received", by=by, at=at), case)


def close(world: World, case: int) -> Act:
    """Close a case."""
    by, at = world.official(*PREPARES), world.at
    return Act("close_case", lambda: close_case(case, by=by, at=at), case)


def reopen(world: World, case: int) -> Act:
    """Open a case again."""
    by, at = world.official(*PREPARES), world.at
    return Act("reopen_case", lambda: reopen_case(case, reason="new_facts", by=by, at=at), case)
