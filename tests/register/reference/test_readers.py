"""The readers of reference data: the publishers' own forms, and clear faults per row."""

import gzip
from datetime import date
from pathlib import Path

import pytest

from doorleren.register.reference.entries import Occupation, OccupationSkill, Shortage
from doorleren.register.reference.kinds import KINDS
from doorleren.register.reference.rows import ReferenceFault

ESCO = "http://data.europa.eu/esco/occupation/"
SHARED = Path(__file__).parents[4] / "shared" / "data"


def written(folder: Path, text: str | bytes, name: str = "file.csv") -> Path:
    """A file with this content."""
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


OURS = 'id,isco08,code,preferred_label,alt_labels,description\na1,5141,5141.1,kapper,"kapster|coiffeur",Knipt haar.\n'
ESCOS = (
    "conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,description,code\n"
    f'Occupation,{ESCO}a1,5141,kapper,"kapster\ncoiffeur",Knipt haar.,5141.1\n'
)


@pytest.mark.parametrize(
    "content",
    [
        OURS,
        ESCOS,
        "\ufeff" + OURS,
        OURS.replace(",", ";"),
        OURS.replace("\n", "\r\n"),
        OURS.replace("preferred_label", "Preferred Label"),
        gzip.compress(OURS.encode(), mtime=0),
    ],
    ids=["short", "esco", "mark", "semicolon", "windows", "capitals", "packed"],
)
def test_forms_of_one_file(tmp_path: Path, content: str | bytes) -> None:
    """Both forms of ESCO, either separator, a byte order mark and gzip give the same occupation."""
    reading = KINDS["occupations"](written(tmp_path, content))
    assert reading.faults == ()
    assert reading.entries == (Occupation("a1", "5141", "5141.1", "kapper", ("kapster", "coiffeur"), "Knipt haar."),)


def test_an_old_encoding(tmp_path: Path) -> None:
    """A file in Windows-1252 is read as such."""
    reading = KINDS["skills"](written(tmp_path, "id,preferred_label\ns1,diëtetiek\n".encode("cp1252")))
    assert reading.entries[0].label == "diëtetiek"


def test_faults_name_line_field_given_and_allowed(tmp_path: Path) -> None:
    """A wrong row is told with its line, also behind a cell of two lines, and the other rows are read."""
    rows = 'a1,x1,1,een,"p\nq",\na2,51410,2,twee,,\n,5141,3,drie,,\na4,5141,4,,,\na1,5141,5,vijf,,\na6,5141,6,zes,,\n'
    reading = KINDS["occupations"](written(tmp_path, OURS.partition("\n")[0] + "\n" + rows))
    assert [entry.id for entry in reading.entries] == ["a1", "a6"]
    told = [(fault.line, fault.field, fault.given) for fault in reading.faults]
    assert told == [(2, "isco", "x1"), (4, "isco", "51410"), (5, "id", ""), (6, "label", "")]
    assert str(reading.faults[1]) == (
        "file.csv, line 4, isco: given '51410', allowed is an ISCO-08 code of at most four digits"
    )


def test_an_id_that_stands_twice(tmp_path: Path) -> None:
    """The second row with an id is refused and says where the first one stands."""
    reading = KINDS["skills"](written(tmp_path, "id,preferred_label\ns1,een\ns1,twee\n"))
    assert [entry.label for entry in reading.entries] == ["een"]
    assert "line 2" in reading.faults[0].allowed


def test_relations(tmp_path: Path) -> None:
    """Addresses of ESCO become ids, and another relation than essential or optional is refused."""
    text = f"occupationUri,relationType,skillType,skillUri\n{ESCO}a1,essential,x,{ESCO}s1\n{ESCO}a1,some,x,{ESCO}s2\n"
    reading = KINDS["occupation-skills"](written(tmp_path, text))
    assert reading.entries == (OccupationSkill("a1", "s1", True),)
    assert (reading.faults[0].field, reading.faults[0].given) == ("relation", "some")


def test_groups(tmp_path: Path) -> None:
    """Codes of ISCO keep their leading zero; a letter is refused."""
    reading = KINDS["isco-groups"](written(tmp_path, "code,preferredLabel\n01,Officieren\nAB,x\n"))
    assert [entry.code for entry in reading.entries] == ["01"]
    assert [fault.field for fault in reading.faults] == ["code"]


def test_postcodes(tmp_path: Path) -> None:
    """A centre lies in the Netherlands, and a number of post boxes is known as such and has none."""
    text = (
        "pc4,postbus,gemeentecode,gemeente_2024,amr_code,arbeidsmarktregio,plaats,lat,lon\n"
        "1011,N,GM0363,Amsterdam,AM18,Groot Amsterdam,Amsterdam,52.37,4.9\n"
        "1000,J,GM0363,Amsterdam,AM18,Groot Amsterdam,Amsterdam,12.5,\n"
        "1012,N,GM0363,Amsterdam,AM18,Groot Amsterdam,Amsterdam,4.9,52.37\n"
        "0999,N,GM0363,Amsterdam,AM18,Groot Amsterdam,Amsterdam,52.37,4.9\n"
        "1013,soms,GM0363,Amsterdam,AM18,Groot Amsterdam,Amsterdam,52.37,4.9\n"
        "1014,N,GM0363,Amsterdam,AM18,Groot Amsterdam,Amsterdam,noord,4.9\n"
    )
    reading = KINDS["postcodes"](written(tmp_path, text))
    assert [(one.pc4, one.latitude, one.post_boxes) for one in reading.entries] == [
        ("1011", 52.37, False),
        ("1000", None, True),
    ]
    assert [fault.field for fault in reading.faults] == ["latitude", "pc4", "post_boxes", "latitude"]


def test_shortages(tmp_path: Path) -> None:
    """Groups of ISCO and ids or addresses of ESCO, with days in two forms; what is wrong is told by field."""
    one, other = "00030d09-2b3a-4efd-87cc-c4ea39d27c34", "000e93a3-d956-4e45-aacb-f12c83fedf84"
    text = (
        "code;vanaf;tot_en_met;naam\n"
        f"2512;2026-01-31;;ICT\nhttp://data.europa.eu/esco/isco/C72;31-1-2026;1-2-2026;\n{ESCO}{one};2026-01-31;;kok\n"
        f"{other.upper()};2026-01-31;;\n25121;2026-01-31;;\n;2026-01-31;;\n3;;;\n4;31 januari;;\n5;2026-02-30;;\n"
        "6;2026-02-02;2026-02-01;\n2512;2026-01-31;;\n"
    )
    reading = KINDS["shortages"](written(tmp_path, text))
    day = date(2026, 1, 31)
    assert reading.entries == (
        Shortage("2512", "ICT", day), Shortage("72", "", day, date(2026, 2, 1)), Shortage(one, "kok", day),
        Shortage(other, "", day),
    )  # fmt: skip
    assert [(fault.line, fault.field, fault.given) for fault in reading.faults] == [
        (6, "code", "25121"), (7, "code", ""), (8, "listed_from", ""), (9, "listed_from", "31 januari"),
        (10, "listed_from", "2026-02-30"), (11, "listed_until", "2026-02-01"), (12, "code", "2512"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "language"),
    [("skills_nl.csv", "nl"), ("skills_EN.csv", "en"), ("skills.csv", "nl"), ("skills_de.csv.gz", "de")],
)
def test_the_language_of_skills(tmp_path: Path, name: str, language: str) -> None:
    """The name of the publisher's file says in which language the names are; a name that says nothing is Dutch."""
    reading = KINDS["skills"](written(tmp_path, "id,preferred_label\ns1,lassen\n", name))
    assert [one.language for one in reading.entries] == [language]


def test_sectors(tmp_path: Path) -> None:
    """Branches come with the code above them; an entry without a name, or twice, is a fault."""
    text = '[{"code": "A", "description": "Landbouw"}, {"code": "01", "description": "Teelt", "parent": "A"}, {}, 3,'
    reading = KINDS["sectors"](written(tmp_path, text + '{"code": "A", "description": "x"}, {"code": "B"}]', "s.json"))
    assert [(one.code, one.above) for one in reading.entries] == [("A", ""), ("01", "A")]
    assert [(fault.line, fault.field) for fault in reading.faults] == [
        (3, "code"), (4, "code"), (5, "code"), (6, "description"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "content", "told"),
    [
        ("occupations", "naam,prijs\nx,1\n", "it needs id"),
        ("occupations", "", "the columns are absent"),
        ("occupations", b"PK\0\0\0", "not a text file"),
        ("occupations", gzip.compress(OURS.encode(), mtime=0)[:40], "cannot be read"),
        ("skills", "id,preferred_label\ns1," + "x" * (1024 * 1024 + 9) + "\n", "field larger than"),
        ("sectors", "{}", "no list"),
        ("sectors", "[" * 100_000, "nested too deeply"),
        ("sectors", "nee", "allowed is a JSON list"),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, kind: str, content: str | bytes, told: str) -> None:
    """A file of another sort is refused as a whole, with its name and what it lacks."""
    with pytest.raises(ReferenceFault, match=told) as refused:
        KINDS[kind](written(tmp_path, content))
    assert "file.csv" in str(refused.value)


def test_an_absent_file(tmp_path: Path) -> None:
    """A file that is not there is refused, too."""
    with pytest.raises(ReferenceFault, match="cannot be read"):
        KINDS["skills"](tmp_path / "absent.csv")


PUBLISHED = {
    "occupations": ("esco/occupations_nl.csv", 3000),
    "skills": ("esco/skills_en.csv", 13_000),
    "occupation-skills": ("esco/occupation_skills.csv.gz", 120_000),
    "isco-groups": ("esco/ISCOGroups_nl.csv", 600),
    "postcodes": ("geo/pc4.csv", 4800),
    "sectors": ("codes/sbi2008_nl.json", 1300),
}


OURS_ALONE = {"shortages"}
"""Kinds in a form of our own: their publishers have none that a machine reads."""


@pytest.mark.skipif(not SHARED.exists(), reason="the publishers' files are not beside this checkout")
@pytest.mark.parametrize("kind", sorted(KINDS.keys() - OURS_ALONE))
def test_the_publishers_own_files(kind: str) -> None:
    """Every kind that somebody publishes is read from its publisher's file without a fault."""
    name, least = PUBLISHED[kind]
    reading = KINDS[kind](SHARED / name)
    assert reading.faults == ()
    assert len(reading.entries) >= least
