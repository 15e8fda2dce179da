"""Having a received document scanned: it counts, and may be opened, only after that. An act of the site itself."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from doorleren.applications.commands.withdraw_document import destroy, throw_away
from doorleren.applications.evidence.queries import given_of
from doorleren.applications.evidence.rules import Standing
from doorleren.applications.evidence.scanning import Found, Scanner
from doorleren.applications.evidence.sealing import DoesNotOpen
from doorleren.applications.evidence.storage import Store
from doorleren.applications.models import Application, Document, DocumentStep, Scan, Step
from doorleren.applications.recording import party
from doorleren.audit.acts import SITE, Details, record

log = logging.getLogger(__name__)

UNFINISHED_FOR = timedelta(days=7)
"""How long a document that was not sent to the end can still be gone on with."""
AT_ONCE = 50


def check_document(document: int, *, store: Store, scanner: Scanner, at: datetime) -> Standing:
    """Scan a document that waits for it; gives how it stands then. Nothing is locked while the scanner works.

    What the scanner rejects is refused and destroyed. Where it gives no answer the document goes on waiting.
    """
    one = _read(document)
    if given_of(one).standing != "waiting":
        return given_of(one).standing
    try:
        found = scanner(store.content(one.kept, bytes(one.key.wrapped)))
    except DoesNotOpen as error:
        log.error("document %d is not as it was kept: %s", document, error)
        found = "failed"
    with transaction.atomic():
        Application.objects.select_for_update().get(pk=one.application_id)
        one = _read(document)
        if given_of(one).standing == "waiting":
            _write_down(one, found, store, at)
    return given_of(_read(document)).standing


def _read(document: int) -> Document:
    return Document.objects.select_related("application", "key").prefetch_related("steps").get(pk=document)


def _write_down(one: Document, found: Found, store: Store, at: datetime) -> None:
    """Write what was found; a scanner that fails again and again is written down once."""
    checks = [step.scan for step in sorted(one.steps.all(), key=lambda step: step.pk) if step.step == Step.CHECKED]
    if found == "failed" and checks[-1:] == [Scan.FAILED]:
        return
    written = {"by_kind": SITE.kind, "by_id": SITE.id, "at": at}
    DocumentStep.objects.create(document=one, step=Step.CHECKED, scan=found, **written)
    if found == "infected":
        DocumentStep.objects.create(document=one, step=Step.REFUSED, reason="infected", **written)
        destroy(one, store)
    details: Details = {"document": one.pk, "evidence": one.evidence, "scan": found}
    record("evidence_checked", party(one.application), by=SITE, at=at, details=details)


@dataclass(frozen=True, slots=True)
class Kept:
    """What was done: documents that were scanned after all, and unfinished ones that were thrown away."""

    scanned: int
    thrown_away: int


def keep_evidence(*, store: Store, scanner: Scanner, at: datetime) -> Kept:
    """Scan what waits, and throw away what nobody finished sending within a week; some at a time. Called by the timetable."""
    open_ones = Document.objects.filter(~_with(Step.REFUSED), ~_with(Step.WITHDRAWN)).order_by("id")
    passed = Exists(
        DocumentStep.objects.filter(document=OuterRef("pk"), step=Step.CHECKED, scan__in=[Scan.CLEAN, Scan.ABSENT])
    )
    waiting = open_ones.filter(_with(Step.RECEIVED), ~passed).values_list("pk", flat=True)[:AT_ONCE]
    scanned = sum(check_document(one, store=store, scanner=scanner, at=at) != "waiting" for one in waiting)
    old = open_ones.filter(~_with(Step.RECEIVED), at__lt=at - UNFINISHED_FOR).values_list("pk", flat=True)[:AT_ONCE]
    for one in old:
        throw_away(one, store=store, by=SITE, at=at)
    return Kept(scanned, len(old))


def _with(step: Step) -> Exists:
    return Exists(DocumentStep.objects.filter(document=OuterRef("pk"), step=step))
