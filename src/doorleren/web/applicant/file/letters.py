"""The letters of a file: the list, one to read in the page, and the PDF as it was made."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from doorleren.core.days import day_of
from doorleren.letters.html import as_html
from doorleren.letters.queries import content_of, pdf_of
from doorleren.people.file_keys import Destroyed, DoesNotOpen
from doorleren.web.applicant.file.own import OwnFile, own_file
from doorleren.web.applicant.file.told import SentLetter, until
from doorleren.web.applicant.words import written_day
from doorleren.web.public.values import day_in_words

GONE = 410


@never_cache
@require_safe
def letter(request: HttpRequest, number: int, letter: int) -> HttpResponse:
    """Show a letter as it was sent."""
    found = own_file(request, number)
    one = letter_of(found, letter)
    try:
        content = content_of(one.letter)
    except (Destroyed, DoesNotOpen) as fault:
        return not_readable(request, found, fault)
    return render(request, "applicant/file_letter.html", {
        **found.frame(content.subject),
        "letter": mark_safe(as_html(content)),  # noqa: S308  (every text in it is escaped: letters/html.py)
        "sent": written_day(one.at),
        "term": term_of(found, one),
        "pdf": found.url("-pdf", one.letter.pk),
    })  # fmt: skip


@never_cache
@require_safe
def pdf(request: HttpRequest, number: int, letter: int) -> HttpResponse:
    """Hand out a letter as the PDF that was sent, under a name that tells nothing about a person."""
    found = own_file(request, number)
    one = letter_of(found, letter)
    try:
        raw = pdf_of(one.letter)
    except (Destroyed, DoesNotOpen) as fault:
        return not_readable(request, found, fault)
    return handed_out(raw, "application/pdf", f"{found.case.reference}-{one.letter.pk}.pdf")


def letter_of(found: OwnFile, number: int) -> SentLetter:
    """Give a letter of this file that was sent. Raises Http404 for any other."""
    one = next((one for one in found.told.letters if one.letter.pk == number), None)
    if one is None:
        raise Http404
    return one


def letters_shown(found: OwnFile) -> list[dict[str, Any]]:
    """List the letters, the newest first, with the term that runs from each."""
    return [
        {
            "subject": subject_of(one), "url": found.url("-letter", one.letter.pk),
            "pdf": found.url("-pdf", one.letter.pk), "sent": written_day(one.at), "term": term_of(found, one),
        }
        for one in found.told.letters
    ]  # fmt: skip


def subject_of(one: SentLetter) -> str:
    """Give what a letter is called; a plain word where it cannot be read."""
    try:
        return content_of(one.letter).subject
    except (Destroyed, DoesNotOpen):
        return _("Brief")


def term_of(found: OwnFile, one: SentLetter) -> str:
    """Say which term runs from a letter; nothing where none does."""
    if one.act is None:
        return ""
    day = until(one.act)
    if one.act.act == "asked_to_complete" and day:
        return _("U kunt aanvullen tot en met %(day)s.") % {"day": day_in_words(day)}
    if one.act.act == "intent_notified" and day:
        return _("U kunt reageren tot en met %(day)s.") % {"day": day_in_words(day)}
    words = {
        "objection": _("U kunt bezwaar maken tot en met %(day)s."), "appeal": _("U kunt in beroep gaan tot en met %(day)s."),
    }  # fmt: skip
    about = one.act.number
    term = next((term for term in found.told.theirs if term.id in words and term.about == about), None)
    if term is None or term.last is None:
        return ""
    if term.last < day_of(found.own.at):
        over = _("Bezwaar kon tot en met %(day)s.") if term.id == "objection" else _("Beroep kon tot en met %(day)s.")
        return over % {"day": day_in_words(term.last)}
    return words[term.id] % {"day": day_in_words(term.last)}


def not_readable(request: HttpRequest, found: OwnFile, fault: Exception) -> HttpResponse:
    """Say that something cannot be read (any more)."""
    reason = (
        _("De bewaartermijn is voorbij. De inhoud is vernietigd.") if isinstance(fault, Destroyed)
        else _("Dit is niet meer zoals wij het bewaarden. Neem contact met ons op.")
    )  # fmt: skip
    status = GONE if isinstance(fault, Destroyed) else 500
    return render(request, "applicant/refused.html", {"reason": reason, "back": found.url()}, status=status)


def handed_out(raw: bytes, media_type: str, name: str) -> HttpResponse:
    """Give bytes as a file to keep, which no browser takes for anything else."""
    reply = HttpResponse(raw, content_type=media_type)
    reply["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    reply["X-Content-Type-Options"] = "nosniff"
    reply["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return reply
