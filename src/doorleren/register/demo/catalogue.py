"""The demo register: every training of activities.csv, given by some made-up providers, with runs from a day on."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from importlib.resources import files
from uuid import UUID, uuid5

from doorleren.register.entries import Entry, PricePart, ProviderEntry, Recognition, Run
from doorleren.register.reference.entries import Occupation, OccupationSkill, Skill

FIRST_KVK = 90_000_003
"""The last provider is the one that a demo person speaks for."""
OFFERED_BY = 4
"""How many providers give one training."""

PLACES = (
    ("Amsterdam", "1011"), ("Rotterdam", "3011"), ("Utrecht", "3511"), ("Groningen", "9711"), ("Eindhoven", "5611"),
    ("Zwolle", "8011"), ("Arnhem", "6811"), ("Maastricht", "6211"), ("Leeuwarden", "8911"), ("Middelburg", "4331"),
    ("Enschede", "7511"), ("Den Haag", "2511"), ("Tilburg", "5038"), ("Almere", "1315"), ("Assen", "9401"),
    ("Nijmegen", "6511"),
)  # fmt: skip
NAMES = (
    "Vakcollege De Brug", "Leerhuis Maasoever", "Instituut Domplein", "Noordelijk Opleidingshuis", "Lichtstad Leert",
    "IJssel Academie", "Rijnvakschool", "Maasdal Opleidingen", "Fries Leerbedrijf", "Zeeuwse Vakschool",
    "Twents Opleidingshuis", "Hofstad Academie", "Wolstad Leercentrum", "Polder Opleidingen", "Drents Vakhuis",
    "Vakschool De Werkplaats",
)  # fmt: skip
RECOGNISED = (("ocw",), ("nlqf", "quality_mark"), ("quality_mark",), ("sector", "quality_mark"), ("evc", "ocw"))
SKILLS = UUID("0d0e1ee7-5c11-5ea7-9d3a-1f0c6b1a5d02")
"""The skills of the demo are its own, with numbers made of their words: none of them is in ESCO."""
VAT = Decimal(21)
EXEMPT = Decimal(0)


def providers() -> tuple[ProviderEntry, ...]:
    """Give the made-up providers; their numbers are outside what the trade register has given out."""
    return tuple(
        ProviderEntry(
            code=str(FIRST_KVK + number), name=f"{name} (voorbeeld)", kvk=str(FIRST_KVK + number), postcode=postcode,
            place=place, website=f"https://voorbeeld-{number + 1}.example",
            recognitions=tuple(Recognition(route, "voorbeeld") for route in RECOGNISED[number % len(RECOGNISED)]),
        )
        for number, (name, (place, postcode)) in enumerate(zip(NAMES, PLACES, strict=True))
    )  # fmt: skip


def activities(today: date) -> Iterator[tuple[Entry, ProviderEntry]]:
    """Give each training with each provider that gives it; the runs start in the months after a day."""
    schools = providers()
    for number, row in enumerate(_rows()):
        for turn in range(OFFERED_BY):
            place = (number * 5 + turn * 7) % len(schools)
            yield _entry(row, schools[place], turn, today), schools[place]


def occupations() -> list[Occupation]:
    """Give the occupations that trainings of the demo lead to, by the names that people use."""
    return list(
        {row["occupation"]: Occupation(row["occupation"], "", "", row["job"]) for row in _rows() if row["job"]}.values()
    )


def skills() -> list[Skill]:
    """Give the skills that trainings of the demo teach, in our own words."""
    return [Skill(skill_id(words), words) for words in dict.fromkeys(one for row in _rows() for one in _taught(row))]


def occupation_skills() -> list[OccupationSkill]:
    """Say which skills an occupation of the demo asks: those that the trainings for it teach."""
    asked = {(row["occupation"], skill_id(one)): None for row in _rows() if row["occupation"] for one in _taught(row)}
    return [OccupationSkill(occupation, skill, essential=True) for occupation, skill in asked]


def skill_id(words: str) -> str:
    """Give the number of a skill of the demo."""
    return str(uuid5(SKILLS, words))


def _rows() -> Iterator[dict[str, str]]:
    text = files(__package__).joinpath("activities.csv").read_text("utf-8")
    yield from csv.DictReader(text.splitlines(), delimiter=";")


def _taught(row: dict[str, str]) -> list[str]:
    """Give what a training teaches: its outcomes, and what several occupations ask."""
    return list(dict.fromkeys([*row["outcomes"].split("|"), *filter(None, row["skills"].split("|"))]))


def _entry(row: dict[str, str], school: ProviderEntry, turn: int, today: date) -> Entry:
    work_along = row["route"] == "bbl" or row["delivery"] != "on_site"
    outcomes = tuple(row["outcomes"].split("|"))
    return Entry(
        provider=school.code, code=row["code"], title=row["title"], learning_outcomes=outcomes,
        description=f"Na deze opleiding kunt u {', '.join(outcomes[:-1])}{' en ' if outcomes[1:] else ''}{outcomes[-1]}.",
        kind=row["kind"], route=row["route"], goal=row["goal"], level=row["level"],
        nlqf_level=int(row["nlqf"]) if row["nlqf"] else None, eqf_level=int(row["nlqf"]) if row["nlqf"] else None,
        intensity="part_time" if work_along else "full_time", study_hours=int(row["hours"]),
        duration_months=Decimal(row["months"]), delivery=row["delivery"], independent_of_time=row["delivery"] == "online",
        independent_of_place=row["delivery"] == "online", evening=turn % 2 == 0, combinable_with_work=work_along,
        combinable_with_care=row["delivery"] == "online", modular=row["kind"] == "module", sector=row["sector"],
        occupations=(row["occupation"],) if row["occupation"] else (), skills=tuple(map(skill_id, _taught(row))), certificate_value=row["value"],
        guidance=turn != 3, prior_learning_shortens=row["kind"] in ("programme", "evc"), prices=_prices(row, turn),
        runs=tuple(_run(row, school, today, start) for start in range(1 + turn, 12, 3)), url=f"{school.website}/{row['code']}",
    )  # fmt: skip


def _prices(row: dict[str, str], turn: int) -> tuple[PricePart, ...]:
    whole = int(row["price"]) * (100 + 4 * turn)
    vat = EXEMPT if row["route"] in ("bbl", "bol", "third_path", "ho_module", "associate_degree") else VAT
    if not whole:
        return (PricePart("tuition", 0, EXEMPT),)
    material = whole // 20
    return (PricePart("tuition", whole - material, vat), PricePart("material", material, VAT))


def _run(row: dict[str, str], school: ProviderEntry, today: date, months: int) -> Run:
    starts = _first_monday(today + timedelta(days=30 * months))
    ends = starts + timedelta(days=int(Decimal(row["months"]) * 30))
    place = ("", "") if row["delivery"] == "online" else (school.place, school.postcode)
    return Run(starts, ends, *place, enrol_from=starts - timedelta(days=120), enrol_until=starts - timedelta(days=7))


def _first_monday(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)
