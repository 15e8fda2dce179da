"""From a file to the register: read it, and hand its rows to `receive_delivery`. Called by command line, uploads, feeds."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Literal

from doorleren.core.days import day_of
from doorleren.register.commands.receive_delivery import Outcome, Received, Refusal, receive_delivery
from doorleren.register.intake.faults import Fault
from doorleren.register.intake.mapping import Mapping
from doorleren.register.intake.reading import read_file
from doorleren.register.intake.rows import Reading, Row


def receive_file(
    path: Path, *, form: str | None, mapping: Mapping | Literal["auto"] = "auto", source: str, by: str, at: datetime,
    dry_run: bool = False, default_provider: str | None = None,
) -> tuple[Outcome, Reading]:  # fmt: skip
    """Read a file and bring the register up to it; give what changed, and how the file was read.

    Raises Unreadable for a file that cannot be read at all; then nothing changes.
    """
    today = day_of(at)
    reading = read_file(path, form=form, mapping=mapping, today=today, default_provider=default_provider)
    outcome = receive_delivery(
        received(reading), source=source, form=reading.form, by=by, at=at, file_name=path.name, dry_run=dry_run,
        mapping=reading.mapping.as_json() if reading.mapping else {},
    )  # fmt: skip
    return outcome, reading


def received(rows: Iterable[Row]) -> Iterator[Received]:
    """Give rows of a file as rows of a delivery."""
    for row in rows:
        wrong = tuple(_refusal(row, one) for one in row.faults if one.refuses)
        left_out = tuple(_refusal(row, one) for one in row.faults if not one.refuses)
        if wrong:
            yield Received(row.number, refusals=wrong, left_out=left_out)
        else:
            yield Received(row.number, row.entry, row.provider, left_out=left_out)


def _refusal(row: Row, fault: Fault) -> Refusal:
    where = f"{row.member}, " if row.member else ""
    allowed, text = fault.allowed["nl"], where + fault.text["nl"]
    english = {"allowed": fault.allowed["en"], "text": where + fault.text["en"]}
    return Refusal(row.number, fault.field, fault.given, allowed, text, fault.column, english)
