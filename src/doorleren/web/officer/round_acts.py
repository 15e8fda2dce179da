"""Proposing, releasing and withdrawing an act on a round: the form, what it will do, and the button."""

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from doorleren.people.models import Body
from doorleren.rounds.access import PROPOSE, RELEASE, ensure_another, ensure_may
from doorleren.rounds.acting import why_not
from doorleren.rounds.answers import RoundRefused
from doorleren.rounds.commands.propose_act import propose_act, propose_announcement
from doorleren.rounds.commands.release_act import release_act
from doorleren.rounds.commands.withdraw_proposal import withdraw_proposal
from doorleren.rounds.models import Round, RoundProposal
from doorleren.web import known
from doorleren.web.officer.asked import field, given
from doorleren.web.officer.official import Official, page
from doorleren.web.officer.roles import ask_again
from doorleren.web.officer.round_form import fields, read
from doorleren.web.officer.round_words import act_names, ahead
from doorleren.web.officer.rounds import SIMPLE, own_bodies, proposals_told, round_of
from doorleren.web.public.questions import in_language
from doorleren.web.rounds.written import LARGEST_NUMBER, name_of

FIELDS = {"from_part": "part", "to_part": "to", "cents": "amount"}
"""Where a refusal of the rules belongs on the form."""


@page
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, number: int, act: str) -> HttpResponse:
    """Propose an act on a round: form, preview, and then it waits for another."""
    told = given(request.POST if request.method == "POST" else request.GET)
    asking = ask_again(request, PROPOSE, told)
    if isinstance(asking, HttpResponse):
        return asking
    if act not in SIMPLE:
        raise Http404
    row = round_of(asking, number)
    ensure_may(asking.who, PROPOSE, row.body_id, row.pk, at=asking.at)
    if request.method != "POST" or "change" in request.POST:
        return _form(request, act, row, told, {})
    details, errors = read(act, row, told, asking)
    if errors:
        return _form(request, act, row, told, errors)
    fault = why_not(act, row, details, at=asking.at)
    if fault is None and "confirmed" not in request.POST:
        return _form(request, act, row, told, {}, preview=ahead(act, row, details))
    try:
        if fault is not None:
            raise fault
        propose_act(act, round_=row.pk, details=details, reason=told["reason"], by=asking.who, at=asking.at)
    except RoundRefused as refused:
        return _form(request, act, row, told, _placed(refused, act, row))
    return HttpResponseRedirect(f"{reverse('officer-round', args=[row.pk])}?done=proposed")


@page
@require_http_methods(["GET", "HEAD", "POST"])
def announce(request: HttpRequest) -> HttpResponse:
    """Propose to announce a round that stands in the file of a scheme which the own body executes."""
    told = given(request.POST if request.method == "POST" else request.GET)
    asking = ask_again(request, PROPOSE, told)
    if isinstance(asking, HttpResponse):
        return asking
    options = _to_announce(asking)
    errors: dict[str, str] = {}
    if request.method == "POST" and "change" not in request.POST:
        chosen = options.get(told.get("round", ""))
        if chosen is None:
            errors["round"] = _("Kies een tijdvak uit de lijst.")
        if not told.get("reason"):
            errors["reason"] = _("Vul een reden in.")
        if chosen is not None and not errors:
            scheme, code, body, _name = chosen
            if "confirmed" not in request.POST:
                sentences = ahead("announce", None, {"scheme": scheme, "code": code})
                return _announcement(request, options, told, {}, preview=sentences)
            try:
                propose_announcement(scheme, code, body, reason=told["reason"], by=asking.who, at=asking.at)
            except RoundRefused as refused:
                return _announcement(request, options, told, {refused.field or "round": in_language(refused.texts)})
            return HttpResponseRedirect(f"{reverse('officer-rounds')}?done=proposed")
    return _announcement(request, options, told, errors)


@page
@require_http_methods(["GET", "HEAD", "POST"])
def release(request: HttpRequest, number: int) -> HttpResponse:
    """Release what a colleague proposed; with POST it takes effect."""
    asking = ask_again(request, RELEASE, {})
    if isinstance(asking, HttpResponse):
        return asking
    row = _proposal(asking, number)
    ensure_may(asking.who, RELEASE, row.body_id, row.round_id, at=asking.at)
    ensure_another(asking.who, row)
    refused = ""
    if request.method == "POST":
        try:
            done = release_act(row.pk, library=known.library(), by=asking.who, at=asking.at)
        except RoundRefused as fault:
            refused = in_language(fault.texts)
        else:
            return HttpResponseRedirect(f"{reverse('officer-round', args=[done.round_id])}?done=released")
    return _decide(request, asking, row, "release", refused)


@page
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Withdraw a proposal that waits."""
    asking = ask_again(request, PROPOSE, {})
    if isinstance(asking, HttpResponse):
        return asking
    row = _proposal(asking, number)
    ensure_may(asking.who, PROPOSE, row.body_id, row.round_id, at=asking.at)
    refused = ""
    if request.method == "POST":
        try:
            withdraw_proposal(row.pk, by=asking.who, at=asking.at)
        except RoundRefused as fault:
            refused = in_language(fault.texts)
        else:
            return HttpResponseRedirect(f"{_back(row)}?done=withdrawn")
    return _decide(request, asking, row, "withdraw", refused)


def _proposal(asking: Official, number: int) -> RoundProposal:
    found = RoundProposal.objects.select_related("proposed_by", "released_by", "round__version")
    row = found.filter(pk=min(number, LARGEST_NUMBER), body_id__in=own_bodies(asking)).first()
    if row is None:
        raise Http404
    return row


def _back(row: RoundProposal) -> str:
    return reverse("officer-rounds") if row.round_id is None else reverse("officer-round", args=[row.round_id])


def _decide(request: HttpRequest, asking: Official, row: RoundProposal, what: str, refused: str) -> HttpResponse:
    heading = _("Dit voorstel vrijgeven?") if what == "release" else _("Dit voorstel intrekken?")
    return render(request, "officer/round_decide.html", {
        "heading": heading,
        "what": what,
        "proposals": proposals_told(asking, [row]),
        "waits": row.waits,
        "refused": refused,
        "back": _back(row),
        "trail": [{"url": _back(row), "label": name_of(row.round) if row.round else _("Aanvraagtijdvakken")}, {"label": heading}],
    }, status=HTTPStatus.CONFLICT if refused else HTTPStatus.OK)  # fmt: skip


def _placed(refused: RoundRefused, act: str, row: Round) -> dict[str, str]:
    """Give a refusal of the rules under a field that the form has."""
    named = FIELDS.get(refused.field, refused.field)
    names = [one["name"] for one in fields(act, row, {}, {})]
    return {named if named in names else names[-1]: in_language(refused.texts)}


def _form(
    request: HttpRequest, act: str, row: Round, told: dict[str, str], errors: dict[str, str], *,
    preview: list[str] | None = None,
) -> HttpResponse:  # fmt: skip
    heading = _("%(act)s: een voorstel") % {"act": act_names()[act]}
    back = reverse("officer-round", args=[row.pk])
    return _rendered(request, heading, name_of(row), back, fields(act, row, told, errors), told, errors, preview)


def _announcement(
    request: HttpRequest, options: dict[str, Any], told: dict[str, str], errors: dict[str, str], *,
    preview: list[str] | None = None,
) -> HttpResponse:  # fmt: skip
    choices = [(value, name) for value, (*_rest, name) in options.items()]
    asked = [
        field("round", "choice", _("Welk tijdvak?"), told, options=choices, needed=True),
        field("reason", "text", _("Waarom?"), told, help=_("Uw collega leest dit."), needed=True),
    ]
    shown = [one | {"error": errors.get(one["name"], "")} for one in asked]
    heading, back = _("Een tijdvak bekendmaken: een voorstel"), reverse("officer-rounds")
    return _rendered(request, heading, "", back, shown, told, errors, preview)


def _rendered(
    request: HttpRequest, heading: str, about: str, back: str, shown: list[dict[str, Any]], told: dict[str, str],
    errors: dict[str, str], preview: list[str] | None,
) -> HttpResponse:  # fmt: skip
    kept = {one["name"]: told.get(one["name"], "") for one in shown}
    return render(request, "officer/round_propose.html", {
        "heading": heading,
        "about": about,
        "fields": shown,
        "errors": [{"name": name, "text": text} for name, text in errors.items()],
        "preview": preview,
        "kept": kept,
        "back": back,
        "trail": [
            {"url": reverse("officer-rounds"), "label": _("Aanvraagtijdvakken")},
            *([{"url": back, "label": about}] if about else []),
            {"label": heading},
        ],
    }, status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK)  # fmt: skip


def _to_announce(asking: Official) -> dict[str, tuple[str, str, Body, str]]:
    """Give the rounds in the files of schemes that an own body executes and that were not announced, by their address."""
    mine = {body.name.casefold(): body for body in Body.objects.filter(pk__in=own_bodies(asking))}
    announced = set(Round.objects.filter(body__in=mine.values()).values_list("version__scheme", "code"))
    found = {}
    for scheme in known.library().schemes.values():
        for version in scheme.versions:
            body = mine.get((version.body.get("executes") or version.body.get("decides") or version.id).casefold())
            for opened in version.rounds if body else ():
                if (scheme.id, opened.id) not in announced:
                    name = f"{version.called('nl')}: {opened.id}"
                    found[f"{scheme.id}/{opened.id}"] = (scheme.id, opened.id, body, name)
    return found  # type: ignore[return-value]
