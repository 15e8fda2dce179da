"""The evidence of an application: what is asked and why, how it stands, giving a file without a script, taking it back."""

import hashlib
from functools import partial
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doorleren.applications.access import ensure, may_edit, may_see_document
from doorleren.applications.commands.begin_document import begin_document, still_taken
from doorleren.applications.commands.check_document import check_document
from doorleren.applications.commands.receive_piece import WrongOffset, receive_piece
from doorleren.applications.commands.withdraw_document import withdraw_document
from doorleren.applications.evidence.faults import LARGEST, REASONS
from doorleren.applications.evidence.names import handed_out_as
from doorleren.applications.evidence.queries import Given, Piece, opened, pieces_of
from doorleren.applications.evidence.refusing import DOES_NOT_OPEN
from doorleren.applications.evidence.scanning import scanner_of
from doorleren.applications.evidence.sealing import DoesNotOpen
from doorleren.applications.evidence.storage import Store
from doorleren.applications.models import Application, Document
from doorleren.applications.offers.proofs import enrolment_confirmed
from doorleren.applications.one_training import is_enrolment
from doorleren.applications.own_case import case_of
from doorleren.applications.queries import state_now, ticket_of
from doorleren.applications.refusing import ApplicationRefused
from doorleren.people.access import NotAllowed, Refused
from doorleren.web.applicant.own import LARGEST_NUMBER, NOT_THEIRS, Asking, application_of, refusal, to
from doorleren.web.applicant.words import applicant_shown, moment, round_shown, state_shown
from doorleren.web.people.sessions import signed_in
from doorleren.web.public import words
from doorleren.web.public.questions import in_language
from doorleren.web.public.scheme_cards import source
from doorleren.web.receiving import TooLarge, file_given, takes_files
from doorleren.web.spoken import once_per_language
from doorleren.web.surroundings import now
from doorleren.web.viewing import viewed

OVER = ("settled", "refused", "left_out", "revoked", "withdrawn", "forwarded", "closed", "destroyed")
"""States of a case in which no evidence is asked."""
TONES = {"lacking": "quiet", "receiving": "maybe", "waiting": "maybe", "uploaded": "get", "refused": "no", "later": "quiet",
         "answers": "get", "confirmed": "get", "not_needed": "quiet", "not_given": "quiet"}  # fmt: skip


def store() -> Store:
    """Give the folder of documents with the key of this site."""
    return Store(settings.DOORLEREN_EVIDENCE, bytes(settings.DOORLEREN_EVIDENCE_KEY))


def document_of(application: Application, number: int) -> Document:
    """Give a document of an application. Raises Http404."""
    found = Document.objects.filter(application=application, pk=min(number, LARGEST_NUMBER)).first()
    if found is None:
        raise Http404
    found.application = application
    return found


def check(document: Document, own: Asking) -> None:
    """Have a received document scanned; what does not wait for it stays as it is."""
    check_document(document.pk, store=store(), scanner=scanner_of(settings.DOORLEREN_SCANNER), at=own.at)


@takes_files(LARGEST, partial(application_of, change=True))
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def evidence(request: HttpRequest, number: int) -> HttpResponse:
    """Show what evidence is asked and how it stands; with POST take a whole file."""
    application, own = application_of(request, number, change=request.method == "POST")
    if request.method != "POST":
        return _page(request, application, own)
    named = request.POST.get("evidence", "")
    if wrong := kept(request, application, own, named):
        said, status = wrong
        return _page(request, application, own, wrong={named: said}, status=status)
    return to("applications-evidence", application, f"#evidence-{named}")


def kept(request: HttpRequest, application: Application, own: Asking, named: str) -> tuple[str, int] | None:
    """Take the file of a form as a piece of evidence, and have it scanned; say what is wrong with it, and the status."""
    given = file_given(request)
    if isinstance(given, TooLarge):
        return in_language(REASONS["too_large"]), 413
    if given is None:
        return _("Kies eerst een bestand."), 422
    raw = given.read()
    try:
        document = begin_document(
            application.pk, evidence=named, file_name=given.name or "", size=len(raw),
            sha256=hashlib.sha256(raw).hexdigest(), store=store(), by=own.who, at=own.at,
        )  # fmt: skip
        offset = min(store().received(document.kept), len(raw))
        receive_piece(document.pk, raw[offset:], offset=offset, store=store(), by=own.who, at=own.at)
    except ApplicationRefused as refused:
        return in_language(refused.texts), 422
    except (DoesNotOpen, WrongOffset):
        return in_language(DOES_NOT_OPEN), 422
    check(document, own)
    return None


@require_POST
def withdraw(request: HttpRequest, number: int, document: int) -> HttpResponse:
    """Take a document back: its content is destroyed."""
    application, own = application_of(request, number, change=True)
    found = document_of(application, document)
    try:
        withdraw_document(found.pk, store=store(), by=own.who, at=own.at)
    except ApplicationRefused as refused:
        return refusal(request, refused, reverse("applications-evidence", args=[application.pk]))
    return to("applications-evidence", application)


@require_POST
def check_again(request: HttpRequest, number: int, document: int) -> HttpResponse:
    """Ask the scanner once more for a document that waits for it."""
    application, own = application_of(request, number, change=True)
    check(document_of(application, document), own)
    return to("applications-evidence", application)


@never_cache
@require_safe
def file(request: HttpRequest, number: int, document: int) -> HttpResponse:
    """Hand out a document as a file to keep, to who may look at the application and officials of its body; it is noted."""
    who, at = signed_in(request), now()
    application = Application.objects.select_related("round").filter(pk=min(number, LARGEST_NUMBER)).first()
    if who is None:
        raise NotAllowed(Refused("not_signed_in"))
    if application is None:
        raise Http404
    found = document_of(application, document)
    answer = may_see_document(who, found, at=at)
    if isinstance(answer, Refused) and answer.reason in NOT_THEIRS:
        raise Http404
    ensure(answer)
    try:
        given, kind, raw = opened(found, store(), by=who, at=at)
    except ApplicationRefused as refused:
        return refusal(request, refused, reverse("applications-evidence", args=[application.pk]))
    except DoesNotOpen:
        context = {
            "reason": in_language(DOES_NOT_OPEN),
            "back": reverse("applications-evidence", args=[application.pk]),
        }
        return render(request, "applicant/refused.html", context, status=500)
    viewed(request, "evidence", found.pk)
    reply = HttpResponse(raw, content_type=kind.media_type)
    name = handed_out_as(given.document.file_name, kind)
    reply["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    reply["X-Content-Type-Options"] = "nosniff"
    reply["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return reply


def _page(
    request: HttpRequest, application: Application, own: Asking, *, wrong: dict[str, str] | None = None, status: int = 200
) -> HttpResponse:  # fmt: skip
    """Show all evidence; `wrong` says by evidence what is wrong with what was given, "" for what belongs to none."""
    may_change = bool(may_edit(own.who, application, at=own.at))
    taken = may_change and still_taken(application)
    wrong = wrong or {}
    over = is_over(application)
    found = [(one, wrong.get(one.asked.evidence.id, "")) for one in pieces_of(application)]
    submitted = ticket_of(application) is not None
    pieces = [piece_shown(one, application, error, over=over, submitted=submitted) for one, error in found]
    known = {one["name"] for one in pieces if taken and one["uploadable"]}
    published = application.round.version
    return render(request, "applicant/evidence.html", {
        "application": application,
        "round": round_shown(application.round),
        "for": applicant_shown(application),
        "state": state_shown(state_now(application)),
        "pieces": pieces,
        "submitted": submitted,
        "needed": any(one["to_submit"] for one in pieces),
        "may_change": may_change,
        "taken": taken,
        "wrong": next((text for name, text in wrong.items() if name not in known), ""),
        "most": LARGEST // 1_000_000,
        "scheme_page": reverse("schemes-version", args=[published.scheme, published.version]) + "#evidence",
        "begin": reverse("applications-evidence-begin", args=[application.pk]),
        "trail": [
            {"url": reverse("applications"), "label": _("Mijn aanvragen")},
            {"url": reverse("applications-one", args=[application.pk]),
             "label": _("Aanvraag %(number)s") % {"number": application.pk}},
            {"label": _("Bewijsstukken")},
        ],
    }, status=status)  # fmt: skip


def is_over(application: Application) -> bool:
    """Say whether nothing is asked for an application any more, as its case is over or it was withdrawn."""
    case = case_of(application)
    return application.withdrawn_at is not None or (case is not None and case.state in OVER)


def piece_shown(
    piece: Piece, application: Application, error: str, *, over: bool | None = None, submitted: bool = False
) -> dict[str, Any]:
    """Describe one piece of evidence: what it is, why and when it is asked, how it stands, its documents.

    `over`: whether nothing is asked any more, where the caller has looked; `submitted`: nothing is needed to submit then.
    """
    asked = piece.asked
    one = asked.evidence
    proves = words.said(words.proofs(), one.proves) if one.proves else ""
    return {
        "name": one.id,
        "text": in_language(one.text) or words.in_plain(one.id),
        "why": _("Dit bewijst %(what)s.") % {"what": proves} if proves else "",
        "source": source(one.citation) if one.citation else None,
        "when": words.said(words.stages(), one.stage) if one.stage else words.stages()["application"],
        "standing": standing_shown(piece, application, over=over),
        "kinds": _kinds(piece),
        "accept": ",".join(f".{kind.name},{kind.media_type}" + (",.jpg" if kind.name == "jpeg" else "") for kind in asked.kinds),
        "uploadable": asked.uploadable,
        "to_submit": asked.to_submit and not submitted,
        "documents": [_document_shown(given, piece, application) for given in piece.given],
        "error": error,
    }  # fmt: skip


def standing_shown(piece: Piece, application: Application, *, over: bool | None = None) -> dict[str, str]:
    """Say how a piece of evidence stands, for a badge. `over`: as piece_shown."""
    standing: str = "answers" if piece.asked.by_answers else piece.standing
    if standing == "lacking" and is_enrolment(piece.asked.evidence) and enrolment_confirmed(application):
        standing = "confirmed"
    if not piece.asked.now and standing == "lacking":
        standing = "later"
    if standing in ("lacking", "later") and (over if over is not None else is_over(application)):
        standing = "not_needed" if standing == "later" else "not_given"
    return {"words": standings()[standing], "tone": TONES[standing]}


def _kinds(piece: Piece) -> str:
    return ", ".join(kind.name.upper() for kind in piece.asked.kinds)


def _document_shown(given: Given, piece: Piece, application: Application) -> dict[str, Any]:
    document, args = given.document, [application.pk, given.document.pk]
    reason = in_language(REASONS[given.reason]) if given.reason else ""
    if given.reason in ("other_kind", "unknown_kind"):
        reason = f"{reason} {_('Wel goed: %(kinds)s.') % {'kinds': _kinds(piece)}}"
    return {
        "number": document.pk,
        "name": document.file_name,
        "at": moment(document.at),
        "size": _("%(n)s kB") % {"n": max(1, round(document.size / 1000))},
        "standing": {"name": given.standing, "words": standings()[given.standing], "tone": TONES[given.standing]},
        "reason": reason,
        "not_scanned": given.not_scanned,
        "file": reverse("applications-evidence-file", args=args) if given.standing == "uploaded" else "",
        "withdraw": reverse("applications-evidence-withdraw", args=args) if given.standing != "refused" else "",
        "check": reverse("applications-evidence-check", args=args) if given.standing == "waiting" else "",
    }


@once_per_language
def standings() -> dict[str, str]:
    """Give the words for how evidence and its documents stand."""
    return {
        "lacking": _("ontbreekt nog"), "receiving": _("nog niet helemaal verstuurd"),
        "waiting": _("wacht op de viruscontrole"), "uploaded": _("ontvangen"), "refused": _("afgekeurd"),
        "later": _("vragen wij later"), "not_needed": _("niet meer nodig"), "not_given": _("niet gegeven"), "answers": _("staat in uw antwoorden"),
        "confirmed": _("bevestigd door de opleider"),
    }  # fmt: skip


def evidence_shown(application: Application) -> list[dict[str, Any]]:
    """Give the evidence that is asked now, in short, for the other pages of an application."""
    submitted = ticket_of(application) is not None
    pieces = [one for one in pieces_of(application) if one.asked.uploadable]
    return [piece_shown(one, application, "", submitted=submitted) for one in pieces]
