"""What is delivered, settling, recovering. Each function draws and gives what is about to be done."""

from datetime import timedelta

from doorleren.decisions.commands.accept_progress import accept_progress
from doorleren.decisions.commands.ask_delivery import ask_delivery, intend_to_settle
from doorleren.decisions.commands.check_delivery import choose_check, draw_sample, to_draw_from
from doorleren.decisions.commands.recover import decide_recovery
from doorleren.decisions.commands.report_delivery import Done, report_delivery
from doorleren.decisions.commands.report_progress import report_progress
from doorleren.decisions.commands.request_settlement import request_settlement
from doorleren.decisions.commands.settle import Weighed, settle_as_granted, settle_lower
from doorleren.decisions.matters import matter_of
from doorleren.decisions.queries import decision_in_force
from doorleren.decisions.settlement_proofs import to_judge
from doorleren.payments.balances import standing_of, standings_of
from doorleren.payments.commands.close_cases import close_quiet
from doorleren.people.models import RoleKind
from doorleren.simulation.preparing import PREPARES
from doorleren.simulation.world import Act, World

WEIGHED = Weighed("u was er niet", "u kunt het in delen terugbetalen")
EVIDENCE = "attendance"
PLANNED = 10


def report(world: World, case: int) -> Act:
    """Report what was done, with proof or without."""
    at, today = world.at, world.today
    ended = today - timedelta(days=world.chance.randint(-1, 20))
    given = (EVIDENCE,) if world.maybe(0.8) else ()
    done = Done(ended - timedelta(days=5), ended, PLANNED, world.chance.choice((10, 10, 9, 8, 7, 0)), given)
    if world.maybe(0.7):
        by = world.applicant(case)
        return Act("report_delivery", lambda: report_delivery(case, done, by=by, at=at, party=True), case)
    by = world.official(*PREPARES)
    return Act("report_delivery", lambda: report_delivery(case, done, by=by, at=at), case)


def ask(world: World, case: int) -> Act:
    """Ask what was done."""
    by, at, until = world.official(*PREPARES), world.at, world.days_ahead(1, 14)
    return Act(
        "ask_delivery", lambda: ask_delivery(case, "bent u geweest?", until=until, reason="signal", by=by, at=at), case
    )


def intend(world: World, case: int) -> Act:
    """Tell of a lower settlement that is meant."""
    by, at, until, cents = world.official(*PREPARES), world.at, world.days_ahead(5, 21), _below(world, case)
    return Act(
        "intend_to_settle", lambda: intend_to_settle(case, cents, "u was er niet", until=until, by=by, at=at), case
    )


def request(world: World, case: int) -> Act:
    """Ask to settle, as the applicant or entered by an official."""
    at = world.at
    if world.maybe(0.7):
        by = world.applicant(case)
        return Act("request_settlement", lambda: request_settlement(case, by=by, at=at, party=True), case)
    by = world.official(*PREPARES)
    return Act("request_settlement", lambda: request_settlement(case, by=by, at=at), case)


def progress(world: World, case: int) -> Act:
    """Report how it goes, or accept such a report."""
    at = world.at
    if world.maybe(0.5):
        by = world.official(RoleKind.DECIDER)
        return Act("accept_progress", lambda: accept_progress(case, by=by, at=at), case)
    by = world.official(*PREPARES)
    return Act("report_progress", lambda: report_progress(case, "het gaat goed", by=by, at=at), case)


def settle(world: World, case: int) -> Act:
    """Settle as granted, with a reason or without, with the proofs of the arrangement or without."""
    by, at, words = world.official(RoleKind.DECIDER), world.at, "de docent was ziek" if world.maybe(0.3) else ""
    decision, there = decision_in_force(case), world.maybe(0.7)
    asked = () if decision is None or not decision.arrangement else to_judge(matter_of(decision.case), decision)
    proofs = asked if there else ()
    return Act("settle_as_granted", lambda: settle_as_granted(case, words=words, proofs=proofs, by=by, at=at), case)


def close_all(world: World) -> Act:
    """Let the site close the cases in which nothing can follow any more."""
    return Act("close_quiet", lambda: close_quiet(lambda: world.at))


def lower(world: World, case: int) -> Act:
    """Settle lower, or at nil."""
    by, at, cents = world.official(RoleKind.DECIDER), world.at, _below(world, case)
    return Act("settle_lower", lambda: settle_lower(case, cents, WEIGHED, by=by, at=at), case)


def _below(world: World, case: int) -> int:
    """Draw an amount below the grant, in steps that come back; now and then too much, or nil."""
    decision = decision_in_force(case)
    granted = 0 if decision is None else decision.amount_cents
    return world.chance.choice((0, granted // 4, granted // 2, granted // 2, granted // 2, granted))


def sample(world: World) -> Act:
    """Draw cases to check."""
    by, at, round_ = world.official(*PREPARES), world.at, world.season.round
    most = len(to_draw_from(round_, today=world.today))
    size = world.chance.randint(0, most + 1)
    return Act("draw_sample", lambda: draw_sample(round_, size, by=by, at=at))


def check(world: World, case: int) -> Act:
    """Choose a case to check."""
    by, at = world.official(*PREPARES), world.at
    return Act("choose_check", lambda: choose_check(case, "many-at-once", by=by, at=at), case)


def recover(world: World, case: int) -> Act:
    """Recover what the ledger says is too much, or something else."""
    by, at, standing = world.official(RoleKind.DECIDER), world.at, standing_of("case", str(case))
    undue, paid = standing.amount("undue"), standing.amount("paid")
    cents = undue if world.maybe(0.8) else world.chance.randint(0, 1_000_000)
    parts = world.chance.choice((1, 1, 6, 61))
    return Act(
        "decide_recovery",
        lambda: decide_recovery(case, cents, WEIGHED, paid_cents=paid, instalments=parts, by=by, at=at), case,
    )  # fmt: skip


def recover_somewhere(world: World) -> Act | None:
    """Recover in a case in which too much was paid, where there is one."""
    found = standings_of(("case", str(one)) for one in world.season.cases)
    case = world.pick([int(id_) for (_, id_), (_, standing) in sorted(found.items()) if standing.amount("undue")])
    return None if case is None else recover(world, case)
