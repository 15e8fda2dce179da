"""Reading a file of participants: the columns, and each row by itself. Pure.

The file is read as a bundle of registrations is (bundles/rows.py), within the same limits; who somebody is, is read alike.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from doorleren.applications.bundles.checking import Who, read_who
from doorleren.applications.bundles.faults import TOO_WIDE, Fault
from doorleren.applications.bundles.rows import BORN, NAME, NAMED, NUMBER, REFERENCE, Columns, Row
from doorleren.register.words.folding import fold

ACTIVITY = "activity"
ENROLMENTS = Columns(
    {"opleiding": ACTIVITY, ACTIVITY: ACTIVITY, **{name: column for name, column in NAMED.items() if column != REFERENCE}},
    (ACTIVITY, NAME, BORN),
    {"nl": "opleiding, bsn, naam en geboortedatum", "en": "activity, national_number, name and birth_date"},
)  # fmt: skip
DUTCH = {ACTIVITY: "opleiding", NUMBER: "bsn", NAME: "naam", BORN: "geboortedatum"}
"""What the columns are called in the files that we write."""
LONGEST_NUMBER = 18
MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class Read:
    """A row as it was read: the number of the training, who is to be enrolled (None: not to be read), and what is wrong."""

    row: Row
    activity: int
    who: Who | None
    faults: tuple[Fault, ...]


def read_rows(rows: Sequence[Row], offered: Sequence[int], today: date) -> Iterator[Read]:
    """Read the rows in their order; `offered`: the numbers of the trainings that a row may name.

    A row with the person of an earlier one is refused with the number of that row.
    """
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        who, found = read_who(row.told, today)
        told = row.told.get(ACTIVITY, "")
        activity = int(told) if told.isascii() and told.isdecimal() and len(told) <= LONGEST_NUMBER else 0
        if activity not in offered:
            found.insert(0, no_activity(told, offered))
        if row.wide:
            found.insert(0, TOO_WIDE)
        if who is not None:
            key = (who.number,) if who.number else (who.born.isoformat(), fold(who.name))
            first = seen.setdefault(key, row.line)
            if first != row.line:
                found.append(twice(first, with_number=bool(who.number)))
        yield Read(row, activity, who, tuple(found))


def no_activity(given: str, offered: Sequence[int]) -> Fault:
    """Say which training was named, and which may be."""
    some = ", ".join(map(str, offered[:MOST_NAMED]))
    more = (", ...", ", ...") if len(offered) > MOST_NAMED else ("", "")
    return Fault(ACTIVITY, "in_the_offer", {
        "nl": f"Gegeven is {given[:40] or 'niets'}. Toegestaan is het nummer van een opleiding uit het aanbod: {some}{more[0]}.",
        "en": f"Given is {given[:40] or 'nothing'}. Allowed is the number of a training in the offer: {some}{more[1]}.",
    })  # fmt: skip


def twice(line: int, *, with_number: bool) -> Fault:
    """Say that an earlier row of the file is about the same person."""
    if with_number:
        return Fault(NUMBER, "once_in_a_file", {
            "nl": f"Rij {line} heeft hetzelfde burgerservicenummer. Een deelnemer staat één keer in het bestand.",
            "en": f"Row {line} has the same citizen service number. A participant is in the file once.",
        })  # fmt: skip
    return Fault(NAME, "once_in_a_file", {
        "nl": f"Rij {line} heeft dezelfde naam en geboortedatum. Is het iemand anders? Vul dan van beiden het burgerservicenummer in.",
        "en": f"Row {line} has the same name and date of birth. Is it somebody else? Then enter the citizen service number of both.",
    })  # fmt: skip


def written_again(rows: Sequence[Row]) -> str:
    """Write rows as CSV with the columns that they had, to be mended and given again."""
    names = list(dict.fromkeys(name for one in rows for name in one.told))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(DUTCH[name] for name in names)
    writer.writerows([one.told.get(name, "") for name in names] for one in rows)
    return out.getvalue()
