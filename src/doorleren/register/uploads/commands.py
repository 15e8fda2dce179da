"""What a provider does with an upload: begin, map its columns, mend its rows, confirm, drop. The only writes of uploads.

Each asks access for the organisation whose upload it is, moves the upload on from a state in which that is possible,
and lets a run do the reading. Undoing what was taken in is `undo_delivery`.
"""

import secrets
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Given
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from doorleren.audit.acts import Party, record
from doorleren.core.days import day_of
from doorleren.people.access import Thing, ensure
from doorleren.people.models import Organisation
from doorleren.people.signed_in import SignedIn
from doorleren.register.answers import ActRefused
from doorleren.register.commands.receive_delivery import receive_delivery
from doorleren.register.incoming import received
from doorleren.register.intake.csv_file import Sheet
from doorleren.register.intake.faults import Unreadable
from doorleren.register.intake.mapping import Mapping, mapping_of
from doorleren.register.intake.reading import read_file
from doorleren.register.intake.rows import Row
from doorleren.register.models.upload import (
    DROPPED,
    FAILED,
    JUDGED,
    JUDGING,
    RECEIVED,
    RECEIVING,
    UNREADABLE,
    Upload,
)  # fmt: skip
from doorleren.register.uploads import files, jobs, mending, mending_json
from doorleren.register.uploads.judging import Tell, judge
from doorleren.register.uploads.owning import own_rows, provider_of, source_of

OPEN = (JUDGED, UNREADABLE, FAILED)
"""States from which one can go on: map anew, mend, drop."""


@dataclass(frozen=True, slots=True)
class File:
    """A file as it comes in: the name it has at the provider's, and its bytes in pieces."""

    name: str
    chunks: Iterable[bytes]


def begin_upload(file: File, *, organisation: Organisation, home: Path, by: SignedIn, at: datetime) -> Upload:
    """Keep a file and judge it. Raises NotAllowed, or Unreadable for a file that is too large. Old files are thrown away."""
    ensure(by, "upload_activities", _thing(organisation.pk, ""), at=at)
    sweep_uploads(home=home, at=at)
    kept, size = files.keep(home, file.chunks)
    upload = Upload.objects.create(
        organisation=organisation, made_at=at, made_by=f"{by.party.kind}:{by.party.id}", file_name=file.name[:300],
        size=size, kept=kept, state=JUDGING, job=secrets.token_hex(8), beat_at=at,
    )  # fmt: skip
    jobs.run(upload, _judging(home, at))
    return upload


def map_columns(upload: int, given: dict[str, Any], *, home: Path, by: SignedIn, at: datetime) -> None:
    """Judge the file once more with a mapping made by hand. Raises NotAllowed, ActRefused, or Unreadable for the mapping."""
    mapping_of(given)
    moved = _move(upload, OPEN, JUDGING, by, at, mapping=given)
    jobs.run(moved, _judging(home, at))


def mend_rows(
    upload: int, changes: Given[int, Given[str, str]], *, home: Path, by: SignedIn, at: datetime
) -> None:  # fmt: skip
    """Write cells anew (row, column, text; of JSON the whole object) and judge the file once more.

    Raises NotAllowed, ActRefused, or Unreadable for an object that is no JSON.
    """
    for row, wrong in mending_json.not_parsed(_objects_in(changes)):
        raise Unreadable(f"Rij {row} is geen object in JSON: {wrong}.", f"Row {row} is no object of JSON: {wrong}.")
    moved = _move(upload, (JUDGED,), JUDGING, by, at)
    jobs.run(moved, _judging(home, at, changes))


def _objects_in(changes: Given[int, Given[str, str]]) -> dict[int, str]:
    return {row: cells[mending_json.OBJECT] for row, cells in changes.items() if [*cells] == [mending_json.OBJECT]}


def confirm_upload(upload: int, *, home: Path, by: SignedIn, at: datetime) -> None:
    """Take the rows of a judged upload into the register. A second confirmation is refused. Raises NotAllowed, ActRefused."""
    moved = _move(upload, (JUDGED,), RECEIVING, by, at)

    def work(one: Upload, tell: Tell) -> None:
        _receive(one, tell, home=home, by=by, at=at)

    jobs.run(moved, work)


def drop_upload(upload: int, *, home: Path, by: SignedIn, at: datetime) -> None:
    """Give up an upload: its file is thrown away, nothing of it was taken in. Raises NotAllowed, ActRefused."""
    moved = _move(upload, OPEN, DROPPED, by, at, preview={}, failure={})
    files.throw_away(home, moved.kept)
    jobs.running(moved).update(kept="")


def _thing(organisation: int, upload: str) -> Thing:
    return Thing("upload", upload, organisation=organisation)


def _move(
    number: int, states: tuple[str, ...], to: str, by: SignedIn, at: datetime, **told: Any
) -> Upload:  # fmt: skip
    """Bring an upload to another state under a new run, if it stands in one of `states` or its run broke off."""
    with transaction.atomic():
        upload = Upload.objects.select_for_update(of=("self",)).get(pk=number)
        ensure(by, "upload_activities", _thing(upload.organisation_id, str(number)), at=at)
        again = jobs.broke_off(upload, at) and to != RECEIVING
        if upload.state not in states and not again:
            raise ActRefused({
                "nl": "Dit kan nu niet met deze upload: er is intussen iets anders mee gebeurd.",
                "en": "This is not possible with this upload now: something else has happened to it in the meantime.",
            })  # fmt: skip
        for name, value in told.items():
            setattr(upload, name, value)
        upload.state, upload.job, upload.done, upload.beat_at = to, secrets.token_hex(8), 0, at
        upload.save(update_fields=["state", "job", "done", "beat_at", *told])
    return upload


def _judging(home: Path, at: datetime, changes: Given[int, Given[str, str]] | None = None) -> jobs.Work:
    def work(upload: Upload, tell: Tell) -> None:
        path = jobs.file_of(upload, home)
        if changes:
            path = _mend(upload, path, changes, home)
        today = day_of(at)
        sheet = mending.sheet_of(path)
        columns = mending.columns_of(sheet, today) if sheet else {}
        jobs.running(upload).update(preview=columns)  # so that the columns can be mapped if the rest cannot be read
        mapping = mapping_of(upload.mapping) if upload.mapping else None
        found = judge(path, mapping=mapping, owner=provider_of(upload.organisation), today=today, tell=tell)
        found["cells"] = _cells(path, sheet, found) if sheet else _objects(path, found)
        jobs.running(upload).update(state=JUDGED, preview=columns | found, failure={}, done=sum_of(found["counts"]))

    return work


def _cells(path: Path, sheet: Sheet, found: dict[str, Any]) -> dict[str, dict[str, str]]:
    """Give the cells that the page offers to mend: those in which something is wrong, where they are not giants."""
    column_of = {target: name for name, target in found["mapping"]["columns"].items()}
    wanted: dict[int, set[str]] = {}
    for one in found["refused"] + found["left_out"]:
        for wrong in one["faults"]:
            wrong["column"] = wrong["column"] or column_of.get(wrong["field"], "")
            wanted.setdefault(one["row"], set()).add(wrong["column"])
    whole = mending.cells_of(path, sheet, wanted)
    return {
        str(row): {
            name: cell
            for name, cell in cells.items()
            if name in wanted[row] and len(cell) <= mending.LONGEST_CELL and mending.fits(cell)
        }
        for row, cells in whole.items()
    }


def _objects(path: Path, found: dict[str, Any]) -> dict[str, dict[str, str]]:
    """Give the objects of a JSON file that the page offers to mend."""
    wanted = {one["row"] for one in found["refused"] + found["left_out"] if not one["member"]}
    return {str(row): cells for row, cells in mending_json.objects_of(path, wanted).items()}


def sum_of(counts: Given[str, int]) -> int:
    """Give the rows of a preview in all; a row with a value left out was counted already."""
    return sum(counts[kind] for kind in ("new", "changed", "unchanged", "refused"))


def _mend(upload: Upload, path: Path, changes: Given[int, Given[str, str]], home: Path) -> Path:
    kept = secrets.token_hex(16)
    to = files.path_of(home, kept)
    offered = upload.preview.get("cells", {})
    known = {
        row: {name: text for name, text in cells.items() if name in offered.get(str(row), {})}
        for row, cells in changes.items()
    }
    sheet = mending.sheet_of(path)
    if sheet is None:
        objects = {row: cells[mending_json.OBJECT] for row, cells in known.items() if cells}
        mending_json.write_mended(path, objects, to)
    else:
        mending.write_mended(path, sheet, known, to)
    if not jobs.running(upload).update(kept=kept, size=to.stat().st_size):
        to.unlink()
        raise jobs.Overtaken
    path.unlink(missing_ok=True)
    return to


def _receive(upload: Upload, tell: Tell, *, home: Path, by: SignedIn, at: datetime) -> None:
    """Take the rows in; in the same transaction the upload moves on, unless another run has taken it over."""
    path, owner = jobs.file_of(upload, home), provider_of(upload.organisation)
    mapping = mapping_of(upload.mapping) if upload.mapping else None
    today = day_of(at)
    reading = read_file(path, mapping=mapping or "auto", today=today, default_provider=owner.code)
    with transaction.atomic():
        outcome = receive_delivery(
            received(_counted(own_rows(reading, owner), tell)), source=source_of(upload.organisation), form=reading.form,
            by=f"{by.party.kind}:{by.party.id}", at=at, file_name=upload.file_name,
            mapping=_written(reading.mapping),
        )  # fmt: skip
        moved = jobs.running(upload).filter(state=RECEIVING)
        if not moved.update(state=RECEIVED, delivery_id=outcome.delivery, kept="", preview={}, failure={}):
            raise jobs.Overtaken
        counts = {"new": outcome.new, "changed": outcome.changed, "refused": outcome.refused}
        record("confirmed", Party("upload", str(upload.pk)), by=by.party, at=at, details=counts)
    files.throw_away(home, upload.kept)


def _written(mapping: Mapping | None) -> dict[str, Any]:
    return mapping.as_json() if mapping else {}


def _counted(rows: Iterable[Row], tell: Tell) -> Iterator[Row]:
    for count, row in enumerate(rows, start=1):
        if not count % 1000:
            tell(count)
        yield row


def sweep_uploads(*, home: Path, at: datetime) -> None:
    """Throw away the files that were kept for a day; what nobody confirmed by then counts as dropped.

    Done with every upload of anybody; a schedule may call it too.
    """
    old = Upload.objects.exclude(kept="").filter(made_at__lt=at - files.KEPT_FOR)
    for upload in [one for one in old if not jobs.is_busy(one, at)]:
        files.throw_away(home, upload.kept)
        jobs.running(upload).exclude(state=RECEIVED).update(kept="", state=DROPPED, preview={}, failure={})
