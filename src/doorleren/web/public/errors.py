"""What a visitor sees when something is not there or goes wrong: a page with a way on, for a program a problem.

The pages for 400 and 500 stand on their own: they need no navigation, no static file list and no request.
"""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

MACHINES = "/api/"


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing has this address."""
    return _answer(request, HTTPStatus.NOT_FOUND) or render(request, "404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: this is not for everyone."""
    return _answer(request, HTTPStatus.FORBIDDEN) or render(request, "403.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request itself cannot be read, or holds more text than is taken at once."""
    told = {"most": settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 2**20} if isinstance(exception, RequestDataTooBig) else {}
    return _answer(request, HTTPStatus.BAD_REQUEST) or HttpResponse(render_to_string("400.html", told), status=400)


def broken(request: HttpRequest) -> HttpResponse:
    """500: our fault."""
    wrong = HTTPStatus.INTERNAL_SERVER_ERROR
    return _answer(request, wrong) or HttpResponse(render_to_string("500.html"), status=wrong)


def _answer(request: HttpRequest, status: HTTPStatus) -> JsonResponse | None:
    """Give the problem for a program; nothing for a person."""
    if not request.path_info.startswith(MACHINES):
        return None
    problem: dict[str, Any] = {"title": status.phrase, "status": status.value}
    return JsonResponse(problem, status=status.value, content_type="application/problem+json")
