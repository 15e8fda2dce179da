"""Taking a document back: its row stays, its content is destroyed."""

from datetime import datetime

from django.db import transaction

from doorleren.applications.access import applicant_of, ensure, may_change_document, may_file
from doorleren.applications.bundles.refusing import COMPLETED
from doorleren.applications.delivering import given_by_reporter
from doorleren.applications.evidence.queries import given_of
from doorleren.applications.evidence.refusing import DECIDED_ON, GONE
from doorleren.applications.evidence.rules import ALIVE
from doorleren.applications.evidence.stages import is_completed
from doorleren.applications.evidence.storage import Store
from doorleren.applications.models import Application, Document, DocumentKey, DocumentStep, Step
from doorleren.applications.own_case import case_of
from doorleren.applications.queries import ticket_of
from doorleren.applications.recording import party
from doorleren.applications.refusing import ApplicationRefused
from doorleren.audit.acts import Details, Party, record
from doorleren.people.signed_in import SignedIn


def withdraw_document(document: int, *, store: Store, by: SignedIn, at: datetime) -> Document:
    """Take a document back, also of a withdrawn application. Raises NotAllowed, ApplicationRefused, DoesNotExist.

    Once the application was submitted only who files it may, not the official who entered it; what another reporter gave is
    that reporter's to take back; what a completed registration or a decision rests on stays.
    """
    with transaction.atomic():
        one = _locked(document)
        ensure(may_change_document(by, one, at=at))
        if ticket_of(one.application) is not None and not given_by_reporter(one):
            ensure(may_file(by, applicant_of(one.application), at=at))
        if is_completed(one.application):
            raise ApplicationRefused(COMPLETED)
        if is_decided_on(one):
            raise ApplicationRefused(DECIDED_ON)
        _withdraw(one, store, by.party, at)
    return one


def is_decided_on(document: Document) -> bool:
    """Say whether a document was there when its application was decided on, or when its grant was settled."""
    case = case_of(document.application)
    moments = () if case is None else (case.decided_at, case.settled_at)
    return any(at is not None and document.at <= at for at in moments)


def throw_away(document: int, *, store: Store, by: Party, at: datetime) -> None:
    """Take back what nobody finished sending: an act of the site itself. Raises ApplicationRefused, DoesNotExist."""
    with transaction.atomic():
        _withdraw(_locked(document), store, by, at)


def _locked(document: int) -> Document:
    application = Document.objects.values_list("application", flat=True).get(pk=document)
    Application.objects.select_for_update().get(pk=application)
    return Document.objects.select_related("application__round").prefetch_related("steps").get(pk=document)


def _withdraw(one: Document, store: Store, by: Party, at: datetime) -> None:
    standing = given_of(one).standing
    if standing not in ALIVE:
        raise ApplicationRefused(GONE)
    DocumentStep.objects.create(document=one, step=Step.WITHDRAWN, by_kind=by.kind, by_id=by.id, at=at)
    destroy(one, store)
    details: Details = {"document": one.pk, "evidence": one.evidence, "standing": standing}
    record("evidence_withdrawn", party(one.application), by=by, at=at, details=details)


def destroy(document: Document, store: Store) -> None:
    """Destroy the content within the transaction of a command: without its key nobody reads it; the file goes after it."""
    DocumentKey.objects.filter(document=document).delete()
    kept = document.kept
    transaction.on_commit(lambda: store.remove(kept))
