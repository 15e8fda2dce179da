"""Activities for the tests of the outlets: the barest, the fullest, each field alone, odd signs, and many drawn ones."""

import random
from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from doorleren.register.entries import (
    CERTIFICATE_VALUES,
    PRICE_PARTS,
    Entry,
    Location,
    PricePart,
    ProviderEntry,
    Recognition,
    Run,
)
from doorleren.register.outlets.listed import Listed

SPECS = Path(__file__).resolve().parents[4] / "shared" / "data" / "specs"
BASE = "https://doorleren.example"
ON = date(2024, 5, 1)
CHANGED_AT = datetime(2024, 4, 30, 12, 30, 15, 123456, tzinfo=UTC)

needs_specs = pytest.mark.skipif(
    not SPECS.exists(), reason="the specifications of the standards are not beside this checkout"
)

SKILL = "http://data.europa.eu/esco/skill/0b071b95-9b2e-4a43-8a5c-3ad9a5a5d0a1"
ODD = '=Ünïcode "quotes" <b>&amp;</b> ]]> </script> \x00\x0b \ud800 \u2028 \' ; , \r\n\ttab 学ぶ 🙂'
BARE_PROVIDER = ProviderEntry(code="p", name="P")
FULL_PROVIDER = ProviderEntry(
    code="Roc-Midden/7",
    name="ROC Midden & Zn.",
    kvk="12345678",
    website="https://roc.example/opleidingen?x=1&y=2",
    street="Kade 1",
    postcode="3511 AB",
    place="Utrecht",
    recognitions=(Recognition("ocw", "brin 25LH", date(2020, 1, 1)), Recognition("nlqf")),
    email="aanmelden@roc.example",
    phone="+31 30 123 45 67",
    locations=(Location("Loods", "Kade 2", "3821 AB", "Amersfoort"), Location(place="Zwolle")),
)
BARE = Entry(provider="p", code="1", title="Lassen")
FULL = Entry(
    provider="Roc-Midden/7",
    code="LAS 1/b",
    title="Lassen voor beginners",
    description="U leert lassen. " * 120,
    learning_outcomes=("U kunt een plaat lassen.", "U werkt veilig."),
    kind="course",
    route="third_path",
    goal="certificate",
    level="mbo2",
    nlqf_level=2,
    eqf_level=2,
    intensity="part_time",
    study_hours=120,
    duration_months=Decimal("4.5"),
    delivery="blended",
    independent_of_time=False,
    independent_of_place=True,
    evening=True,
    combinable_with_work=True,
    combinable_with_care=False,
    modular=True,
    language="en",
    entry_requirements="Een basisdiploma.",
    sector="technology",
    occupations=("http://data.europa.eu/esco/occupation/0b071b95-9b2e-4a43-8a5c-3ad9a5a5d0a2",),
    skills=(SKILL, "0b071b95-9b2e-4a43-8a5c-3ad9a5a5d0a3", "geen nummer"),
    certificate="Mbo-certificaat Lassen",
    certificate_value="mbo_certificate",
    guidance=True,
    prior_learning_shortens=False,
    prices=(
        PricePart("tuition", 121_00, Decimal(21)),
        PricePart("examination", 50_05, Decimal("0")),
        PricePart("material", 10_90, Decimal("9.5")),
        PricePart("registration", 0),
    ),
    runs=(
        Run(date(2024, 9, 2), date(2025, 1, 31), "Utrecht", "3511 AB", date(2024, 5, 1), date(2024, 8, 1)),
        Run(date(2024, 2, 1), None, "Den Haag", "2511"),
        Run(place="Zwolle", enrol_until=date(2024, 4, 1)),
    ),
    url="https://roc.example/lassen/één twee?a=1&b=%",
    published_from=date(2024, 1, 1),
    published_until=date(2025, 12, 31),
    text_language="nl",
)
_ODD_TEXTS = dict.fromkeys(
    ("title", "description", "entry_requirements", "certificate", "language", "url", "kind", "level", "text_language"),
    ODD,
)


def listed(entry: Entry, provider: ProviderEntry, number: int = 7, *, admitted: bool = True) -> Listed:
    """List an entry as changed at a fixed moment."""
    return Listed(entry, provider, number, CHANGED_AT, admitted)


def varied(count: int = 20) -> list[Listed]:
    """Give the barest, the fullest, one per field with that field alone, one with odd signs everywhere, and drawn ones."""
    provider = ODD[:40]
    odd = replace(
        FULL, **_ODD_TEXTS, provider=provider, code=ODD, learning_outcomes=(ODD, ""),
        runs=(Run(date(9999, 12, 31), None, ODD, ODD),),
        skills=(ODD,), occupations=(ODD,), prices=(PricePart(ODD, 1, Decimal("12.5")),),
    )  # fmt: skip
    firm = ProviderEntry(provider, ODD, "87654321", ODD, ODD, ODD, ODD, (Recognition(ODD, ODD),))
    found = [(BARE, BARE_PROVIDER), (FULL, FULL_PROVIDER), (odd, firm)]
    optional = [field.name for field in fields(Entry) if field.name not in ("provider", "code", "title")]
    found += [(replace(BARE, code=f"one-{name}", **{name: getattr(FULL, name)}), BARE_PROVIDER) for name in optional]
    found += [_drawn(random.Random(seed), seed) for seed in range(count)]
    return [listed(*pair, number=place, admitted=place % 3 > 0) for place, pair in enumerate(found, 1)]


def _drawn(dice: random.Random, seed: int) -> tuple[Entry, ProviderEntry]:
    """Each field of the full entry present or absent, closed words and runs drawn."""
    kept = {
        field.name: getattr(FULL if dice.random() < 0.6 else BARE, field.name)
        for field in fields(Entry)
        if field.name not in ("provider", "code")
    }
    kept |= {
        "kind": dice.choice([None, "course", "module", "programme", "evc", "advice", "practice_route"]),
        "level": dice.choice([None, "entree", "mbo3", "mbo4", "ad", "hbo", "wo", "none"]),
        "route": dice.choice([None, "bol", "bachelor", "master", "associate_degree"]),
        "nlqf_level": dice.choice([None, 1, 6, 7, 8]),
        "delivery": dice.choice([None, "online", "blended", "on_site"]),
        "intensity": dice.choice([None, "full_time", "part_time", "dual", "modular"]),
        "certificate_value": dice.choice([None, *CERTIFICATE_VALUES]),
        "duration_months": dice.choice([None, Decimal(0), Decimal("0.25"), Decimal(12), Decimal("1.999")]),
        "language": dice.choice(["nl", "en", "eng", "nl-NL", "", "Engels", "ar"]),
        "prices": tuple(_price(dice) for _ in range(dice.randrange(4))),
        "runs": tuple(_run(dice) for _ in range(dice.randrange(4))),
    }
    provider = dice.choice(
        [BARE_PROVIDER, FULL_PROVIDER, replace(BARE_PROVIDER, code="q", place="Gent", website="geen")]
    )
    return Entry(provider=provider.code, code=f"drawn {seed}", **kept), provider


def _price(dice: random.Random) -> PricePart:
    return PricePart(
        dice.choice(PRICE_PARTS), dice.randrange(10**6), dice.choice([None, Decimal(0), Decimal(21), Decimal("9.5")])
    )


def _run(dice: random.Random) -> Run:
    first = ON + timedelta(days=dice.randrange(-400, 400))
    return Run(
        dice.choice([None, first]), dice.choice([None, first + timedelta(days=30)]), dice.choice(["", "Assen"]),
        dice.choice(["", "9401 AB", "9401"]), dice.choice([None, first - timedelta(days=60)]), dice.choice([None, first]),
    )  # fmt: skip


def named(items: Iterable[Listed]) -> list[str]:
    """Give a name per item for the report of a failing test."""
    return [ascii(one.entry.code)[:40] for one in items]
