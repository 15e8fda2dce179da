"""Named reads of evidence: what an application is asked, what was given for it, and the content for who may see it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from doorleren.applications.access import ensure, may_see_document
from doorleren.applications.evidence.kinds import KINDS, Kind
from doorleren.applications.evidence.refusing import NOT_READY
from doorleren.applications.evidence.rules import (
    Asked,
    Lately,
    Moment,
    Standing,
    asked_by,
    lately,
    not_scanned,
    standing_of,
)
from doorleren.applications.evidence.stages import reached_by, reached_together
from doorleren.applications.evidence.storage import Store
from doorleren.applications.models import Application, Document, DocumentStep, Step
from doorleren.applications.refusing import ApplicationRefused
from doorleren.people.signed_in import SignedIn
from doorleren.rounds.models import Ticket
from doorleren.schemes.queries import version_of


@dataclass(frozen=True, slots=True)
class Given:
    """A document as it stands; `kind` once it was received, `reason` where it was refused."""

    document: Document
    standing: Standing
    kind: Kind | None
    reason: str
    not_scanned: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of evidence that is asked, with the documents that were given for it; withdrawn ones are left out."""

    asked: Asked
    given: tuple[Given, ...]

    @property
    def standing(self) -> Lately:
        """Give how it stands, by the best of its documents."""
        return lately(one.standing for one in self.given)


def asked_of(application: Application) -> tuple[Asked, ...]:
    """Give the evidence that the version asks in the track to which an application is pinned."""
    return asked_by(version_of(application.round.version_id), application.track, reached_by(application))


def pieces_of(application: Application) -> list[Piece]:
    """Give all evidence of an application, as it stands now."""
    documents = application.documents.order_by("id").prefetch_related("steps")
    return _pieces(documents, asked_of(application))


def pieces_together(applications: Collection[Application]) -> dict[int, list[Piece]]:
    """Give the same of applications (with their rounds), by number; where nothing is ever asked, nothing is read."""
    asking = [one for one in applications if asked_by(version_of(one.round.version_id), one.track)]
    if not asking:
        return {one.pk: [] for one in applications}
    given: dict[int, list[Document]] = {one.pk: [] for one in asking}
    for document in Document.objects.filter(application__in=given).order_by("id").prefetch_related("steps"):
        given[document.application_id].append(document)
    stages = reached_together(asking)
    found: dict[int, list[Piece]] = {one.pk: [] for one in applications}
    for one in asking:
        found[one.pk] = _pieces(given[one.pk], asked_by(version_of(one.round.version_id), one.track, stages[one.pk]))
    return found


def _pieces(documents: Iterable[Document], asked: Iterable[Asked]) -> list[Piece]:
    given = [one for one in map(given_of, documents) if one.standing != "withdrawn"]
    return [Piece(piece, tuple(one for one in given if one.document.evidence == piece.evidence.id)) for piece in asked]


def with_evidence(round_: int, after: int = 0) -> QuerySet[Application]:
    """Give the submitted applications of a round for which a document was received, by number, those after one."""
    ticket = Ticket.objects.filter(round=OuterRef("round"), key=OuterRef("key"))
    received = DocumentStep.objects.filter(document__application=OuterRef("pk"), step=Step.RECEIVED)
    rows = Application.objects.filter(Exists(ticket), Exists(received), round=round_, pk__gt=after)
    return rows.prefetch_related("documents__steps").order_by("pk")


def given_of(document: Document) -> Given:
    """Say how a document stands."""
    steps = sorted(document.steps.all(), key=lambda one: one.pk)
    told = moments(steps)
    kind = next((one.kind for one in steps if one.step == Step.RECEIVED), "")
    reason = next((one.reason for one in steps if one.step == Step.REFUSED), "")
    return Given(document, standing_of(told), KINDS.get(kind), reason, not_scanned(told))


def moments(steps: Iterable[DocumentStep]) -> list[Moment]:
    """Give steps as the rules take them."""
    return [Moment(one.step, one.scan) for one in steps]


def opened(document: Document, store: Store, *, by: SignedIn | None, at: datetime) -> tuple[Given, Kind, bytes]:
    """Give a document with its content. Raises NotAllowed, ApplicationRefused for what is not served, DoesNotOpen.

    Only what was received whole and passed the check is served, to nobody anything else.
    """
    ensure(may_see_document(by, document, at=at))
    given = given_of(document)
    if given.standing != "uploaded" or given.kind is None:
        raise ApplicationRefused(NOT_READY)
    return given, given.kind, store.content(document.kept, bytes(document.key.wrapped))
