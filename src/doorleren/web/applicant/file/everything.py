"""Everything of a file in one archive: the letters as PDF, documents of messages, evidence, and the rest as JSON."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from doorleren.applications.evidence.names import handed_out_as
from doorleren.applications.evidence.queries import opened
from doorleren.applications.evidence.sealing import DoesNotOpen as DocumentDoesNotOpen
from doorleren.applications.models import Document
from doorleren.applications.refusing import ApplicationRefused
from doorleren.cases.messages import document_of
from doorleren.cases.models import Message
from doorleren.decisions.sealed import content_of
from doorleren.letters.queries import pdf_of
from doorleren.people.access import NotAllowed
from doorleren.people.file_keys import Destroyed, DoesNotOpen
from doorleren.people.signed_in import SignedIn
from doorleren.web.applicant.evidence import store
from doorleren.web.applicant.file.decision import decision_told, payments_shown, used
from doorleren.web.applicant.file.letters import handed_out, not_readable, subject_of
from doorleren.web.applicant.file.lists import lists_told
from doorleren.web.applicant.file.objecting import terms_named
from doorleren.web.applicant.file.own import OwnFile, own_file
from doorleren.web.applicant.file.page import messages_shown
from doorleren.web.applicant.file.seen import seen_shown
from doorleren.web.applicant.file.words import states, timeline
from doorleren.web.applicant.words import applicants_named, round_shown
from doorleren.web.viewing import viewed

_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The moment of every part, so that the same file gives the same bytes."""
MOST_BYTES = 200_000_000
"""How many bytes of documents go into an archive; what comes after that is named, and can be had from its own page."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A document of evidence: what it is called once it is handed out, and its content; or why it is not (a code)."""

    document: Document
    name: str = ""
    raw: bytes = b""
    why: str = ""


@never_cache
@require_safe
def everything(request: HttpRequest, number: int) -> HttpResponse:
    """Hand out the whole file."""
    found = own_file(request, number)
    documents = within(documents_of([found.application.pk], by=found.own.who, at=found.own.at))
    try:
        raw = archive(found, documents)
    except (Destroyed, DoesNotOpen) as fault:
        return not_readable(request, found, fault)
    given = [one.document.pk for one in documents if not one.why]
    if given:
        viewed(request, "evidence", *given)
    return handed_out(raw, "application/zip", f"{found.case.reference}.zip")


def documents_of(applications: Iterable[int], *, by: SignedIn, at: datetime) -> Iterator[Kept]:
    """Give the evidence of applications: what was received and passed the check, to whom it may be shown."""
    rows = Document.objects.filter(application__in=list(applications)).select_related("application__round", "key")
    for document in rows.order_by("pk"):
        try:
            given, kind, raw = opened(document, store(), by=by, at=at)
        except NotAllowed:
            yield Kept(document, why="of_another")
        except ApplicationRefused:
            yield Kept(document, why="not_checked")
        except DocumentDoesNotOpen:
            yield Kept(document, why="not_readable")
        else:
            yield Kept(document, handed_out_as(given.document.file_name, kind), raw)


def within(documents: Iterable[Kept]) -> list[Kept]:
    """Give the documents as far as there is room; of others that they are too large."""
    found, left = [], MOST_BYTES
    for one in documents:
        fits = len(one.raw) <= left
        left -= len(one.raw) if fits else 0
        found.append(one if fits else Kept(one.document, why="too_large"))
    return found


def archive(found: OwnFile, documents: Sequence[Kept]) -> bytes:
    """Make the archive in memory. Raises Destroyed, DoesNotOpen."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made:
        for name, raw in parts(found, documents):
            add(made, name, raw)
        for one in documents:
            if not one.why:
                add(made, _place_of(one), one.raw)
    return kept.getvalue()


def parts(found: OwnFile, documents: Sequence[Kept] | None = None) -> Iterator[tuple[str, bytes]]:
    """Give the parts of a file but for its evidence, each with its name. `documents`: as told. Raises Destroyed, DoesNotOpen."""
    yield "dossier.json", json.dumps(told(found, documents), ensure_ascii=False, indent=2, sort_keys=True).encode()
    for one in found.told.letters:
        yield f"brief-{one.letter.pk}.pdf", pdf_of(one.letter)
    for message in Message.objects.filter(case=found.case.pk, file__isnull=False).select_related("act"):
        yield f"bericht-{message.number}.{message.file_kind}", document_of(message)


def told(found: OwnFile, documents: Sequence[Kept] | None = None) -> dict[str, Any]:
    """Give everything that the pages of a file show, as plain values. `documents`: the evidence that goes along; None where it stands elsewhere."""
    decision = found.told.decision
    return {
        "reference": found.case.reference,
        "scheme": round_shown(found.application.round)["scheme"],
        "applicant": applicants_named((found.application,))[found.application.pk],
        "body": found.case.body.name,
        "received_on": found.case.received_on.isoformat(),
        "state": {"name": found.told.state, "words": states(found.case.procedure)[found.told.state][0]},
        "terms": terms_named(found),
        "happened": [
            {"day": one["iso"], "text": one["text"]}
            for one in timeline(found.told.acts, found.told.no_effect, procedure=found.case.procedure)
        ],
        "answers": used(found),
        "decision": decision_told(found, decision, content_of(decision)) if decision else None,
        "payments": payments_shown(found.case),
        "letters": [
            {"file": f"brief-{one.letter.pk}.pdf", "subject": subject_of(one), "sent": one.at.isoformat(), "sha256": one.letter.digest}
            for one in found.told.letters
        ],
        "messages": [
            {name: one[name] for name in ("number", "kind", "answers", "day", "text")} for one in messages_shown(found)
        ],
        "seen_by": seen_shown(found),
        **lists_told(found),
        **({} if documents is None else {"evidence": [_evidence_told(one) for one in documents]}),
    }  # fmt: skip


def _evidence_told(one: Kept) -> dict[str, Any]:
    """Say of a document what it proves, since when it is there, and where it stands in the archive, or why it does not."""
    about = {"number": one.document.pk, "of": one.document.evidence, "given": one.document.at.isoformat()}
    if one.why:
        return about | {"file": None, "why": one.why}
    return about | {"file": _place_of(one), "sha256": hashlib.sha256(one.raw).hexdigest()}


def _place_of(one: Kept) -> str:
    return f"bewijs/{one.document.pk}-{one.name}"


def add(made: zipfile.ZipFile, name: str, raw: bytes) -> None:
    """Add a part to an archive."""
    made.writestr(zipfile.ZipInfo(name, _MOMENT), raw, zipfile.ZIP_DEFLATED)
