"""The frame that every page shares: what stands in the navigation, and the same page in the other language.

A context processor of the settings; templates/base.html reads both names.
"""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.encoding import iri_to_uri
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from doorleren.web.people.own_pages import menu

# (name of the URL, words). A page belongs to the entry whose name its own URL name equals or starts with.
NAVIGATION = (
    ("finder", _("Wat kan ik krijgen?")),
    ("trainings", _("Opleidingen")),
    ("schemes", _("Regelingen")),
    ("overview", _("Overzicht")),
    ("figures", _("Cijfers")),
)
PERSONAL = ("account", "applications", "provider", "officer")
"""What the names of pages begin with that only who has signed in sees."""

LANGUAGES = (("nl", "NL", "Nederlands"), ("en", "EN", "English"))


def chrome(request: HttpRequest) -> Mapping[str, object]:
    """`shown_day`: the day that the demo shows instead of today. `nav`: list of url, label, current. `personal`: whether it is a page for who has signed in. `mine`: the own pages of who is signed in, or None; `sign_in`: for others where to sign in and come back here, "" on the page that asks it. `languages`: list of code, short, name, url, current."""
    match = request.resolver_match
    here = match.url_name or "" if match else ""
    here_now, spoken = request.get_full_path(), get_language()
    mine = menu(request, here)
    return {
        "shown_day": settings.DOORLEREN_DAY,
        "personal": mine is not None and here.startswith(PERSONAL),
        "mine": mine,
        "sign_in": "" if mine or here == "sign-in" else _to_sign_in(request),
        "nav": [
            {"url": reverse(name), "label": label, "current": here == name or here.startswith(f"{name}-")}
            for name, label in NAVIGATION
        ],
        "languages": [
            {
                "code": code,
                "short": short,
                "name": name,
                "url": here_now if spoken == code else in_other_language(request, code),
                "current": spoken == code,
            }
            for code, short, name in LANGUAGES
        ],
    }


def _to_sign_in(request: HttpRequest) -> str:
    """Give the address to sign in at, with the page to come back to; what was posted does not come along."""
    back = request.get_full_path() if request.method in ("GET", "HEAD") and request.resolver_match else ""
    return f"{reverse('sign-in')}?{urlencode({'next': back})}" if back else reverse("sign-in")


def in_other_language(request: HttpRequest, code: str) -> str:
    """Give the address of the same page in a language; its own where no page was found."""
    match = request.resolver_match
    if match is None:
        return request.get_full_path()
    with override(code):
        try:
            address = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
        except NoReverseMatch:  # a page without a name
            return request.get_full_path()
    asked = request.META.get("QUERY_STRING", "")
    return f"{address}?{iri_to_uri(asked)}" if asked else address
