"""What every answer of the interface shares: its headers, its entity tag, and a problem where Django has a page."""

import hashlib
from collections.abc import Callable
from http import HTTPStatus

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt

from doorleren.web.api import API_VERSION
from doorleren.web.api.problems import Refused, as_json

View = Callable[..., HttpResponseBase]

KEPT_SECONDS = 300
PREFLIGHT_SECONDS = 86400
EVERYWHERE = {
    "API-Version": API_VERSION,
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "API-Version, ETag",
    "X-Content-Type-Options": "nosniff",
}


def told(content: object, language: str) -> HttpResponse:
    """Answer a question; it is about one person, so nobody on the way keeps it."""
    response = HttpResponse(as_json(content), content_type="application/json")
    response["Cache-Control"] = "no-store"
    response["Content-Language"] = language
    return response


def published(request: HttpRequest, content: object, language: str = "nl, en") -> HttpResponseBase:
    """Answer with what is the same for everyone: it may be kept for a while and has an entity tag (304 if unchanged)."""
    body = content if isinstance(content, bytes) else as_json(content)
    response = HttpResponse(body, content_type="application/json")
    response["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    response["Content-Language"] = language
    response["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


def framed(view: View) -> View:
    """Wrap a view of the interface: HEAD and OPTIONS, a problem for a wrong method, and the headers of every answer.

    No cookie is read or set, so there is nothing for a forged request to borrow; nothing is written.
    """

    @transaction.non_atomic_requests
    @csrf_exempt
    def answer(request: HttpRequest, *args: object, **named: object) -> HttpResponseBase:
        wanted = request.method
        if wanted == "HEAD":
            request.method = "GET"
        response = view(request, *args, **named)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            response = _other_method(str(wanted), response.headers.get("Allow", ""))
        if wanted == "HEAD" and isinstance(response, HttpResponse):
            response["Content-Length"] = str(len(response.content))
            response.content = b""
        for name, value in EVERYWHERE.items():
            response[name] = value
        return response

    return answer


def not_found(request: HttpRequest) -> HttpResponse:
    """Answer for an address under /api/v1 at which there is nothing."""
    return Refused(404, "There is nothing at this address; /api/v1/openapi.json lists what there is.").response()


def _other_method(wanted: str, allowed: str) -> HttpResponse:
    methods = [name.strip() for name in allowed.split(",") if name.strip()]
    every = ", ".join([*methods, *(["HEAD"] if "GET" in methods else []), "OPTIONS"])
    if wanted != "OPTIONS":
        return Refused(405, f"{wanted} is not possible here; allowed: {every}.", headers={"Allow": every}).response()
    response = HttpResponse(status=HTTPStatus.NO_CONTENT)
    response["Allow"] = response["Access-Control-Allow-Methods"] = every
    response["Access-Control-Allow-Headers"] = "Content-Type"
    response["Access-Control-Max-Age"] = str(PREFLIGHT_SECONDS)
    return response
