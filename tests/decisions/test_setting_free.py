"""What a decision does not grant goes to who comes next: they get a place, a decision and a letter; the ledger follows."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from doorleren.audit.acts import checked
from doorleren.cases.models import Case
from doorleren.decisions import judging
from doorleren.decisions.commands import assess as assessing
from doorleren.decisions.commands import decide_many
from doorleren.decisions.commands import run_batch as run_batches
from doorleren.decisions.commands.decide import grant
from doorleren.decisions.commands.decide_objection import uphold
from doorleren.decisions.commands.propose_batch import digest_now, frees_of, preview, propose_batch
from doorleren.decisions.commands.release_batch import release_batch
from doorleren.decisions.commands.run_batch import decide_next, progress_of, run_batch
from doorleren.decisions.freeing import Frees
from doorleren.decisions.judging import Judged
from doorleren.decisions.matters import Matter, matter_of
from doorleren.decisions.models import Batch, BatchItem, Decision
from doorleren.payments.balances import round_money
from doorleren.payments.checking import check_ledger
from doorleren.payments.jobs import follow_decisions
from doorleren.people.models import Person
from doorleren.rounds.answers import PlacesMove
from doorleren.rounds.commands.fill_freed import fill_freed
from doorleren.rounds.models import FixedPlace, Round
from doorleren.rounds.queries import place_now
from doorleren.rules.library import Library
from tests.applications.made import a_round
from tests.decisions import made
from tests.decisions.made import AT, YES, a_case, assessed, automatic, by
from tests.decisions.objecting import WHY, granted, next_moment, objected, refused, said

HONEST = ["honest"]
NAMES = ("Nadia", "Omar", "Els", "Bo")


class Season:
    """A round of 1,000 euros in which the second gets a part and the others stand outside; with its officials."""

    def __init__(self, folder: Path) -> None:
        """Let four people apply."""
        self.known: Library = made.library(folder, made.TIGHT)
        self.round: Round = a_round(self.known, opened=True)
        self.cases: list[Case] = [a_case(self.known, self.round, name) for name in NAMES]
        self.staff: dict[str, Person] = made.officials(self.round.body)

    def cents(self) -> list[int]:
        """Give what is reserved for each now."""
        found = [place_now(matter_of(one).ticket) for one in self.cases]
        return [-1 if one is None else one.cents for one in found]

    def follow(self) -> tuple[int, int]:
        """Let the ledger follow, and hold it; give what is reserved and granted in the round by the ledger."""
        follow_decisions(lambda: AT)
        assert check_ledger().breaks == ()
        money = round_money(self.round.pk)
        return money.reserved, money.granted

    def batch(self) -> Batch:
        """Propose and release all that is clear."""
        batch = propose_batch(self.round.pk, HONEST, by=by(self.staff["decider"]), at=AT)
        return release_batch(batch.pk, digest_now(batch), by=by(self.staff["second"]), at=AT)


@pytest.fixture
def season(tmp_path: Path, db: None) -> Season:
    """Open the round."""
    return Season(tmp_path)


def test_the_next_gets_place_decision_and_letter(season: Season) -> None:
    """A refusal on the merits lets the next come in, who is granted it; the reservation is released once, and the pot is spent whole."""
    first, second, third, fourth = season.cases
    assert (season.cents(), season.follow()) == ([69_995, 30_005, 0, 0], (100_000, 0))
    refused(first, season.known, season.staff)
    assessed(second, season.known, season.staff["assessor"], YES, at=next_moment(second))
    with pytest.raises(PlacesMove):
        grant(second.pk, by=by(season.staff["decider"]), at=AT)
    assert season.follow() == (30_005, 0)
    assert fill_freed(season.round.pk, at=AT) == 1
    assert (season.cents(), season.follow()) == ([0, 69_995, 30_005, 0], (100_000, 0))
    made_ = granted(third, season.known, season.staff)
    assert (made_.kind, made_.amount_cents, made_.place_cents) == ("partly_granted", 30_005, 30_005)
    assert "300,05" in said(made_.act)
    granted(second, season.known, season.staff)
    refused(fourth, season.known, season.staff, "ceiling")
    assert season.follow() == (0, 100_000)
    assert sum(Decision.objects.values_list("amount_cents", flat=True)) == 100_000
    assert checked().broken is None


@pytest.mark.parametrize("follow_first", [True, False])
def test_the_ledger_follows_in_any_order(season: Season, follow_first: bool) -> None:
    """Whether the ledger looks before the place was given on or only after it, it ends the same, and nothing waits."""
    first, second, *_ = season.cases
    if follow_first:
        season.follow()
    assessed(first, season.known, season.staff["assessor"], cents=50_000)
    made_ = grant(first.pk, by=by(season.staff["decider"]), at=AT)
    assert (made_.amount_cents, made_.place_cents) == (50_000, 69_995)
    fixed = FixedPlace.objects.get(pk=made_.ticket_id)
    assert (fixed.gives_back, fixed.keeps_cents) == ("lowered", 50_000)
    fill_freed(season.round.pk, at=AT)
    assert season.cents() == [50_000, 50_000, 0, 0]
    assert season.follow() == (50_000, 50_000)
    refused(second, season.known, season.staff)
    fill_freed(season.round.pk, at=AT)
    assert (season.cents(), season.follow()) == ([50_000, 0, 50_000, 0], (50_000, 50_000))
    assert follow_decisions(lambda: AT).waiting == 0


def test_a_late_win_after_the_money_went_on(season: Season) -> None:
    """Who was refused wins after the next got the money: above the ceiling, and first decisions stay within it."""
    first, second, *_ = season.cases
    refused(first, season.known, season.staff)
    fill_freed(season.round.pk, at=AT)
    granted(second, season.known, season.staff)
    season.follow()
    objected(first)
    assessed(first, season.known, season.staff["assessor"], YES, at=next_moment(first))
    at = next_moment(first)
    won = uphold(first.pk, WHY, by=by(season.staff["second"], at), at=at)
    assert (won.room_cents, won.left_now_cents, won.above_ceiling_cents) == (69_995, 0, 69_995)
    reserved, told = season.follow()
    assert (reserved, told) == (30_005, 139_990)
    money = round_money(season.round.pk)
    assert (money.ceiling, money.available) == (100_000, 0)


# --- many at once


def clear(folder: Path, monkeypatch: pytest.MonkeyPatch, *fails: str) -> Season:
    """Open a round in which the rules assess everybody; of some they find that a condition fails (a register changed, say)."""
    season = Season(folder)

    def judged(matter: Matter, *given: Any) -> Judged:
        found = judging.judged(matter, *given)
        first, *rest = found.results
        return replace(found, results=(replace(first, met=False), *rest)) if named[matter.case.pk] in fails else found

    named = dict(zip((one.pk for one in season.cases), NAMES, strict=True))
    monkeypatch.setattr(assessing, "judged", judged)
    for case in season.cases:
        automatic(case, season.known)
    return season


def kinds(batch: Batch) -> list[tuple[int, str, str]]:
    """Give of each item its case, what it becomes, and why it was left."""
    return list(BatchItem.objects.filter(batch=batch).order_by("number").values_list("case", "kind", "left"))


def test_the_list_says_what_it_sets_free(tmp_path: Path, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who sets something free stands first on the list; the preview and the batch say how much, and whom it may come to."""
    season = clear(tmp_path, monkeypatch, "Omar")
    first, second, third, fourth = (one.pk for one in season.cases)
    shown = preview(season.round, HONEST)
    assert [(one.case, one.kind) for one in shown.lines] == [
        (second, "refused"), (first, "granted"), (third, "refused"), (fourth, "refused"),
    ]  # fmt: skip
    assert shown.frees == Frees(30_005, 1, 2) == frees_of(season.batch())


@pytest.mark.parametrize("together", [True, False])
def test_a_batch_gives_on_what_it_sets_free_before_it_goes_on(
    together: bool, tmp_path: Path, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whom the money comes to is left for a next batch, who stays outside is refused as listed; together as one by one."""
    season = clear(tmp_path, monkeypatch, "Omar")
    first, second, third, fourth = (one.pk for one in season.cases)
    batch = season.batch()
    if together:
        assert run_batch(batch.pk, now=made.later) == 4
    else:
        assert [decide_next(batch.pk, at=made.later()) for _ in range(4)] == [True] * 4
    assert kinds(batch) == [
        (second, "refused", ""), (first, "granted", ""), (third, "refused", "other_outcome"), (fourth, "refused", ""),
    ]  # fmt: skip
    assert season.cents() == [69_995, 0, 30_005, 0]
    again = preview(season.round, HONEST)
    assert [(one.case, one.kind, one.cents) for one in again.lines] == [(third, "partly_granted", 30_005)]
    assert again.frees == Frees()
    assert run_batch(season.batch().pk, now=made.later) == 1
    assert season.follow() == (0, 100_000)
    assert checked().broken is None


def test_where_the_places_would_not_wait_somebody_is_passed_by(
    tmp_path: Path, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: a chunk that does not look at who may gain refuses at the ceiling while there is money."""
    season = clear(tmp_path, monkeypatch, "Omar")
    monkeypatch.setattr(decide_many, "could_gain", lambda *_: set())
    run_batch(season.batch().pk, now=made.later)
    fill_freed(season.round.pk, at=made.later())
    assert season.cents() == [69_995, 0, 0, 0]


def test_a_place_that_does_not_settle_leaves_the_case_for_a_person(
    tmp_path: Path, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where what came free cannot be given now, the case to which it may come is left with that reason, and the batch ends."""
    season = clear(tmp_path, monkeypatch, "Nadia")
    monkeypatch.setattr(run_batches, "fill_freed", lambda *_, **__: 0)
    batch = season.batch()
    run_batch(batch.pk, now=made.later)
    assert [left for *_, left in kinds(batch)] == ["", "waiting", "waiting", "waiting"]
    assert progress_of(batch.pk).pending == 0
