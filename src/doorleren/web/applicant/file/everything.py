"""Everything of a file in one archive: the letters as PDF, documents of messages, and the rest as JSON."""

import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from doorleren.cases.messages import document_of
from doorleren.cases.models import Message
from doorleren.decisions.sealed import content_of
from doorleren.letters.queries import pdf_of
from doorleren.people.file_keys import Destroyed, DoesNotOpen
from doorleren.web.applicant.file.decision import decision_told, payments_shown, used
from doorleren.web.applicant.file.letters import handed_out, not_readable, subject_of
from doorleren.web.applicant.file.objecting import terms_named
from doorleren.web.applicant.file.own import OwnFile, own_file
from doorleren.web.applicant.file.page import messages_shown
from doorleren.web.applicant.file.seen import seen_shown
from doorleren.web.applicant.file.words import states, timeline
from doorleren.web.applicant.words import applicant_shown, round_shown

_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The moment of every part, so that the same file gives the same bytes."""


@never_cache
@require_safe
def everything(request: HttpRequest, number: int) -> HttpResponse:
    """Hand out the whole file."""
    found = own_file(request, number)
    try:
        raw = archive(found)
    except (Destroyed, DoesNotOpen) as fault:
        return not_readable(request, found, fault)
    return handed_out(raw, "application/zip", f"{found.case.reference}.zip")


def archive(found: OwnFile) -> bytes:
    """Make the archive in memory. Raises Destroyed, DoesNotOpen."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made:
        for name, raw in parts(found):
            add(made, name, raw)
    return kept.getvalue()


def parts(found: OwnFile) -> Iterator[tuple[str, bytes]]:
    """Give the parts of a file, each with its name. Raises Destroyed, DoesNotOpen."""
    yield "dossier.json", json.dumps(told(found), ensure_ascii=False, indent=2, sort_keys=True).encode()
    for one in found.told.letters:
        yield f"brief-{one.letter.pk}.pdf", pdf_of(one.letter)
    for message in Message.objects.filter(case=found.case.pk, file__isnull=False).select_related("act"):
        yield f"bericht-{message.number}.{message.file_kind}", document_of(message)


def told(found: OwnFile) -> dict[str, Any]:
    """Give everything that the pages of a file show, as plain values."""
    decision = found.told.decision
    return {
        "reference": found.case.reference,
        "scheme": round_shown(found.application.round)["scheme"],
        "applicant": applicant_shown(found.application),
        "body": found.case.body.name,
        "received_on": found.case.received_on.isoformat(),
        "state": {"name": found.told.state, "words": states()[found.told.state][0]},
        "terms": terms_named(found),
        "happened": [{"day": one["iso"], "text": one["text"]} for one in timeline(found.told.acts)],
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
    }  # fmt: skip


def add(made: zipfile.ZipFile, name: str, raw: bytes) -> None:
    """Add a part to an archive."""
    made.writestr(zipfile.ZipInfo(name, _MOMENT), raw, zipfile.ZIP_DEFLATED)
