"""What the tables of a committee refuse, in the database, with a Dutch sentence."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction

from doorleren.cases.models import CaseAct
from doorleren.core.days import day_of
from doorleren.decisions.models import CommitteeMember, ConflictDeclaration, Ranked, Ranking, Score, ScoreSheet
from tests.decisions.made import AT
from tests.decisions.scoring import Scoring, library

HASH, EARLIER = "a" * 64, AT - timedelta(days=1)
TABLES = (CommitteeMember, ConflictDeclaration, ScoreSheet, Score, Ranking, Ranked)
NAMES = sorted(one.name for table in TABLES for one in table._meta.constraints)


class Rows:
    """Rows that are right, not saved; what is given makes one wrong."""

    def __init__(self, scoring: Scoring) -> None:
        """Keep the round, its case and people."""
        self.round, self.case = scoring.round, scoring.cases["Els"]
        self.seat = CommitteeMember.objects.get(person=scoring.members[0])
        self.decider, self.second, self.assessor = (scoring.staff[one].pk for one in ("decider", "second", "assessor"))
        self.other, self.acts = scoring.cases["Finn"], self.case.acts

    def act(self) -> CaseAct:
        """Give a row of an act that nothing else points at."""
        self.acts += 1
        return CaseAct.objects.create(
            case=self.case, number=self.acts, act="contact_noted", at=AT, happened_on=day_of(AT), by_kind="site", ground="x"
        )  # fmt: skip

    def member(self, **other: Any) -> CommitteeMember:
        """A member who was appointed."""
        told = {"round": self.round, "person_id": self.assessor, "appointed_by_id": self.decider, "appointed_at": AT}
        return CommitteeMember(**told | other)

    def declaration(self, **other: Any) -> ConflictDeclaration:
        """No conflict."""
        return ConflictDeclaration(
            **{"member": self.seat, "case": self.case, "number": 1, "conflict": False, "at": AT} | other
        )

    def sheet(self, **other: Any) -> ScoreSheet:
        """A first sheet, after a declaration."""
        if not ConflictDeclaration.objects.exists():
            self.declaration().save()
        told = {"member": self.seat, "case": self.case, "number": 1, "act": self.act(), "content": b"x"}
        return ScoreSheet(**told | other)

    def score(self, **other: Any) -> Score:
        """Points on the scale."""
        told = {"sheet": kept(self.sheet()), "criterion": "quality", "points": 5, "least": 0, "most": 10}
        return Score(**told | other)

    def ranking(self, **other: Any) -> Ranking:
        """Scores that were proposed."""
        return Ranking(
            **{"round": self.round, "digest": HASH, "proposed_by_id": self.decider, "proposed_at": AT} | other
        )

    def fixed(self, **other: Any) -> Ranking:
        """Scores that another fixed."""
        return self.ranking(**{"fixed_by_id": self.second, "fixed_at": AT} | other)

    def rank(self, **other: Any) -> Ranked:
        """The first of a list."""
        told = {
            "ranking": kept(self.fixed()),
            "case": self.case,
            "rank": 1,
            "numerator": 1,
            "denominator": 1,
            "drawn": False,
        }
        return Ranked(**told | other)


def kept(row: Any) -> Any:
    """Save a row as new."""
    row.save(force_insert=True)
    return row


def wrong(name: str, rows: Rows) -> models.Model:
    """Give a row that one constraint refuses, and nothing else."""
    made: dict[str, Any] = {
        "decisions_member_once": lambda: kept(rows.member()) and rows.member(),
        "decisions_member_by_another": lambda: rows.member(appointed_by_id=rows.assessor),
        "decisions_member_ended": lambda: rows.member(ended_by_id=rows.decider, ended_at=EARLIER),
        "decisions_declared_once": lambda: kept(rows.declaration()) and rows.declaration(),
        "decisions_declared_number": lambda: rows.declaration(number=0),
        "decisions_declared_what": lambda: rows.declaration(conflict=True),
        "decisions_sheet_once": lambda: kept(rows.sheet()) and rows.sheet(),
        "decisions_sheet_number": lambda: rows.sheet(number=0),
        "decisions_score_once": lambda: (one := kept(rows.score())) and rows_of_sheet(one),
        "decisions_score_on_the_scale": lambda: rows.score(points=11),
        "decisions_ranking_one": lambda: kept(rows.ranking()) and rows.ranking(),
        "decisions_ranking_hashed": lambda: rows.ranking(digest="x"),
        "decisions_ranking_two_people": lambda: rows.fixed(fixed_by_id=rows.decider),
        "decisions_ranking_one_end": lambda: rows.fixed(withdrawn_at=AT),
        "decisions_ranking_fixed_first": lambda: rows.ranking(ranked_at=AT),
        "decisions_ranked_once": lambda: (one := kept(rows.rank())) and again(one, rank=2),
        "decisions_ranked_one_a_rank": lambda: (one := kept(rows.rank())) and again(one, case=rows.other),
        "decisions_ranked_score": lambda: rows.rank(rank=None, drawn=True),
    }
    row: models.Model = made[name]()
    return row


def rows_of_sheet(one: Score) -> Score:
    """Score the same criterion of a sheet once more."""
    return Score(sheet=one.sheet, criterion=one.criterion, points=4, least=0, most=10)


def again(one: Ranked, **other: Any) -> Ranked:
    """Rank once more in the same list."""
    told = {
        "ranking": one.ranking,
        "case": one.case,
        "rank": one.rank,
        "numerator": 1,
        "denominator": 1,
        "drawn": False,
    }
    return Ranked(**told | other)


@pytest.fixture
def rows(tmp_path: Path, db: None) -> Rows:
    """Two cases and a committee."""
    return Rows(Scoring(library(tmp_path), ("Els", "Finn")))


@pytest.mark.parametrize("name", NAMES)
def test_refused_by_the_database(name: str, rows: Rows) -> None:
    """Each constraint refuses a row that breaks it alone, also past the model, and says so in Dutch."""
    row = wrong(name, rows)
    sentence = next(str(one.violation_error_message) for one in row._meta.constraints if one.name == name)
    with pytest.raises(ValidationError) as told:
        row.validate_constraints()
    assert sentence in told.value.messages
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.parametrize("kind", ["declaration", "sheet", "score", "rank", "member", "fixed"])
def test_right_rows_stay(kind: str, rows: Rows) -> None:
    """A row that is right is taken, and is not deleted; what has not ended in its own way is not changed in another."""
    row = kept(getattr(rows, kind)())
    table = row._meta.db_table
    changed = {"decisions_committeemember": "appointed_by_id", "decisions_ranking": "digest"}.get(
        table, row._meta.pk.column
    )
    value = {"appointed_by_id": str(rows.second), "digest": f"'{'b' * 64}'"}.get(changed, changed)
    for statement in (
        f"UPDATE {table} SET {changed} = {value} WHERE id = {row.pk}",
        f"DELETE FROM {table} WHERE id = {row.pk}",
    ):
        with (
            pytest.raises(IntegrityError, match=r"insert-only|verandert"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_no_points_past_the_rules(rows: Rows) -> None:
    """Also past the command: no sheet without a declaration, with a conflict as the last one, or once scores were proposed."""
    kept(rows.declaration())
    right = rows.sheet()
    with transaction.atomic():
        right.save(force_insert=True)
    kept(rows.declaration(number=2, conflict=True, content=b"x"))
    with pytest.raises(IntegrityError, match="geeft geen punten"), transaction.atomic():
        rows.sheet(number=2).save()
    kept(rows.declaration(number=3))
    with pytest.raises(IntegrityError, match="geeft geen punten"), transaction.atomic():
        rows.sheet(case=rows.other).save()
    kept(rows.ranking())
    with pytest.raises(IntegrityError, match="al voorgesteld"), transaction.atomic():
        rows.sheet(number=2).save()
