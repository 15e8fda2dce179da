"""Dividing the cost: which member bears which part, and who finances it. Only what adds up to the cent is kept."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from doorleren.applications.access import may_edit
from doorleren.applications.answers import cost_of, counted_answers, form_for, profile_of, track_of
from doorleren.applications.models import Application, Divided, Financier, Unit
from doorleren.applications.partnerships.commands.add_member import name_known, read_kvk
from doorleren.applications.partnerships.commands.divide_cost import finance_cost, own_kvk, share_cost
from doorleren.applications.partnerships.dividing import Part, split
from doorleren.applications.partnerships.financiers import fault_of, payers
from doorleren.applications.partnerships.standing import Planned, planned, standings
from doorleren.applications.partnerships.totals import fits_shares, together
from doorleren.applications.queries import state_now
from doorleren.applications.refusing import ApplicationRefused
from doorleren.core.money import NotExact, euros, scaled
from doorleren.web import known
from doorleren.web.applicant.draft import frame
from doorleren.web.applicant.own import Asking, application_of, refusal, to
from doorleren.web.applicant.together import called, field
from doorleren.web.applicant.who_pays import financiers, who_pays
from doorleren.web.applicant.words import moment, state_shown
from doorleren.web.public.answers import plain_number
from doorleren.web.public.questions import in_language, language

EMPTY_ROWS, MOST_ROWS = 3, 60
COLUMNS = ("kind", "name", "kvk", "amount")
SHARE = "share-"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def costs(request: HttpRequest, number: int) -> HttpResponse:
    """Show how the cost is shared and financed; with POST keep one of the two ("of")."""
    application, own = application_of(request, number, change=request.method == "POST")
    if request.method != "POST":
        return _page(request, application, own, {}, {})
    of = request.POST.get("of", "")
    if of not in Divided.values:
        raise Http404
    typed = {name: value.strip()[:200] for name, value in request.POST.items() if isinstance(value, str)}
    errors: dict[str, str] = {}
    library = known.library()
    try:
        if of == Divided.SHARES:
            unit = Unit.HUNDREDTHS if typed.get("unit") == Unit.HUNDREDTHS else Unit.CENTS
            parts = _shares(typed, errors)
            if not errors:
                share_cost(application.pk, parts, unit, library=library, by=own.who, at=own.at)
        else:
            lines = _lines(typed, errors, own_kvk(application))
            if not errors:
                finance_cost(application.pk, lines, library=library, by=own.who, at=own.at)
    except ApplicationRefused as refused:
        if not refused.facts:
            return refusal(request, refused, reverse("applications-costs", args=[application.pk]))
        errors["parts" if of == Divided.FINANCING else "shares"] = in_language(refused.texts)
    if errors:
        return _page(request, application, own, typed, errors)
    return to("applications-costs", application, "?saved=1")


def _amount(text: str) -> int:
    """Read an amount or percentage with at most two decimals. Raises NotExact, also for less than nothing."""
    found = scaled(plain_number(text), 2)
    if found < 0:
        raise NotExact("nothing below zero")
    return found


def _shares(typed: Mapping[str, str], errors: dict[str, str]) -> dict[int, int]:
    found = {}
    for name, text in typed.items():
        number = name.removeprefix(SHARE)
        if name.startswith(SHARE) and number.isascii() and number.isdecimal():
            found[int(number)] = _read(name, text or "0", errors)
    return found


def _lines(typed: Mapping[str, str], errors: dict[str, str], own: str) -> list[Part]:
    found = []
    for place in range(MOST_ROWS):
        kind, name, kvk, amount = (typed.get(f"{column}-{place}", "") for column in COLUMNS)
        if not (kind or name or kvk or amount):
            continue
        if kind not in Financier.values:
            errors[f"kind-{place}"] = _("Kies wie dit deel betaalt.")
        if not amount:
            errors[f"amount-{place}"] = _("Vul het bedrag in.")
        else:
            part = Part(_read(f"amount-{place}", amount, errors), financier=kind, name=" ".join(name.split()))
            found.append(_named(part, kvk, place, own, errors))
    return found


def _named(part: Part, kvk: str, place: int, own: str, errors: dict[str, str]) -> Part:
    """Give a part with the organisation that pays it, read from what was typed; what is wrong goes with its own field."""
    try:
        number = read_kvk(kvk) if kvk else ""
    except ApplicationRefused as refused:
        errors[f"kvk-{place}"] = _("%(why)s U gaf: %(given)s.") % {"why": in_language(refused.texts), "given": kvk}
        return part
    told = replace(part, kvk=number, name=name_known(number) or part.name if number else part.name)
    if part.financier in Financier.values and (fault := fault_of(told, own)) is not None:
        errors[f"{fault[0]}-{place}"] = in_language(fault[1])
    return told


def _read(name: str, text: str, errors: dict[str, str]) -> int:
    try:
        return _amount(text)
    except NotExact:
        errors[name] = _(
            "Vul een getal in van nul of meer, met hooguit twee cijfers achter de komma. U gaf: %(given)s."
        ) % {"given": text}
        return 0


def _page(
    request: HttpRequest, application: Application, own: Asking, typed: Mapping[str, str], errors: Mapping[str, str]
) -> HttpResponse:  # fmt: skip
    library, state = known.library(), state_now(application)
    answers = counted_answers(application.pk, library)
    form, cost = form_for(application, profile_of(answers), known.today(), library), cost_of(application.pk, library)
    joint = together(track_of(application))
    shares, financing = planned(application.pk, Divided.SHARES), planned(application.pk, Divided.FINANCING)
    return render(request, "applicant/costs.html", {
        **frame(application, form, answers), "state": state_shown(state), "joint": joint, "cost": _euros(cost),
        "may": state in ("draft", "ready") and bool(may_edit(own.who, application, at=own.at)),
        "shares": _shared(application, cost, shares, typed, errors) if joint else None,
        "financing": _financed(application.pk, cost, financing, typed, errors),
        "by_shares": _by(shares, own), "by_financing": _by(financing, own), "saved": "saved" in request.GET and not errors,
        "errors": [{"name": name, "text": text} for name, text in errors.items()],
    }, status=422 if errors else 200)  # fmt: skip


def _euros(cents: int | None) -> str:
    return "" if cents is None else euros(cents)


def _number(amount: int) -> str:
    text = euros(amount)
    return text.replace(".", ",") if language() == "nl" else text


def _by(one: Planned | None, own: Asking) -> str:
    if one is None:
        return ""
    return _("Bewaard door %(who)s op %(when)s.") % {"who": called(one.by, own.who.person), "when": moment(one.at)}


def _shared(
    application: Application, cost: int | None, one: Planned | None, typed: Mapping[str, str], errors: Mapping[str, str]
) -> dict[str, Any]:  # fmt: skip
    """Describe the shares: a field per member, and in euros what the kept shares come to, to the cent."""
    present = [each.member for each in standings(application.pk) if each.present]
    kept = {part.member: part.part for part in one.told.parts} if one else {}
    fits = one is not None and fits_shares(one.told, [each.number for each in present], cost)
    euro = dict(zip(kept, split(cost, list(kept.values())), strict=True)) if fits and cost else {}
    fields = []
    for each in present:
        name = f"{SHARE}{each.number}"
        value = typed.get(name, _number(kept[each.number]) if each.number in kept else "")
        fields.append(
            field(name, each.name, value, error=errors.get(name, "")) | {"euros": _euros(euro.get(each.number))}
        )
    unit = typed.get("unit") or (one.told.unit if one else Unit.HUNDREDTHS.value)
    units = ((Unit.HUNDREDTHS.value, _("in procenten")), (Unit.CENTS.value, _("in euro's")))
    return {
        "fields": fields, "stale": one is not None and not fits, "error": errors.get("shares", ""),
        "units": [{"value": value, "label": words, "chosen": value == unit} for value, words in units],
    }  # fmt: skip


def _financed(
    application: int, cost: int | None, one: Planned | None, typed: Mapping[str, str], errors: Mapping[str, str]
) -> dict[str, Any]:  # fmt: skip
    """Describe the financing: a row per financier, with some empty ones."""
    kept, parts = one.told.parts if one else (), who_pays(payers(application))
    posted = max((place + 1 for place in range(MOST_ROWS) if typed.get(f"amount-{place}")), default=0)
    rows = []
    for place in range(min(MOST_ROWS, max(len(kept), posted) + EMPTY_ROWS)):
        part = kept[place] if place < len(kept) else None
        told = (part.financier, part.name, part.kvk, _number(part.part)) if part else ("", "", "", "")
        kind, name, kvk, amount = (
            typed.get(f"{column}-{place}", value) for column, value in zip(COLUMNS, told, strict=True)
        )
        rows.append({
            "number": place + 1,
            "fields": (
                field(f"kind-{place}", _("Wie"), kind, error=errors.get(f"kind-{place}", ""), options=[*financiers().items()]),
                field(f"kvk-{place}", _("KvK-nummer van wie betaalt"), kvk, error=errors.get(f"kvk-{place}", "")),
                field(f"name-{place}", _("Naam (mag leeg als wij die kennen)"), name, error=errors.get(f"name-{place}", "")),
                field(f"amount-{place}", _("Bedrag in euro's"), amount, error=errors.get(f"amount-{place}", "")),
            ),
        })  # fmt: skip
    return {
        "rows": rows, "stale": one is not None and one.told.whole != cost, "error": errors.get("parts", ""),
        "kept": parts, "asked": [one for one in parts if one["kvk"]],
    }  # fmt: skip
