"""One's own requests to correct what is kept: the list, one request with its term and answer, taking it back, its letters."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from doorleren.applications.access import may_see_own_correction
from doorleren.applications.corrections.commands.ask_correction import ASK, take_back_correction
from doorleren.applications.corrections.commands.object_to_answer import object_to_answer, withdraw_objection
from doorleren.applications.corrections.refusing import CorrectionRefused
from doorleren.applications.corrections.standing import Standing, requests, standing_of, standings_of
from doorleren.applications.corrections.told import told_of
from doorleren.core.days import day_of
from doorleren.letters.queries import pdf_of
from doorleren.people.access import NotAllowed, Refused, ensure
from doorleren.people.commands.export_own import account_of
from doorleren.people.signed_in import SignedIn
from doorleren.web.officer.asked import LARGEST_NUMBER, table, written_day
from doorleren.web.officer.asked import field as field_of
from doorleren.web.people.correction_shown import is_readable, letters, shown, stands, what
from doorleren.web.people.sessions import signed_in
from doorleren.web.public.questions import in_language
from doorleren.web.surroundings import now

SHOWN = 100
LONGEST = 100_000
"""Characters of a refused objection that are shown again."""


def asking(request: HttpRequest) -> SignedIn:
    """Give who asks, if they may ask for a correction of what is theirs. Raises NotAllowed."""
    who = signed_in(request)
    if who is None:
        raise NotAllowed(Refused("not_signed_in"))
    return ensure(who, ASK, account_of(who), at=now())


@never_cache
@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """List one's requests, the newest first."""
    who = asking(request)
    rows = told_of(standings_of(requests().filter(person=who.person).order_by("-pk")[:SHOWN]))
    columns = [_("Wat"), _("Gevraagd op"), _("Stand"), _("Antwoord uiterlijk")]
    cells: list[list[str | dict[str, str]]] = [
        [
            {"text": what(one), "url": reverse("account-correction", args=[one.request.pk])},
            written_day(day_of(one.request.asked_at)),
            stands(one),
            written_day(one.due_on) if one.waits else "",
        ]
        for one in rows
    ]
    return render(request, "people/corrections.html", {
        "any": bool(rows), "table": table("requests", _("Mijn verzoeken"), columns, cells),
        "trail": _trail(),
    })  # fmt: skip


@never_cache
@require_safe
def correction(request: HttpRequest, number: int) -> HttpResponse:
    """Show one request."""
    return page(request, own(asking(request), number))


@never_cache
@require_POST
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """Take a request back."""
    return _acted(request, number, take_back_correction)


@never_cache
@require_POST
def object_(request: HttpRequest, number: int) -> HttpResponse:
    """Object to the answer; POST: words."""
    who = asking(request)
    standing, text = own(who, number), request.POST.get("words", "")
    try:
        object_to_answer(standing.request.pk, text, by=who, at=now())
    except CorrectionRefused as refused:
        return page(
            request, own(who, number), in_language(refused.texts), field=refused.field, objection=text[:LONGEST]
        )
    return HttpResponseRedirect(f"{reverse('account-correction', args=[standing.request.pk])}?done=objection")


@never_cache
@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Withdraw the objection."""
    return _acted(request, number, withdraw_objection)


def _acted(request: HttpRequest, number: int, act: Callable[..., object]) -> HttpResponse:
    """Do an act on a request and go back to it, or say there why not."""
    who = asking(request)
    standing = own(who, number)
    try:
        act(standing.request.pk, by=who, at=now())
    except CorrectionRefused as refused:
        return page(request, own(who, number), in_language(refused.texts))
    return HttpResponseRedirect(reverse("account-correction", args=[standing.request.pk]))


@never_cache
@require_safe
def letter(request: HttpRequest, number: int, letter: int) -> HttpResponse:
    """Hand out a letter of one's request, once it was sent, as the PDF that it is, under a name that tells nothing about a person."""
    standing = own(asking(request), number)
    one = next((one for one in letters(standing) if one.pk == letter), None)
    if one is None or not is_readable(standing):
        raise Http404
    reply = HttpResponse(pdf_of(one), content_type="application/pdf")
    reply["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"brief-{one.pk}.pdf"
    ) or "attachment"  # fmt: skip
    reply["X-Content-Type-Options"] = "nosniff"
    return reply


def own(who: SignedIn, number: int) -> Standing:
    """Give one's own request as one was told of it. Raises Http404 for another's, and for one that can no longer be read."""
    found = requests().filter(pk=min(number, LARGEST_NUMBER)).first()
    if found is None or not may_see_own_correction(who, found, at=now()):
        raise Http404
    [standing] = told_of([standing_of(found)])
    if not is_readable(standing):
        raise Http404
    return standing


def page(
    request: HttpRequest, standing: Standing, refused: str = "", *, field: str = "", objection: str = ""
) -> HttpResponse:  # fmt: skip
    """Show how a request stands; `refused`: why an act was, `field` the field that it is about, `objection` what was typed there."""
    described = shown(standing, day_of(now()))
    label, error = _("Waarom bent u het niet eens met ons antwoord?"), refused if field else ""
    return render(request, "people/correction.html", {
        "one": described,
        "refused": "" if field else refused,
        "errors": [{"name": field, "text": refused}] if field else [],
        "field": field_of("words", "text", label, {"words": objection}, needed=True, error=error),
        "letters": [
            {"url": reverse("account-correction-letter", args=[standing.request.pk, one.pk]), "made": written_day(day_of(one.made_at))}
            for one in letters(standing)
        ],
        "trail": [*_trail(link=True), {"label": described["reference"]}],
    }, status=HTTPStatus.UNPROCESSABLE_ENTITY if field else HTTPStatus.CONFLICT if refused else HTTPStatus.OK)  # fmt: skip


def _trail(*, link: bool = False) -> list[dict[str, str]]:
    here = {"label": _("Gegevens laten verbeteren")}
    if link:
        here["url"] = reverse("account-corrections")
    return [{"url": reverse("account"), "label": _("Mijn account")}, here]
