"""The form of a plan: a set of fields per path, read to paths or to errors by field, and written again as it was typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from doorleren.applications.plans.paths import COMPONENTS, MOST_PATHS, SECTOR, Path, sectors_of
from doorleren.applications.plans.refusing import CENTS, PEOPLE, PEOPLE_OR_NONE
from doorleren.core.money import NotExact, euros, scaled
from doorleren.core.texts import Texts
from doorleren.web import known
from doorleren.web.applicant import together
from doorleren.web.public.answers import plain_number
from doorleren.web.public.questions import in_language, language

EMPTY_ROWS = 2
LONGEST_FIELD = 2000
WORDS = ("name", "from_work", "to_work")
SECTORS = ("from_sector", "to_sector")
ROOM = ("people", "vacancies")
LINES = (*WORDS, "fewest", "most", "cents", *ROOM, *SECTORS)


NUMBERS: Mapping[str, tuple[Texts, int]] = {
    "fewest": (PEOPLE, 0), "most": (PEOPLE, 0), "cents": (CENTS, 2), "people": (PEOPLE_OR_NONE, 0), "vacancies": (PEOPLE_OR_NONE, 0),
}  # fmt: skip
"""What is said of a number that cannot be read, and its decimals; people at least and at most must be told."""


@dataclass(slots=True)
class Typed:
    """What was posted: the fields as typed, the paths that could be read, and what could not be, by field.

    `places` are the rows of the paths, since empty rows are no paths.
    """

    text: dict[str, str]
    chosen: dict[int, list[str]]
    paths: list[Path] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        """Give why it is adjusted."""
        return self.text.get("reason", "")

    @property
    def seen(self) -> int:
        """Give the number of the version that was on the page; -1, which no version has, where that is no number."""
        text = self.text.get("seen", "")
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1

    def field(self, name: str) -> str:
        """Give the field on the page of a field by the place of its path: empty rows come between."""
        column, dash, place = name.rpartition("-")
        return f"{column}-{self.places[int(place)]}" if dash else name


def typed_paths(posted: QueryDict) -> Typed:
    """Read the form. A row in which nothing is filled in is no path."""
    text = {
        name: " ".join(value.replace("\x00", "").split())[:LONGEST_FIELD]
        for name, value in posted.items()
        if isinstance(value, str)
    }
    found = Typed(text, {})
    for place in range(MOST_PATHS + EMPTY_ROWS):
        lines = {column: text.get(f"{column}-{place}", "") for column in LINES}
        chosen = [str(one)[:LONGEST_FIELD] for one in posted.getlist(f"components-{place}")]
        if not chosen and not any(lines.values()):
            continue
        found.chosen[place] = chosen
        found.places.append(place)
        found.paths.append(_path(lines, chosen, place, found.errors))
    return found


def _path(lines: Mapping[str, str], chosen: Sequence[str], place: int, errors: dict[str, str]) -> Path:
    read: dict[str, int | None] = {}
    for column, (said, decimals) in NUMBERS.items():
        read[column] = None
        if lines[column] or said is PEOPLE:
            try:
                read[column] = scaled(plain_number(lines[column]), decimals)
            except NotExact:
                errors[f"{column}-{place}"] = _given(in_language(said), lines[column])
    kept = tuple(one for one in COMPONENTS if one in chosen)
    unknown = tuple(one for one in chosen if one not in COMPONENTS)
    return Path(
        lines["name"],
        lines["from_work"],
        lines["to_work"],
        kept + unknown,
        fewest=read["fewest"] or 0,
        most=read["most"] or 0,
        cents=read["cents"],
        people=read["people"],
        vacancies=read["vacancies"],
        from_sector=lines["from_sector"],
        to_sector=lines["to_sector"],
    )


def _given(said: str, given: str) -> str:
    return _("%(said)s U gaf: %(given)s.") % {"said": said, "given": given} if given else said


def components() -> dict[str, str]:
    """Say what a path can be made of."""
    return {
        "training": _("scholing"), "advice": _("ontwikkeladvies"), "evc": _("EVC: erkennen van wat iemand al kan"),
        "guidance": _("begeleiding naar ander werk"), "support": _("ondersteuning tijdens het traject"),
    }  # fmt: skip


def sector_words() -> dict[str, str]:
    """Say which sectors a path can name."""
    vocabulary = known.library().vocabulary
    return {one: in_language(vocabulary.facts[SECTOR].value_labels[one]) for one in sectors_of(vocabulary)}


def rows_of(paths: Sequence[Path], typed: Typed | None, errors: Mapping[str, str]) -> list[dict[str, Any]]:
    """Describe the fields of every path, as they were typed or are kept, with some empty ones at the end."""
    kept = {} if typed else {place: _written(one) for place, one in enumerate(paths)}
    used = max(typed.places, default=-1) + 1 if typed else len(paths)
    rows = []
    for place in range(min(MOST_PATHS, used + EMPTY_ROWS)):
        lines = {
            column: (typed.text.get(f"{column}-{place}", "") if typed else kept.get(place, {}).get(column, ""))
            for column in LINES
        }
        chosen = typed.chosen.get(place, []) if typed else list(paths[place].components) if place < len(paths) else []
        rows.append({"number": place + 1, **_fields(place, lines, errors), **_choice(place, chosen, errors)})
    return rows


def _fields(place: int, lines: Mapping[str, str], errors: Mapping[str, str]) -> dict[str, Any]:
    labels = {
        "name": _("Naam van het pad"), "from_work": _("Van welk werk"), "to_work": _("Naar welk werk"),
        "fewest": _("Minstens hoeveel mensen"), "most": _("Hoogstens hoeveel mensen"),
        "cents": _("Kosten per persoon in euro's (mag leeg)"),
        "people": _("Hoeveel mensen doen dit werk nu? (mag leeg)"), "vacancies": _("Hoeveel vacatures zijn er in het nieuwe werk? (mag leeg)"),
        "from_sector": _("Sector die mensen over heeft (mag leeg)"), "to_sector": _("Sector die mensen zoekt (mag leeg)"),
    }  # fmt: skip
    sectors = list(sector_words().items())
    fields = [
        together.field(
            f"{column}-{place}",
            label,
            lines[column],
            error=errors.get(f"{column}-{place}", ""),
            short=column not in WORDS,
            options=sectors if column in SECTORS else None,
        )
        for column, label in labels.items()
    ]
    basis = len(fields) - len(ROOM) - len(SECTORS)
    rest = fields[basis:]
    shown = any(one["value"] or one["error"] for one in rest)
    return {"words": fields[: len(WORDS)], "numbers": fields[len(WORDS) : basis], "basis": rest, "basis_open": shown}


def _choice(place: int, chosen: Sequence[str], errors: Mapping[str, str]) -> dict[str, Any]:
    name = f"components-{place}"
    return {
        "components": {"name": name, "value": chosen}, "options": list(components().items()),
        "components_error": errors.get(name, ""),
    }  # fmt: skip


def _written(one: Path) -> dict[str, str]:
    cost = "" if one.cents is None else euros(one.cents)
    return {
        "name": one.name, "from_work": one.from_work, "to_work": one.to_work, "fewest": str(one.fewest),
        "most": str(one.most), "cents": cost.replace(".", ",") if language() == "nl" else cost,
        "people": _plain(one.people), "vacancies": _plain(one.vacancies), "from_sector": one.from_sector, "to_sector": one.to_sector,
    }  # fmt: skip


def _plain(number: int | None) -> str:
    return "" if number is None else str(number)
