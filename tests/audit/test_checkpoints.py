"""Checkpoints outside the database: what a chain alone cannot show, they do."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from doorleren.audit.acts import Party, checked, record
from doorleren.audit.checkpoints import FILE, BadCheckpoint, held_against_checkpoints, keep_checkpoint
from doorleren.audit.models import Act

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)


def some_acts(folder: Path, number: int = 5) -> list[int]:
    """Record acts, with a checkpoint after each."""
    made = []
    for _ in range(number):
        made.append(record("opened", Party("round", "1"), by=Party("site", ""), at=AT).pk)
        assert keep_checkpoint(folder, at=AT)
    return made


def by_hand(sql: str) -> None:
    """Change the record as somebody with all rights on the database could."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE audit_act DISABLE TRIGGER ALL")
        cursor.execute(sql)


def test_a_whole_record(tmp_path: Path) -> None:
    """A record that nobody touched is as every checkpoint has it; the same head is written down once."""
    some_acts(tmp_path)
    assert not keep_checkpoint(tmp_path, at=AT)
    assert held_against_checkpoints(tmp_path) == (5, None)


def test_a_record_that_was_cut_off(tmp_path: Path) -> None:
    """A chain whose last acts are gone is whole in itself; the checkpoints name the first act that is gone."""
    made = some_acts(tmp_path)
    by_hand(f"DELETE FROM audit_act WHERE id >= {made[3]}")
    assert checked().broken is None
    _, broken = held_against_checkpoints(tmp_path)
    assert broken is not None
    assert (broken.act, broken.wrong) == (made[3], "checkpoint")


def test_a_record_that_was_written_anew(tmp_path: Path) -> None:
    """Somebody who computes all hashes again cannot change what was written down outside."""
    made = some_acts(tmp_path)
    by_hand(f"DELETE FROM audit_act WHERE id >= {made[1]}")
    by_hand(f"SELECT setval('audit_act_id_seq', {made[0]})")
    for _ in made[1:]:
        record("closed", Party("round", "1"), by=Party("site", ""), at=AT)
    assert [one.pk for one in Act.objects.order_by("id")] == made
    assert checked().broken is None
    _, broken = held_against_checkpoints(tmp_path)
    assert broken is not None
    assert broken.act == made[1]


def test_a_line_that_was_being_written(tmp_path: Path) -> None:
    """Half a line at the end, from a machine that stopped, is passed over, and the next checkpoint takes its place."""
    some_acts(tmp_path, 2)
    with (tmp_path / FILE).open("ab") as file:
        file.write(b'{"at": "2026')
    assert held_against_checkpoints(tmp_path) == (2, None)
    some_acts(tmp_path, 1)
    assert held_against_checkpoints(tmp_path) == (3, None)


@pytest.mark.parametrize(
    "text", [b"nonsense\n", b"\xff\xfe\n", b"[]\n", b'{"act": "x", "hash": "y"}\n', b'{"act": Infinity, "hash": "y"}\n']
)
def test_a_file_that_is_none(tmp_path: Path, text: bytes) -> None:
    """A line that is no checkpoint is told with its number."""
    (tmp_path / FILE).write_bytes(text)
    with pytest.raises(BadCheckpoint, match="line 1"):
        held_against_checkpoints(tmp_path)


def test_no_acts_and_no_file(tmp_path: Path) -> None:
    """Without acts there is no checkpoint, and without a file nothing to hold against."""
    assert not keep_checkpoint(tmp_path / "none", at=AT)
    assert held_against_checkpoints(tmp_path / "none") == (0, None)
