"""The open data: what a day holds, when it is due, what is kept, and that a process that dies halfway spoils nothing."""

import csv
import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import polars as pl
import pytest

from doorleren.register import publishing
from doorleren.register.outlets.columns import COLUMNS
from doorleren.register.publishing import BeingPublished, file_of, is_due, publish, published_days
from tests.register.commands.scene import AT, SCHOOL, WELDING, day, receive
from tests.repository.sources import ROOT

DAY = date(2026, 5, 1)


def names(home: Path) -> list[str]:
    """The folders of the open data."""
    return sorted(one.name for one in (home / "open-data").iterdir())


@pytest.mark.django_db
def test_a_day_holds_the_whole_register_twice_and_says_what_it_is(tmp_path):
    """CSV and Parquet have the same rows, and the metadata the date, the number, the licence, the columns and the hashes."""
    receive(
        WELDING,
        replace(WELDING, code="L2", title="Zagen"),
        replace(WELDING, code="L3", published_until=date(2026, 4, 30)),
    )
    made = publish(tmp_path, at=AT)
    folder = tmp_path / "open-data" / "2026-05-01"
    assert sorted(one.name for one in folder.iterdir()) == sorted(publishing.MEDIA_TYPES)
    with (folder / "trainings.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    frame = pl.read_parquet(folder / "trainings.parquet")
    assert [one["title"] for one in rows] == frame["title"].to_list() == ["Lassen niveau 2", "Zagen"]
    told = json.loads((folder / "metadata.json").read_text())
    assert (told["date"], told["trainings"], told["licence"]["name"]) == ("2026-05-01", 2, "CC0-1.0")
    assert [one["name"] for one in told["columns"]] == [one.name for one in COLUMNS] == list(rows[0])
    for one in told["files"]:
        content = (folder / one["name"]).read_bytes()
        assert (one["bytes"], one["hash"]) == (len(content), f"sha256:{sha256(content).hexdigest()}")
    assert published_days(tmp_path) == [made]
    assert (made.day, made.made_at, made.trainings) == (DAY, AT, 2)


@pytest.mark.django_db
def test_an_empty_register_is_published_too(tmp_path):
    """With nothing in the register the files have a header and no rows."""
    assert publish(tmp_path, at=AT).trainings == 0
    assert (tmp_path / "open-data/2026-05-01/trainings.csv").read_text().count("\n") == 1


@pytest.mark.django_db
def test_the_last_seven_days_are_kept(tmp_path):
    """After nine days the last seven are there, the last one first; another name in the folder is left alone."""
    (tmp_path / "open-data" / "notes").mkdir(parents=True)
    for number in range(1, 10):
        publish(tmp_path, at=day(number))
    assert [one.day for one in published_days(tmp_path)] == [DAY + timedelta(days=n) for n in range(8, 1, -1)]
    assert names(tmp_path) == [f"2026-05-0{n}" for n in range(3, 10)] + ["notes"]


@pytest.mark.django_db
def test_a_day_can_be_written_again_and_is_not_by_itself(tmp_path):
    """Asked for anew the day has the register of now; otherwise what was written stays."""
    publish(tmp_path, at=AT)
    receive(WELDING, at=AT)
    assert publish(tmp_path, at=AT + timedelta(hours=1), anew=False).trainings == 0
    assert publish(tmp_path, at=AT + timedelta(hours=2)).trainings == 1
    assert names(tmp_path) == ["2026-05-01"]


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        (datetime(2026, 4, 30, 23, 59, 59, tzinfo=UTC), False),  # 01:59:59 in Amsterdam
        (datetime(2026, 5, 1, 0, tzinfo=UTC), True),  # 02:00
        (datetime(2026, 5, 1, 21, 59, tzinfo=UTC), True),  # the site was off all day
        (datetime(2026, 5, 1, 22, tzinfo=UTC), False),  # midnight: the day after
        (datetime(2026, 3, 29, 1, tzinfo=UTC), True),  # 03:00, the night that has no two o'clock
        (datetime(2026, 10, 25, 0, tzinfo=UTC), True),  # 02:00, the first of two
    ],
)
def test_the_data_of_a_day_is_due_from_two_o_clock(tmp_path, moment, due):
    """Due from two at night in Amsterdam, also later when it was missed, and not before."""
    assert is_due(tmp_path, moment) == due


@pytest.mark.django_db
def test_a_day_that_was_written_is_due_no_more_until_the_next(tmp_path):
    """Once written it is not due that day; a day whose metadata is damaged is, and is written again."""
    publish(tmp_path, at=AT)
    assert not is_due(tmp_path, AT + timedelta(hours=1))
    assert is_due(tmp_path, AT + timedelta(days=1))
    (tmp_path / "open-data/2026-05-01/metadata.json").write_text("{")
    assert published_days(tmp_path) == []
    assert is_due(tmp_path, AT)
    assert publish(tmp_path, at=AT, anew=False).day == DAY


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("trainings.csv", True),
        ("metadata.json", True),
        ("trainings.csv.part", False),
        ("../../secret-key", False),
        ("", False),
    ],
)
def test_only_the_files_of_a_day_are_given(tmp_path, name, found):
    """A name that is not one of ours is not there, whatever lies in the folder or above it."""
    folder = tmp_path / "open-data" / "2026-05-01"
    folder.mkdir(parents=True)
    for one in ("trainings.csv", "metadata.json", "trainings.csv.part"):
        (folder / one).write_text("x")
    (tmp_path / "secret-key").write_text("x")
    assert (file_of(tmp_path, "2026-05-01", name) is not None) == found
    assert file_of(tmp_path, "2026-05-02", name) is None


@pytest.mark.django_db
@pytest.mark.parametrize("breaks", ["write_parquet", "description"])
def test_a_job_that_fails_halfway_leaves_the_days_whole(tmp_path, monkeypatch, breaks):
    """When the disk is full in the middle, yesterday and what was there of today stay whole, and the next time it works."""
    receive(WELDING, at=AT)
    publish(tmp_path, at=day(1))
    publish(tmp_path, at=day(2))
    before = published_days(tmp_path)

    def full(*_given, **_more):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(publishing.tables, breaks, full)
        for number in (2, 3):
            with pytest.raises(OSError, match="No space"):
                publish(tmp_path, at=day(number))
            assert published_days(tmp_path) == before
            assert names(tmp_path) == ["2026-05-01", "2026-05-02"]
    assert publish(tmp_path, at=day(3)).trainings == 1


KILLED = """
import os, signal, sys
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
import django
django.setup()
from doorleren.register import publishing

def half(listed, path, at):
    path.write_bytes(b"PAR1")
    os.kill(os.getpid(), signal.SIGKILL)

publishing.turn = lambda work: nullcontext(True)
publishing.one_moment = nullcontext
publishing.listed_on = lambda day: iter(())
publishing.tables.write_parquet = half
publishing.publish(Path(sys.argv[1]), at=datetime.fromisoformat(sys.argv[2]))
"""


@pytest.mark.django_db
def test_a_job_that_is_killed_halfway_leaves_the_old_days_whole(tmp_path):
    """A process killed in the middle of the second file leaves yesterday, nothing that is seen of today, and no hindrance."""
    publish(tmp_path, at=day(1))
    before = published_days(tmp_path)
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path), day(2).isoformat()], cwd=ROOT, capture_output=True, check=False,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "doorleren.server.settings"},
    )  # fmt: skip
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    assert any(name.startswith(".2026-05-02") for name in names(tmp_path))
    assert published_days(tmp_path) == before
    assert file_of(tmp_path, "2026-05-02", "trainings.csv") is None
    assert is_due(tmp_path, day(2))
    publish(tmp_path, at=day(2), anew=False)
    assert names(tmp_path) == ["2026-05-01", "2026-05-02"]


@pytest.mark.django_db
def test_while_another_process_writes_this_one_does_not(tmp_path, monkeypatch):
    """Who does not get the turn writes nothing and says so."""
    monkeypatch.setattr(publishing, "turn", lambda _work: _not_mine())
    with pytest.raises(BeingPublished):
        publish(tmp_path, at=AT)
    assert names(tmp_path) == []


class _not_mine:
    def __enter__(self):
        return False

    def __exit__(self, *_):
        return None


@pytest.mark.django_db(transaction=True)
def test_both_files_say_the_same_while_the_register_changes(tmp_path, monkeypatch):
    """A training that comes in between the first file and the second is in neither."""
    receive(WELDING, at=AT)
    write = publishing.tables.write_parquet

    def write_while_more_comes_in(*given):
        _in_another_connection(lambda: receive(replace(WELDING, code="L2"), provider=SCHOOL, at=AT))
        return write(*given)

    monkeypatch.setattr(publishing.tables, "write_parquet", write_while_more_comes_in)
    assert publish(tmp_path, at=AT).trainings == 1
    assert pl.read_parquet(tmp_path / "open-data/2026-05-01/trainings.parquet").height == 1
    monkeypatch.undo()
    assert publish(tmp_path, at=AT).trainings == 2


def _in_another_connection(act) -> None:
    from threading import Thread

    from django.db import connection

    def run() -> None:
        try:
            act()
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    thread.join()
