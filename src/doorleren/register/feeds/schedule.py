"""Which sources are due at a moment. `due` is pure; `due_sources` reads the sources and calls it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max

from doorleren.register.models import Source


@dataclass(frozen=True, slots=True)
class Planned:
    """A source on the schedule: its number, every how many hours (None or 0: never by itself), and the last delivery."""

    source: int
    every_hours: int | None
    last_at: datetime | None


def due(planned: Iterable[Planned], at: datetime) -> list[int]:
    """Give the sources whose time has come, the longest overdue first; one that never delivered comes before all.

    A failed delivery counts as the last one: it is tried again when its hours are over, not at once.
    """
    waiting: list[tuple[bool, timedelta, int]] = []
    for one in planned:
        if not one.every_hours or one.every_hours < 0:
            continue
        left = timedelta(0) if one.last_at is None else one.last_at - at + timedelta(hours=one.every_hours)
        if left <= timedelta(0):
            waiting.append((one.last_at is not None, left, one.source))
    return [source for *_, source in sorted(waiting)]


def due_sources(at: datetime) -> list[int]:
    """Give the numbers of the sources with an address that are due at a moment."""
    rows = Source.objects.exclude(address="").annotate(last=Max("deliveries__received_at"))
    return due([Planned(*row) for row in rows.values_list("id", "every_hours", "last")], at)
