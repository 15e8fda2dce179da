"""Enrolling the participants of a file: what it would come to, giving it, and the answer to every row.

What was typed comes back in the page itself only, and is kept nowhere until somebody is enrolled by it. Whoever may enrol one
participant may give a file (participants.py); it is read as an adviser's bundle is, within the same limits.
"""

from collections import Counter
from typing import Any

from django.conf import settings
from django.db.transaction import non_atomic_requests
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from doorleren.applications.bundles.rows import (
    BIRTH_FACT,
    BORN,
    LARGEST_BYTES,
    NAME,
    NUMBER,
    BundleUnreadable,
    Row,
    rows_of_csv,
)
from doorleren.applications.models import Application, Outcome
from doorleren.applications.offers.commands.enrol_from_file import Answer, Asked, enrol_rows, preview_rows
from doorleren.applications.offers.rows import ACTIVITY, DUTCH, ENROLMENTS, written_again
from doorleren.applications.offers.standing import lines_of
from doorleren.applications.refusing import ApplicationRefused
from doorleren.core.refusals import ActRefused
from doorleren.core.texts import in_language as text_in
from doorleren.people.national_number import keys
from doorleren.web import known
from doorleren.web.applicant.words import round_shown
from doorleren.web.given_rows import rows_given
from doorleren.web.provider.mine import Mine
from doorleren.web.provider.participants import own_offer, shown, trail
from doorleren.web.public.questions import in_language, language
from doorleren.web.receiving import takes_files

MOST_FAULTS = 200


@takes_files(LARGEST_BYTES, own_offer)
@never_cache
@require_POST
def preview(request: HttpRequest, number: int) -> HttpResponse:
    """Show what the rows would come to. Nothing is kept."""
    own, offer = own_offer(request, number)
    text = request.POST.get("rows", "")
    try:
        text = rows_given(request)
        answers = preview_rows(_read(text), _asked(own, offer))
    except (BundleUnreadable, ApplicationRefused) as refused:
        return _again(request, offer, text, refused)
    return _page(request, offer, answers, text, done=False)


@non_atomic_requests  # each thousand rows is a transaction of its own
@never_cache
@require_POST
def submit(request: HttpRequest, number: int) -> HttpResponse:
    """Enrol whom the rows name, and show the answer to every row. The same rows again enrol nobody twice."""
    own, offer = own_offer(request, number)
    text = request.POST.get("rows", "")
    try:
        answers = enrol_rows(_read(text), _asked(own, offer))
    except (BundleUnreadable, ApplicationRefused) as refused:
        return _again(request, offer, text, refused)
    return _page(request, offer, answers, "", done=True)


@never_cache
@require_safe
def example(request: HttpRequest, number: int) -> HttpResponse:
    """Give a file to fill in: the columns, and a row for each training of the offer with its number."""
    _own, offer = own_offer(request, number)
    head = ";".join(DUTCH.values())
    rows = [f"{one.activity};;;" for one in lines_of(offer.pk)]
    reply = HttpResponse(
        "\ufeff" + "".join(f"{one}\r\n" for one in (head, *rows)), content_type="text/csv; charset=utf-8"
    )
    reply["Content-Disposition"] = 'attachment; filename="deelnemers.csv"'
    return reply


def _read(text: str) -> list[Row]:
    return rows_of_csv(text, known.library().vocabulary, ENROLMENTS)


def _asked(own: Mine, offer: Application) -> Asked:
    return Asked(
        offer.pk, own.who, own.at, known.today(), known.library(), keys(), bytes(settings.DOORLEREN_PERSON_KEY)
    )  # fmt: skip


def _again(request: HttpRequest, offer: Application, text: str, refused: ActRefused) -> HttpResponse:
    """Show the page of participants with what was pasted, and why it cannot be read or done."""
    return shown(request, offer, {"rows": text}, {"rows": in_language(refused.texts)})


def _page(request: HttpRequest, offer: Application, answers: list[Answer], text: str, *, done: bool) -> HttpResponse:
    counts = Counter(one.outcome for one in answers)
    refused = [one for one in answers if one.outcome == Outcome.REFUSED]
    return render(request, "provider/participants_file.html", {
        "round": round_shown(offer.round),
        "number": offer.pk,
        "done": done,
        "rows": len(answers),
        "right": counts[Outcome.ACCEPTED],
        "already": counts[Outcome.ALREADY],
        "count": len(refused),
        "wrong": [_shown(one) for one in refused[:MOST_FAULTS]],
        "text": text,
        "again": written_again([one.row for one in refused]) if done and refused else "",
        "trail": [*trail(offer)[:-1], {"url": reverse("provider-participants", args=[offer.pk]), "label": _("Deelnemers inschrijven")},
                  {"label": _("Antwoord op uw bestand") if done else _("Kijk uw bestand na")}],
    })  # fmt: skip


def _shown(one: Answer) -> dict[str, Any]:
    """Say what is wrong with a row: the field, the sentence, and what was given there, but never a national number."""
    called = {ACTIVITY: _("opleiding"), NUMBER: "bsn", NAME: _("naam"), BORN: _("geboortedatum")}
    fields = [BORN if each.field == BIRTH_FACT else each.field for each in one.faults]
    return {
        "line": one.row.line,
        "faults": [
            {
                "field": called.get(column, ""), "text": text_in(each.texts, language()), "source": each.source,
                "given": one.row.told.get(column, "") if column in (NAME, BORN) else "",
            }
            for column, each in zip(fields, one.faults, strict=True)
        ],
    }  # fmt: skip
