"""What an uploaded file would change: counted in full, and the first of each kind shown. Reads, and writes nothing."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, fields
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from doorleren.register.entries import Entry, ProviderEntry
from doorleren.register.intake import checks
from doorleren.register.intake.faults import Fault
from doorleren.register.intake.mapping import Mapping
from doorleren.register.intake.reading import read_file
from doorleren.register.intake.rows import Row
from doorleren.register.models import Activity
from doorleren.register.queries import listings
from doorleren.register.rows import fingerprint
from doorleren.register.uploads.owning import own_rows

SHOWN = 50
"""Rows of each kind that a preview shows; all are counted."""
AT_ONCE = 1000
LONGEST_SHOWN = 300

Tell = Callable[[int], None]
"""Takes the number of rows done so far."""


def judge(path: Path, *, mapping: Mapping | None, owner: ProviderEntry, today: date, tell: Tell) -> dict[str, Any]:
    """Read a file against the register as it stands. Raises Unreadable.

    Gives plain JSON: `form`, `mapping` (or None), `notes`, `counts` per kind, and the rows shown: `new`, `changed` (with
    `changes`: field, old, new), `refused` and `left_out` (with `faults`).
    """
    reading = read_file(path, mapping=mapping or "auto", today=today, default_provider=owner.code)
    judged = _Judged(owner)
    rows = own_rows(reading, owner)
    done = 0
    while some := list(islice(rows, AT_ONCE)):
        judged.take(some)
        done += len(some)
        tell(done)
    return {
        "form": reading.form,
        "mapping": reading.mapping.as_json() if reading.mapping else None,
        "notes": list(reading.notes),
        "counts": judged.counts,
        **judged.shown,
    }


class _Judged:
    """What was found so far."""

    def __init__(self, owner: ProviderEntry) -> None:
        self.owner = owner
        self.counts = {"new": 0, "changed": 0, "unchanged": 0, "refused": 0, "left_out": 0}
        self.shown: dict[str, list[dict[str, Any]]] = {"new": [], "changed": [], "refused": [], "left_out": []}
        self.seen: dict[str, int] = {}

    def take(self, rows: Iterable[Row]) -> None:
        """Judge some rows together: one question to the database about all their codes."""
        good = list(self._accepted(rows))
        codes = [row.entry.code for row in good if row.entry]
        known = Activity.objects.filter(provider__code=self.owner.code, code__in=codes, current__isnull=False)
        stands = {code: (key, mark) for code, key, mark in known.values_list("code", "pk", "current__fingerprint")}
        changed: list[tuple[Row, int]] = []
        for row in good:
            assert row.entry is not None
            key, mark = stands.get(row.entry.code, (0, ""))
            if not key:
                self._note("new", row)
            elif mark == fingerprint(row.entry):
                self.counts["unchanged"] += 1
            else:
                self.counts["changed"] += 1
                changed.append((row, key))
        self._show_changes(changed[: SHOWN - len(self.shown["changed"])])

    def _accepted(self, rows: Iterable[Row]) -> Iterator[Row]:
        for row in rows:
            if row.entry is None and not row.faults:
                continue
            faults = [*row.faults]
            if row.entry is not None and not any(one.refuses for one in faults):
                first = self.seen.setdefault(row.entry.code, row.number)
                if first == row.number:
                    if faults:
                        self._note("left_out", row, faults=[_plain_fault(one) for one in faults])
                    yield row
                    continue
                faults.append(checks.second(row.number, row.entry.code, first))
            self._note("refused", row, faults=[_plain_fault(one) for one in faults])

    def _note(self, kind: str, row: Row, **more: Any) -> None:
        self.counts[kind] += 1
        if len(self.shown[kind]) < SHOWN:
            told = {"code": row.entry.code, "title": row.entry.title} if row.entry else {"code": "", "title": ""}
            self.shown[kind].append({"row": row.number, "member": row.member} | told | more)

    def _show_changes(self, changed: list[tuple[Row, int]]) -> None:
        before = listings([key for _row, key in changed]) if changed else {}
        for row, key in changed:
            assert row.entry is not None
            self.shown["changed"].append({
                "row": row.number, "code": row.entry.code, "title": row.entry.title,
                "changes": differences(before[key].entry, row.entry),
            })  # fmt: skip


def differences(old: Entry, new: Entry) -> list[dict[str, Any]]:
    """Give the fields in which two entries differ, with what stands there now and what would, as plain JSON."""
    names = [one.name for one in fields(Entry) if one.name not in ("provider", "code")]
    return [
        {"field": name, "old": _plain(getattr(old, name)), "new": _plain(getattr(new, name))}
        for name in names
        if getattr(old, name) != getattr(new, name)
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [
            _plain(asdict(one)) if not isinstance(one, str) else one[:LONGEST_SHOWN] for one in value[:LONGEST_SHOWN]
        ]
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date):
        return value.isoformat()
    return value[:LONGEST_SHOWN] if isinstance(value, str) else value


def _plain_fault(one: Fault) -> dict[str, Any]:
    return {
        "field": one.field, "column": one.column, "given": one.given, "allowed": dict(one.allowed),
        "text": dict(one.text), "refuses": one.refuses,
    }  # fmt: skip
