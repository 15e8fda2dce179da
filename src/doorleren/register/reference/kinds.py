"""The kinds of reference data and the reader of each. `KINDS["occupations"](path)` gives a Reading: entries and faults."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from doorleren.register.reference.entries import Occupation, OccupationGroup, OccupationSkill, Postcode, Skill
from doorleren.register.reference.rows import ID, Reading, Refused, Row, id_of, read_rows
from doorleren.register.reference.sectors import read_sectors
from doorleren.register.reference.shortages import read_shortages

LABEL = ("preferred_label", "preferredLabel", "label", "title")
ALTERNATIVES = ("alt_labels", "altLabels", "alternative_labels")
ISCO_CODE = re.compile(r"\d{1,4}")
LANGUAGE = re.compile(r"_([a-z]{2})\.", re.I)
"""The language in the name of a file of ESCO."""

PC4 = re.compile(r"[1-9]\d{3}")
YES, NO = {"j", "ja", "y", "yes", "true", "1"}, {"", "n", "nee", "no", "false", "0"}
NETHERLANDS = {"latitude": (50.0, 54.0), "longitude": (3.0, 8.0)}


def read_occupations(path: Path) -> Reading[Occupation]:
    """Read the occupations of ESCO. Raises ReferenceFault when the file is no such file."""
    columns = {
        "id": ID, "isco": ("isco08", "iscoGroup", "isco"), "code": ("code",), "label": LABEL,
        "alternatives": ALTERNATIVES, "description": ("description", "definition"),
    }  # fmt: skip

    def occupation(row: Row) -> Occupation:
        isco = row["isco"].removeprefix("C")
        if isco and not ISCO_CODE.fullmatch(isco):
            raise Refused("isco", row["isco"], "an ISCO-08 code of at most four digits")
        return Occupation(id_of(row), isco, row["code"], _label(row), _alternatives(row), row["description"])

    return read_rows(path, columns, ("id", "label"), occupation, lambda one: one.id)


def read_skills(path: Path) -> Reading[Skill]:
    """Read the skills of ESCO. Raises ReferenceFault when the file is no such file.

    ESCO publishes a file per language, which its name tells: skills_nl.csv, skills_en.csv. A name that tells none is
    taken to be Dutch.
    """
    columns = {"id": ID, "label": LABEL, "alternatives": ALTERNATIVES}
    told = LANGUAGE.search(path.name)
    language = told[1].lower() if told else "nl"

    def skill(row: Row) -> Skill:
        return Skill(id_of(row), _label(row), _alternatives(row), language)

    return read_rows(path, columns, ("id", "label"), skill, lambda one: one.id)


def read_occupation_skills(path: Path) -> Reading[OccupationSkill]:
    """Read which skills an occupation asks for. Raises ReferenceFault when the file is no such file."""
    columns = {
        "occupation": ("occupation_id", "occupationUri", "occupation"), "skill": ("skill_id", "skillUri", "skill"),
        "relation": ("relation", "relationType"),
    }  # fmt: skip

    def relation(row: Row) -> OccupationSkill:
        if row["relation"] not in ("essential", "optional"):
            raise Refused("relation", row["relation"], "essential or optional")
        return OccupationSkill(id_of(row, "occupation"), id_of(row, "skill"), row["relation"] == "essential")

    return read_rows(path, columns, tuple(columns), relation, lambda one: (one.occupation, one.skill))


def read_isco_groups(path: Path) -> Reading[OccupationGroup]:
    """Read the groups of ISCO-08. Raises ReferenceFault when the file is no such file."""
    columns = {"code": ("code", "isco08"), "label": LABEL, "description": ("description",)}

    def group(row: Row) -> OccupationGroup:
        code = row["code"].removeprefix("C")
        if not ISCO_CODE.fullmatch(code):
            raise Refused("code", row["code"], "an ISCO-08 code of one to four digits")
        return OccupationGroup(code, _label(row), row["description"])

    return read_rows(path, columns, ("code", "label"), group, lambda one: one.code)


def read_postcodes(path: Path) -> Reading[Postcode]:
    """Read four-digit postcodes with their centres. Raises ReferenceFault when the file is no such file.

    The centre of a number of post boxes is not taken: publishers put it anywhere, some in another country.
    """
    columns = {
        "pc4": ("pc4", "postcode", "postcode4"), "place": ("plaats", "woonplaats", "place", "city"),
        "municipality_code": ("gemeentecode", "municipality_code"),
        "municipality": ("gemeente_2024", "gemeente", "gemeentenaam", "municipality"),
        "region_code": ("amr_code", "region_code"), "region": ("arbeidsmarktregio", "region"),
        "latitude": ("lat", "latitude"), "longitude": ("lon", "lng", "longitude"), "post_boxes": ("postbus", "post_boxes"),
    }  # fmt: skip

    def postcode(row: Row) -> Postcode:
        if not PC4.fullmatch(row["pc4"]):
            raise Refused("pc4", row["pc4"], "four digits, the first not 0")
        boxes = row["post_boxes"].casefold()
        if boxes not in YES | NO:
            raise Refused("post_boxes", row["post_boxes"], "J or N")
        centre = (None, None) if boxes in YES else (_degrees(row, "latitude"), _degrees(row, "longitude"))
        return Postcode(
            row["pc4"], row["place"], row["municipality_code"], row["municipality"], row["region_code"], row["region"],
            *centre, post_boxes=boxes in YES,
        )  # fmt: skip

    return read_rows(path, columns, ("pc4", "latitude", "longitude"), postcode, lambda one: one.pc4)


def _label(row: Row) -> str:
    return row.required("label", "a name")


def _alternatives(row: Row) -> tuple[str, ...]:
    """Part the other names, by line or by "|", each once and not the preferred one again."""
    names = (name.strip() for line in row["alternatives"].splitlines() for name in line.split("|"))
    return tuple(dict.fromkeys(name for name in names if name and name != row["label"]))


def _degrees(row: Row, name: str) -> float | None:
    least, most = NETHERLANDS[name]
    if not row[name]:
        return None
    try:
        degrees = float(row[name].replace(",", "."))
    except ValueError:
        degrees = float("nan")
    if not least <= degrees <= most:
        raise Refused(name, row[name], f"degrees from {least:g} to {most:g} (the Netherlands in Europe), or nothing")
    return degrees


KINDS: Mapping[str, Callable[[Path], Reading[Any]]] = {
    "occupations": read_occupations,
    "skills": read_skills,
    "occupation-skills": read_occupation_skills,
    "isco-groups": read_isco_groups,
    "shortages": read_shortages,
    "postcodes": read_postcodes,
    "sectors": read_sectors,
}
"""What can be imported, and its reader."""
