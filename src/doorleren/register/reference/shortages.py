"""Occupations with too few people, from a CSV of our own form: the lists of UWV and of the schemes come in many.

Columns: `code` (an id or address of ESCO, or a group of ISCO-08 of one to four digits), `listed_from` (the day of the
list, as 2026-01-31 or 31-01-2026), and if one likes `listed_until` (the last day) and `label`.
"""

import re
from datetime import date
from pathlib import Path

from doorleren.register.reference.entries import Shortage
from doorleren.register.reference.rows import ID, Reading, Refused, Row, id_of, read_rows

ISCO = re.compile(r"C?(\d{1,4})")
ESCO = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
YEAR_FIRST, DAY_FIRST = re.compile(r"(\d{4})-(\d\d)-(\d\d)"), re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})")


def read_shortages(path: Path) -> Reading[Shortage]:
    """Read a list of shortage occupations. Raises ReferenceFault when the file is no such file."""
    columns = {
        "code": ("code", *ID, "isco08", "isco"), "label": ("label", "name", "naam", "preferredLabel"),
        "listed_from": ("listed_from", "from", "vanaf", "date", "datum"), "listed_until": ("listed_until", "until", "tot_en_met"),
    }  # fmt: skip

    def shortage(row: Row) -> Shortage:
        first, last = _day(row, "listed_from"), _day(row, "listed_until")
        if first is None:
            raise Refused("listed_from", "", "the day of the list, as 2026-01-31")
        if last is not None and last < first:
            raise Refused("listed_until", row["listed_until"], f"{first.isoformat()} or later, or nothing")
        return Shortage(_code(row), row["label"], first, last)

    return read_rows(path, columns, ("code", "listed_from"), shortage, lambda one: one.code)


def _code(row: Row) -> str:
    allowed = "an id or address of ESCO, or a code of ISCO-08 of one to four digits"
    code = id_of(row, "code")
    group = ISCO.fullmatch(code)
    if not group and not ESCO.fullmatch(code.lower()):
        raise Refused("code", row["code"], allowed)
    return group[1] if group else code.lower()


def _day(row: Row, name: str) -> date | None:
    told = row[name]
    if not told:
        return None
    year_first, day_first = YEAR_FIRST.fullmatch(told), DAY_FIRST.fullmatch(told)
    parts = year_first.groups() if year_first else day_first.groups()[::-1] if day_first else ("0", "0", "0")
    try:
        return date(*map(int, parts))
    except ValueError:
        raise Refused(name, told, "a day, as 2026-01-31 or 31-01-2026") from None
