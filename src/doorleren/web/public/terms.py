"""A term of law counted on a page: what starts it, its last day, every step between, and the article of each."""

from datetime import date
from functools import lru_cache
from typing import Any

from django.db.transaction import non_atomic_requests
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from doorleren.core.days import FIRST_YEAR, LAST_YEAR, read_day
from doorleren.core.terms import BadTerm, Reckoned, Suspension, Terms
from doorleren.shipped import folder
from doorleren.web import known
from doorleren.web.public.questions import language
from doorleren.web.public.values import day_in_words
from doorleren.web.public.words import cited

FIRST_KIND = "objection"


@non_atomic_requests  # touches no database
@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    """Count the term that was asked for; without a day the form alone."""
    asked = {name: request.GET.get(name, "").strip() for name in ("kind", "day", "asked", "ended")}
    asked["extended"] = "true" if request.GET.get("extended") else ""
    errors: dict[str, str] = {}
    found = _counted(asked, errors) if "day" in request.GET else None
    kind = asked["kind"] or FIRST_KIND
    context = {
        "kinds": [
            {"value": one.id, "label": one.name[language()], "selected": one.id == kind}
            for one in _terms().kinds.values()
        ],
        "asked": asked | {"day": asked["day"] or known.today().isoformat()},
        "errors": [{"name": name, "text": text} for name, text in errors.items()],
        "wrong": errors,
        "found": _shown(found) if found else None,
    }
    return render(request, "terms.html", context, status=400 if errors else 200)


def _counted(asked: dict[str, str], errors: dict[str, str]) -> Reckoned | None:
    start = _day("day", asked["day"], errors)
    suspended = _suspended(asked, errors) if asked["asked"] or asked["ended"] else []
    kind = _terms().kinds.get(asked["kind"])
    if kind is None:
        errors["kind"] = _("Kies een termijn uit de lijst.")
    elif asked["extended"] and kind.longer is None:
        errors["extended"] = _("Deze termijn kan niet worden verlengd.")
    if errors or kind is None or start is None:
        return None
    try:
        return _terms().reckon(kind.id, start, suspended, extended=bool(asked["extended"]))
    except BadTerm:
        errors["asked"] = _("De termijn kan alleen stilstaan terwijl hij loopt: vul een dag in binnen de termijn.")
        return None


def _suspended(asked: dict[str, str], errors: dict[str, str]) -> list[Suspension]:
    begun, ended = _day("asked", asked["asked"], errors), _day("ended", asked["ended"], errors)
    if begun is None or ended is None:
        return []
    if ended < begun:
        errors["ended"] = _("Deze dag ligt vóór de dag waarop om aanvulling is gevraagd.")
        return []
    return [Suspension(begun, ended)]


def _day(name: str, text: str, errors: dict[str, str]) -> date | None:
    try:
        day = read_day(text)
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValueError(text)
    except ValueError:
        errors[name] = _("Vul een dag in, zoals 2026-11-22. U vulde in: %(given)s.") % {"given": text or _("niets")}
        return None
    return day


def _shown(found: Reckoned) -> dict[str, Any]:
    return {
        "name": found.term.name[language()],
        "first": day_in_words(found.first),
        "last": day_in_words(found.last),
        "last_iso": found.last.isoformat(),
        "steps": [{"text": step.text[language()], "source": cited(step.source)} for step in found.steps],
    }


@lru_cache(maxsize=1)
def _terms() -> Terms:
    return Terms.read(folder("law") / "terms.toml")
