"""Several days in one cell are several runs, and one that is impossible costs no more than itself."""

from datetime import date
from pathlib import Path

import pytest

from doorleren.register.entries import Run
from doorleren.register.intake.guessing import guess
from doorleren.register.intake.rows import Row
from tests.register.intake.reading import TODAY, refused, rows_of

JAN, MRT, DEC = date(2027, 1, 5), date(2027, 3, 1), date(2027, 12, 6)
Told = list[tuple[str, str, bool]]


def one(path: Path, start: str, **more: str) -> Row:
    """The only row of a file with these columns of a run."""
    names = {"titel": "title", "start": "run.starts_on"} | {name: f"run.{name}" for name in more}
    cells = ";".join('"' + cell + '"' for cell in ("Koken", start, *more.values()))
    (row,) = rows_of(path / "f", ";".join(names) + "\n" + cells + "\n", {"columns": names})
    return row


def runs(row: Row) -> tuple[Run, ...]:
    """The runs of a row that comes in."""
    assert row.entry is not None
    return row.entry.runs


def told(row: Row) -> Told:
    """The faults of a row, short."""
    return [(fault.field, fault.given, fault.refuses) for fault in row.faults]


@pytest.mark.parametrize(
    "cell",
    [
        "2027-01-05; 2027-03-01", "2027-01-05;2027-03-01", "5 jan 2027, 1 mrt 2027", "5-1-2027,1-3-2027", "05/01/2027 | 01/03/2027",
        "5 januari 2027 en 1 maart 2027", "5-1-2027 & 1-3-2027", "5-1-2027 / 1-3-2027", "5-1-2027\n1-3-2027", "20270105, 20270301",
        "January 5, 2027, March 1, 2027", "Tuesday, January 5, 2027; Monday, March 1, 2027", "5-1-2027 09:00, 1-3-2027 19:30",
        "2027-01-05T09:00; 2027-03-01T09:00", "vanaf 5-1-2027; vanaf 1-3-2027", "5 jan 2027, 1 mrt 2027,", "5-1-2027; 1-3-2027; 5-1-2027",
    ],
)  # fmt: skip
def test_each_day_is_a_run(tmp_path: Path, cell: str) -> None:
    """However people part them, two days are two runs, in their order and each once."""
    row = one(tmp_path, cell)
    assert (runs(row), told(row)) == ((Run(JAN), Run(MRT)), [])


@pytest.mark.parametrize(
    "cell",
    [
        "5 jan 2027",
        "Tuesday, January 5, 2027",
        "5 / 1 / 2027",
        "January 5, 2027",
        "di, 5 jan 2027",
        "5 jan, 2027",
        "5-1-2027 19:00",
    ],
)
def test_one_day_stays_one(tmp_path: Path, cell: str) -> None:
    """A comma or slash within a day parts nothing."""
    row = one(tmp_path, cell)
    assert (runs(row), told(row)) == ((Run(JAN),), [])


def test_an_impossible_day_is_a_fault_of_its_field_only(tmp_path: Path) -> None:
    """The row comes in with the other days, and the remark names the column and the day."""
    row = one(tmp_path, "2027-01-05; 2027-02-31; 2027-03-01")
    assert (runs(row), told(row)) == ((Run(JAN), Run(MRT)), [("run.starts_on", "2027-02-31", False)])
    assert "kolom 'start'" in row.faults[0].text["nl"]
    assert told(one(tmp_path, "5 jan 2027, later")) == [("run.starts_on", "later", False)]


@pytest.mark.parametrize(
    "cell", ["5 jan, 1 mrt, 6 dec 2027", "5 jan / 1 mrt / 6 dec 2027", "5 januari, 1 maart en 6 december 2027"]
)
def test_a_year_behind_the_last_day_is_that_of_all(tmp_path: Path, cell: str) -> None:
    """Days that come before a day with a year, in the order of the calendar, are of that year."""
    row = one(tmp_path, cell)
    assert (runs(row), told(row)) == ((Run(JAN), Run(MRT), Run(DEC)), [])


@pytest.mark.parametrize(
    ("cell", "wrong"),
    [("15 dec, 5 jan 2027", "15 dec"), ("5 en 12 januari 2027", "5"), ("30 feb, 1 mrt 2027", "30 feb")],
)
def test_a_year_is_not_guessed(tmp_path: Path, cell: str, wrong: str) -> None:
    """A day that would come behind the one it stands before may be of the year before: it is left out with a remark."""
    row = one(tmp_path, cell)
    assert len(runs(row)) == 1
    assert told(row) == [("run.starts_on", wrong, False)]


@pytest.mark.parametrize("cell", ["2027-02-31; 2027-02-30", "voorjaar, najaar", "van 5 en tot 6"])
def test_no_day_at_all_refuses_the_row(tmp_path: Path, cell: str) -> None:
    """Where not one can be read the row is refused, as with one day that cannot."""
    row = one(tmp_path, cell)
    assert refused([row]) == {2: ["run.starts_on"]}
    assert row.faults[0].given == cell


def test_ends_belong_to_the_start_of_the_same_place(tmp_path: Path) -> None:
    """As many ends as starts are paired, also where one start falls out; the place is that of all."""
    row = one(tmp_path, "5-1-2027; 31-2-2027; 1-3-2027", ends_on="1-2-2027; 1-3-2027; 1-4-2027", place="Zwolle")
    assert runs(row) == (Run(JAN, date(2027, 2, 1), "Zwolle"), Run(MRT, date(2027, 4, 1), "Zwolle"))


def test_another_number_of_ends_is_left_out(tmp_path: Path) -> None:
    """Nobody can say which start one end belongs to: it is left out, with a remark."""
    row = one(tmp_path, "5-1-2027; 1-3-2027", ends_on="1-4-2027")
    assert (runs(row), told(row)) == ((Run(JAN), Run(MRT)), [("run.ends_on", "1", False)])


def test_an_end_before_its_start_still_refuses(tmp_path: Path) -> None:
    """The pairs are checked as one run is."""
    assert refused([one(tmp_path, "5-1-2027; 1-3-2027", ends_on="1-2-2027; 1-2-2027")]) == {2: ["run.ends_on"]}


def test_months_among_the_days(tmp_path: Path) -> None:
    """A month alone is its first day, with a remark for each."""
    row = one(tmp_path, "jan 2027; 1 mrt 2027; dec 2027")
    assert runs(row) == (Run(date(2027, 1, 1)), Run(MRT), Run(date(2027, 12, 1)))
    assert [given for _field, given, _refuses in told(row)] == ["jan 2027", "dec 2027"]


def test_whenever_one_likes_among_the_days(tmp_path: Path) -> None:
    """What is no fixed day adds no run."""
    row = one(tmp_path, "doorlopend; 5-1-2027")
    assert (runs(row), told(row)) == ((Run(JAN),), [])


def test_american_lists_put_the_month_first() -> None:
    """The order of day and month of a column is seen in lists too, and such a column is guessed as the start."""
    rows = [[f"Cooking {n}", "1/5/2027; 3/15/2027"] for n in range(5)]
    mapping = guess(["title", "start dates"], rows, TODAY)
    assert mapping.columns["start dates"] == "run.starts_on"
    assert mapping.month_first == ("start dates",)


MARCH = Run(date(2027, 3, 12), date(2027, 3, 14))


@pytest.mark.parametrize(
    "cell",
    [
        "12-14 maart 2027", "12 - 14 maart 2027", "12 t/m 14 maart 2027", "12 t/m 14-03-2027", "12–14 mrt 2027", "12 tot en met 14 maart 2027",
        "van 12 maart tot 14 maart 2027", "12 maart 2027 - 14 maart 2027", "12-03-2027 t/m 14-03-2027", "12-03 t/m 14-03-2027", "12/3 - 14/3/2027",
        "2027-03-12 - 2027-03-14", "12-03-2027 09:00 - 14-03-2027 17:00", "March 12-14, 2027", "March 12 - March 14, 2027", "Mar 12 to 14, 2027",
        "vr 12 t/m zo 14 maart 2027", "12 maart 2027 t/m 14 maart", "du 12 au 14 mars 2027", "vom 12. bis 14. März 2027", "12th to 14th March 2027",
        "12-14-03-2027", "2027-03-12T09:00 → 2027-03-14T17:00", "12.03.2027–14.03.2027",
    ],
)  # fmt: skip
def test_from_when_until_when_in_one_cell(tmp_path: Path, cell: str) -> None:
    """However people write a first and a last day, they are the start and the end of one run, without a remark."""
    row = one(tmp_path, cell)
    assert (runs(row), told(row)) == ((MARCH,), [])


@pytest.mark.parametrize(
    "cell",
    ["12-03-2027", "12-03-2027 09:00 - 17:00", "12 - 03 - 2027", "12-mrt-2027", "vr 12 maart 2027 19.00 - 21.30 uur"],
)
def test_a_hyphen_within_a_day_or_its_time_is_no_range(tmp_path: Path, cell: str) -> None:
    """One day stays one day."""
    row = one(tmp_path, cell)
    assert (runs(row), told(row)) == ((Run(date(2027, 3, 12)),), [])


def test_ranges_over_the_turn_of_the_year_and_among_other_days(tmp_path: Path) -> None:
    """The first day is the last one before the second that it can be; several ranges are several runs."""
    assert runs(one(tmp_path, "28 dec t/m 3 jan 2028")) == (Run(date(2027, 12, 28), date(2028, 1, 3)),)
    assert runs(one(tmp_path, "30 dec 2027 - 2 jan")) == (Run(date(2027, 12, 30), date(2028, 1, 2)),)
    row = one(tmp_path, "12-14 maart, 3-5 juni en 6 december 2027")
    assert (runs(row), told(row)) == ((MARCH, Run(date(2027, 6, 3), date(2027, 6, 5)), Run(DEC)), [])
    assert runs(one(tmp_path, "12-14 maart 2027; 5-1-2027")) == (MARCH, Run(JAN))


@pytest.mark.parametrize(
    "cell", ["14-12 maart 2027", "31 t/m 32 maart 2027", "12-14 foober 2027", "voorjaar - najaar 2027", "2026-2027"]
)
def test_what_is_no_range_refuses_the_row(tmp_path: Path, cell: str) -> None:
    """A last day before the first, and words that are no days, are told as what cannot be read."""
    row = one(tmp_path, cell)
    assert refused([row]) == {2: ["run.starts_on"]}
    assert row.faults[0].given == cell


def test_a_column_of_its_own_tells_the_end(tmp_path: Path) -> None:
    """The end of a column counts before that of a range, and of a range in a column of ends the last day is the end."""
    assert runs(one(tmp_path, "12-14 maart 2027", ends_on="15 maart 2027")) == (
        Run(date(2027, 3, 12), date(2027, 3, 15)),
    )
    assert runs(one(tmp_path, "12 maart 2027", ends_on="12-14 maart 2027")) == (MARCH,)


def test_a_period_of_enrolment_and_ranges_of_months(tmp_path: Path) -> None:
    """A range in the column of enrolment is from when until when; months are read as their first and last day, with a remark each."""
    row = one(tmp_path, "5-1-2027", enrol_from="1 nov - 15 dec 2026")
    assert runs(row) == (Run(JAN, enrol_from=date(2026, 11, 1), enrol_until=date(2026, 12, 15)),)
    week = one(tmp_path, "week 12 2027", ends_on="2027-W13")
    assert (runs(week), len(week.faults)) == ((Run(date(2027, 3, 22), date(2027, 4, 4)),), 2)
    assert refused([one(tmp_path, "week 54 2027")]) == {2: ["run.starts_on"]}
    for cell, given in (
        ("maart t/m juni 2027", ["maart 2027", "juni 2027"]),
        ("03-2027 - 06-2027", ["03-2027", "06-2027"]),
    ):
        row = one(tmp_path, cell)
        assert runs(row) == (Run(MRT, date(2027, 6, 30)),)
        assert [(name, text) for _field, text, name in told(row)] == [(False, text) for text in given]


def test_a_column_of_ranges_is_guessed() -> None:
    """Under a name for dates a column of ranges is the start, and shows the order of day and month."""
    rows = [[f"Cooking {n}", f"{n}/12/2027 - {n}/14/2027"] for n in range(1, 6)]
    mapping = guess(["title", "dates"], rows, TODAY)
    assert (mapping.columns["dates"], mapping.month_first) == ("run.starts_on", ("dates",))


def test_a_day_of_publication_is_one(tmp_path: Path) -> None:
    """A field that can hold one day alone refuses a list."""
    (row,) = rows_of(tmp_path / "f", "titel;gepubliceerd vanaf\nKoken;5-1-2026; 6-1-2026\n".replace("; 6", ", 6"))
    assert refused([row]) == {2: ["published_from"]}
