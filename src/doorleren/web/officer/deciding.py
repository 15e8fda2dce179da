"""A decision on admission: its form, what it will do in sentences, the confirmation, and the act itself.

What was typed survives signing in again: it is kept in the session until the decision is taken.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from doorleren.register.admission import STANDINGS, Decision, may_follow, standing
from doorleren.register.answers import ActRefused, Forbidden
from doorleren.register.commands.admit import admit
from doorleren.register.commands.deciding import Overtaken, ask_provider
from doorleren.register.commands.refuse import refuse
from doorleren.register.commands.remove_from_register import remove_from_register
from doorleren.register.commands.suspend import suspend
from doorleren.register.entries import Entry
from doorleren.register.possible_acts import possible_acts
from doorleren.register.quality import CHECKS
from doorleren.register.queries import listings
from doorleren.web.officer.act_form import LATER, NEEDS_REASON, Typed, as_typed, read
from doorleren.web.officer.official import Official, official, page
from doorleren.web.officer.subject import ADDRESSES, Subject, act_names, findings_of, subject_of
from doorleren.web.officer.told_ahead import told_ahead
from doorleren.web.people.unsent import typed_before
from doorleren.web.portal.cards import day
from doorleren.web.provider.fields import Field
from doorleren.web.provider.words import checks_named
from doorleren.web.public.questions import in_language

_ACTS = {address: act for act, address in ADDRESSES.items()}


@page
@require_http_methods(["GET", "HEAD", "POST"])
def provider(request: HttpRequest, number: int, act: str) -> HttpResponse:
    """Decide on a provider."""
    return _decide(request, "provider", number, act)


@page
@require_http_methods(["GET", "HEAD", "POST"])
def activity(request: HttpRequest, number: int, act: str) -> HttpResponse:
    """Decide on an activity."""
    return _decide(request, "activity", number, act)


def _decide(request: HttpRequest, kind: str, number: int, address: str) -> HttpResponse:
    act = _ACTS.get(address)
    if act is None:
        raise Http404
    asking = official(request, "view_admissions")
    one = subject_of(kind, number, asking)
    asking.ensure("decide_admission")
    before = typed_before(request, asking.who)
    if request.method != "POST":
        typed = Typed({"seen": str(one.last)}) if before is None else as_typed(before)
        return _form(request, one, act, asking, typed, _not_now(one, act, asking))
    return _posted(request, one, act, asking)


def _not_now(one: Subject, act: str, asking: Official) -> str:
    """Say why an act is not possible today; nothing where it is."""
    if act in possible_acts(one.decisions, asking.today, asking.at, with_cap=one.activity is not None):
        return ""
    return in_language(may_follow(Decision(act, asking.today, asking.at), one.decisions, asking.today).texts)


def _posted(request: HttpRequest, one: Subject, act: str, asking: Official) -> HttpResponse:
    """Read, ask the rules, show what it does, and do it once that is confirmed."""
    typed = as_typed(request.POST)
    read(typed, act, today=asking.today, with_cap=one.activity is not None)
    if typed.errors or "change" in request.POST:
        return _form(request, one, act, asking, typed)
    if typed.texts["seen"] != str(one.last):
        return _form(request, one, act, asking, typed, _meanwhile())
    new = Decision(act, typed.effective_on or asking.today, asking.at, typed.grants_a_year)
    answer = may_follow(new, one.decisions, asking.today)
    if not answer.holds:
        return _form(request, one, act, asking, typed, in_language(answer.texts))
    try:
        if act == "admitted":
            ask_provider(one.provider, one.activity, new.effective_on)
    except ActRefused as refused:
        return _form(request, one, act, asking, typed, in_language(refused.texts))
    if "confirmed" not in request.POST:
        return _form(request, one, act, asking, typed, preview=True)
    try:
        _commands()[act](one, typed, asking)
    except Forbidden:
        raise
    except Overtaken:
        return _form(request, subject_of(one.kind, one.number, asking), act, asking, typed, _meanwhile())
    except ActRefused as refused:
        return _form(request, one, act, asking, typed, in_language(refused.texts))
    return HttpResponseRedirect(f"{one.url}?done=1")


def _commands() -> dict[str, Callable[[Subject, Typed, Official], object]]:
    """Give per act what takes the decision."""
    return {
        "admitted": lambda one, typed, asking: admit(
            **one.about, effective_on=typed.effective_on, reason=typed.reason, grants_a_year=typed.grants_a_year,
            by=asking.actor, at=asking.at, seen=one.last,
        ),
        "refused": lambda one, typed, asking: refuse(
            **one.about, reason=typed.reason, checks=typed.checks, by=asking.actor, at=asking.at, seen=one.last
        ),
        "suspended": lambda one, typed, asking: suspend(
            **one.about, effective_on=typed.effective_on or asking.today, reason=typed.reason, checks=typed.checks,
            by=asking.actor, at=asking.at, seen=one.last,
        ),
        "removed": lambda one, typed, asking: remove_from_register(
            **one.about, effective_on=typed.effective_on, reason=typed.reason, checks=typed.checks, by=asking.actor,
            at=asking.at, seen=one.last,
        ),
    }  # fmt: skip


def _meanwhile() -> str:
    return _("Er is intussen een ander besluit genomen. Bekijk dat eerst.")


def _form(
    request: HttpRequest, one: Subject, act: str, asking: Official, typed: Typed, refused: str = "", *,
    preview: bool = False,
) -> HttpResponse:  # fmt: skip
    """Show the form with what was typed; or, as a preview, what the decision does with the button that confirms it."""
    stands = standing(one.decisions, asking.today)
    status = HTTPStatus.OK
    if typed.errors:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    elif refused and request.method == "POST":
        status = HTTPStatus.CONFLICT
    return render(request, "officer/admission_act.html", {
        "subject": one,
        "act": act,
        "trail": [
            {"url": reverse("officer-admissions"), "label": _("Toelating")},
            {"url": one.url, "label": one.title},
            {"label": act_names()[act]},
        ],
        "heading": _heading(one, act),
        "standing": in_language(STANDINGS[stands.act]),
        "since": day(stands.since) if stands.since else "",
        "fields": [_field(one_field, typed) for one_field in _fields(one, act)],
        "checks": [] if preview or act == "admitted" else _checks(one, asking, typed),
        "checks_error": typed.errors.get("checks", ""),
        "checks_needed": act == "refused",
        "errors": [{"name": name, "text": text} for name, text in typed.errors.items()],
        "refused": refused,
        "preview": preview,
        "typed": typed,
        "seen": str(one.last) if refused == _meanwhile() else typed.texts.get("seen", ""),
        "ahead": told_ahead(one, act, typed, asking.today),
        "confirm": _confirm()[act],
        "named": checks_named(typed.checks, {check.name: in_language(check.claim) for check in CHECKS}),
    }, status=status)  # fmt: skip


def _checks(one: Subject, asking: Official, typed: Typed) -> list[dict[str, Any]]:
    """Give every check that a decision can name, with what it finds here where it was asked."""
    found = {finding["name"]: finding for finding in findings_of(one, _entry(one), asking)}
    return [
        {
            "name": check.name,
            "claim": in_language(check.claim),
            "found": found.get(check.name),
            "ticked": check.name in typed.checks,
        }
        for check in CHECKS
    ]


def _fields(one: Subject, act: str) -> list[Field]:
    """Give the fields that an act takes, but for the checks."""
    fields = []
    if act in LATER:
        words = _("Vandaag of een latere dag.") if act == "suspended" else _("Niets ingevuld: vandaag.")
        needed = act == "suspended"
        fields.append(Field("effective_on", "line", _("Vanaf welke dag?"), words, needed=needed, short=True))
    if act == "admitted" and one.activity is not None:
        words = _("Hoeveel subsidies voor deze opleiding in een jaar. Niets ingevuld: geen maximum.")
        fields.append(Field("grants_a_year", "line", _("Ten hoogste per jaar"), words, short=True))
    words = _("De opleider leest dit. Noem geen gegevens van andere mensen.")
    fields.append(Field("reason", "text", _("Reden"), words, needed=act in NEEDS_REASON))
    return fields


def _field(one: Field, typed: Typed) -> dict[str, Any]:
    return {
        "name": one.name, "kind": one.kind, "label": one.label, "help": one.help, "needed": one.needed,
        "short": one.short, "value": typed.texts.get(one.name, ""), "error": typed.errors.get(one.name, ""),
    }  # fmt: skip


def _entry(one: Subject) -> Entry | None:
    return listings([one.number])[one.number].entry if one.activity else None


def _confirm() -> dict[str, str]:
    return {
        "admitted": _("Ja, laat toe"), "refused": _("Ja, weiger"), "suspended": _("Ja, schors"),
        "removed": _("Ja, verwijder"),
    }  # fmt: skip


def _heading(one: Subject, act: str) -> str:
    named = {"title": one.title}
    return {
        "admitted": _("%(title)s toelaten"), "refused": _("%(title)s weigeren"), "suspended": _("%(title)s schorsen"),
        "removed": _("%(title)s verwijderen"),
    }[act] % named  # fmt: skip
