"""Registering people: a file or pasted text, what it would come to, handing it in, and the answer to every row.

What was typed comes back in the page of the preview only, and is kept nowhere until it is handed in.
"""

import json
from typing import Any
from urllib.parse import urlencode

from django.db.transaction import non_atomic_requests
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doorleren.applications.bundles.checking import columns_of
from doorleren.applications.bundles.completing import lacking_in
from doorleren.applications.bundles.faults import allowed_in
from doorleren.applications.bundles.queries import (
    State,
    answers_of,
    bundles_of,
    number_of,
    registered_on,
    rounds_to_register_in,
    rows_of,
    states_of,
)
from doorleren.applications.bundles.refusing import BundleRefused
from doorleren.applications.bundles.rows import LARGEST_BYTES, BundleUnreadable, Row, rows_of_csv, rows_of_json
from doorleren.applications.bundles.storing import Setting
from doorleren.applications.commands.submit_bundle import any_right, preview_bundle, setting_of, submit_bundle
from doorleren.applications.models import Bundle, BundleRow, Outcome, Word
from doorleren.core.refusals import ActRefused
from doorleren.core.texts import in_language as text_in
from doorleren.people.models import Organisation
from doorleren.rounds.models import Round
from doorleren.rounds.times import closings_of
from doorleren.web import known
from doorleren.web.adviser.alike import alike
from doorleren.web.adviser.own import Adviser, adviser, round_named, sealing
from doorleren.web.applicant.words import moment, round_shown
from doorleren.web.given_rows import rows_given
from doorleren.web.public.questions import in_language, label, language
from doorleren.web.receiving import takes_files

LISTED, ON_A_PAGE, MOST_FAULTS = 50, 100, 200
TONES = {"accepted": "get", "already": "quiet", "refused": "maybe"}


@never_cache
@require_safe
def bundles(request: HttpRequest) -> HttpResponse:
    """Show the form, and the bundles of who asks."""
    return _form(request, adviser(request))


@takes_files(LARGEST_BYTES, adviser)
@never_cache
@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """Show what a bundle would come to. Nothing is kept."""
    own = adviser(request)
    round_, firm = round_named(request.POST.get("round", "")), own.firm(request.POST.get("kvk", ""))
    try:
        text = rows_given(request)
        rows = rows_of_csv(text, known.library().vocabulary)
        setting = _setting(round_, own, firm)
    except ActRefused as refused:
        return _form(request, own, in_language(refused.texts))
    return _previewed(request, setting, firm, rows, text)


def _previewed(
    request: HttpRequest, setting: Setting, firm: Organisation, rows: list[Row], text: str, status: int = 200
) -> HttpResponse:  # fmt: skip
    found = preview_bundle(rows, setting)
    wrong = alike(found.wrong)
    return render(request, "adviser/preview.html", {
        "round": round_shown(setting.round),
        "firm": firm,
        "rows": len(rows),
        "right": found.right,
        "already": found.already,
        "wrong": wrong[:MOST_FAULTS],
        "causes": len(wrong),
        "count": len(found.wrong),
        "text": text,
        "trail": _trail(_("Kijk uw bundel na")),
    }, status=status)  # fmt: skip


@non_atomic_requests  # each thousand rows is a transaction of its own
@never_cache
@require_POST
def submit(request: HttpRequest) -> HttpResponse:
    """Hand a bundle in. As JSON ({"rows": [...], "round": number, "kvk": text}) the answers come back as JSON.

    From the page it is not taken while every row would be refused: the page says why, and nothing is kept. A program
    gets its answer to each row all the same.
    """
    own = adviser(request)
    if request.content_type == "application/json":
        return _submit_json(request, own)
    round_, firm = round_named(request.POST.get("round", "")), own.firm(request.POST.get("kvk", ""))
    try:
        text = request.POST.get("rows", "")
        rows = rows_of_csv(text, known.library().vocabulary)
        setting = _setting(round_, own, firm)
        if own.qualified and not any_right(rows, setting):
            return _previewed(request, setting, firm, rows, text, 422)
        made = _submitted(own, round_, firm, rows)
    except (BundleRefused, BundleUnreadable) as refused:
        return _form(request, own, in_language(refused.texts), 409)
    return HttpResponseRedirect(reverse("applications-bundle", args=[made.pk]))


def _submit_json(request: HttpRequest, own: Adviser) -> HttpResponse:
    try:
        given = json.loads(request.body)
    except ValueError:
        given = None
    if not isinstance(given, dict) or set(given) - {"rows", "round", "kvk"}:
        return _problem(400, _("Gegeven is iets anders dan een object met rows, round en kvk."))
    try:
        round_, firm = round_named(str(given.get("round") or "")), own.firm(str(given.get("kvk") or ""))
        made = _submitted(own, round_, firm, _rows(given.get("rows")))
    except BundleUnreadable as refused:
        return _problem(422, in_language(refused.texts))
    except BundleRefused as refused:
        return _problem(409, in_language(refused.texts))
    return JsonResponse(answers_of(made), json_dumps_params={"ensure_ascii": False})


def _problem(status: int, detail: str) -> HttpResponse:
    told = {"type": "about:blank", "status": status, "detail": detail}
    return JsonResponse(
        told, status=status, content_type="application/problem+json", json_dumps_params={"ensure_ascii": False}
    )  # fmt: skip


def _rows(given: object) -> list[Row]:
    """Read rows as CSV text or as a list of objects. Raises BundleUnreadable."""
    vocabulary = known.library().vocabulary
    return rows_of_csv(given, vocabulary) if isinstance(given, str) else rows_of_json(given, vocabulary)


def _submitted(own: Adviser, round_: Round, firm: Organisation, rows: list[Row]) -> Bundle:
    """Hand in rows. Raises BundleRefused."""
    return submit_bundle(
        round_, rows, organisation=firm.pk, sealing=sealing(), today=known.today(), library=known.library(), by=own.who,
        at=own.at,
    )  # fmt: skip


@never_cache
@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    """Show the answer to every row of a bundle, and how each registration stands now."""
    own = adviser(request)
    bundle = own.bundle(number)
    outcome = request.GET.get("outcome", "")
    wanted = outcome if outcome in Outcome.values else ""
    page = request.GET.get("page", "1")
    place = max(1, min(int(page), 10_000)) if page.isascii() and page.isdecimal() else 1
    found = rows_of(bundle, wanted)
    rows = list(found[(place - 1) * ON_A_PAGE : place * ON_A_PAGE + 1])
    more, rows = len(rows) > ON_A_PAGE, rows[:ON_A_PAGE]
    states = states_of(rows)
    lacking = lacking_in(bundle, rows, states)
    return render(request, "adviser/bundle.html", {
        "bundle": _shown(bundle),
        "round": round_shown(bundle.round),
        "filters": _filters(bundle, wanted),
        "rows": [_row(row, states, lacking) for row in rows],
        "previous": _page(bundle, wanted, place - 1) if place > 1 else "",
        "next": _page(bundle, wanted, place + 1) if more else "",
        "trail": _trail(_("Bundel %(number)s") % {"number": bundle.pk}),
    })  # fmt: skip


@never_cache
@require_safe
def answers(request: HttpRequest, number: int) -> HttpResponse:
    """Give all answers of a bundle as JSON, the same each time, for the adviser's own system."""
    bundle = adviser(request).bundle(number)
    return JsonResponse(answers_of(bundle), json_dumps_params={"ensure_ascii": False})


@never_cache
@require_http_methods(["GET", "HEAD"])
def example(request: HttpRequest) -> HttpResponse:
    """Give a first row to fill in: the columns that the round asks."""
    own = adviser(request)
    facts = _facts(round_named(request.GET.get("round", "")), own)
    head = ";".join([_("kenmerk"), "bsn", _("naam"), _("geboortedatum"), *(fact["column"] for fact in facts)])
    reply = HttpResponse(f"\ufeff{head}\r\n", content_type="text/csv; charset=utf-8")
    reply["Content-Disposition"] = 'attachment; filename="registraties.csv"'
    return reply


def _form(request: HttpRequest, own: Adviser, error: str = "", status: int = 422) -> HttpResponse:
    rounds = rounds_to_register_in()
    closings = closings_of(rounds)
    chosen = request.POST.get("round", request.GET.get("round", ""))
    round_ = next((each for each in rounds if str(each.pk) == chosen), rounds[0] if rounds else None)
    return render(request, "adviser/bundles.html", {
        "rounds": [round_shown(each, closings) | {"chosen": each == round_} for each in rounds],
        "firms": own.firms,
        "qualified": own.qualified,
        "facts": _facts(round_, own) if round_ else [],
        "today": registered_on(own.who.person, round_, own.day) if round_ else 0,
        "limits": _limits(round_, own) if round_ else [],
        "error": error,
        "typed": request.POST.get("rows", ""),
        "bundles": [_shown(each) for each in bundles_of(own.who.person)[:LISTED] if each.organisation in own.firms],
        "trail": [{"url": reverse("applications"), "label": _("Mijn aanvragen")}, {"label": _("Mensen registreren")}],
    }, status=status if error else 200)  # fmt: skip


def _setting(round_: Round, own: Adviser, firm: Organisation) -> Setting:
    return setting_of(
        round_, organisation=firm.pk, sealing=sealing(), today=known.today(), library=known.library(), by=own.who,
        at=own.at,
    )  # fmt: skip


def _settled(round_: Round, own: Adviser) -> Any:
    return _setting(round_, own, own.firms[0]).settled


def _facts(round_: Round, own: Adviser) -> list[dict[str, str]]:
    """Say which columns the round asks besides who somebody is: the words of the question, which also name the column.

    And what may stand in each: of a choice its values, in words and as codes.
    """
    facts = columns_of(_settled(round_, own), known.library().vocabulary)
    return [
        {
            "name": fact.name, "label": label(fact), "column": label(fact) if fact.table == "person" else fact.name,
            "allowed": text_in(allowed_in(fact), language()),
        }
        for fact in facts
    ]  # fmt: skip


def _limits(round_: Round, own: Adviser) -> list[dict[str, str]]:
    """Give the conditions of the scheme that are about the adviser, with their sources."""
    return [
        {"text": each.condition.says(language()), "source": str(each.condition.citation)}
        for each in _settled(round_, own).conditions
        if each.condition.of == "adviser"
    ]


def _fault(told: dict[str, str]) -> dict[str, str]:
    return {"text": text_in(told, language()), "source": told["source"]}


def _shown(bundle: Bundle) -> dict[str, Any]:
    counts = {each.value: getattr(bundle, each.value) for each in Outcome}
    answered = getattr(bundle, "answered", 0)
    return {
        "url": reverse("applications-bundle", args=[bundle.pk]), "number": bundle.pk, "rows": bundle.rows,
        "at": moment(bundle.at), "round": round_shown(bundle.round), "firm": bundle.organisation.name,
        "unanswered": bundle.rows - answered, **counts,
    }  # fmt: skip


def _row(row: BundleRow, states: dict[int, State], lacking: dict[int, list[str]]) -> dict[str, Any]:
    registration = row.registration
    state = states.get(registration.pk) if registration else None
    return {
        "line": row.line, "reference": row.reference, "outcome": row.outcome, "tone": TONES[row.outcome],
        "words": outcomes()[row.outcome], "number": number_of(getattr(row, "ticket", None)),
        "application": reverse("applications-one", args=[registration.application_id]) if registration else "",
        "said": said()[state.said] if state else "", "place": _place(state) if state else "",
        "faults": [_fault(told) for told in row.faults],
        "completed": moment(state.completed_at) if state and state.completed_at else "",
        "complete": reverse("applications-completing", args=[registration.pk])
        if registration and state and (state.to_complete or state.completed_at) else "",
        "lacking": len(lacking.get(registration.pk, ())) if registration else 0,
    }  # fmt: skip


def outcomes() -> dict[str, str]:
    """Give the words for what came of a row."""
    return {
        "accepted": _("geregistreerd"), "already": _("was al geregistreerd"), "refused": _("geweigerd"),
    }  # fmt: skip


def said() -> dict[str, str]:
    """Give the words for what the participant says."""
    return {
        "": _("wacht op bevestiging door de deelnemer"), Word.CONFIRMED.value: _("bevestigd door de deelnemer"),
        Word.NOT_ME.value: _("afgewezen: dit is iemand anders"), Word.NOT_WANTED.value: _("afgewezen: de deelnemer wil dit niet"),
    }  # fmt: skip


def _place(state: State) -> str:
    """Say what place the ticket of a registration has; of one that was refused only that it was decided on."""
    return _("er is over besloten") if state.refused else places()[state.place]


def places() -> dict[str, str]:
    """Give the words for the place that a ticket got."""
    return {
        "": _("wacht op een plaats"), "waiting": _("op de wachtlijst"), "inside": _("er is geld gereserveerd"),
        "outside": _("buiten het plafond"),
    }  # fmt: skip


def _filters(bundle: Bundle, wanted: str) -> list[dict[str, Any]]:
    every = {"url": _page(bundle, "", 1), "words": _("alle rijen"), "count": getattr(bundle, "answered", 0)}
    return [every | {"current": not wanted}] + [
        {
            "url": _page(bundle, each.value, 1), "words": outcomes()[each.value], "count": getattr(bundle, each.value),
            "current": wanted == each.value,
        }
        for each in Outcome
    ]  # fmt: skip


def _page(bundle: Bundle, outcome: str, place: int) -> str:
    asked = {name: value for name, value in (("outcome", outcome), ("page", str(place) if place > 1 else "")) if value}
    return reverse("applications-bundle", args=[bundle.pk]) + (f"?{urlencode(asked)}" if asked else "")


def _trail(last: str) -> list[dict[str, str]]:
    return [
        {"url": reverse("applications"), "label": _("Mijn aanvragen")},
        {"url": reverse("applications-bundles"), "label": _("Mensen registreren")},
        {"label": last},
    ]
