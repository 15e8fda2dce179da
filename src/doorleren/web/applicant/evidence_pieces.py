"""Sending a document in pieces, so that a broken connection goes on where it stopped; in the spirit of tus 1.0.

POST announces a file (name, size, hash) and answers where it goes and how far it is. HEAD asks how far it is. PATCH adds
a piece at `Upload-Offset`; a piece for another place is answered 409 with the right one. All answers are JSON or empty.
"""

import re
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from doorleren.applications.commands.begin_document import begin_document
from doorleren.applications.commands.receive_piece import WrongOffset, receive_piece
from doorleren.applications.evidence.queries import given_of
from doorleren.applications.evidence.refusing import DOES_NOT_OPEN
from doorleren.applications.evidence.sealing import DoesNotOpen
from doorleren.applications.models import Document
from doorleren.applications.refusing import ApplicationRefused
from doorleren.core.texts import Texts
from doorleren.web.applicant.evidence import check, document_of, store
from doorleren.web.applicant.own import application_of
from doorleren.web.public.questions import in_language

LARGEST_PIECE = 4_000_000
"""Bytes of one piece; the script sends smaller ones."""
READ_AT_ONCE = 65_536
PIECE = "application/offset+octet-stream"
_HASH = re.compile(r"[0-9a-f]{64}")


@never_cache
@require_POST
def begin(request: HttpRequest, number: int) -> HttpResponse:
    """Announce a file, or find the one that was broken off; 201 with its place, also when it is there already."""
    application, own = application_of(request, number, change=True)
    size, mark = _whole(request.POST.get("size", "")), request.POST.get("sha256", "")
    if size is None:
        return _wrong("size", request.POST.get("size", ""), "a whole number of bytes")
    if mark and not _HASH.fullmatch(mark):
        return _wrong("sha256", mark, "64 hexadecimal digits, or nothing")
    try:
        document = begin_document(
            application.pk, evidence=request.POST.get("evidence", ""), file_name=request.POST.get("name", ""), size=size,
            sha256=mark, store=store(), by=own.who, at=own.at,
        )  # fmt: skip
        reply = _stands(document, HTTPStatus.CREATED)
    except ApplicationRefused as refused:
        return _refused(refused.texts)
    except DoesNotOpen:
        return _refused(DOES_NOT_OPEN)
    reply["Location"] = reverse("applications-evidence-content", args=[application.pk, document.pk])
    return reply


@never_cache
@require_http_methods(["HEAD", "PATCH"])
def content(request: HttpRequest, number: int, document: int) -> HttpResponse:
    """Say how far a document is, or add a piece to it."""
    application, own = application_of(request, number, change=True)
    found = document_of(application, document)
    if request.method == "HEAD":
        try:
            return _stands(found, HTTPStatus.OK)
        except DoesNotOpen:
            return HttpResponse(status=HTTPStatus.GONE)
    if request.content_type != PIECE:
        return _wrong("Content-Type", request.content_type or "", PIECE, HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    offset, length = _whole(request.headers.get("Upload-Offset", "")), _whole(request.headers.get("Content-Length", ""))
    if offset is None:
        return _wrong("Upload-Offset", request.headers.get("Upload-Offset", ""), "a whole number of bytes")
    if length is None or length > min(LARGEST_PIECE, max(found.size - offset, 0)):
        return _wrong(
            "Content-Length", str(length), f"at most {LARGEST_PIECE}, and no more than the file still lacks",
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        )  # fmt: skip
    try:
        told = receive_piece(
            found.pk, _arrived(request, length), offset=offset, store=store(), by=own.who, at=own.at
        )  # fmt: skip
        if told.whole:
            check(found, own)
    except WrongOffset as wrong:
        return _at(HttpResponse(status=HTTPStatus.CONFLICT), wrong.offset, found.size)
    except ApplicationRefused as refused:
        return _refused(refused.texts)
    except DoesNotOpen:
        return _refused(DOES_NOT_OPEN)
    return _at(HttpResponse(status=HTTPStatus.NO_CONTENT), told.offset, found.size)


def _arrived(request: HttpRequest, length: int) -> bytes:
    """Read a piece; where the connection breaks off, give what came before that, so that it need not come again."""
    parts: list[bytes] = []
    try:
        while length and (part := request.read(min(length, READ_AT_ONCE))):
            parts.append(part)
            length -= len(part)
    except UnreadablePostError:
        pass
    return b"".join(parts)


def _stands(document: Document, status: int) -> HttpResponse:
    """Answer how far a document is; one that was judged is whole, one that was taken back is gone."""
    standing = given_of(document).standing
    if standing in ("withdrawn", "refused"):
        return HttpResponse(status=HTTPStatus.GONE)
    offset = store().received(document.kept) if standing == "receiving" else document.size
    reply = _at(HttpResponse(status=status), offset, document.size)
    reply["Upload-Complete"] = "?0" if standing == "receiving" else "?1"
    return reply


def _at(reply: HttpResponse, offset: int, size: int) -> HttpResponse:
    reply["Upload-Offset"], reply["Upload-Length"] = str(offset), str(size)
    return reply


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else None


def _refused(texts: Texts) -> HttpResponse:
    return JsonResponse({"reason": in_language(texts)}, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _wrong(field: str, given: str, allowed: str, status: int = HTTPStatus.BAD_REQUEST) -> HttpResponse:
    return JsonResponse({"reason": f"{field}: given is {given[:100]!r}, allowed is {allowed}"}, status=status)
