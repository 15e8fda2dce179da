"""My organisation: how it is reached, where it teaches, and how it is recognised, with proof."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doorleren.core.days import day_of
from doorleren.people.models import Organisation
from doorleren.register.answers import ActRefused
from doorleren.register.commands.change_provider import Details, change_provider, details_of
from doorleren.register.commands.state_recognition import state_recognition
from doorleren.register.commands.withdraw_recognition import withdraw_recognition
from doorleren.register.models import ProofDocument, Provider
from doorleren.register.models.provider import LARGEST_PROOF
from doorleren.register.recognitions import FOLLOWS, STATES, Told, told_by
from doorleren.web import known
from doorleren.web.portal.cards import day, fact_words
from doorleren.web.provider import details_typed as forms
from doorleren.web.provider.activities import refusal
from doorleren.web.provider.fields import Field, shown
from doorleren.web.provider.mine import LARGEST_NUMBER, Mine, mine
from doorleren.web.provider.words import label_of
from doorleren.web.public.questions import in_language, value_label
from doorleren.web.receiving import file_given, takes_files

ROUTE = "provider.recognition"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def details(request: HttpRequest) -> HttpResponse:
    """Show what the register knows of one's organisation; with POST change it, or add or take away a location."""
    own = mine(request, "change_provider_details")
    organisation = own.named(request.POST.get("kvk", request.GET.get("kvk", "")))
    if request.method != "POST":
        return _page(request, own, organisation, forms.of_details(_told(organisation)))
    typed, gone = forms.of_post(request.POST.dict()), request.POST.get("drop_location", "")
    if gone.isdecimal() and len(gone) < 5:
        return _page(request, own, organisation, forms.without_location(typed, int(gone)))
    if "add_location" in request.POST:
        typed.locations = min(typed.locations + 1, forms.MOST_LOCATIONS)
        return _page(request, own, organisation, typed)
    told, seen = forms.read_details(typed), request.POST.get("version", "")
    if typed.errors:
        return _page(request, own, organisation, typed)
    version = int(seen) if seen.isdecimal() and len(seen) < 19 else None
    try:
        changed = change_provider(told, organisation=organisation, by=own.who, at=own.at, seen=version)
    except ActRefused as refused:
        return refusal(request, refused, _here(organisation))
    return HttpResponseRedirect(f"{_here(organisation)}&saved={'changed' if changed else 'same'}")


@takes_files(LARGEST_PROOF, partial(mine, act="change_provider_details"))
@require_POST
def state(request: HttpRequest) -> HttpResponse:
    """State a recognition with its proof; what was typed stays on the page until it can be stated."""
    own = mine(request, "change_provider_details")
    organisation = own.named(request.POST.get("kvk", ""))
    typed, file = forms.of_post(request.POST.dict()), file_given(request, "document")
    statement = forms.read_statement(typed, file, day_of(own.at))
    if typed.errors:
        return _page(request, own, organisation, forms.of_details(_told(organisation)), typed)
    try:
        state_recognition(statement, organisation=organisation, by=own.who, at=own.at)
    except ActRefused as refused:
        return refusal(request, refused, _here(organisation))
    return HttpResponseRedirect(f"{_here(organisation)}&saved=stated")


@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Withdraw a recognition that one's own organisation stated."""
    own = mine(request, "change_provider_details")
    organisation = own.named(request.POST.get("kvk", ""))
    try:
        withdraw_recognition(min(number, LARGEST_NUMBER), organisation=organisation, by=own.who, at=own.at)
    except ActRefused as refused:
        return refusal(request, refused, _here(organisation))
    return HttpResponseRedirect(f"{_here(organisation)}&saved=withdrawn")


@never_cache
@require_safe
def proof(request: HttpRequest, number: int) -> HttpResponse:
    """Hand out a document that one's own organisation gave as proof."""
    own = mine(request, "change_provider_details")
    found = ProofDocument.objects.filter(pk=min(number, LARGEST_NUMBER), provider__kvk__in=own.kvk_numbers).first()
    if found is None:
        raise Http404
    return handed_out(found)


def handed_out(document: ProofDocument) -> HttpResponse:
    """Give a document as a file to keep: no browser opens it as a page of this site."""
    reply = HttpResponse(bytes(document.content), content_type=document.media_type)
    reply["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=document.file_name) or "attachment"
    )
    reply["X-Content-Type-Options"] = "nosniff"
    return reply


def _here(organisation: Organisation) -> str:
    return f"{reverse('provider-details')}?kvk={organisation.kvk}"


def _told(organisation: Organisation) -> Details:
    provider = Provider.objects.filter(kvk=organisation.kvk).first()
    return details_of(provider) if provider else Details()


def _page(
    request: HttpRequest, own: Mine, organisation: Organisation, typed: forms.Typed, stated: forms.Typed | None = None
) -> HttpResponse:  # fmt: skip
    provider = Provider.objects.filter(kvk=organisation.kvk).first()
    statement = stated or forms.Typed({})
    version = str(provider.details_id or "") if provider else ""
    if request.method == "POST" and stated is None:
        version = request.POST.get("version", "")
    fields, routes = forms.detail_fields(), _routes()
    asked = forms.statement_fields(routes)
    wrong = [*typed.errors.items(), *statement.errors.items()]
    return render(request, "provider/details.html", {
        "organisation": organisation,
        "organisations": own.organisations,
        "name": provider.name if provider else organisation.name,
        "version": version,
        "reach": _shown(fields[:3], typed),
        "address": _shown(fields[3:], typed),
        "locations": [
            {"number": place + 1, "place": place, "fields": _shown(forms.location_fields(place), typed)}
            for place in range(typed.locations)
        ],
        "room": typed.locations < forms.MOST_LOCATIONS,
        "statement": _shown(asked, statement),
        "recognitions": [recognition_told(one, "provider-proof") for one in told_by(provider.pk)] if provider else [],
        "delivered": _delivered(provider) if provider else [],
        "errors": [{"name": name, "text": f"{_named(name)}: {text}"} for name, text in wrong],
        "saved": _saved().get(request.GET.get("saved", ""), ""),
        "trail": [{"url": reverse("provider"), "label": _("Mijn opleidingen")}, {"label": _("Mijn organisatie")}],
    }, status=422 if wrong else 200)  # fmt: skip


def _shown(fields: tuple[Field, ...], typed: forms.Typed) -> list[dict[str, Any]]:
    return [shown(one, typed.texts.get(one.name, ""), typed.errors.get(one.name, "")) for one in fields]


def _named(name: str) -> str:
    """Name a field in the list of what is wrong."""
    if name.startswith("location-"):
        place, _dot, field = name.removeprefix("location-").partition(".")
        labels = {one.name.partition(".")[2]: one.label for one in forms.location_fields(0)}
        return _("Locatie %(number)s, %(field)s") % {"number": int(place) + 1, "field": labels[field]}
    every = (*forms.detail_fields(), *forms.statement_fields(()))
    return next((one.label for one in every if one.name == name), label_of(name))


def _routes() -> tuple[tuple[str, str], ...]:
    fact = known.library().vocabulary.facts[ROUTE]
    return tuple((value, value_label(fact, value)) for value in fact.values or tuple(fact.value_labels))


def recognition_told(one: Told, proof_page: str) -> dict[str, Any]:
    """Describe a stated recognition in words; `proof_page` is the name of the address that hands out its document."""
    return {
        "key": one.key,
        "way": fact_words(ROUTE, one.route),
        "number": one.number,
        "link": one.link,
        "document": reverse(proof_page, args=[one.document]) if one.document else "",
        "file_name": one.file_name,
        "from": day(one.starts_on) if one.starts_on else "",
        "until": day(one.ends_on) if one.ends_on else "",
        "state": in_language(STATES[one.state]),
        "badge": {"confirmed": "get", "stated": "maybe"}.get(one.state, "quiet"),
        "since": one.since,
        "reason": one.reason,
        "open": "withdrawn" in FOLLOWS[one.state],
    }


def _delivered(provider: Provider) -> list[str]:
    """Name the recognitions that a source delivered, which the provider cannot change here."""
    rows = provider.recognitions.filter(stated__isnull=True).order_by("id")
    return [fact_words(ROUTE, one.route) + (f" ({one.proof})" if one.proof else "") for one in rows]


def _saved() -> dict[str, str]:
    return {
        "changed": _("Uw gegevens zijn opgeslagen."),
        "same": _("Er was niets veranderd."),
        "stated": _("Uw erkenning is opgegeven. Een ambtenaar bekijkt het bewijs."),
        "withdrawn": _("Uw erkenning is ingetrokken."),
    }
