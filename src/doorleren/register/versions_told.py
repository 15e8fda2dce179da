"""The versions of an activity, newest first, each with what it changed: what a provider said before.

Read by the pages of officials.
"""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from doorleren.register.entries import Run
from doorleren.register.models import ActivityVersion, RunOffered
from doorleren.register.rows import CONTENT_COLUMNS, RUN_COLUMNS, entry_of
from doorleren.register.uploads.judging import differences

MOST = 50
"""Versions that are told; older ones are kept and not shown."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version: its number, when and from which source it came, whether that delivery was undone, and what changed.

    `changes` are against the version before it (field, old, new, as plain JSON); None for the first, or for the last one told.
    """

    number: int
    made_at: datetime
    source: str
    undone: bool
    changes: list[dict[str, Any]] | None


def versions_told(activity: int) -> list[Version]:
    """Give the last versions of an activity."""
    columns = ("id", "made_at", "delivery__source__name", "delivery__undone_at", *CONTENT_COLUMNS)
    rows = list(ActivityVersion.objects.filter(activity=activity).order_by("-id").values(*columns)[: MOST + 1])
    runs: dict[int, list[Run]] = {}
    offered = RunOffered.objects.filter(version__in=[row["id"] for row in rows]).order_by(
        "version_id", "place_in_order"
    )
    for version, *told in offered.values_list("version_id", *RUN_COLUMNS):
        runs.setdefault(version, []).append(Run(*told))
    entries = [entry_of("", "", row, tuple(runs.get(row["id"], ()))) for row in rows]
    changes: list[list[dict[str, Any]] | None] = [differences(old, new) for new, old in pairwise(entries)]
    return [_version(row, one) for row, one in zip(rows, [*changes, None], strict=False)][:MOST]


def _version(row: dict[str, Any], changes: list[dict[str, Any]] | None) -> Version:
    undone = row["delivery__undone_at"] is not None
    return Version(row["id"], row["made_at"], row["delivery__source__name"], undone, changes)
