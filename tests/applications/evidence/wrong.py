"""Rows of evidence that each break one constraint, for the tests of all constraints."""

from typing import Any

from doorleren.applications.models import Application, Document, DocumentKey, DocumentStep
from tests.applications.made import AT

HASH, KEPT = "a" * 64, "b" * 32


def document(one: Application, **other: Any) -> Document:
    """Give a document that is right, but for what is said."""
    given = {"evidence": "offer", "file_name": "a.pdf", "size": 1, "kept": KEPT, "by_kind": "person", "at": AT}
    return Document(application=one, **(given | other))


def stored(one: Application) -> Document:
    """Give the document of an application, stored now if it has none."""
    made = one.documents.first()
    if made is None:
        made = document(one)
        made.save()
    return made


def step(one: Application, **other: Any) -> DocumentStep:
    """Give a step of a stored document that is right, but for what is said."""
    made = stored(one)
    given = {"document": made, "step": "checked", "scan": "clean", "by_kind": "site", "at": AT}
    return DocumentStep(**(given | other))


def twice(one: Application) -> DocumentStep:
    """Give a withdrawal of what was withdrawn."""
    step(one, step="withdrawn", scan="").save()
    return step(one, step="withdrawn", scan="")


WRONG = {
    "applications_document_kept_once": lambda one: stored(one) and document(one),
    "applications_document_kept_named": lambda one: document(one, kept="../x"),
    "applications_document_size": lambda one: document(one, kept="c" * 32, size=0),
    "applications_document_known": lambda one: document(one, kept="c" * 32, file_name=""),
    "applications_documentstep_whole": lambda one: step(one, scan=""),
    "applications_documentstep_once": twice,
    "applications_documentstep_by": lambda one: step(one, by_kind=""),
    "applications_documentkey_wrapped": lambda one: DocumentKey(document=stored(one), wrapped=b"k" * 32),
}
