"""The documents of an application on the pages of its case: beside the facts, to tick for a condition, and by name at a judgement."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from doorleren.applications.evidence.queries import Given
from doorleren.applications.models import Document
from doorleren.applications.submitted import Submitted
from doorleren.decisions.commands.assess import DOCUMENTS
from doorleren.web.applicant.words import moment
from doorleren.web.officer.case_form_kinds import Typed

LONGEST_GIVEN = 40
"""Characters of a wrong number of a document that are told back."""


def documents_of(submitted: Submitted) -> dict[int, Given]:
    """Give the documents of an application by number, as they stand; withdrawn ones are left out."""
    return {one.document.pk: one for piece in submitted.pieces for one in piece.given}


def uploaded(submitted: Submitted) -> dict[int, Given]:
    """Give those that can be read, by number: what an official can have looked at."""
    return {number: one for number, one in documents_of(submitted).items() if one.standing == "uploaded"}


def document_shown(given: Given) -> dict[str, Any]:
    """Describe a document beside the facts: its name, when it came, its size, and where it can be read."""
    one = given.document
    return {
        "name": one.file_name, "at": moment(one.at), "size": _("%(n)s kB") % {"n": max(1, round(one.size / 1000))},
        "file": _address(given),
    }  # fmt: skip


def document_link(number: int, given: Mapping[int, Given]) -> dict[str, str]:
    """Name a document that was looked at, with where it can be read; no address where it is gone."""
    one = given.get(number)
    return {
        "name": document_name(number, {} if one is None else {number: one.document.file_name}),
        "file": "" if one is None else _address(one),
    }


def document_name(number: int, names: Mapping[int, str]) -> str:
    """Name a document by its file; by its number where it is no longer in the file."""
    return names.get(number) or _("bewijsstuk %(number)s, niet meer in het dossier") % {"number": number}


def names_of(numbers: Iterable[int]) -> dict[int, str]:
    """Look up how documents are called, by number; for none nothing is asked."""
    asked = set(numbers)
    return dict(Document.objects.filter(pk__in=asked).values_list("pk", "file_name")) if asked else {}


def to_tick(condition: str, given: Mapping[int, Given], typed: Typed) -> list[dict[str, Any]]:
    """Describe the documents that can be ticked for a condition, with those that were."""
    ticked = typed.ticked.get(f"{DOCUMENTS}{condition}", ())
    return [
        {"number": number, "name": one.document.file_name, "file": _address(one), "ticked": str(number) in ticked}
        for number, one in given.items()
    ]


def ticked_for(condition: str, given: Mapping[int, Given], typed: Typed) -> tuple[int, ...]:
    """Give the documents that were ticked for a condition; one that is not of this application becomes an error."""
    name, known = f"{DOCUMENTS}{condition}", {str(number): number for number in given}
    ticked = typed.ticked.get(name, ())
    strange = next((one for one in ticked if one not in known), None)
    if strange is not None:
        typed.errors[name] = _("Kies alleen bewijsstukken van deze aanvraag. U koos: %(given)s.") % {
            "given": strange[:LONGEST_GIVEN]
        }
    return tuple(known[one] for one in ticked if one in known)


def _address(given: Given) -> str:
    """Give where a document can be read; empty while it cannot."""
    one = given.document
    return (
        reverse("applications-evidence-file", args=[one.application_id, one.pk]) if given.standing == "uploaded" else ""
    )
