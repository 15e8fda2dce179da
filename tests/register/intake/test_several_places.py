"""Several places in one cell are several runs; one place with a comma in it stays one."""

from datetime import date
from pathlib import Path

import pytest

from doorleren.register.entries import Run
from doorleren.register.intake.rows import Row
from tests.register.intake.reading import rows_of

START = date(2027, 3, 12)


def one(path: Path, place: str, start: str = "12-3-2027", **more: str) -> Row:
    """The only row of a file with a place and a start."""
    names = {"titel": "title", "start": "run.starts_on", "plaats": "run.place"} | {name: f"run.{name}" for name in more}
    cells = ";".join('"' + cell + '"' for cell in ("Koken", start, place, *more.values()))
    (row,) = rows_of(path / "f", ";".join(names) + "\n" + cells + "\n", {"columns": names})
    assert row.entry is not None
    return row


def places(row: Row) -> list[str]:
    """The place of each run."""
    assert row.entry is not None
    return [run.place for run in row.entry.runs]


@pytest.mark.parametrize(
    "cell",
    ["Utrecht; Zwolle", "Utrecht|Zwolle", "Utrecht\nZwolle", "Utrecht, Zwolle", "Utrecht en Zwolle", "Utrecht / Zwolle", "Utrecht/Zwolle",
     "Utrecht; Zwolle; utrecht".replace("; utrecht", "; Utrecht"), "Utrecht, Zwolle of online"],
)  # fmt: skip
def test_each_place_is_a_run(tmp_path: Path, cell: str) -> None:
    """However people part them, two places are two runs with the same days; "online" is no place."""
    row = one(tmp_path, cell)
    assert row.entry is not None
    assert row.entry.runs == (Run(START, place="Utrecht"), Run(START, place="Zwolle"))
    assert row.faults == ()


@pytest.mark.parametrize(
    "cell",
    [
        "Haarlem, Noord-Holland",
        "Newark, NJ",
        "Berg en Dal",
        "Zaal 3, gebouw A",
        "Goes, Zeeland",
        "Amersfoort, Utrecht",
        "Wijk aan Zee",
    ],
)
def test_a_place_with_a_comma_stays_one(tmp_path: Path, cell: str) -> None:
    """What is not a Dutch place in each of its parts is no list."""
    assert places(one(tmp_path, cell)) == [cell]


def test_places_and_starts(tmp_path: Path) -> None:
    """As many places as starts are paired; where the numbers differ each start is everywhere, with a remark."""
    paired = one(tmp_path, "Utrecht; Zwolle", "12-3-2027; 1-9-2027")
    assert paired.entry is not None
    assert paired.entry.runs == (Run(START, place="Utrecht"), Run(date(2027, 9, 1), place="Zwolle"))
    everywhere = one(tmp_path, "Utrecht; Zwolle; Goes", "12-14 maart 2027; 1-9-2027")
    assert places(everywhere) == ["Utrecht", "Zwolle", "Goes"] * 2
    assert [(fault.field, fault.refuses) for fault in everywhere.faults] == [("run.place", False)]


def test_one_postcode_beside_several_places_is_left_out(tmp_path: Path) -> None:
    """Nobody can say which place it belongs to; the remark names the column."""
    row = one(tmp_path, "Utrecht; Zwolle", postcode="3511 AB")
    assert row.entry is not None
    assert [run.postcode for run in row.entry.runs] == ["", ""]
    (fault,) = row.faults
    assert (fault.field, fault.given, fault.refuses) == ("run.postcode", "3511 AB", False)
    assert "kolom 'postcode'" in fault.text["nl"]
