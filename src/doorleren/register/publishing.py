"""The whole register as open data: each day a folder with CSV, Parquet and what they are, under `<home>/open-data`.

A day is written beside the others and put in its place in one step: a reader finds it whole or not at all. Called by
the timetable of `serve` and by the command line; the pages read it. The licence is one choice, for all that we give
out: `outlets.tables.CC0`, because what a provider tells here it tells the public.
"""

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from doorleren.audit.one_moment import one_moment
from doorleren.core.days import AMSTERDAM, day_of
from doorleren.register.outlets import tables
from doorleren.register.outlets.listed import Listed
from doorleren.register.queries import all_listings, is_published
from doorleren.register.standings import admitted_activities
from doorleren.register.turns import PUBLISHING, turn

FOLDER, METADATA = "open-data", "metadata.json"
KEPT = 7
"""Days that are kept."""
AFTER = time(2)
"""When the data of a day may be written, in Amsterdam."""
MEDIA_TYPES = {
    "trainings.csv": "text/csv; charset=utf-8",
    "trainings.parquet": "application/vnd.apache.parquet",
    METADATA: "application/json",
}
"""The files of a day, and what each is."""


@dataclass(frozen=True, slots=True)
class Published:
    """What was published on a day: when, how many trainings, the licence, and the bytes of each file by its name."""

    day: date
    made_at: datetime
    trainings: int
    licence: tables.Licence
    sizes: dict[str, int]


class BeingPublished(Exception):
    """Another process writes the open data now."""


def is_due(home: Path, at: datetime) -> bool:
    """Whether the day of this moment has yet to be written: from two o'clock on, and also later if the site was off."""
    local = at.astimezone(AMSTERDAM)
    return local.time() >= AFTER and _read(home / FOLDER / day_of(local).isoformat()) is None


def publish(home: Path, *, at: datetime, anew: bool = True) -> Published:
    """Write the open data of today, in the place of what was written today before; keep the last `KEPT` days.

    With `anew` false what was written today stays, also when another process has just done so. Raises BeingPublished, OSError; then what was there is whole.
    """
    day, root = day_of(at), home / FOLDER
    root.mkdir(parents=True, exist_ok=True)
    with turn(PUBLISHING) as mine:
        if not mine:
            raise BeingPublished
        before = _read(root / day.isoformat())
        if before is not None and not anew:
            return before
        _sweep(root)
        fresh = root / f".{day}.{os.getpid()}"
        try:
            _write(fresh, day, at)
            _put_in_place(fresh, root / day.isoformat())
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
        for old in _folders(root)[KEPT:]:
            _take_away(old)
    made = _read(root / day.isoformat())
    if made is None:
        raise OSError(f"the open data of {day} cannot be read back")
    return made


def published_days(home: Path) -> list[Published]:
    """Give the days that are there, the last one first; what is damaged is left out."""
    return [found for found in map(_read, _folders(home / FOLDER)) if found is not None]


def file_of(home: Path, day: str, name: str) -> Path | None:
    """Give where a file of a day (2026-05-01) lies; None for what is no day, and for a day or a name that is not there."""
    if name not in MEDIA_TYPES or not _is_day(day):
        return None
    path = home / FOLDER / day / name
    return path if path.is_file() else None


def listed_on(day: date) -> Iterator[Listed]:
    """Give every activity that is shown on a day, with whether it is admitted on that day."""
    admitted = admitted_activities(day)
    for one in all_listings():
        if is_published(one.entry, day):
            yield Listed(one.entry, one.provider, one.key, one.changed_at, one.key in admitted)


def _write(folder: Path, day: date, at: datetime) -> None:
    folder.mkdir()
    with one_moment():
        rows = tables.write_csv(listed_on(day), folder / "trainings.csv", at)
        tables.write_parquet(listed_on(day), folder / "trainings.parquet", at)
    described = _described(folder, day, rows, at)
    (folder / METADATA).write_text(json.dumps(described, ensure_ascii=False, indent=2) + "\n", "utf-8")
    for path in folder.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())


def _described(folder: Path, day: date, rows: int, at: datetime) -> dict[str, Any]:
    """Make one description of both files, from those that stand beside each of them, which go."""
    columns, files = [], []
    for name in MEDIA_TYPES:
        if name == METADATA:
            continue
        resource = tables.description(folder / name, rows, at, tables.CC0)["resources"][0]
        columns = resource["schema"]["fields"]
        files.append({"name": name, "bytes": resource["bytes"], "hash": resource["hash"], "type": MEDIA_TYPES[name]})
        tables.side_file(folder / name).unlink()
    licence = {"name": tables.CC0.name, "title": tables.CC0.title, "path": tables.CC0.path}
    return {
        "title": "Scholingsregister", "date": day.isoformat(), "made_at": at.isoformat(), "trainings": rows,
        "licence": licence, "files": files, "columns": columns,
    }  # fmt: skip


def _read(folder: Path) -> Published | None:
    try:
        told = json.loads((folder / METADATA).read_text("utf-8"))
        sizes = {name: (folder / name).stat().st_size for name in MEDIA_TYPES}
        return Published(
            date.fromisoformat(told["date"]), datetime.fromisoformat(told["made_at"]), int(told["trainings"]),
            tables.Licence(**told["licence"]), sizes,
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _folders(root: Path) -> list[Path]:
    """Give the folders of days, the last one first."""
    found = [one for one in root.iterdir() if _is_day(one.name)] if root.is_dir() else []
    return sorted(found, key=lambda one: one.name, reverse=True)


def _is_day(name: str) -> bool:
    try:
        return date.fromisoformat(name).isoformat() == name
    except ValueError:
        return False


def _put_in_place(fresh: Path, place: Path) -> None:
    if place.exists():
        _take_away(place)
    fresh.rename(place)


def _take_away(folder: Path) -> None:
    """Take a day out of sight in one step, and then to pieces."""
    hidden = folder.with_name(f".{folder.name}.gone")
    folder.rename(hidden)
    shutil.rmtree(hidden, ignore_errors=True)


def _sweep(root: Path) -> None:
    """Throw away what a process left that was ended halfway."""
    for one in root.glob(".*"):
        shutil.rmtree(one, ignore_errors=True)
