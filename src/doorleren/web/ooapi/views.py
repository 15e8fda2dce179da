"""The endpoints: read the question, fetch, and write in the standard's words; a wrong question names its parameter."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from doorleren.register.outlets import ooapi
from doorleren.register.outlets.listed import Listed
from doorleren.register.outlets.ooapi_description import description
from doorleren.register.queries import (
    Listing,
    listings,
    listings_by_title,
    provider_codes,
    providers_after,
    providers_by_name,
)
from doorleren.register.standings import standings_of
from doorleren.web import known
from doorleren.web.api.description import CONTACT

MOST_PAGES = 100_000


class _Wrong(ValueError):
    """A parameter that cannot be read; the message names it and what is allowed."""


def _answered(view: Callable[..., Any]) -> Callable[..., HttpResponse]:
    """Wrap an endpoint: what it gives becomes JSON, None a 404 and a wrong parameter a 400, both as problems."""

    @require_safe
    def answer(request: HttpRequest, **named: str) -> HttpResponse:
        try:
            content = view(request, **named)
        except ValueError as fault:
            return _problem(400, str(fault))
        return _problem(404, "Nothing by this identifier") if content is None else JsonResponse(content)

    return answer


def _problem(status: int, detail: str) -> HttpResponse:
    content = {"status": str(status), "title": "Not found" if status == 404 else "Bad request", "detail": detail}
    return JsonResponse(content, status=status, content_type="application/problem+json")


@_answered
def about(request: HttpRequest) -> dict[str, Any]:
    """Tell what this service is."""
    return ooapi.about(_site(request), CONTACT["email"])


@_answered
def document(request: HttpRequest) -> dict[str, Any]:
    """Give the OpenAPI document of these endpoints."""
    return description(_site(request))


@_answered
def courses(request: HttpRequest) -> dict[str, Any]:
    """Give a page of all courses, by name."""
    size, number = _paging(request)
    found, total = listings_by_title(start=(number - 1) * size, size=size, **_needle(request))
    made = [ooapi.course(one, _site(request)) for one in _listed(found)]
    return ooapi.page(made, page_size=size, page_number=number, total=total)


@_answered
def course(request: HttpRequest, identifier: str) -> dict[str, Any] | None:
    """Give one course."""
    found = _found(identifier)
    expand = [one for one in request.GET.get("expand", "").split(",") if one]
    return None if found is None else ooapi.course(_listed([found])[0], _site(request), expand=expand)


@_answered
def offerings(request: HttpRequest, identifier: str) -> dict[str, Any] | None:
    """Give a page of the offerings of a course: those to come, unless another day is asked."""
    found = _found(identifier)
    if found is None:
        return None
    size, number = _paging(request)
    since, until = _day(request, "since") or known.today(), _day(request, "until")
    made = ooapi.offerings(_listed([found])[0], since=since, until=until)
    start = (number - 1) * size
    return ooapi.page(made[start : start + size], page_size=size, page_number=number, total=len(made))


@_answered
def organizations(request: HttpRequest) -> dict[str, Any]:
    """Give a page of all providers, by name."""
    size, number = _paging(request)
    found, total = providers_by_name(start=(number - 1) * size, size=size, **_needle(request))
    return ooapi.page([ooapi.organization(one) for one in found], page_size=size, page_number=number, total=total)


@_answered
def organization(request: HttpRequest, identifier: str) -> dict[str, Any] | None:
    """Give one provider."""
    code = next((code for code in provider_codes() if ooapi.organization_id(code) == identifier.lower()), None)
    return None if code is None else ooapi.organization(providers_after("", 1, code_is=code)[0])


@require_safe
def nothing(request: HttpRequest) -> HttpResponse:
    """Answer for an address under these endpoints at which there is nothing."""
    return _problem(404, f"Nothing at this address; {_site(request)}/ooapi/v5/openapi.json lists what there is")


def _site(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _found(identifier: str) -> Listing | None:
    number = ooapi.course_number(identifier)
    return None if number is None else listings([number]).get(number)


def _listed(found: list[Listing]) -> list[Listed]:
    """Add whether each is admitted today, asked once for all of them."""
    stands = standings_of([one.key for one in found], known.today())
    return [Listed(one.entry, one.provider, one.key, one.changed_at, stands[one.key][1]) for one in found]


def _needle(request: HttpRequest) -> dict[str, str]:
    return {"text": request.GET.get("q", "")[:200], "code": request.GET.get("primaryCode", "")[:200]}


def _paging(request: HttpRequest) -> tuple[int, int]:
    return _number(request, "pageSize", ooapi.PAGE_SIZES[0], ooapi.PAGE_SIZES), _number(request, "pageNumber", 1)


def _number(request: HttpRequest, name: str, otherwise: int, allowed: tuple[int, ...] = ()) -> int:
    given = request.GET.get(name, str(otherwise))
    number = int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else 0
    if (allowed and number not in allowed) or not 1 <= number <= MOST_PAGES:
        wanted = ", ".join(map(str, allowed)) if allowed else f"1 to {MOST_PAGES}"
        raise _Wrong(f"{name}: {wanted} is allowed, not {given[:50]!r}")
    return number


def _day(request: HttpRequest, name: str) -> date | None:
    given = request.GET.get(name)
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        raise _Wrong(f"{name}: a day such as 2026-09-01 is allowed, not {given!r:.50}") from None
