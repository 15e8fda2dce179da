"""Read a file of training activities, whatever its form: the one way in for command line, uploads and feeds."""

from datetime import date
from pathlib import Path
from typing import Literal

from doorleren.register.intake.content import Content, content_of
from doorleren.register.intake.csv_file import read_csv
from doorleren.register.intake.documents import documents
from doorleren.register.intake.faults import Unreadable, shortened
from doorleren.register.intake.json_file import form_of, read_json
from doorleren.register.intake.mapping import Mapping
from doorleren.register.intake.rows import Reading

FORMS = ("csv", "edudex", "ooapi")


def read_file(
    path: Path, *, form: str | None = None, mapping: Mapping | Literal["auto"] = "auto", today: date,
    default_provider: str | None = None,
) -> Reading:  # fmt: skip
    """Begin to read a file; the rows come lazily, from the beginning each time that they are asked for.

    `form` is "csv", "edudex", "ooapi", or None to judge by the content. `default_provider` is the code of the
    provider of rows that name none. `today` bounds which days make sense, and picks the price that holds.
    Raises Unreadable for a file that cannot be read at all, never for a bad row.
    """
    if form is not None and form not in FORMS:
        raise Unreadable(
            f"De vorm {form!r} bestaat niet; toegestaan is: {', '.join(FORMS)}.",
            f"There is no form {form!r}; allowed is: {', '.join(FORMS)}.",
        )
    content = content_of(path)
    found = "csv" if content.shape == "text" else form_of(path, content)
    if not found and form != "csv":
        found = form or ""
    if form is not None and found != form:
        raise Unreadable(
            f"Dit is geen bestand van de vorm {form}, maar {found or 'iets anders'}.",
            f"This is no {form} but {found or 'something else'}.",
        )
    if found == "csv":
        return read_csv(path, content, None if mapping == "auto" else mapping, today, default_provider)
    if not found:
        _refuse_broken(path, content)
        raise Unreadable(
            "Het bestand bevat geen opleidingen van EDU-DEX of de Open Onderwijs API.",
            "The file holds no activities of EDU-DEX or the Open Onderwijs API.",
        )
    return read_json(path, content, found, today, default_provider)


def _refuse_broken(path: Path, content: Content) -> None:
    """Raise Unreadable where the text goes wrong before anything could be read: such a file is broken, not another's."""
    first = next(documents(path, content), None)
    if first is not None and first.wrong is not None:
        given = shortened(first.given)
        raise Unreadable(
            f"Dit is geen goede JSON. Gegeven is {given!r}, toegestaan is {first.wrong['nl']}.",
            f"This is no sound JSON. Given is {given!r}, allowed is {first.wrong['en']}.",
        )
