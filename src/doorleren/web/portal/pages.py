"""What every page of the portal has in common: it writes nothing, keeps no answers, and says so when there is no index."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from doorleren.register.search.reader import IndexUnavailable

RETRY_SECONDS = 30

View = Callable[..., HttpResponse]


def name_the_address(request: HttpRequest, reply: HttpResponse, address: str) -> None:
    """Tell HTMX which address the page has, without the answers; one that is shown already stays where it is."""
    shown = request.headers.get("HX-Current-URL", "").partition("#")[0].endswith(address)
    if not (shown and request.method == "POST"):
        reply["HX-Replace-Url" if shown or "opened" in request.POST else "HX-Push-Url"] = address


def page(view: View) -> View:
    """Make a page of the portal: with GET for anyone, with POST for the answers in the form, which no cache keeps.

    A forged request could do nothing, for nothing is written and nobody's sign-in counts; so no token is asked.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        try:
            reply = view(request, *args, **named)
        except IndexUnavailable as fault:
            reply = render(request, "portal/unavailable.html", {"state": fault.state}, status=503)
            reply["Retry-After"] = str(RETRY_SECONDS)
        if request.method == "POST":
            add_never_cache_headers(reply)
        return reply

    return csrf_exempt(require_http_methods(["GET", "HEAD", "POST"])(answer))
