"""A JSON file of EDU-DEX or the Open Onderwijs API: which of the two it is, and its objects as rows."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from doorleren.register.entries import Entry, ProviderEntry
from doorleren.register.intake import checks, edudex, ooapi
from doorleren.register.intake.content import Content
from doorleren.register.intake.documents import Document, documents
from doorleren.register.intake.faults import Fault, fault
from doorleren.register.intake.json_values import Source
from doorleren.register.intake.rows import Reading, Row

LOOKED_AT = 50

Read = Callable[[Source], tuple[dict[str, Any], ProviderEntry | None]]


def form_of(path: Path, content: Content) -> str:
    """Say which standard the first objects of a file follow: "edudex", "ooapi", or empty for neither."""
    for one in islice(documents(path, content), LOOKED_AT):
        if one.value is not None:
            if edudex.is_program(one.value) or edudex.is_institute(one.value):
                return "edudex"
            if ooapi.is_activity(one.value) or ooapi.is_offering(one.value) or ooapi.is_organization(one.value):
                return "ooapi"
    return ""


def read_json(path: Path, content: Content, form: str, today: date, default_provider: str | None) -> Reading:
    """Begin to read a file of one of the two standards."""

    def rows() -> Iterator[Row]:
        if form == "edudex":
            reader: Any = edudex.Programs(today, default_provider or "")
        else:
            reader = ooapi.Activities(today, default_provider or "", ooapi.gathered(documents(path, content)))
        seen: dict[tuple[str, str], int] = {}
        for number, one in enumerate(documents(path, content), start=1):
            row = _row(number, one, reader, seen, damaged=content.damaged)
            if row is not None:
                yield row

    return Reading(form, rows)


def _row(
    number: int, one: Document, reader: Any, seen: dict[tuple[str, str], int], *, damaged: bool
) -> Row | None:  # fmt: skip
    """Make the row of an object; None for one that only belongs to another, such as an offering of a course."""
    if one.value is None:
        assert one.wrong is not None
        return Row(number, None, None, (fault(number, "row", one.given, one.wrong),), member=one.member)
    source = Source(number, one.value, damaged=damaged)
    told = reader.read(source)
    if told is None and not source.faults:
        return None
    values, owner = told or (None, None)
    faults, formulas = list(source.faults), tuple(source.formulas)
    if values is None:
        return Row(number, None, owner, tuple(faults), formulas, one.member)
    faults += _checked(number, values, owner, faults)
    entry = None
    if owner is not None and not any(each.refuses for each in faults):
        first = seen.setdefault((owner.code, values["code"]), number)
        if first == number:
            entry = Entry(owner.code, **values)
        else:
            faults.append(checks.second(number, values["code"], first))
    return Row(number, entry, owner, tuple(faults), formulas, one.member)


def _checked(number: int, values: dict[str, Any], owner: ProviderEntry | None, before: list[Fault]) -> list[Fault]:
    found = checks.of_values(number, values, owner, before)
    for run in values.get("runs", ()):
        found += checks.of_run(number, run)
    return found + checks.of_sum(number, sum(part.cents for part in values.get("prices", ())))
