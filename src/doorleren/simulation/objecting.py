"""Objecting to what was decided, and deciding on it. Each function draws and gives what is about to be done."""

from dataclasses import replace
from datetime import timedelta

from doorleren.cases.appeals import appeals_running, to_appeal
from doorleren.cases.commands.note_appeal import JUDGMENTS, note_appeal, note_judgment
from doorleren.cases.models import Case
from doorleren.decisions.commands.decide_objection import Heard, dismiss, reject, uphold
from doorleren.decisions.commands.hear_objection import call_to_hearing, hear_objection
from doorleren.decisions.commands.receive_objection import receive_objection, withdraw_objection
from doorleren.decisions.commands.repair_objection import ask_to_repair, repair_objection
from doorleren.decisions.commands.uphold_revocation import uphold_revocation
from doorleren.decisions.commands.uphold_settlement import uphold_settlement
from doorleren.decisions.joining import withdrawal_in_force
from doorleren.decisions.law_of_objection import law_of_objection
from doorleren.decisions.models.settlement import SETTLED
from doorleren.decisions.objections import contestable, objections_open
from doorleren.people.models import RoleKind
from doorleren.simulation import upholding
from doorleren.simulation.preparing import PREPARES
from doorleren.simulation.world import Act, World

WORDS = "ik betaalde pas later"
WITHOUT_HEARING = ("fully_upheld", "waived", "manifestly_unfounded", "manifestly_inadmissible", "")
REASONS = ("late", "not_repaired", "no_interest")
MOST_CENTS = 20_000_000


def object_(world: World, case: int, against: int | None = None) -> Act:
    """Let the applicant object, or an official enter what came by post; to the act given, else to the last decision or one before it."""
    at = world.at
    if against is None:
        decided = [one.act.number for one in contestable(Case.objects.get(pk=case))]
        against = world.chance.choice(decided) if decided and world.maybe(0.4) else None
    if world.maybe(0.7):
        by = world.applicant(case)
        return Act(
            "receive_objection", lambda: receive_objection(case, WORDS, by=by, at=at, party=True, against=against), case
        )
    by, day = world.official(*PREPARES), world.today - timedelta(days=world.chance.randint(0, 5))
    committee = world.maybe(0.3)
    return Act(
        "receive_objection",
        lambda: receive_objection(case, WORDS, by=by, at=at, received_on=day, posted_on=day, committee=committee, against=against), case,
    )  # fmt: skip


def withdraw(world: World, case: int) -> Act:
    """Withdraw the objection, or one of several."""
    by, at, which = world.applicant(case), world.at, _one_of(world, case)
    return Act("withdraw_objection", lambda: withdraw_objection(case, by=by, at=at, party=True, objection=which), case)


def _one_of(world: World, case: int) -> int | None:
    """Choose one of several open objections; None where there are no two."""
    found = [one.number for one in objections_open(case)]
    return world.chance.choice(found) if len(found) > 1 else None


def repair(world: World, case: int) -> Act:
    """Ask to repair the objection, or note that it was."""
    at, until = world.at, world.days_ahead()
    if world.maybe(0.5):
        by, about = world.official(*PREPARES), _one_of(world, case)
        return Act(
            "ask_to_repair", lambda: ask_to_repair(case, "wat is uw grond?", until=until, by=by, at=at, objection=about), case
        )  # fmt: skip
    by = world.applicant(case)
    return Act("repair_objection", lambda: repair_objection(case, by=by, at=at, party=True), case)


def call(world: World, case: int) -> Act:
    """Call to a hearing."""
    by, at, when = world.official(*PREPARES), world.at, world.at + timedelta(days=world.chance.randint(3, 20))
    about = _one_of(world, case)
    return Act("call_to_hearing", lambda: call_to_hearing(case, heard_at=when, by=by, at=at, objection=about), case)


def hear(world: World, case: int) -> Act:
    """Keep the report of a hearing."""
    by, at, about = world.official(*PREPARES), world.at, _one_of(world, case)
    return Act("hear_objection", lambda: hear_objection(case, "er is gesproken", by=by, at=at, objection=about), case)


def decide(world: World, case: int) -> Act:
    """Uphold, reject or dismiss the objection."""
    by, at = world.official(RoleKind.DECIDER), world.at
    heard = Heard(
        "daarom",
        world.chance.choice(WITHOUT_HEARING),
        "zij lag in het ziekenhuis" if world.maybe(0.7) else "",
        _one_of(world, case),
    )
    won, lost, left = (
        _fitting(heard, case, one) for one in ("objection_upheld", "objection_rejected", "objection_inadmissible")
    )
    if withdrawal_in_force(Case.objects.get(pk=case)) is not None and world.maybe(0.4):
        return Act("uphold_revocation", lambda: uphold_revocation(case, won, by=by, at=at), case)
    objection = next((one for one in objections_open(case) if heard.objection in (None, one.number)), None)
    if objection is not None and objection.against.act in upholding.AGAINST and world.maybe(0.7):
        return upholding.uphold_debt(world, objection, _fitting(heard, case, "debt_objection_upheld"), by)
    reason, cents = world.chance.choice(REASONS), world.chance.randint(1, MOST_CENTS)
    ways = (
        Act("uphold", lambda: uphold(case, won, by=by, at=at), case),
        Act("uphold_settlement", lambda: uphold_settlement(case, cents, won, by=by, at=at), case),
        Act("reject", lambda: reject(case, lost, by=by, at=at), case),
        Act("dismiss", lambda: dismiss(case, reason, left, by=by, at=at), case),
    )
    settled = objection is not None and objection.against.act in SETTLED
    return world.chance.choices(ways, (1, 6, 2, 1) if settled else (6, 1, 2, 1))[0]


def _fitting(heard: Heard, case: int, outcome: str) -> Heard:
    """Give a reason not to hear that fits the outcome, where the one that was drawn does not; in one case of five it stays as it is."""
    fits = not heard.without_hearing or heard.without_hearing in law_of_objection().unheard(outcome)
    return heard if fits or case % 5 == 0 else replace(heard, without_hearing="waived")


def appeal(world: World, case: int) -> Act:
    """Note an appeal against what one can appeal, now and then against something else; or what the court said of one."""
    by, at, found = world.official(*PREPARES), world.at, Case.objects.get(pk=case)
    running = [one.number for one in appeals_running(found)]
    if world.maybe(0.3 + 0.4 * bool(running)):
        judgment, which = world.chance.choice(JUDGMENTS), world.chance.choice(running) if running else None
        return Act("note_judgment", lambda: note_judgment(case, judgment, by=by, at=at, appeal=which), case)
    against = world.chance.choice([one.number for one in to_appeal(found)] + [world.chance.randint(1, found.acts)])
    return Act("note_appeal", lambda: note_appeal(case, against, by=by, at=at), case)
