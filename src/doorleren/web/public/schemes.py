"""The pages about schemes: all of them, one on a day, one version of it, and two versions side by side."""

from typing import Any
from urllib.parse import urlencode

from django.db.transaction import non_atomic_requests
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from doorleren.core.days import Asked
from doorleren.rules.versions import Scheme, Version
from doorleren.web import known
from doorleren.web.public import scheme_sections as sections
from doorleren.web.public import words
from doorleren.web.public.choosing import Choice, contains, search_words
from doorleren.web.public.differences import differences
from doorleren.web.public.questions import in_language, language
from doorleren.web.public.scheme_cards import best_round, card, coverage, most, standing, version_for
from doorleren.web.rounds.alerts import form_for


@non_atomic_requests  # touches no database
@require_safe
def all_schemes(request: HttpRequest) -> HttpResponse:
    """List the schemes by pillar, as they stand on the day, with what the visitor filtered by."""
    asked, typed = known.asked(request.GET.get("on")), search_words(request.GET)
    choices = _choices()
    chosen = {choice.name: choice.chosen(request.GET) for choice in choices}
    library = known.library()
    found = [scheme for scheme in library.schemes.values() if _fits(scheme, asked, typed, chosen)]
    cards = sorted((card(scheme, library, asked, _suffix(asked)) for scheme in found), key=_place)
    groups = [
        {"pillar": pillar, "title": words.pillar(pillar), "cards": [one for one in cards if one["pillar"] == pillar]}
        for pillar in _in_order({one["pillar"] for one in cards})
    ]
    context = {
        "asked": asked,
        "groups": groups,
        "count": len(cards),
        "total": len(library.places),
        "action": reverse("schemes"),
        "search": {"name": "q", "value": typed, "label": _("Zoek op woorden")},
        "day": {"name": "on", "value": asked.day.isoformat(), "label": _("Op welke dag?")},
        "fields": [choice.field(request.GET) for choice in choices],
    }
    return render(request, "schemes.html", context)


@non_atomic_requests  # touches no database
@require_safe
def one(request: HttpRequest, scheme: str) -> HttpResponse:
    """Show a scheme as it is on the day; on a day without a version the nearest, with a word about that."""
    found, asked = _scheme(scheme), known.asked(request.GET.get("on"))
    return render(request, "scheme.html", _context(found, version_for(found, asked.day), asked, fixed=False))


@non_atomic_requests  # touches no database
@require_safe
def one_version(request: HttpRequest, scheme: str, version: str) -> HttpResponse:
    """Show one version, whatever the day."""
    found, asked = _scheme(scheme), known.asked(request.GET.get("on"))
    return render(request, "scheme.html", _context(found, _version(found, version), asked, fixed=True))


@non_atomic_requests  # touches no database
@require_safe
def compare(request: HttpRequest, scheme: str) -> HttpResponse:
    """Show two versions side by side; without a choice the last two."""
    found = _scheme(scheme)
    names = [version.version for version in found.versions]
    default_old, default_new = names[-2:] if len(names) > 1 else (names[0], names[0])
    old = _version(found, request.GET.get("old") or default_old)
    new = _version(found, request.GET.get("new") or default_new)
    name = new.called(language())
    context = {
        "name": name,
        "scheme": found,
        "old": old,
        "new": new,
        "several": len(names) > 1,
        "sections": differences(old, new, known.library()) if old is not new else [],
        "url": reverse("schemes-one", args=[found.id]),
        "trail": _trail((reverse("schemes-one", args=[found.id]), name), (None, _("Vergelijk"))),
    }
    return render(request, "scheme_compare.html", context)


def _scheme(name: str) -> Scheme:
    library = known.library()
    if name not in library.places:
        raise Http404
    return library.scheme(name)


def _version(scheme: Scheme, name: str) -> Version:
    for version in scheme.versions:
        if version.version == name:
            return version
    raise Http404


def _choices() -> tuple[Choice, ...]:
    library = known.library()
    versions = [version for scheme in library.schemes.values() for version in scheme.versions]
    kinds = {version.kind: words.said(words.scheme_kinds(), version.kind) for version in versions}
    applicants = {track.applicant for version in versions for track in version.tracks}
    pillars = {pillar: words.pillar(pillar) for pillar in _in_order({version.pillar for version in versions})}
    return (
        Choice("pillar", _("Pijler"), _("Alle pijlers"), pillars),
        Choice("kind", _("Soort"), _("Alle soorten"), dict(sorted(kinds.items(), key=lambda pair: pair[1]))),
        Choice("status", _("Geldt de regeling?"), _("Maakt niet uit"), words.in_force_words()),
        Choice(
            "files", _("Wie vraagt aan?"), _("Maakt niet uit"),
            {name: label for name, label in words.applicants().items() if name in applicants},
        ),
    )  # fmt: skip


def _in_order(pillars: set[str]) -> list[str]:
    return sorted(pillars, key=lambda one: (not one.isdigit(), one))


def _fits(scheme: Scheme, asked: Asked, typed: str, chosen: dict[str, str]) -> bool:
    version = version_for(scheme, asked.day)
    if chosen["pillar"] and chosen["pillar"] != version.pillar:
        return False
    if chosen["kind"] and chosen["kind"] != version.kind:
        return False
    if chosen["status"] and chosen["status"] != standing(scheme, asked.day):
        return False
    if chosen["files"] and all(track.applicant != chosen["files"] for track in version.tracks):
        return False
    texts = (
        scheme.id,
        *version.name.values(),
        *version.summary.values(),
        *version.body.values(),
        *version.apply.values(),
    )
    return contains(texts, typed)


def _place(card: dict[str, Any]) -> tuple[int, str]:
    """Order cards: what holds on the day, what is to come, what is over; then by name."""
    return ("in_force", "planned", "ended").index(card["standing"]), card["name"].casefold()


def _suffix(asked: Asked) -> str:
    """Carry the chosen day along, unless it is today."""
    return "" if asked.moment is None and asked.day == known.today() else "?" + urlencode({"on": _written(asked)})


def _written(asked: Asked) -> str:
    return asked.moment.strftime("%Y-%m-%dT%H:%M") if asked.moment else asked.day.isoformat()


def _trail(*steps: tuple[str | None, str]) -> list[dict[str, str | None]]:
    return [
        {"url": reverse("schemes"), "label": _("Regelingen")},
        *({"url": url, "label": label} for url, label in steps),
    ]


def _context(scheme: Scheme, version: Version, asked: Asked, *, fixed: bool) -> dict[str, Any]:
    """Give everything that scheme.html shows; `fixed` is true on the page of one version."""
    library, spoken, url = known.library(), language(), reverse("schemes-one", args=[scheme.id])
    name = version.called(spoken)
    steps = [(url, name), (None, version.version)] if fixed else [(None, name)]
    return {
        "scheme": scheme,
        "version": version,
        "name": name,
        "summary": in_language(version.summary),
        "asked": asked,
        "fixed": fixed,
        "url": url,
        "trail": _trail(*steps),
        "standing": standing(scheme, asked.day),
        "current": scheme.on(asked.day) is version,
        "kind": words.said(words.scheme_kinds(), version.kind),
        "pillar": words.pillar(version.pillar),
        "apply": in_language(version.apply),
        "procedure": words.said(words.procedures(), version.procedure),
        "framework": words.said(words.frameworks(), version.framework),
        "round": best_round(scheme, version, asked),
        "amount": most(library, version, asked.day),
        "coverage": coverage(version),
        "files": ", ".join(dict.fromkeys(words.said(words.applicants(), track.applicant) for track in version.tracks)),
        "by_adviser": any(track.applicant == "career_adviser" for track in version.tracks),
        "tracks": sections.tracks(version),
        "parameters": sections.parameters(version, asked, library.vocabulary),
        "groups": sections.condition_groups(version),
        "rounds": sections.rounds(version, asked),
        "alert": _alert(scheme, asked),
        "evidence": sections.evidence(version),
        "stacking": sections.stacking(version, library, asked),
        "omissions": version.omissions,
        "formulas": sections.formulas(version),
        "sources": sections.sources(version),
        "history": sections.history(scheme, version, _suffix(asked)),
    }


def _alert(scheme: Scheme, asked: Asked) -> dict[str, Any] | None:
    """Give the form for a mail about the next round, where none is open and the scheme is not over."""
    if standing(scheme, asked.day) == "ended":
        return None
    state = (best_round(scheme, version_for(scheme, asked.day), asked) or {}).get("state")
    return None if state in (None, "open") else form_for(scheme.id)
