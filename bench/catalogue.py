"""A register that is drawn from a seed: providers and activities as Dutch providers describe theirs, any number of them.

Titles, descriptions and outcomes are put together from the labels and descriptions of ESCO occupations and skill groups;
places from the centres of four-digit postcodes. An activity depends on the seed and its number alone, so a larger
register begins with the smaller one. No real provider is in it: names are drawn, KvK numbers begin with 9.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from random import Random

from doorleren.register.entries import Entry, PricePart, ProviderEntry, Recognition, Run
from doorleren.register.search.indexed import Indexed

SHARED = Path(__file__).resolve().parents[1].parent / "shared" / "data"
ACTIVITIES_PER_PROVIDER = 45

# fmt: off
TITLES = (
    ("programme", "Opleiding {label} niveau {number}"), ("programme", "Vakopleiding {label}"),
    ("programme", "Omscholing tot {label}"), ("programme", "{label} (mbo {number})"), ("course", "Cursus {label}"),
    ("course", "Basiscursus {label}"), ("course", "Cursus {group} voor {label}"), ("course", "Training {group}"),
    ("course", "Bijscholing {label}: {group}"), ("module", "Module {group} voor {label}"),
    ("practice_route", "Praktijkleren {label}"), ("evc", "Ervaringscertificaat {label}"),
)
PATTERNS = {
    "programme": (("bol", "bbl", "third_path"), ("diploma",), (600, 3200), (120_000, 900_000)),
    "course": (("none",), ("certificate", "sector_certificate", "none"), (8, 160), (9_500, 250_000)),
    "module": (("ho_module", "third_path", "none"), ("certificate",), (40, 280), (35_000, 320_000)),
    "practice_route": (("third_path",), ("practice_statement",), (200, 900), (50_000, 300_000)),
    "evc": (("none",), ("experience_certificate",), (10, 40), (60_000, 180_000)),
}
LEVELS = {1: "entree", 2: "mbo2", 3: "mbo3", 4: "mbo4", 5: "ad", 6: "hbo", 7: "wo"}
CERTIFICATES = {
    "diploma": ("diploma",), "certificate": ("mbo_certificate", "mbo_elective", "higher_certificate"),
    "sector_certificate": ("sector_certificate",), "practice_statement": ("practice_statement",),
    "experience_certificate": ("none",), "none": ("none",),
}
SECTORS = (
    ("agriculture", "61 62 92"), ("ict", "25 35"), ("construction", "71"), ("technology", "21 31 72 74"),
    ("manufacturing", "73 75 81 82"), ("transport_logistics", "83 93"), ("care_welfare", "22 32 53"),
    ("education", "23"), ("hospitality", "51 94"), ("retail", "52"), ("culture_creative", "26 34"),
    ("business_services", "12 13 24 33 41 42 43"), ("government", "01 02 03 11 54"), ("other", "14 44 91 95 96"),
)
SCHEME_SHARES = (("stap", 0.35), ("slim", 0.5), ("praktijkleren", 0.12), ("levenlanglerenkrediet", 0.2), ("nl_leert_door", 0.3))
FIRST = (
    "Noord", "Zuid", "Delta", "Kompas", "Horizon", "Linde", "Stuwkracht", "Vakwerk", "Merwe", "Polder", "Anker",
    "Brug", "Sterk", "Nieuw", "Open", "Midden", "Oever", "Duin", "Maas", "Vecht",
)
SECOND = ("college", "academie", "opleidingen", "vakschool", "leerhuis", "instituut", "trainingen", "scholing")
LANGUAGES = ("nl", "nl", "nl", "nl", "nl", "nl", "nl", "nl", "en", "de")
# fmt: on


@dataclass(frozen=True, slots=True)
class Occupation:
    """An ESCO occupation: id, ISCO code, labels with the preferred one first, sentences of its description."""

    id: str
    isco: str
    labels: tuple[str, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """The centre of a four-digit postcode."""

    postcode: str
    name: str
    region: str
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Sources:
    """What activities are put together from; `groups` are names of skills and fields of study."""

    occupations: tuple[Occupation, ...]
    groups: tuple[str, ...]
    places: tuple[Place, ...]

    @cached_property
    def labels(self) -> dict[str, tuple[str, ...]]:
        """Give the labels per occupation, as the index wants them."""
        return {one.id: one.labels for one in self.occupations}

    @cached_property
    def postcodes(self) -> dict[str, tuple[float, float]]:
        """Give where each postcode lies."""
        return {one.postcode: (one.latitude, one.longitude) for one in self.places}


def sources(folder: Path = SHARED) -> Sources:
    """Read the sources from the publishers' files. Raises FileNotFoundError where they are absent."""
    occupations = tuple(
        Occupation(
            row["id"], row["isco08"], tuple(dict.fromkeys([row["preferred_label"], *row["alt_labels"].split("|")]))
            if row["alt_labels"] else (row["preferred_label"],),
            tuple(part for part in re.split(r"(?<=[.;])\s+", row["description"]) if len(part) > 20),
        )
        for row in _rows(folder / "esco" / "occupations_nl.csv")
    )  # fmt: skip
    groups = tuple(
        row["preferredLabel"] for row in _rows(folder / "esco" / "skillGroups_nl.csv") if row["preferredLabel"]
    )
    places = tuple(
        Place(row["pc4"], row["plaats"], row["amr_code"], float(row["lat"]), float(row["lon"]))
        for row in _rows(folder / "geo" / "pc4.csv")
        if row["lat"] and row["postbus"] != "J"
    )
    return Sources(occupations, groups, places)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def providers(given: Sources, activities: int, *, seed: int = 1) -> list[ProviderEntry]:
    """Draw the providers of a register of so many activities."""
    return [_provider(given, number, seed) for number in range(max(3, activities // ACTIVITIES_PER_PROVIDER))]


def _provider(given: Sources, number: int, seed: int) -> ProviderEntry:
    random = Random(f"provider {seed} {number}")
    place = random.choice(given.places)
    name = f"{random.choice(FIRST)}{random.choice(FIRST).lower()} {random.choice(SECOND)} {place.name}"
    ways = [
        way
        for way, share in (("ocw", 0.2), ("nlqf", 0.25), ("quality_mark", 0.5), ("sector", 0.2))
        if random.random() < share
    ]
    return ProviderEntry(
        code=f"P{number:05}", name=name, kvk=f"9{number:07}", website=f"https://p{number:05}.example",
        postcode=place.postcode, place=place.name,
        recognitions=tuple(Recognition(way, proof=f"{way}-{number}", starts_on=date(2019, 1, 1)) for way in ways),
    )  # fmt: skip


def activities(
    given: Sources, offering: Sequence[ProviderEntry], count: int, *, today: date, seed: int = 1
) -> Iterator[Entry]:
    """Draw `count` activities; their runs lie in the fifteen months around and after `today`."""
    return (_activity(given, offering, number, today, seed) for number in range(count))


def _activity(given: Sources, offering: Sequence[ProviderEntry], number: int, today: date, seed: int) -> Entry:
    random = Random(seed * 1_000_000_007 + number)
    occupation, group = random.choice(given.occupations), random.choice(given.groups)
    provider = offering[int(random.random() ** 2 * len(offering))]
    kind, pattern = random.choice(TITLES)
    label = random.choice(occupation.labels)
    routes, goals, hours, cents = PATTERNS[kind]
    number_of_level = random.choice((2, 3, 4)) if kind == "programme" else random.randrange(1, 8)
    title = pattern.format(label=label, group=group, number=number_of_level)
    goal, study_hours = random.choice(goals), random.randrange(*hours)
    delivery = random.choices(("on_site", "blended", "online"), (5, 3, 2))[0]
    return Entry(
        provider=provider.code, code=f"A{number:07}", title=title[0].upper() + title[1:],
        description=_description(given, occupation, group, random),
        learning_outcomes=(f"U kunt werken met {random.choice(given.groups)}.", f"U kent {group}."),
        kind=kind, route=random.choice(routes), goal=goal, level=LEVELS[number_of_level],
        nlqf_level=number_of_level if random.random() < 0.4 else None,
        intensity=random.choice(("full_time", "part_time", "part_time", "modular")), study_hours=study_hours,
        duration_months=Decimal(max(1, study_hours // 60)), delivery=delivery,
        independent_of_time=_maybe(random, 0.15), independent_of_place=delivery == "online" or None,
        evening=_maybe(random, 0.3), combinable_with_work=_maybe(random, 0.6), combinable_with_care=_maybe(random, 0.2),
        modular=kind == "module", language=random.choice(LANGUAGES), sector=_sector(occupation.isco),
        occupations=(occupation.id,) if random.random() < 0.93 else (), certificate=f"Bewijs {label}" if goal != "none" else "",
        certificate_value=random.choice(CERTIFICATES[goal]), guidance=_maybe(random, 0.5),
        prices=_prices(random, *cents), runs=_runs(given, provider, delivery, today, random),
        url=f"{provider.website}/{number}",
    )  # fmt: skip


def _description(given: Sources, occupation: Occupation, group: str, random: Random) -> str:
    told = random.sample(occupation.sentences, min(len(occupation.sentences), random.randrange(1, 4)))
    other = random.choice(given.occupations)
    ending = f"Ook voor wie werkt als {other.labels[0]} en meer wil weten van {group}."
    return " ".join([*told, ending] if random.random() < 0.5 else told)


def _prices(random: Random, least: int, most: int) -> tuple[PricePart, ...]:
    if random.random() < 0.03:
        return ()
    vat = Decimal(random.choice((0, 0, 21)))
    parts = [PricePart("tuition", round(random.randrange(least, most), -2), vat)]
    for part, share, largest in (("examination", 0.4, 40_000), ("material", 0.5, 30_000), ("registration", 0.2, 7_500)):
        if random.random() < share:
            parts.append(PricePart(part, round(random.randrange(1_000, largest), -2), vat))
    return tuple(parts)


def _runs(given: Sources, provider: ProviderEntry, delivery: str, today: date, random: Random) -> tuple[Run, ...]:
    if delivery == "online" and random.random() < 0.6:
        return (Run(),)
    place, postcode = (provider.place, provider.postcode)
    if random.random() < 0.3:
        elsewhere = random.choice(given.places)
        place, postcode = elsewhere.name, elsewhere.postcode
    if delivery == "online":
        place = postcode = ""
    found = []
    for _ in range(random.randrange(1, 5)):
        begins = today + timedelta(days=random.randrange(-60, 400))
        ends = begins + timedelta(days=random.randrange(1, 300))
        found.append(Run(begins, ends, place, postcode, begins - timedelta(days=90), begins - timedelta(days=7)))
    return tuple(found)


def _maybe(random: Random, share: float) -> bool | None:
    return None if random.random() < 0.1 else random.random() < share


def _sector(isco: str) -> str:
    return next((sector for sector, codes in SECTORS if isco[:2] in codes.split()), "other")


def indexed(given: Sources, count: int, *, today: date, seed: int = 1) -> Iterator[Indexed]:
    """Draw a register as the index reads it: each activity with its provider, place, region and schemes."""
    offering = providers(given, count, seed=seed)
    by_code = {one.code: one for one in offering}
    by_postcode = {one.postcode: one for one in given.places}
    shortage = {"care_welfare", "technology", "ict", "construction", "education"}
    for number, entry in enumerate(activities(given, offering, count, today=today, seed=seed)):
        random = Random(number)
        provider = by_code[entry.provider]
        told = next((run.postcode for run in entry.runs if run.postcode), provider.postcode)
        place = None if entry.delivery == "online" else by_postcode[told]
        yield Indexed(
            key=number * 3 + 1, entry=entry, provider=provider, region=by_postcode[provider.postcode].region,
            shortage_occupation=entry.sector in shortage if entry.sector else None,
            latitude=place.latitude if place else None, longitude=place.longitude if place else None,
            fundable_by=tuple(scheme for scheme, share in SCHEME_SHARES if random.random() < share),
        )  # fmt: skip
