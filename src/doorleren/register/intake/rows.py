"""What reading a file gives: rows with an entry or with faults, and the one error for a file that is none at all.

A fault says which field, what was given and what is allowed, in Dutch and English. It refuses the row where leaving
the value out would mislead (who, which, what it costs, when); elsewhere the entry stands without that value.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from doorleren.core.texts import Texts
from doorleren.register.entries import Entry, ProviderEntry
from doorleren.register.intake.faults import Fault
from doorleren.register.intake.mapping import Mapping


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file. `entry` is None if a fault refuses it, or if the row is about a provider alone.

    `number` counts as a spreadsheet does: the header of a CSV is row 1; in JSON the first object is 1. A provider
    whose name is its code was not named by the file. `formulas` names the fields whose text a spreadsheet would take
    for a formula: kept as it was written, to be guarded by whoever writes a spreadsheet. `member` is the file in an archive.
    """

    number: int
    entry: Entry | None
    provider: ProviderEntry | None
    faults: tuple[Fault, ...] = ()
    formulas: tuple[str, ...] = ()
    member: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A file that is being read: iterate over its rows, lazily and as often as wanted.

    `form` is what the content is; `mapping` the columns of a CSV, None for JSON; `notes` what a reader should know of
    the file as a whole (an encoding, a currency, columns that were left out).
    """

    form: str
    rows: Callable[[], Iterator[Row]]
    mapping: Mapping | None = None
    notes: tuple[Texts, ...] = field(default=())

    def __iter__(self) -> Iterator[Row]:
        """Read the file from its beginning."""
        return self.rows()
