"""What is kept of people: the one table `law/personal-content.toml`, read. A test holds it against every table there is.

Called by the page /privacy, and by destruction for what it must scrub. Knows no tables of the packages above it: a field is
named as "package.Model" and its name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from doorleren.core.texts import Texts
from doorleren.rules.shape import Part, part_of
from doorleren.shipped import folder

SCRUBBING = ("delete_row", "empty", "destroy_key", "keep")
"""What happens to a field when its time has come."""

Fields = Mapping[str, tuple[str, ...]]
"""Names of fields by model, as "applications.Answer"."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How long something is kept, in words. `frameworks`: the framework of the scheme says so (law/frameworks.toml).

    `term` and `unsubmitted` are kinds of term (law/terms.toml); empty where there is none.
    """

    id: str
    texts: Texts
    frameworks: bool
    term: str
    unsubmitted: str
    source: str


@dataclass(frozen=True, slots=True)
class Row:
    """A kind of personal content: what it is, why and on which ground, how long, what happens then, and its fields."""

    id: str
    texts: Texts
    purpose: Texts
    ground: Texts
    kept: Kept
    scrub: str
    fields: Fields


@dataclass(frozen=True, slots=True)
class PersonalContent:
    """The rows in their order, and the fields that hold nothing personal."""

    rows: tuple[Row, ...]
    not_personal: Fields

    @classmethod
    def read(cls, path: Path) -> "PersonalContent":
        """Read the file. Raises SchemeFault that names the place, what was given and what is allowed."""
        part = part_of(path)
        kept = {one.id: one for one in map(_kept, part.parts("kept"))}
        rows = tuple(_row(one, kept) for one in part.parts("row"))
        found = cls(rows, _fields(part.table("not_personal")))
        part.finish()
        return found

    def scrubbed(self, kept: str, scrub: str) -> frozenset[str]:
        """Name the models with a field that is kept for so long and ends in that way. Example: ("file", "delete_row")."""
        return frozenset(
            model for row in self.rows if row.kept.id == kept and row.scrub == scrub for model in row.fields
        )


@lru_cache(maxsize=1)
def personal_content() -> PersonalContent:
    """Read `law/personal-content.toml` once."""
    return PersonalContent.read(folder("law") / "personal-content.toml")


def _kept(part: Part) -> Kept:
    found = Kept(
        id=part.required("id", str),
        texts=part.own_texts(),
        frameworks=part.optional("frameworks", bool, False),
        term=part.optional("term", str, ""),
        unsubmitted=part.optional("unsubmitted", str, ""),
        source=part.required("source", str),
    )
    part.finish()
    return found


def _row(part: Part, kept: Mapping[str, Kept]) -> Row:
    found = Row(
        id=part.required("id", str),
        texts=part.own_texts(),
        purpose=part.texts("purpose"),
        ground=part.texts("ground"),
        kept=kept[part.choice("kept", tuple(kept))],
        scrub=part.choice("scrub", SCRUBBING),
        fields=_fields(part.table("fields")),
    )
    part.finish()
    return found


def _fields(part: Part) -> Fields:
    for model, names in part.content.items():
        if not isinstance(names, list) or not names or not all(isinstance(one, str) for one in names):
            part.refuse(model, names, "a list of names of fields")
    return {model: tuple(names) for model, names in part.content.items()}
