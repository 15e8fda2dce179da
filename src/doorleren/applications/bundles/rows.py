"""Reading a bundle: CSV text or a list of JSON objects becomes rows with the same columns. Pure.

Columns: the adviser's own reference, the national number, the name, the date of birth, and whatever facts the track asks
of a participant, by their full name or as the questions call them. The same rows in another form are the same bundle. Other files of people
have columns of their own (`Columns`; offers/rows.py) and are read in the same way, within the same limits.
"""

import csv
import hashlib
import hmac
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from doorleren.applications.models.registrations import MOST_ROWS
from doorleren.core.refusals import ActRefused
from doorleren.core.texts import Texts
from doorleren.rules.vocabulary import Vocabulary

REFERENCE, NUMBER, NAME, BORN = "reference", "national_number", "name", "birth_date"
OWN_COLUMNS = (REFERENCE, NUMBER, NAME, BORN)
BIRTH_FACT = "person.birth_date"
NAMED: Mapping[str, str] = {
    "kenmerk": REFERENCE, "referentie": REFERENCE, "bsn": NUMBER, "burgerservicenummer": NUMBER, "naam": NAME,
    "geboortedatum": BORN, BIRTH_FACT: BORN, **{name: name for name in OWN_COLUMNS},
}  # fmt: skip
"""How the columns that every bundle has may be called."""
LARGEST_BYTES = 4 * 1024 * 1024
LONGEST_CELL = 400
DELIMITERS = ";,\t|"


class BundleUnreadable(ActRefused):
    """The bundle as a whole cannot be read; the sentence says what was given and what is allowed."""


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a file are: the names that each may have, those that must be there, and how to say so in a sentence.

    `facts`: the questions of a scheme may be columns too.
    """

    named: Mapping[str, str]
    needed: tuple[str, ...]
    listed: Texts
    facts: bool = False

    def in_dutch(self, column: str) -> str:
        """Give the Dutch name of a column, which is the first that it has."""
        return next(name for name, one in self.named.items() if one == column)


REGISTRATIONS = Columns(
    NAMED, (REFERENCE, NAME, BORN),
    {"nl": "kenmerk, bsn, naam en geboortedatum", "en": "reference, national_number, name and birth_date"}, facts=True,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it was given: its number (the first is 1), its texts by column, and whether it is wider than the columns."""

    line: int
    told: Mapping[str, str]
    wide: bool = False


def rows_of_csv(content: bytes | str, vocabulary: Vocabulary, asked: Columns = REGISTRATIONS) -> list[Row]:
    """Read CSV with a first row of names: UTF-8 (else Windows-1252), separated by ; , tab or |. Raises BundleUnreadable."""
    if len(content) > LARGEST_BYTES:
        raise _refused("Het bestand is groter dan 4 MB.", "The file is larger than 4 MB.")
    text = content if isinstance(content, str) else decoded(content)
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    first = lines.lstrip("\n").partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    try:
        read = [
            one for one in csv.reader(io.StringIO(lines), delimiter=delimiter, strict=True) if any(map(str.strip, one))
        ]
    except csv.Error as error:
        raise _refused(
            f"Het bestand is geen CSV dat wij kunnen lezen ({error}). Zet aanhalingstekens om een tekst of laat ze weg.",
            f"The file is no CSV that can be read ({error}). Put quotation marks around a text, or leave them out.",
        ) from error
    if not read:
        raise _refused("Het bestand is leeg.", "The file is empty.")
    columns = _columns(read[0], vocabulary, asked)
    _counted(len(read) - 1)
    return [
        Row(line, dict(zip(columns, map(_clean, cells), strict=False)), len(cells) > len(columns) and any(cells[len(columns) :]))
        for line, cells in enumerate(read[1:], start=1)
    ]  # fmt: skip


def rows_of_json(content: object, vocabulary: Vocabulary) -> list[Row]:
    """Read a list of objects: texts, whole numbers, true and false by the names of the columns. Raises BundleUnreadable."""
    if not isinstance(content, list) or not all(isinstance(one, dict) for one in content):
        raise _refused(
            "rows: gegeven is iets anders dan een lijst van objecten.", "rows: a list of objects is allowed."
        )
    _counted(len(content))
    names = list(dict.fromkeys(str(name) for one in content for name in one))
    called = dict(zip(names, _columns(names, vocabulary, REGISTRATIONS), strict=True))
    return [
        Row(line, {called[name]: _text(name, value) for name, value in one.items()})
        for line, one in enumerate(content, start=1)
    ]


def bundle_hash(rows: Iterable[Row], key: bytes) -> str:
    """Give the keyed hash that a bundle is known by: the same from CSV as from JSON, whatever the order of the columns."""
    told = [[sorted((name, text) for name, text in one.told.items() if text), one.wide] for one in rows]
    written = json.dumps(told, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "backslashreplace")
    return hmac.new(key, b"doorleren bundle\n" + written, hashlib.sha256).hexdigest()


def _columns(names: Sequence[str], vocabulary: Vocabulary, asked: Columns) -> list[str]:
    """Give the columns that these names stand for. Raises BundleUnreadable for one that is unknown, double or lacking."""
    known = dict(asked.named) | (_questions(vocabulary) if asked.facts else {})
    more = (", en de vragen van de regeling", ", and the questions of the scheme") if asked.facts else ("", "")
    found = []
    for name in names:
        column = known.get(" ".join(name.split()).casefold())
        if column is None:
            shown = _called(name)
            raise _refused(
                f"Kolom: gegeven is {shown['nl']}. Toegestaan zijn {asked.listed['nl']}{more[0]}.",
                f"Column: given is {shown['en']}. Allowed are {asked.listed['en']}{more[1]}.",
            )
        if column in found:
            shown = _called(name)
            raise _refused(f"Kolom {shown['nl']} staat er twee keer in.", f"Column {shown['en']} is there twice.")
        found.append(column)
    lacking = [name for name in asked.needed if name not in found]
    if lacking:
        raise _refused(
            f"Er ontbreekt een kolom: {', '.join(map(asked.in_dutch, lacking))}. De kolommen zijn {asked.listed['nl']}.",
            f"A column is missing: {', '.join(lacking)}. The columns are {asked.listed['en']}.",
        )
    return found


def _questions(vocabulary: Vocabulary) -> dict[str, str]:
    """Give the facts that may be columns, by their full name and as the questions about a person call them."""
    known = {name: name for name in vocabulary.facts if name != BIRTH_FACT}
    for name, fact in vocabulary.facts.items():
        if fact.table == "person" and name != BIRTH_FACT:
            for label in fact.label.values():
                if label.casefold() not in NAMED:
                    known.setdefault(label.casefold(), name)
    return known


def _called(name: str) -> Texts:
    """Give the name of a column as it was given; what has digits in it may be a number of somebody, and is not repeated."""
    if any(sign.isdigit() for sign in name):
        return {"nl": "een naam met cijfers", "en": "a name with digits"}
    return {"nl": repr(name[:60]), "en": repr(name[:60])}


def _counted(number: int) -> None:
    if not 1 <= number <= MOST_ROWS:
        raise _refused(
            f"Rijen: gegeven zijn er {number}, toegestaan zijn 1 tot en met {MOST_ROWS}.",
            f"Rows: given are {number}, allowed are 1 up to {MOST_ROWS}.",
        )


def decoded(content: bytes) -> str:
    """Read the text of a file: UTF-8, with or without a byte order mark, else Windows-1252."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _text(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int):
        return _clean(str(value))
    raise _refused(
        f"{name[:60]}: gegeven is {type(value).__name__}, toegestaan is tekst, een heel getal, true of false.",
        f"{name[:60]}: given is {type(value).__name__}, allowed is text, a whole number, true or false.",
    )


def _clean(cell: str) -> str:
    return " ".join(cell.split())[:LONGEST_CELL]


def _refused(nl: str, en: str) -> BundleUnreadable:
    texts: Texts = {"nl": nl, "en": en}
    return BundleUnreadable(texts)
