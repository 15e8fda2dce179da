"""Receiving a document piece by piece; with the last byte its content is judged, and only then it may count."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from doorleren.applications.access import ensure, may_change_document
from doorleren.applications.commands.begin_document import open_for_evidence
from doorleren.applications.commands.withdraw_document import destroy
from doorleren.applications.content import content_hash
from doorleren.applications.evidence.faults import NotAccepted
from doorleren.applications.evidence.kinds import kind_of
from doorleren.applications.evidence.queries import asked_of, given_of
from doorleren.applications.evidence.refusing import GONE, TOO_MUCH
from doorleren.applications.evidence.sealing import DoesNotOpen
from doorleren.applications.evidence.storage import Store
from doorleren.applications.models import Application, Document, DocumentStep, Step
from doorleren.applications.recording import party
from doorleren.applications.refusing import ApplicationRefused
from doorleren.audit.acts import Details, record
from doorleren.people.signed_in import SignedIn


class WrongOffset(Exception):
    """A piece begins elsewhere than where the document stops; `offset` is where it stops."""

    def __init__(self, offset: int) -> None:
        """Keep where to go on."""
        super().__init__(f"the document stops at byte {offset}")
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Received:
    """How far a document is; `whole`: all of it is here and its content was judged, whatever came of that."""

    offset: int
    whole: bool


def receive_piece(document: int, piece: bytes, *, offset: int, store: Store, by: SignedIn, at: datetime) -> Received:
    """Add a piece; it is on the disk when this returns. An empty piece at the end has a whole document judged after all.

    Raises WrongOffset, NotAllowed, ApplicationRefused, Document.DoesNotExist.
    """
    application, evidence = Document.objects.values_list("application", "evidence").get(pk=document)
    with transaction.atomic():
        found = open_for_evidence(application, evidence, by=by, at=at)
        one = (
            Document.objects.select_related("key")
            .prefetch_related("steps")
            .filter(pk=document, key__isnull=False)
            .first()
        )
        if one is None:
            raise ApplicationRefused(GONE)
        one.application = found
        ensure(may_change_document(by, one, at=at))
        if given_of(one).standing != "receiving":
            return Received(one.size, True)
        kept = store.received(one.kept)
        if offset != kept:
            raise WrongOffset(kept)
        if len(piece) > one.size - offset:
            raise ApplicationRefused(TOO_MUCH)
        offset = store.add(one.kept, bytes(one.key.wrapped), piece)
        if offset < one.size:
            return Received(offset, False)
        _judge(one, found, store, by, at)
    return Received(offset, True)


def _judge(one: Document, application: Application, store: Store, by: SignedIn, at: datetime) -> None:
    """Close a document that is what it should be; refuse and destroy any other."""
    held = bytes(one.key.wrapped)
    told: Details = {"document": one.pk, "evidence": one.evidence, "size": one.size}
    written = {"by_kind": by.party.kind, "by_id": by.party.id, "at": at}
    try:
        raw = store.content(one.kept, held, closed=False)
        kind = _accepted(one, application, raw)
    except (NotAccepted, DoesNotOpen) as error:
        reason = error.reason if isinstance(error, NotAccepted) else "damaged"
        DocumentStep.objects.create(document=one, step=Step.REFUSED, reason=reason, **written)
        destroy(one, store)
        record("evidence_refused", party(application), by=by.party, at=at, details={**told, "reason": reason})
        return
    store.close(one.kept, held)
    content = content_hash(raw, application.salt)
    DocumentStep.objects.create(document=one, step=Step.RECEIVED, kind=kind, content=content, **written)
    details: Details = {**told, "kind": kind, "content": content}
    record("evidence_uploaded", party(application), by=by.party, at=at, details=details)


def _accepted(one: Document, application: Application, raw: bytes) -> str:
    """Give what a document is. Raises NotAccepted where that is not what its evidence allows, or not what was announced."""
    if one.mark and content_hash(hashlib.sha256(raw).hexdigest().encode(), application.salt) != one.mark:
        raise NotAccepted("not_the_same")
    kind = kind_of(raw)
    asked = next((each for each in asked_of(application) if each.evidence.id == one.evidence), None)
    if asked is None or kind not in asked.kinds:
        raise NotAccepted("other_kind")
    return kind.name
