"""The pieces of a file while they lie open before a hearing: the list, and what is no letter or document to read. Ground: Awb 7:4(2).

Who may read the file reads them (own.own_file), from a week before the hearing to which the party was called until that was
decided on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from doorleren.applications.evidence.queries import Piece as Evidence
from doorleren.applications.evidence.queries import pieces_of
from doorleren.cases.acts import FAMILIES
from doorleren.cases.asked import ended
from doorleren.cases.models import CaseAct
from doorleren.cases.queries import acts_of
from doorleren.core.days import day_of
from doorleren.decisions.pieces import paper_of, pieces_of_case
from doorleren.people.file_keys import Destroyed, DoesNotOpen
from doorleren.web.applicant.file.letters import not_readable
from doorleren.web.applicant.file.own import OwnFile, own_file
from doorleren.web.applicant.file.piece_said import FILED, READ, piece_said
from doorleren.web.public.questions import in_language
from doorleren.web.public.values import day_in_words
from doorleren.web.viewing import viewed


@dataclass(frozen=True, slots=True)
class Inspection:
    """That the file lies open before a hearing: since when, and whether that day has come."""

    since: date
    is_open: bool


def inspection_of(found: OwnFile) -> Inspection | None:
    """Say since when the file lies open before the hearing to which the party was called; None without one, or once that is over."""
    called = found.told.last("hearing_called")
    if called is None or found.case.destroyed_at is not None:
        return None
    if ended(found.told.acts, called, ("objection_withdrawn", *FAMILIES["objection_decided"])):
        return None
    since = date.fromisoformat(str(called.details["inspect_from"]))
    return Inspection(since, since <= day_of(found.own.at))


def link_shown(found: OwnFile) -> dict[str, str] | None:
    """Give the address of the pieces with what to call it; None where nothing will lie open."""
    inspection = inspection_of(found)
    if inspection is None:
        return None
    words = (
        _("De stukken die nu ter inzage liggen")
        if inspection.is_open
        else _("De stukken liggen ter inzage vanaf %(day)s") % {"day": day_in_words(inspection.since)}
    )
    return {"url": found.url("-pieces"), "words": words}


@never_cache
@require_safe
def pieces(request: HttpRequest, number: int) -> HttpResponse:
    """Show every piece that lies open, each to open; before that day from when; not found where there is no hearing."""
    found = own_file(request, number)
    inspection = inspection_of(found)
    if inspection is None:
        raise Http404
    return render(request, "applicant/file_pieces.html", {
        **found.frame(_("Stukken ter inzage")),
        "from": "" if inspection.is_open else day_in_words(inspection.since),
        "pieces": _listed(found) if inspection.is_open else [],
    })  # fmt: skip


def _listed(found: OwnFile) -> list[dict[str, str]]:
    evidence, rows = pieces_of(found.application), acts_of(found.case.pk)
    urls = _urls(found, rows, evidence)
    return [
        {"text": in_language(one.texts), "day": day_in_words(one.day), "url": urls.get((one.act, one.document), "")}
        for one in pieces_of_case(rows, evidence, found.case.procedure)
    ]


def _urls(
    found: OwnFile, rows: Sequence[CaseAct], evidence: list[Evidence]
) -> dict[tuple[int | None, int | None], str]:
    """Give where each piece is read, by its act or its document; what has no content besides its day is left out."""
    number = found.application.pk
    read = {
        one
        for table in READ
        for one in table._default_manager.filter(act__case=found.case).values_list("act__number", flat=True)
    }
    urls: dict[tuple[int | None, int | None], str] = {(one, None): found.url("-piece", one) for one in read}
    urls |= {(one.number, None): found.url("-piece", one.number) for one in rows if one.act in FILED}
    urls |= {(one.act.number, None): found.url("-letter", one.letter.pk) for one in found.told.letters if one.act}
    return urls | {
        (None, given.document.pk): reverse("applications-evidence-file", args=[number, given.document.pk])
        for one in evidence for given in one.given if given.standing == "uploaded"
    }  # fmt: skip


@never_cache
@require_safe
def piece(request: HttpRequest, number: int, act: int) -> HttpResponse:
    """Show what an act left that is no letter and no document, while the file lies open; the look is in the log."""
    found = own_file(request, number)
    inspection = inspection_of(found)
    row = next((one for one in acts_of(found.case.pk) if one.number == act), None)
    if inspection is None or not inspection.is_open or row is None:
        raise Http404
    texts = paper_of(row.act, found.case.procedure)
    try:
        told = piece_said(found, row)
    except (Destroyed, DoesNotOpen) as fault:
        return not_readable(request, found, fault)
    if texts is None or not told:
        raise Http404
    viewed(request, "case", found.case.pk)
    label = capfirst(in_language(texts))
    trail = [
        {"url": reverse("applications"), "label": _("Mijn aanvragen")},
        {"url": found.url(), "label": _("Dossier %(reference)s") % {"reference": found.case.reference}},
        {"url": found.url("-pieces"), "label": _("Stukken ter inzage")}, {"label": label},
    ]  # fmt: skip
    return render(request, "applicant/file_piece.html", {
        **found.frame(label), **told, "day": day_in_words(row.happened_on), "pieces": found.url("-pieces"), "trail": trail,
    })  # fmt: skip
