"""The end of retention: a list proposed and released by two administrators, and the site that destroys. Also of seasons long over.

Accounts of payees and files for the bank go by the rule of the books alone.
"""

from django.db.models import Count, Sum

from doorleren.applications.retention.commands.propose_destruction import propose_destruction, withdraw_destruction
from doorleren.applications.retention.commands.release_destruction import release_destruction
from doorleren.applications.retention.commands.run_destruction import run_daily, run_destruction, run_released
from doorleren.applications.retention.due import due_cases
from doorleren.audit.acts import SITE
from doorleren.cases.models import DestructionList
from doorleren.payments.balances import round_standing
from doorleren.payments.commands.destroy_accounts import destroy_payments
from doorleren.payments.models import Posting
from doorleren.simulation.world import Act, Season, World


def destroy(world: World) -> Act | None:
    """Do what comes next for what a season, mostly an early one, need not keep any longer; None where nothing is due."""
    season = world.chance.choice(
        world.seasons[: max(1, len(world.seasons) // 2)] if world.maybe(0.7) else world.seasons
    )
    last = DestructionList.objects.filter(body=season.body).order_by("-pk").first()
    if last is not None and last.waits:
        return _end(world, season, last)
    if last is not None and last.released_at is not None and last.items.filter(act=None, left="").exists():
        return _run(world, last.pk)
    if next(due_cases(world.today, season.body), None) is None and world.maybe(0.9):
        return None
    by, at = world.fresh(world.chance.choice(season.administrators)), world.at
    on = world.days_ahead(1, 3000) if world.maybe(0.1) else world.today
    return Act("propose_destruction", lambda: propose_destruction(season.body, on=on, by=by, at=at))


def _end(world: World, season: Season, row: DestructionList) -> Act:
    """Release a list, or withdraw it; now and then by who proposed it, by somebody without the role, or another list, or unreleased."""
    at, number, digest = world.at, row.pk, row.digest
    other = [one for one in season.administrators if one != row.proposed_by_id]
    by = world.fresh(world.chance.choice(other if world.maybe(0.8) else tuple(season.officials)))
    if world.maybe(0.1):
        own = world.fresh(row.proposed_by_id)
        return Act(
            "release_own", lambda: release_destruction(number, digest=digest, by=own, at=at), forbidden=True
        )  # fmt: skip
    if world.maybe(0.1):
        return Act(
            "release_another", lambda: release_destruction(number, digest="0" * 64, by=by, at=at), forbidden=True
        )  # fmt: skip
    if world.maybe(0.1):
        store = world.store
        return Act("destroy_unreleased", lambda: run_destruction(number, store=store, at=at), forbidden=True)
    if world.maybe(0.1):
        return Act("withdraw_destruction", lambda: withdraw_destruction(number, by=by, at=at))
    return Act("release_destruction", lambda: release_destruction(number, digest=digest, by=by, at=at))


def _run(world: World, number: int) -> Act:
    """Destroy some of a released list, or all that is left of every list."""
    at, store, most = world.at, world.store, world.chance.choice((1, 3))
    if world.maybe(0.6):
        return Act("run_destruction", lambda: run_destruction(number, store=store, at=at, most=most))
    return Act("run_released", lambda: run_released(store=store, at=at))


def daily(world: World) -> Act:
    """Let the site destroy what nobody submitted and accounts that nobody needs."""
    at, store = world.at, world.store
    return Act("run_daily", lambda: run_daily(store=store, at=at))


def payments(world: World) -> Act:
    """Let the site destroy accounts of payees and files for the bank; the ledger stays as it is, of every round and as a whole."""
    at, on = world.at, world.today
    return Act("destroy_payments", lambda: destroy_payments(on, by=SITE, at=at), unchanged=lambda: _ledger(world))


def _ledger(world: World) -> tuple[object, ...]:
    """Give the ledger as it stands: how much was posted, what that adds up to, and the sums of every round that there was."""
    posted = Posting.objects.aggregate(Count("line"), Sum("cents"))
    rounds = [round_standing(one) for season in world.seasons for one in season.ceilings]
    return tuple(sorted(posted.items())), *rounds
