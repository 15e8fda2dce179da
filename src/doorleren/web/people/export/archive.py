"""The archive of a person: one JSON file with all that is kept, a page to read, and per file its letters and documents."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from doorleren.applications.models import Application
from doorleren.applications.own_case import case_of, may_open
from doorleren.letters.models import Letter
from doorleren.letters.queries import pdf_of
from doorleren.people.file_keys import Destroyed, DoesNotOpen
from doorleren.web.applicant.file import everything
from doorleren.web.applicant.file.own import OwnFile
from doorleren.web.applicant.own import Asking
from doorleren.web.people.export import law, looked, readable
from doorleren.web.people.export.me import Me
from doorleren.web.people.export.own_words import words_in
from doorleren.web.people.export.rows import tables
from doorleren.web.people.export.ways import WAYS

FORM = "doorleren-own/1"
PLAIN, READABLE = "gegevens.json", "lees-mij.html"


@dataclass(frozen=True, slots=True)
class Archive:
    """The bytes of a ZIP file, their SHA-256, and how many rows and files are in it."""

    raw: bytes
    digest: str
    rows: int
    files: int


class _Filling:
    """An archive while it is filled: its names so far, how much room is left, and what had to stay out."""

    def __init__(self, made: zipfile.ZipFile) -> None:
        self.made, self.left = made, everything.MOST_BYTES
        self.names: list[str] = []
        self.stayed_out: list[dict[str, str]] = []

    def add(self, name: str, raw: bytes) -> None:
        """Add a file, or say that there was no room for it."""
        if len(raw) > self.left:
            self.out(name, "too_large")
            return
        self.left -= len(raw)
        self.names.append(name)
        everything.add(self.made, name, raw)

    def out(self, name: str, why: str) -> None:
        """Say that something is not in it: one of the words of words.VALUES."""
        self.stayed_out.append({"name": name, "why": why})


def archive(me: Me) -> Archive:
    """Make the archive of a person in memory, in the language that is spoken."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made:
        filling = _Filling(made)
        words = [_file(filling, found) for found in _files(me)]
        _letters(filling, me)
        _documents(filling, me)
        rows = tables(me)
        told = {
            "form": FORM, "made_at": me.at.isoformat(), "person": me.person, "what_we_keep": law.kinds(), "tables": rows,
            "words_in_files": [one for some in words for one in some], "acts": looked.acts(me), "looked_at": looked.looks(me),
            "seen_by": looked.seen_by(me), "files": filling.names, "not_in_here": filling.stayed_out,
        }  # fmt: skip
        everything.add(made, PLAIN, json.dumps(told, ensure_ascii=False, indent=2).encode())
        everything.add(made, READABLE, readable.page(told).encode())
    raw = kept.getvalue()
    counted = sum(map(len, rows.values()))
    return Archive(raw, hashlib.sha256(raw).hexdigest(), counted, len(filling.names) + 2)


def _files(me: Me) -> Iterator[OwnFile]:
    """Give the files of cases that who asks may read as the applicant."""
    rows = Application.objects.filter(pk__in=me.files).select_related("round__version", "round__gate", "round__body")
    for application in rows.order_by("pk"):
        case = case_of(application) if may_open(me.who, application, at=me.at) else None
        if case is not None:
            yield OwnFile(application, case, Asking(me.who, me.at))


def _file(filling: _Filling, found: OwnFile) -> list[dict[str, Any]]:
    """Add the letters, messages and the rest of one file; give the other words in it."""
    reference = found.case.reference
    try:
        for name, raw in everything.parts(found):
            filling.add(f"dossier-{reference}/{name}", raw)
        return [{"file": reference, **one} for one in words_in(found)]
    except Destroyed:
        filling.out(f"dossier-{reference}", "destroyed")
    except DoesNotOpen:
        filling.out(f"dossier-{reference}", "not_readable")
    return []


def _letters(filling: _Filling, me: Me) -> None:
    """Add the letters that were sent to who asks and are in none of those folders."""
    for letter in Letter.objects.filter(Q(WAYS["letters.Letter"].find(me))).order_by("pk"):
        name = f"brief-{letter.pk}.pdf"
        if any(one.endswith(f"/{name}") for one in filling.names):
            continue
        try:
            filling.add(f"brieven/{name}", pdf_of(letter))
        except Destroyed:
            filling.out(name, "destroyed")
        except DoesNotOpen:
            filling.out(name, "not_readable")


def _documents(filling: _Filling, me: Me) -> None:
    """Add the evidence that was received and passed the check."""
    for one in everything.documents_of(me.files, by=me.who, at=me.at):
        name = f"bewijs/{one.document.application_id}-{one.document.pk}"
        if one.why:
            filling.out(name, one.why)
        else:
            filling.add(f"{name}-{one.name}", one.raw)
