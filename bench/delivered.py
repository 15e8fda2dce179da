"""The drawn register as a provider's system would deliver it: one CSV, with Dutch headings and Dutch ways of writing.

One row is one activity with its first run. A share of it can be changed, so that a second delivery brings new versions.
"""

import csv
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from bench.catalogue import Sources, activities, providers
from doorleren.register.entries import PRICE_PARTS, Entry, ProviderEntry, Run

Cell = Callable[[Entry, ProviderEntry, Run], object]

_YES = {True: "ja", False: "nee", None: ""}
_PARTS = dict(zip(PRICE_PARTS, ("Lesgeld", "Examengeld", "Kosten lesmateriaal", "Inschrijfgeld"), strict=True))
COLUMNS: dict[str, Cell] = {
    "Cursuscode": lambda entry, _owner, _run: entry.code,
    "Titel": lambda entry, _owner, _run: entry.title,
    "Omschrijving": lambda entry, _owner, _run: entry.description,
    "Leerdoelen": lambda entry, _owner, _run: "|".join(entry.learning_outcomes),
    "Soort opleiding": lambda entry, _owner, _run: entry.kind,
    "Leerweg": lambda entry, _owner, _run: entry.route,
    "Doel": lambda entry, _owner, _run: entry.goal,
    "Niveau": lambda entry, _owner, _run: entry.level,
    "NLQF niveau": lambda entry, _owner, _run: entry.nlqf_level or "",
    "Studievorm": lambda entry, _owner, _run: entry.intensity,
    "Studielast (uren)": lambda entry, _owner, _run: f"{entry.study_hours} uur",
    "Duur": lambda entry, _owner, _run: f"{entry.duration_months} maanden",
    "Lesvorm": lambda entry, _owner, _run: entry.delivery,
    "Avond": lambda entry, _owner, _run: _YES[entry.evening],
    "Te combineren met werk": lambda entry, _owner, _run: _YES[entry.combinable_with_work],
    "Taal": lambda entry, _owner, _run: entry.language,
    "Branche": lambda entry, _owner, _run: entry.sector,
    "ESCO beroepen": lambda entry, _owner, _run: ";".join(entry.occupations),
    "Certificaat": lambda entry, _owner, _run: entry.certificate,
    "Waarde certificaat": lambda entry, _owner, _run: entry.certificate_value,
    "Begeleiding": lambda entry, _owner, _run: _YES[entry.guidance],
    **{name: lambda entry, _owner, _run, part=part: _price(entry, part) for part, name in _PARTS.items()},
    "Startdatum": lambda _entry, _owner, run: _day(run.starts_on),
    "Einddatum": lambda _entry, _owner, run: _day(run.ends_on),
    "Inschrijven tot": lambda _entry, _owner, run: _day(run.enrol_until),
    "Lesplaats": lambda _entry, _owner, run: run.place,
    "Postcode": lambda _entry, _owner, run: run.postcode,
    "Website": lambda entry, _owner, _run: entry.url,
    "Opleider id": lambda _entry, owner, _run: owner.code,
    "Opleider": lambda _entry, owner, _run: owner.name,
    "KvK-nummer": lambda _entry, owner, _run: owner.kvk,
    "Postcode opleider": lambda _entry, owner, _run: owner.postcode,
    "Plaats opleider": lambda _entry, owner, _run: owner.place,
}


def write(given: Sources, count: int, path: Path, *, today: date, changed: int = 0) -> int:
    """Write `count` drawn activities; of each `changed` rows (0: none) one has another title. Give the size in bytes."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(COLUMNS)
        writer.writerows(_rows(given, count, today, changed))
    return path.stat().st_size


def _rows(given: Sources, count: int, today: date, changed: int) -> Iterator[list[object]]:
    offering = providers(given, count)
    owners = {one.code: one for one in offering}
    for number, entry in enumerate(activities(given, offering, count, today=today)):
        run = entry.runs[0] if entry.runs else Run()
        cells = [cell(entry, owners[entry.provider], run) for cell in COLUMNS.values()]
        if changed and not number % changed:
            cells[1] = f"{cells[1]} (vernieuwd)"
        yield cells


def _price(entry: Entry, part: str) -> str:
    cents = next((one.cents for one in entry.prices if one.part == part), None)
    return "" if cents is None else "€ " + f"{cents // 100:,}".replace(",", ".") + f",{cents % 100:02d}"


def _day(day: date | None) -> str:
    return f"{day:%d-%m-%Y}" if day else ""
