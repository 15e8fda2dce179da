"""Applications that officials enter for people who file on paper, by telephone or at a desk (C16): the list, a new one, the letter.

After the first page the draft is worked on in the pages of applicants; access and origin follow from who entered it.
"""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from doorleren.applications.access import ROLE_TO_FILE
from doorleren.applications.commands.enter_for import Entry, EntryRefused, enter_for, faults_of
from doorleren.applications.entered_for import ENTER, bodies_to_enter_at, entered_at
from doorleren.applications.late_paper import rounds_for_late_paper, takes_late_paper
from doorleren.applications.models import Channel, EnteredFor
from doorleren.applications.queries import receipt_of, rounds_to_file_in, state_now, tracks_of
from doorleren.applications.refusing import ApplicationRefused
from doorleren.applications.rules import State, state_of
from doorleren.core.money import euros
from doorleren.register.intake.faults import Misread
from doorleren.rounds.models import Round
from doorleren.rounds.queries import announced_for
from doorleren.rounds.times import closings_of
from doorleren.schemes.queries import version_of
from doorleren.web.applicant.own import application_of, refusal, to
from doorleren.web.applicant.words import (
    moment,
    number_means,
    round_shown,
    scheme_called,
    state_shown,
    states,
    track_shown,
)
from doorleren.web.officer.asked import field, table, typed_day, written_day
from doorleren.web.officer.official import Official, official, page
from doorleren.web.public.questions import in_language
from doorleren.web.surroundings import now
from doorleren.web.viewing import viewed

SHOWN = 200
FIELDS = ("way", "channel", "received_on", "national_number", "kvk", "name", "address", "signed_on", "kept_as")


def channels() -> dict[str, str]:
    """Give the words for how an application came in."""
    return {
        Channel.PAPER: _("op papier"), Channel.TELEPHONE: _("per telefoon"), Channel.DESK: _("aan de balie"),
    }  # fmt: skip


@page
@require_safe
def entered(request: HttpRequest) -> HttpResponse:
    """List what was entered at the own body, with how each stands."""
    asking = official(request, ENTER)
    found = list(entered_at(bodies_to_enter_at(asking.who, at=asking.at))[:SHOWN])
    if found:
        viewed(request, "application", *(one.pk for one in found))
    columns = [_("Aanvraag"), _("Voor"), _("Tijdvak"), _("Binnengekomen"), _("Stand"), _("Brief")]
    return render(request, "officer/entered.html", {
        "table": table("entered", _("Ingevoerde aanvragen"), columns, [_row(one) for one in found]),
        "any": bool(found),
        "trail": [{"label": _("Aanvragen invoeren")}],
    })  # fmt: skip


@page
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Show the form with what stands on the paper; with POST start the draft and go on with its questions."""
    asking = official(request, ENTER)
    if request.method != "POST":
        return _form(request, {"channel": "", "way": request.GET.get("way", "")}, {})
    told = {name: request.POST.get(name, "").replace("\x00", "").strip() for name in FIELDS}
    errors: dict[str, str] = {}
    days = {name: _day(name, told[name], asking, errors) for name in ("received_on", "signed_on")}
    round_, track = _way(told["way"])
    entry = Entry(
        told["channel"], days["received_on"], told["name"], told["address"], days["signed_on"], told["kept_as"],
        told["national_number"], told["kvk"],
    )  # fmt: skip
    if round_ is None:
        faults = {name: in_language(text) for name, text in faults_of(entry, None, asking.today).items()}
        return _form(request, told, {"way": _("Kies een regeling en tijdvak uit de lijst.")} | faults | errors)
    try:
        made = enter_for(round_, track, entry, by=asking.who, at=asking.at)
    except EntryRefused as refused:
        return _form(request, told, {name: in_language(text) for name, text in refused.faults.items()} | errors)
    except ApplicationRefused as refused:
        return refusal(request, refused, reverse("officer-entered"))
    return to("applications-one", made)


@never_cache
@require_safe
def letter(request: HttpRequest, number: int) -> HttpResponse:
    """Give the letter with the receipt, to print: for the official who entered it, and for its applicant."""
    application, _own = application_of(request, number)
    about = EnteredFor.objects.select_related("body").filter(application=application).first()
    if about is None:
        raise Http404
    told = receipt_of(application, bytes(settings.DOORLEREN_RECEIPT_KEY))
    if told is None:
        return to("applications-one", application)
    return render(request, "officer/entered_letter.html", {
        "about": about,
        "channel": channels()[about.channel],
        "received": written_day(about.received_on),
        "signed": written_day(about.signed_on),
        "application": application,
        "round": round_shown(application.round),
        "state": states()[state_now(application)],
        "number": told.ticket.number,
        "at": moment(told.ticket.arrived_at),
        "amount": euros(told.ticket.cents) if told.ticket.cents else "",
        "number_means": number_means(told.ticket),
        "receipt": told.receipt.decode(),
        "trail": [{"url": reverse("applications-receipt", args=[application.pk]), "label": _("Ontvangstbewijs")}, {"label": _("Brief")}],
    })  # fmt: skip


def _row(one: EnteredFor) -> list[str | dict[str, Any]]:
    application = one.application
    submitted = bool(getattr(one, "submitted", False))
    state: State = state_of(frozen_at=application.frozen_at, withdrawn_at=application.withdrawn_at, ticket=submitted)
    url = reverse("applications-one", args=[one.pk])
    paper = {"text": _("Brief"), "url": reverse("officer-entered-letter", args=[one.pk])}
    came = _("%(day)s, %(channel)s") % {"day": written_day(one.received_on), "channel": channels()[one.channel]}
    return [
        {"text": str(one.pk), "url": url}, one.name, scheme_called(application.round), came,
        state_shown(state)["words"], paper if submitted else "-",
    ]  # fmt: skip


def _day(name: str, text: str, asking: Official, errors: dict[str, str]) -> Any:
    """Read a day; what is none is said at its field, and nothing is left to the command."""
    try:
        return typed_day(text, asking.today)
    except Misread as fault:
        allowed = in_language(fault.allowed)
        errors[name] = _("Gegeven is “%(given)s”. Toegestaan is: %(allowed)s.") % {
            "given": text, "allowed": allowed,
        }  # fmt: skip
        return None


def _ways() -> list[tuple[str, str]]:
    """Give the rounds and tracks in which something can be entered now."""
    found = []
    late = [one for one in rounds_for_late_paper(now()) if takes_late_paper(one, at=now())]
    rows = (*rounds_to_file_in(now()), *late)
    closings = closings_of(rows)
    for row in rows:
        version = version_of(row.version_id)
        for track in tracks_of(row):
            if track.applicant == "person" or track.applicant in ROLE_TO_FILE:
                shown, named = round_shown(row, closings), track_shown(track, version)
                words = _("%(scheme)s, open vanaf %(opens)s") % {"scheme": shown["scheme"], "opens": shown["opens"]}
                if row in late:
                    words = _("%(way)s (gesloten: alleen papier dat voor het sluiten binnenkwam)") % {"way": words}
                elif paper := announced_for(row).paper_days:
                    words = _("%(way)s (papier: dien in binnen %(days)s dagen na ontvangst)") % {
                        "way": words,
                        "days": paper,
                    }
                found.append((f"{row.pk}:{track.id}", f"{words}: {named}" if named else words))
    return found


def _way(told: str) -> tuple[Round | None, str]:
    """Read which round and track; no round for what is not on the list."""
    if told not in dict(_ways()):
        return None, ""
    number_of, _colon, track = told.partition(":")
    return Round.objects.select_related("version").get(pk=int(number_of)), track


def _form(request: HttpRequest, told: dict[str, str], errors: dict[str, str]) -> HttpResponse:
    """Show the form, with what was typed and what is wrong with it."""
    ways = _ways()
    fields = [
        field("way", "choice", _("Welke regeling, welk tijdvak?"), told, options=ways, needed=True),
        field("channel", "choice", _("Hoe kwam de aanvraag binnen?"), told, options=list(channels().items()), needed=True),
        field(
            "received_on", "line", _("Op welke dag kwam de aanvraag binnen?"), told, short=True, needed=True,
            help=_(
                "De dag van de post, het gesprek of het bezoek. Was het papier eerst niet compleet? Dan de dag van het laatste stuk. Bijvoorbeeld 31-1-2026."
            ),
        ),
        field(
            "national_number", "line", _("Burgerservicenummer, als een persoon aanvraagt"), told, short=True,
            help=_("Wij bewaren het nummer versleuteld en laten het niet meer zien."),
        ),
        field("kvk", "line", _("KvK-nummer, als een organisatie aanvraagt"), told, short=True, help=_("Acht cijfers.")),
        field("name", "line", _("Naam van de aanvrager"), told, needed=True, help=_("Zo komt de naam op de brief.")),
        field("address", "text", _("Adres voor de brief"), told, needed=True),
        field(
            "signed_on", "line", _("Op welke dag is de verklaring getekend?"), told, short=True, needed=True,
            help=_("De aanvrager heeft getekend dat u de aanvraag voor hem of haar indient."),
        ),
        field(
            "kept_as", "line", _("Waar ligt de getekende verklaring?"), told, needed=True,
            help=_("Bijvoorbeeld het nummer van het dossier."),
        ),
    ]  # fmt: skip
    return render(request, "officer/entered_new.html", {
        "fields": [one | {"error": errors.get(one["name"], "")} for one in fields],
        "errors": [{"name": name, "text": text} for name, text in errors.items()],
        "any": bool(ways),
        "trail": [{"url": reverse("officer-entered"), "label": _("Aanvragen invoeren")}, {"label": _("Nieuwe aanvraag")}],
    }, status=422 if errors else 200)  # fmt: skip
