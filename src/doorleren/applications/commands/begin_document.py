"""Announcing a document as evidence, before its content comes; or finding the one that was broken off, to go on with it."""

from datetime import datetime

from django.db import transaction

from doorleren.applications.access import ensure, may_change_document, may_give_evidence
from doorleren.applications.bundles.refusing import COMPLETED
from doorleren.applications.content import content_hash
from doorleren.applications.evidence.faults import LARGEST, REASONS
from doorleren.applications.evidence.names import cleaned
from doorleren.applications.evidence.queries import asked_of, given_of
from doorleren.applications.evidence.refusing import ENOUGH, LATER, NO_FILE, NOT_ASKED
from doorleren.applications.evidence.rules import ALIVE
from doorleren.applications.evidence.stages import is_completed
from doorleren.applications.evidence.storage import Store
from doorleren.applications.models import Application, Document, DocumentKey
from doorleren.applications.queries import gate_of, ticket_of
from doorleren.applications.refusing import CLOSED, WITHDRAWN, ApplicationRefused
from doorleren.people.signed_in import SignedIn

MOST_ALIVE = 40
"""Documents of one application that count at the same time."""
MOST_EVER = 400


def begin_document(
    application: int, *, evidence: str, file_name: str, size: int, sha256: str = "", store: Store, by: SignedIn, at: datetime
) -> Document:  # fmt: skip
    """Announce a document of `size` bytes. Raises NotAllowed, or ApplicationRefused before anything is received.

    `sha256` (hexadecimal) is what the sender says of the content: the same document again gives the one that is there,
    so that it goes on where it stopped, and never counts twice.
    """
    with transaction.atomic():
        found = open_for_evidence(application, evidence, by=by, at=at)
        _refuse_not_asked(found, evidence)
        if not 0 < size <= LARGEST:
            raise ApplicationRefused(REASONS["too_large" if size > 0 else "empty"])
        mark = content_hash(sha256.encode(), found.salt) if sha256 else ""
        given = [given_of(one) for one in found.documents.order_by("id").prefetch_related("steps")]
        alive = [one.document for one in given if one.standing in ALIVE]
        for one in alive:
            same = bool(mark) and (one.mark, one.evidence, one.size) == (mark, evidence, size)
            if same and may_change_document(by, one, at=at):
                return one
        if len(alive) >= MOST_ALIVE or len(given) >= MOST_EVER:
            raise ApplicationRefused(ENOUGH)
        kept, held = store.begin()
        made = Document.objects.create(
            application=found, evidence=evidence, file_name=cleaned(file_name), size=size, kept=kept, mark=mark,
            by_kind=by.party.kind, by_id=by.party.id, at=at,
        )  # fmt: skip
        DocumentKey.objects.create(document=made, wrapped=held)
    return made


def open_for_evidence(application: int, evidence: str, *, by: SignedIn, at: datetime) -> Application:
    """Lock an application for which a piece of evidence may still come: a draft of a round that is open, or what was submitted.

    Raises NotAllowed, ApplicationRefused, Application.DoesNotExist.
    """
    found = Application.objects.select_for_update(of=("self",)).select_related("round").get(pk=application)
    ensure(may_give_evidence(by, found, evidence, at=at))
    if found.withdrawn_at is not None:
        raise ApplicationRefused(WITHDRAWN)
    if is_completed(found):
        raise ApplicationRefused(COMPLETED)
    if not still_taken(found):
        raise ApplicationRefused(CLOSED)
    return found


def still_taken(application: Application) -> bool:
    """Say whether evidence may still come: not once it was withdrawn or completed, nor for a draft that came too late."""
    if application.withdrawn_at is not None or is_completed(application):
        return False
    return gate_of(application.round).closed_at is None or ticket_of(application) is not None


def _refuse_not_asked(application: Application, evidence: str) -> None:
    asked = next((one for one in asked_of(application) if one.evidence.id == evidence), None)
    if asked is None:
        raise ApplicationRefused(NOT_ASKED)
    if not asked.now:
        raise ApplicationRefused(LATER)
    if not asked.kinds:
        raise ApplicationRefused(NO_FILE)
