"""JSON files: one object, a list, pages, lines and archives; what is broken costs itself, what is a bomb is refused."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from doorleren.register.intake import archives
from doorleren.register.intake.faults import Unreadable
from tests.register.intake.reading import read, refused, rows_of


def program(code: str = "A1", **classified: object) -> dict:
    """A small program of EDU-DEX."""
    return {
        "programClassification": {"orgUnitId": "school", "programId": code, **classified},
        "programDescriptions": {"programName": {"nl": f"Cursus {code}"}},
    }


def zipped(members: dict[str, bytes | str]) -> bytes:
    """A zip of files in memory."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return kept.getvalue()


PROGRAMS = [program("A1"), program("A2"), program("A3")]
SHAPES = {
    "list": json.dumps(PROGRAMS), "indented": json.dumps(PROGRAMS, indent=4), "page": json.dumps({"items": PROGRAMS, "pageNumber": 1}),
    "lines": "\n".join(json.dumps(one) for one in PROGRAMS), "lines with spaces": "\n\n".join(json.dumps(one) + "  " for one in PROGRAMS),
    "one after another": "".join(json.dumps(one, indent=1) for one in PROGRAMS),
    "pages in lines": "\n".join(json.dumps({"items": [one]}) for one in PROGRAMS),
}  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A place for a file, with a name that says nothing true."""
    return tmp_path / "letter.docx"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("shape", SHAPES)
def test_shapes(path: Path, shape: str, encoding: str) -> None:
    """The same programs come out of every shape in which files hold them, in each encoding, and from a zip."""
    content = SHAPES[shape].encode(encoding)
    for whole in (content, zipped({"map/a.json": content})):
        rows = rows_of(path, whole)
        assert [(row.number, row.entry.code) for row in rows if row.entry] == [(1, "A1"), (2, "A2"), (3, "A3")]


def test_one_object(path: Path) -> None:
    """A file may be one program."""
    assert [row.entry.title for row in rows_of(path, json.dumps(program())) if row.entry] == ["Cursus A1"]


def test_a_long_list_is_read_a_piece_at_a_time(path: Path) -> None:
    """A list much longer than a piece gives every program once, whatever falls on the border of two pieces."""
    many = [program(f"A{number}", note="é" * (number % 977)) for number in range(3000)]
    rows = rows_of(path, json.dumps(many, ensure_ascii=False))
    assert [row.entry.code for row in rows if row.entry] == [f"A{number}" for number in range(3000)]


@pytest.mark.parametrize(
    ("content", "wrong", "good"),
    [
        (json.dumps([program("A1"), 5, None, program("A2")]), [2, 3], 2),
        ('{"a": 1\n' + json.dumps(program("A2")), [1], 1),
        (json.dumps(program("A1")) + "\n{broken\n" + json.dumps(program("A2")), [2], 2),
        ("[" + json.dumps(program("A1")) + ", {broken}, " + json.dumps(program("A2")) + "]", [2], 1),
        ("[" + json.dumps(program("A1")) + json.dumps(program("A2")) + "]", [2], 1),
        ("[" + json.dumps(program("A1")) + ', {"open": "', [2], 1),
        ("[" + json.dumps(program("A1")) + ', {"x": NaN}]', [2], 1),
        ("[" + json.dumps(program("A1")) + ', {"x": ' + "9" * 5000 + "}]", [2], 1),
        ("[" + json.dumps(program("A1")) + "," + "[" * 200_000, [2], 1),
        (json.dumps([program("A1"), program("A1"), program("A2")]), [2], 2),
        (json.dumps([program("A1"), {"naam": "x"}, program("A2")]), [2], 2),
    ],
    ids=range(11),
)  # fmt: skip
def test_what_is_broken_costs_itself(path: Path, content: str, wrong: list[int], good: int) -> None:
    """A broken object is a fault; in lines and lists reading goes on wherever the next object can be found."""
    rows = rows_of(path, content, form="edudex")
    assert sorted(refused(rows)) == wrong
    assert sum(row.entry is not None for row in rows) == good


@pytest.mark.parametrize(
    "content", ["{}", "[]", "[1]", '{"items": []}', "{", '[{"name": "x"}]', "titel;prijs\nKoken;1\n", "[" * 300_000]
)
def test_what_holds_no_programs(path: Path, content: str) -> None:
    """A file without anything of either standard is unreadable as a whole where nobody said what it is."""
    with pytest.raises(Unreadable):
        read(path, content, form=None if content[:1] in "{[" else "edudex")


def test_the_form_that_was_asked_for(path: Path) -> None:
    """A file of another standard than was said is refused, and a form that does not exist is named."""
    with pytest.raises(Unreadable, match="edudex"):
        read(path, SHAPES["list"], form="ooapi")
    with pytest.raises(Unreadable, match="csv, edudex, ooapi"):
        read(path, SHAPES["list"], form="xml")


def test_members_that_are_passed_over(path: Path) -> None:
    """A member outside the archive, an archive within and a member that is no text are faults; the others are read."""
    content = zipped({
        "a.json": json.dumps(program("A1")), "../../b.json": json.dumps(program("A2")), "/etc/c.json": json.dumps(program("A3")),
        "in.zip": zipped({"x.json": "{}"}), "C:\\d.json": json.dumps(program("A4")), "picture.png": b"\x89PNG\xff\xfe",
        "__MACOSX/a.json": "rubbish", "z.json": json.dumps(program("A5")),
    })  # fmt: skip
    rows = rows_of(path, content)
    assert [row.entry.code for row in rows if row.entry] == ["A1", "A5"]
    assert [row.member for row in rows if row.faults] == [
        "../../b.json",
        "/etc/c.json",
        "in.zip",
        "C:\\d.json",
        "picture.png",
    ]
    assert list(path.parent.iterdir()) == [path]


def test_a_zip_bomb_is_refused(path: Path) -> None:
    """An archive that unpacks to far more than it holds is unreadable before anything of it is read."""
    with pytest.raises(Unreadable, match="too large"):
        read(path, zipped({"a.json": b" " * 50_000_000}))


def test_a_zip_that_lies_is_stopped(path: Path) -> None:
    """A member that says it is small is read to its limit at most, and found to be damaged or too large."""
    content = bytearray(zipped({"a.json": b" " * 5_000_000, "b.json": json.dumps(program("A2")).encode() * 1}))
    for start in (content.find(b"PK\x01\x02") + 24, 22):
        content[start : start + 4] = (1000).to_bytes(4, "little")
    rows = rows_of(path, bytes(content), form="edudex")
    assert [row.member for row in rows if row.faults] == ["a.json"]
    assert [row.entry.code for row in rows if row.entry] == ["A2"]


def test_too_many_members(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive of more files than allowed is refused."""
    monkeypatch.setattr(archives, "MOST_MEMBERS", 3)
    with pytest.raises(Unreadable, match="3 files"):
        read(path, zipped({f"{number}.json": "{}" for number in range(4)}))


@pytest.mark.parametrize("content", [b"PK\x03\x04rubbish", zipped({"[Content_Types].xml": "<x/>"}), zipped({})])
def test_archives_that_hold_no_json(path: Path, content: bytes) -> None:
    """A damaged archive, a spreadsheet and an empty archive are unreadable, as CSV too."""
    for form in (None, "csv", "edudex"):
        if form != "edudex" or b"PK\x05\x06" not in content[:4]:
            with pytest.raises(Unreadable):
                read(path, content, form=form)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
PATHS = [
    "programClassification",
    "programDescriptions",
    "programSchedule",
    "programCurriculum",
    "programBasicProfile",
    "programExternalAcknowledgements",
    "courseId",
    "programId",
    "offeringId",
    "organizationId",
    "name",
    "primaryCode",
    "organization",
    "addresses",
    "priceInformation",
    "course",
    "level",
    "studyLoad",
    "learningOutcomes",
    "teachingLanguage",
    "validFrom",
    "startDate",
    "otherCodes",
    "instituteName",
    "orgUnitId",
    "webLink",
    "expires",
    "modeOfDelivery",
]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(st.dictionaries(st.sampled_from(PATHS), JSON, max_size=6), min_size=1, max_size=4),
    st.sampled_from(["edudex", "ooapi"]),
)
@example([{"courseId": "c", "learningOutcomes": 1}], "ooapi")
def test_no_object_stops_the_reading(path: Path, given_objects: list[dict], form: str) -> None:
    """Whatever stands under the names of the standards, each object gives at most one row and no error."""
    rows = []
    try:
        rows = rows_of(path, json.dumps(given_objects), form=form)
    except Unreadable:
        return
    assert len(rows) <= len(given_objects)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(
            ["programType", "degree", "programLevel", "programDuration", "credits", "programForm", "targetSector"]
        ),
        JSON,
    )
)
def test_no_value_stops_a_program(path: Path, classified: dict) -> None:
    """A program whose optional fields hold anything at all is still read."""
    (row,) = rows_of(path, json.dumps([program("A1", **classified)]))
    assert row.entry is not None or row.faults


def test_what_json_does_not_have_is_told(path: Path) -> None:
    """A number without end is no JSON: a file of that alone is unreadable, among others it costs only itself."""
    endless = json.dumps(program("A1", programType=float("inf")))
    with pytest.raises(Unreadable):
        rows_of(path, f"[{endless}]")
    good, bad = rows_of(path, f"{json.dumps(program('A2'))}\n{endless}\n")
    assert good.entry is not None
    assert bad.entry is None
    assert bad.faults
