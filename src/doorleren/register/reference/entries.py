"""What reference data says, as plain data: occupations, skills, which skills an occupation asks for, postcodes.

The readers of this package make these from the publishers' files; tables, pages and the index of occupations take them.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Occupation:
    """An occupation of ESCO: its id (the last part of its address), ISCO-08 group, ESCO code, names, description."""

    id: str
    isco: str
    code: str
    label: str
    alternatives: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill or piece of knowledge of ESCO, with its names in one language (ISO 639-1)."""

    id: str
    label: str
    alternatives: tuple[str, ...] = ()
    language: str = "nl"


@dataclass(frozen=True, slots=True)
class OccupationSkill:
    """An occupation asks for a skill: always (`essential`) or sometimes. Both are ids."""

    occupation: str
    skill: str
    essential: bool


@dataclass(frozen=True, slots=True)
class OccupationGroup:
    """A group of ISCO-08: a code of one to four digits (0 is the armed forces) and its name."""

    code: str
    label: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Shortage:
    """An occupation with too few people: an ESCO id, or the code of a group of ISCO-08, and the days it is on the list.

    `listed_until` is the last day; None while no end is told.
    """

    code: str
    label: str
    listed_from: date
    listed_until: date | None = None


@dataclass(frozen=True, slots=True)
class Sector:
    """A branch of industry: its code, its name, and the code of the branch above it (empty at the top)."""

    code: str
    label: str
    above: str = ""


@dataclass(frozen=True, slots=True)
class Postcode:
    """A four-digit postcode: place, municipality, labour-market region, and its centre in degrees (WGS 84) if told.

    `post_boxes` says that nobody lives there: a number of post boxes, without a centre of its own.
    """

    pc4: str
    place: str
    municipality_code: str
    municipality: str
    region_code: str
    region: str
    latitude: float | None
    longitude: float | None
    post_boxes: bool = False
