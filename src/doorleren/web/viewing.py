"""Who viewed what: a page that shows something sensitive says so by `viewed`, and the middleware writes it down.

The one write that belongs to looking. It is done when the answer is ready and the read-only transaction of a GET has
ended; if it cannot be written, nothing is shown.
"""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from doorleren.audit.acts import Party
from doorleren.audit.viewing import note_views
from doorleren.people.access import NotAllowed, Refused
from doorleren.web.people.sessions import signed_in
from doorleren.web.surroundings import now

SHOWING = frozenset({HTTPStatus.OK, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY})
"""Answers that show a page: also one that comes back because something was typed wrong. Others show a refusal, or nothing."""

_SEEN = "_doorleren_seen"


def viewed(request: HttpRequest, kind: str, *ids: int | str) -> None:
    """Say that this page shows what belongs to these subjects, for instance "provider_prices" of provider 12.

    Without an id it is the whole of a kind ("record_of_acts", no id). Raises NotAllowed where nobody is signed in: what
    is sensitive is shown to nobody in particular.
    """
    if signed_in(request) is None:
        raise NotAllowed(Refused("not_signed_in"))
    request.__dict__.setdefault(_SEEN, {}).update(dict.fromkeys(Party(kind, str(id_)) for id_ in ids or ("",)))


def log_views(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware, above the one that makes reading read-only: write down what an answer shows."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        seen = request.__dict__.pop(_SEEN, None)
        if seen and response.status_code in SHOWING:
            who, page = signed_in(request), request.resolver_match
            if who is None or page is None:
                raise NotAllowed(Refused("not_signed_in"))
            note_views(seen, by=who.party, page=page.url_name or page.route, at=now())
        return response

    return answer
