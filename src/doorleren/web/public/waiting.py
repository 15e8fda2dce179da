"""The waiting room of a round: a page without session or database, made at most once a second in each web process.

What it says comes from the process of the waiting room (server/waiting), which browsers ask themselves from then on
(front/script/waiting.js). Without a script the page loads itself again. It may be kept by whatever stands before the site.
"""

import json
import threading
import time
import urllib.error
import urllib.request
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from doorleren.web import known
from doorleren.web.headers import CONTENT_SECURITY_POLICY
from doorleren.web.public.questions import language
from doorleren.web.public.values import number as written_number
from doorleren.web.public.words import BY_DAY

KEPT_SECONDS = 5
"""How long a page may be kept before the site."""

MADE_SECONDS = 1.0
"""How long a page is kept in the process that made it."""

ASKED_SECONDS = 2.0
MOST_PAGES = 200
LONGEST_ANSWER = 100_000
SHORTEST_RELOAD, USUAL_RELOAD = 20, 60
"""Seconds after which a page without a script loads itself again: at least, and where nobody says."""

FIRST_SECONDS, LONGEST_SECONDS = 30, 120
"""The waits after trouble of a browser; a test holds them against server/waiting/pacing.py."""

Told = dict[str, Any]
_pages: dict[tuple[int, str], tuple[float, HttpResponse]] = {}
_making = threading.Lock()


@require_safe
def room(request: HttpRequest, number: int) -> HttpResponse:
    """Show how a round stands, who is before whom, and when this page looks again."""
    if request.GET:
        return _made(request, number)  # its links to the other language repeat the question
    page = (number, get_language() or "")
    until, kept = _pages.get(page, (0.0, None))
    if kept is not None and until > time.monotonic():
        return _copied(kept)
    if not _making.acquire(blocking=kept is None):
        assert kept is not None
        return _copied(kept)  # somebody makes a new one: nobody else waits for it
    try:
        until, newer = _pages.get(page, (0.0, None))
        if newer is None or until <= time.monotonic():
            newer = _made(request, number)
            if len(_pages) >= MOST_PAGES:
                _pages.clear()
            _pages[page] = (time.monotonic() + MADE_SECONDS, newer)
        return _copied(newer)
    finally:
        _making.release()


def heard(origin: str | None, number: int) -> Told | None:
    """Ask the waiting room at an origin how a round stands; None where nobody knows. Raises Http404 for one without a room."""
    if not origin:
        return None
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{origin}/waiting/{number}", timeout=ASKED_SECONDS) as reply:
            told: Told = json.loads(reply.read(LONGEST_ANSWER))
            return told if told["state"] != "unknown" else None
    except urllib.error.HTTPError as refused:
        refused.close()
        if refused.code == 404:
            raise Http404 from refused
        return None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _made(request: HttpRequest, number: int) -> HttpResponse:
    told = heard(settings.DOORLEREN_WAITING, number)
    public: str = settings.DOORLEREN_WAITING_PUBLIC or ""
    context = _written(told, number) | {"address": f"{public}/waiting/{number}" if public else ""}
    reply = render(request, "waiting.html", context, status=200 if told else 503)
    if told:
        patch_cache_control(reply, public=True, max_age=KEPT_SECONDS)
    else:
        patch_cache_control(reply, no_store=True)
        reply["Retry-After"] = str(context["reload"])
    if public:
        reply["Content-Security-Policy"] = f"{CONTENT_SECURITY_POLICY}; connect-src 'self' {public}"
    return reply


def _written(told: Told | None, number: int) -> dict[str, Any]:
    """Write what the page shows; without an answer only that nobody knows."""
    trail = [{"url": reverse("rounds"), "label": _("Aanvraagtijdvakken")}, {"label": _("Wachtkamer")}]
    shown = {"round": number, "trail": trail, "first": FIRST_SECONDS, "longest": LONGEST_SECONDS}
    if told is None:
        return shown | {"state": "unknown", "reload": USUAL_RELOAD}
    again = told["again"]
    return shown | {
        "state": told["state"],
        "name": _name(told),
        "rehearsal": told["rehearsal"],
        "arrival": told["order"] == "arrival",
        "by_day": told["order"] == BY_DAY,
        "present_minutes": told["present_seconds"] and told["present_seconds"] // 60,
        "opens": _instant(told["opens_at"]),
        "closes": _instant(told["closes_at"]),
        "closed": _instant(told["closed_at"]),
        "tickets": written_number(told["tickets"]),
        "at": date_format(localtime(datetime.fromisoformat(told["at"])), "H:i:s"),
        "reload": None if again is None else max(SHORTEST_RELOAD, round(again)),
    }


def _name(told: Told) -> str:
    library = known.library()
    if told["scheme"] not in library.places:
        return _("Oefening %(number)s") % {"number": told["round"]}
    called = library.scheme(told["scheme"]).versions[-1].called(language())
    return _("%(scheme)s, tijdvak %(code)s") % {"scheme": called, "code": told["code"]}


def _instant(text: str | None) -> str:
    """Write a moment in Amsterdam, to the minute; nothing for none."""
    if text is None:
        return ""
    local = localtime(datetime.fromisoformat(text))
    return _("%(day)s, %(time)s uur") % {"day": date_format(local, "j F Y"), "time": date_format(local, "H:i")}


def _copied(page: HttpResponse) -> HttpResponse:
    """Copy a page, for every answer gets headers of its own from the middleware."""
    copy = HttpResponse(page.content, status=page.status_code)
    for name, value in page.items():
        copy[name] = value
    return copy
