"""Small registers for the tests of the search: one by hand whose answers one can read, one drawn whose answers are counted."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from doorleren.register.entries import Entry, ProviderEntry, Recognition, Run
from doorleren.register.search.building import build
from doorleren.register.search.indexed import Indexed
from doorleren.register.search.searching import Index

TODAY = date(2022, 9, 1)
PROVIDER = ProviderEntry("90000001", "Vakcollege Noord", recognitions=(Recognition("nlqf"),))
LABELS = {
    "welder": ("lasser", "aanlasser metaal", "TIG-lasser"),
    "gardener": ("hovenier", "tuinaanlegger", "groenvoorziener"),
    "driver": ("heftruckchauffeur", "bestuurder van een vorkheftruck"),
    "nurse": ("verpleegkundige", "ziekenverzorgende"),
    "truck": ("heftruck",),
    "road": ("chauffeur",),
}
POSTCODES = {"3511": (52.0907, 5.1214), "1012": (52.3731, 4.8926), "6211": (50.8514, 5.6910), "3521": (52.0880, 5.1010)}


def entry(title: str, **told: Any) -> Entry:
    """Make an activity."""
    return Entry(provider=PROVIDER.code, code=title, title=title, **told)


def row(key: int, title: str, *, at: str = "", **told: Any) -> Indexed:
    """Make an activity as the index reads it, at the postcode `at`."""
    place = POSTCODES.get(at, (None, None))
    beside = {name: told.pop(name) for name in ("region", "shortage_occupation", "fundable_by") if name in told}
    return Indexed(key, entry(title, **told), PROVIDER, latitude=place[0], longitude=place[1], **beside)


def by_hand() -> list[Indexed]:
    """Give a register of a dozen activities."""
    soon, later = Run(TODAY + timedelta(days=10)), Run(TODAY + timedelta(days=50))
    return [
        row(1, "Opleiding lasser niveau 2", at="3511", occupations=("welder",), sector="technology", level="mbo2", runs=(soon,)),
        row(2, "Cursus metaal verbinden", at="1012", occupations=("welder",), sector="technology", level="mbo3", runs=(later,)),
        row(5, "Opleiding hovenier", at="6211", occupations=("gardener",), sector="agriculture", level="mbo2"),
        row(6, "Cursus rozen snoeien", description="Voor wie in tuinen werkt.", sector="agriculture", level="mbo3"),
        row(7, "Heftruckchauffeur worden", at="3521", occupations=("driver",), sector="transport_logistics"),
        row(8, "Opleiding verpleegkundige", at="3511", occupations=("nurse",), sector="care_welfare", level="mbo4"),
        row(9, "Verpleegkundig rekenen", sector="care_welfare", level="hbo", delivery="online", runs=(Run(),)),
        row(12, "Boekhouden voor beginners", description="Met een lasser als voorbeeld.", sector="business_services"),
        row(15, "Cursus boekhouden in Excel", at="1012", sector="business_services"),
        row(16, "Cursus Excel", sector="ict"),
        row(17, "Training leidinggeven", sector="business_services", language="en"),
        row(20, "Cursus Éénoudergezinnen begeleiden", sector="care_welfare", fundable_by=("slim",), shortage_occupation=True),
    ]  # fmt: skip


WORDS = ("metaal", "hout", "zorg", "rekenen", "taal", "netwerk", "tuin", "koken", "verkoop", "techniek")
NEAR_3511 = ((52.10, 5.15), (52.15, 5.16), (52.25, 5.30))
PLACES = (*NEAR_3511, *((50.8 + number * 0.07, 3.6 + number * 0.12) for number in range(27)))
CHOICES: dict[str, tuple[Any, ...]] = {
    "sector": ("ict", "technology", "care_welfare", "other", None), "level": ("mbo2", "mbo3", "hbo", None),
    "delivery": ("online", "blended", "on_site"), "goal": ("diploma", "certificate", "none"),
    "language": ("nl", "nl", "en"), "evening": (True, False, None), "combinable_with_work": (True, False, None),
}  # fmt: skip


def drawn(count: int, seed: int = 1) -> list[Indexed]:
    """Draw a register whose titles repeat, so that many results tie."""
    random, found = Random(seed), []
    for number in range(count):
        told = {name: random.choice(values) for name, values in CHOICES.items()}
        days = [TODAY + timedelta(days=random.randrange(-40, 120)) for _ in range(random.randrange(3))]
        runs = tuple(Run(day) for day in days) or ((Run(),) if random.random() < 0.2 else ())
        one = entry(f"{random.choice(WORDS)} {random.choice(WORDS)}", runs=runs, **told)
        place = random.choice(PLACES) if random.random() < 0.8 else (None, None)
        schemes = tuple(name for name in ("stap", "slim", "tel") if random.random() < 0.4)
        ways = tuple(Recognition(way) for way in ("ocw", "nlqf") if random.random() < 0.5)
        found.append(
            Indexed(number * 3 + 2, replace(one, code=str(number)), replace(PROVIDER, recognitions=ways),
                    region=random.choice(("AM01", "AM02", "")), latitude=place[0], longitude=place[1],
                    shortage_occupation=random.choice((True, False, None)), fundable_by=schemes)
        )  # fmt: skip
    return found


def index_of(root: Path, rows: Iterable[Indexed], today: date = TODAY) -> Index:
    """Build an index and open it."""
    return Index(build(root, rows, today=today, occupations=LABELS, postcodes=POSTCODES).folder)
