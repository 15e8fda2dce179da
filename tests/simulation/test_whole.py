"""Looking at everything: the seasons before the one that it is too, and what comes years later: destruction of what need not be kept."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, transaction

from doorleren.payments.models import PayeeAccount, PaymentFile, Posting
from doorleren.rounds.models import Place
from doorleren.simulation import destroying, running
from doorleren.simulation.destroying import daily, destroy, payments
from doorleren.simulation.running import Simulation
from doorleren.simulation.seasons import library
from doorleren.simulation.settling import close_all
from doorleren.simulation.world import Act, Season, World
from tests.simulation.conftest import DIES_OPEN

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(600), DIES_OPEN]

STEPS, LONGER = 120, 300
"""So long is a season here, and one in which some cases come to their end."""
KEPT = timedelta(days=11 * 366)


def altered(table: str, statement: str, *values: object) -> None:
    """Change a row as somebody does who owns the tables: without its triggers."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement, values)
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def the_cases(season: Season) -> None:
    """The cases of the season have another day by which to act: whatever still happens to one of them, which puts its day right."""
    altered("cases_case", "UPDATE cases_case SET due_on = '2031-01-01', due_term = 'decision' WHERE id = ANY(%s)", season.cases)  # fmt: skip


def a_place(season: Season) -> None:
    """A place in the round of the season holds a cent more."""
    place = Place.objects.filter(ticket__round=season.round, cents__gt=0).order_by("pk").first()
    assert place is not None
    altered("rounds_place", "UPDATE rounds_place SET cents = cents + 1 WHERE ticket_id = %s", place.pk)


def a_key(season: Season) -> None:
    """The content of a case of the season is destroyed, and it is not said that the case was."""
    altered("people_filekey", "UPDATE people_filekey SET wrapped = '', destroyed_at = now(), destroyed_under = 1 "
            "WHERE about_kind = 'case' AND about_id = %s", str(season.cases[0]))  # fmt: skip


def nothing(season: Season) -> None:
    """Nothing of the season is altered."""


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a season be short, and nobody look at everything on the way."""
    monkeypatch.setattr(running, "SEASON_STEPS", STEPS)
    monkeypatch.setattr(running, "WHOLE_STEPS", 10**9)


@pytest.mark.parametrize(
    ("alter", "found"),
    [(nothing, set()), (the_cases, {"terms"}), (a_place, {"places"}), (a_key, {"retention"})],
)
@pytest.mark.usefixtures("short")
def test_a_season_before_is_looked_at_too(alter: Callable[[Season], None], found: set[str]) -> None:
    """What somebody alters by SQL in a season that is over is found when everything is looked at next, and only then."""
    simulation = Simulation("whole")
    assert simulation.run(STEPS).violations == []
    alter(simulation.world.seasons[0])
    ran = simulation.run(STEPS + 10)
    assert {one.invariant for one in ran.violations} == found
    assert len(simulation.world.seasons) == 2


def only_the_end(world: World) -> Act:
    """Draw what is done at the end of retention, and nothing else."""
    while True:
        found = world.chance.choices((destroy, daily, payments), (9, 1, 1))[0](world)
        if found is not None:
            return found


def gone_after(seed: str, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Let a season live, and do years later only what is done then; give what was not destroyed, after looking that all holds."""
    with monkeypatch.context() as patched:
        patched.setattr(running, "SEASON_STEPS", LONGER)
        simulation = Simulation(seed)
        assert simulation.run(LONGER).violations == []
        simulation.world.wait(400)
        close_all(simulation.world).run()
        simulation.world.at += KEPT
        patched.setattr(running, "next_act", only_the_end)
        ran = simulation.run(LONGER + STEPS)
    assert ran.violations == []
    assert not {"release_own", "release_another", "destroy_unreleased"} & ran.done.keys()
    gone = {
        "cases": ran.happened["destroyed"] and {"propose_destruction", "release_destruction"} <= ran.done.keys(),
        "files": PaymentFile.objects.filter(sealed="", destroyed_at__isnull=False).exists(),
        "accounts": PayeeAccount.objects.filter(sealed="", destroyed_at__isnull=False).exists(),
    }
    return {name for name, is_gone in gone.items() if not is_gone}


@pytest.mark.usefixtures("short")
def test_what_need_not_be_kept_is_destroyed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Years after a season its closed cases are listed by one administrator, released by another and destroyed, with accounts and bank files; all holds."""
    missing = {"cases", "files", "accounts"}
    for seed in ("end", "end-1", "end-2", "end-3"):
        with transaction.atomic():
            missing &= gone_after(seed, monkeypatch)
            transaction.set_rollback(True)
        if not missing:
            break
    assert not missing


@pytest.mark.usefixtures("short")
def test_what_destroying_must_leave_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """When destroying files for the bank changes a cent in the ledger, that is found at once and named."""
    simulation = Simulation("whole", crash=0)
    assert simulation.run(STEPS).violations == []
    assert Posting.objects.exists()

    def lossy(*_: object, **__: object) -> None:
        altered("payments_posting", "UPDATE payments_posting SET cents = cents + 1 WHERE line = 1")

    monkeypatch.setattr(destroying, "destroy_payments", lossy)
    monkeypatch.setattr(running, "next_act", payments)
    assert "left as it was" in {one.invariant for one in simulation.run(STEPS + 1).violations}


def test_time_stays_within_the_holidays_that_are_known() -> None:
    """Nobody jumps or waits past the years of which holidays are known: from then on minutes go by."""
    world = World("late", library())
    world.wait(365 * 69)
    assert world.today.year == 2095
    world.wait(400)
    before = world.at
    world.wait(400)
    for _ in range(1000):
        world.tick()
    assert before < world.at < before + timedelta(days=30)
