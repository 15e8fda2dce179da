"""A simulation of whole lives of cases: nothing is broken, it can be repeated, and it went everywhere."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import transaction

from doorleren.server.embedded import cluster
from doorleren.server.simulated import Told, _add, _lines, _plain
from doorleren.simulation import collecting, moves
from doorleren.simulation.holding import Violation
from doorleren.simulation.running import Ran, Simulation
from tests.simulation.conftest import DIES_OPEN, not_seen, sequences_begin_anew

pytestmark = [pytest.mark.django_db, DIES_OPEN]

EVERYWHERE = (
    "apply", "open_cases", "assess", "grant", "send_waiting", "follow_all", "propose_account", "confirm_account",
    "report_delivery", "propose_run",
)  # fmt: skip
CONTESTED = 4000
"""Steps within which somebody objected to a recovery, and was right."""
RESERVED, LENT = 4, 5
"""Numbers of a season in which places are reserved and claimed later, and of one in which is lent."""
LATE = (
    "release_batch", "release_run", "hand_over", "import_message", "settle_lower", "decide_recovery", "uphold", "refuse",
    "revoke", "owe_again", "request_settlement", "close_quiet", "remind", "fix_interest", "pay_in",
    "invoke_budget_reservation", "correct_slip", "name_deputy", "end_absence", "propose_destruction",
    "release_destruction", "run_destruction", "ask_correction", "correct", "refuse_correction", "fix_scores", "rank_waiting",
    "give_notice_of_default", "declare_own_default", "fix_penalty", "keep_loans", "repay",
    "remit_loan", "remind_of_loan", "destroy_payments",
)  # fmt: skip
HAPPENED = (
    "granted by a batch", "settled_at_nil by a batch", "ranked", "destroyed", "contact_noted: reminded",
    "recovery_decided: interest", "assessed by a deputy",
    "contact_noted: loan_plan", "contact_noted: loan_repaid",
)  # fmt: skip
"""What must stand in cases after a long simulation: a lapse worked off to its end among it."""


@pytest.mark.timeout(300)
def test_a_few_hundred_steps(as_application: None) -> None:
    """Over 400 steps with the rights of the application nothing is broken, while acts are refused, broken off and done twice; it gets as far as a payment run."""
    ran = Simulation("1").run(400)
    assert ran.violations == []
    assert ran.steps == 400
    assert [name for name in EVERYWHERE if not ran.done[name]] == []
    assert ran.crashed > 2 < ran.twice
    assert ran.refused.total() > 50


@pytest.mark.timeout(900)
def test_a_season_that_is_claimed(as_application: None) -> None:
    """Where places are reserved and claimed later nothing is broken either, while some are reminded and let lapse."""
    assert not not_seen(("remind_unclaimed", "propose_lapsing", "report_delivery"), "lapse", 600, season=RESERVED)


@pytest.mark.timeout(900)
def test_a_season_that_lends(as_application: None) -> None:
    """Where money is lent nothing is broken either, while it bears interest, is repaid, remitted and reminded of, noted as repaid and settled."""
    wanted = ("keep_loans", "repay", "remit_loan", "settle_as_granted", "contact_noted: loan_repaid")
    assert not not_seen(wanted, "loans", 600, season=LENT)


@pytest.mark.timeout(900)
def test_many_decisions_that_come_late(as_application: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where many decisions come late all holds too, while notices are given by officials and by who applied, and penalties are fixed."""
    monkeypatch.setattr(moves, "LATE", 0.5)
    assert not not_seen(("give_notice_of_default", "declare_own_default", "fix_penalty"), "default", 600)


@pytest.mark.long
@pytest.mark.timeout(900)
def test_debts_that_are_contested(as_application: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where everybody objects to what must be paid back all holds, while such objections are upheld and recoveries fall away."""
    monkeypatch.setattr(collecting, "follow", collecting.contest)
    monkeypatch.setattr(moves, "IN_LINE", 0.7)
    ran = Simulation("controls").run(CONTESTED)
    assert ran.violations == []
    assert ran.done["uphold_recovery"]
    assert ran.happened["debt_objection_upheld"]


def test_the_same_seed_gives_the_same_outcome() -> None:
    """The same seed gives the same hash over every step and what came of it, another seed another."""
    found = []
    for seed in ("7", "7", "8"):
        with transaction.atomic():
            sequences_begin_anew()
            found.append(Simulation(seed).run(40).digest)
            transaction.set_rollback(True)
    assert found[0] == found[1] != found[2]


def test_what_is_told() -> None:
    """What was found is told with the step and the way to see it again; else that everything holds."""
    told, ran = Told(3), Ran("3/1", steps=12, cases=2, digest="d")
    ran.done["grant"], ran.refused["not allowed: assessed_it"] = 4, 2
    _add(told, ran)
    assert _lines(told)[-2:] == ["refused 2 times: not allowed: assessed_it", "Everything holds. Outcome: "]
    assert _plain(told)["holds"] is True
    ran.violations.append(Violation("ceiling", "round 1", "too much"))
    told.again = "doorleren simulate-cases --seed 3 --steps 24"
    _add(told, ran)
    assert _lines(told)[-2:] == [
        "Broken at step 24: ceiling at round 1: too much", "To see it again: doorleren simulate-cases --seed 3 --steps 24"
    ]  # fmt: skip


def simulated(home: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """Run the command as somebody types it."""
    surroundings = {name: text for name, text in os.environ.items() if not name.startswith(("DATABASE_URL", "DJANGO"))}
    return subprocess.run(
        [sys.executable, "-m", "doorleren", "simulate-cases", *words], capture_output=True, text=True, check=False,
        env=surroundings | {"DOORLEREN_HOME": str(home)},
    )  # fmt: skip


def test_the_command_leaves_the_site_alone(tmp_path: Path) -> None:
    """The command simulates in a database of its own, as the application does, prints JSON, and makes nothing in the home of the site."""
    home = tmp_path / "home"
    done = simulated(home, "--seed", "5", "--steps", "25", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["seed"], told["steps"], told["holds"], len(told["digest"])) == (5, 25, True, 64)
    assert told["role"] == cluster.APPLICATION
    assert not home.exists()
    assert "25 of 25 steps" in done.stderr


@pytest.mark.parametrize("wrong", ["0", "-1", "many"])
def test_a_number_of_steps_that_is_none(wrong: str, tmp_path: Path) -> None:
    """A wrong number of steps is refused before anything is started, with what is allowed."""
    done = simulated(tmp_path, f"--steps={wrong}")
    assert done.returncode == 2
    assert "1 or more is allowed" in done.stderr


@pytest.mark.long
@pytest.mark.timeout(7200)
def test_twenty_thousand_steps(tmp_path: Path) -> None:
    """Over 20,000 steps in a database of its own nothing is broken, and every kind of act was done and stands in a case."""
    done = simulated(tmp_path / "home", "--seed", "20260302", "--steps", "20000", "--json")
    told = json.loads(done.stdout)
    assert told["violations"] == [], told["again"]
    assert done.returncode == 0
    assert told["cases"] > 200
    assert [name for name in (*EVERYWHERE, *LATE) if not told["done"].get(name)] == []
    assert [name for name in HAPPENED if not told["happened"].get(name)] == []
