"""The endpoints: read the question, fetch, and write in the standard's words; a wrong question names its parameter."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from doorleren.register.outlets import ooapi
from doorleren.register.outlets.languages import TWO
from doorleren.register.outlets.listed import Listed
from doorleren.register.outlets.ooapi_description import description
from doorleren.register.queries import (
    Listing,
    Wanted,
    listings,
    listings_by_title,
    provider_codes,
    providers_after,
    providers_by_name,
    runs_of_provider,
)
from doorleren.register.standings import standings_of
from doorleren.web import known
from doorleren.web.api.description import CONTACT

MOST_PAGES = 100_000
_COLUMNS = {"name": "title", "identifier": "activity_id"}


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
    return _activities(request, programmes=False)


@_answered
def programs(request: HttpRequest) -> dict[str, Any]:
    """Give a page of all whole programmes, by name."""
    return _activities(request, programmes=True)


@_answered
def course(request: HttpRequest, identifier: str) -> dict[str, Any] | None:
    """Give one course."""
    return _activity(request, identifier, programme=False)


@_answered
def program(request: HttpRequest, identifier: str) -> dict[str, Any] | None:
    """Give one whole programme."""
    return _activity(request, identifier, programme=True)


@_answered
def course_offerings(request: HttpRequest, identifier: str) -> dict[str, Any] | None:
    """Give a page of the offerings of a course: those to come, unless another day is asked."""
    return _offerings(request, identifier, programme=False)


@_answered
def program_offerings(request: HttpRequest, identifier: str) -> dict[str, Any] | None:
    """Give a page of the offerings of a whole programme: those to come, unless another day is asked."""
    return _offerings(request, identifier, programme=True)


@_answered
def offering(request: HttpRequest, identifier: str) -> dict[str, Any] | None:
    """Give one offering, whenever it is."""
    expand = _expand(request, ooapi.EXPANDABLE_OFFERING)
    number = ooapi.offering_number(identifier)
    found = None if number is None else listings([number]).get(number)
    if found is None:
        return None
    (told,) = _listed([found])
    ours = (one for one in ooapi.offerings(told) if one["offeringId"] == identifier.lower())
    return next((ooapi.expanded(one, told, _site(request), expand) for one in ours), None)


@_answered
def organizations(request: HttpRequest) -> dict[str, Any]:
    """Give a page of all providers, by name."""
    size, number = _paging(request)
    order = _sort(request, "organizationId", {"name": "name", "organizationId": "pk"})
    found, total = providers_by_name(start=(number - 1) * size, size=size, order=order, **_needle(request))
    return ooapi.page([ooapi.organization(one) for one in found], page_size=size, page_number=number, total=total)


@_answered
def organization(request: HttpRequest, identifier: str) -> dict[str, Any] | None:
    """Give one provider."""
    code = _code(identifier)
    return None if code is None else ooapi.organization(providers_after("", 1, code_is=code)[0])


@_answered
def courses_of(request: HttpRequest, identifier: str) -> dict[str, Any] | None:
    """Give a page of the courses of a provider, by name."""
    code = _code(identifier)
    return None if code is None else _activities(request, programmes=False, provider=code)


@_answered
def programs_of(request: HttpRequest, identifier: str) -> dict[str, Any] | None:
    """Give a page of the whole programmes of a provider, by name."""
    code = _code(identifier)
    return None if code is None else _activities(request, programmes=True, provider=code)


@_answered
def offerings_of(request: HttpRequest, identifier: str) -> dict[str, Any] | None:
    """Give a page of the offerings of a provider, by day: those to come, unless another day is asked."""
    (size, number), (since, until) = _paging(request), _days(request)
    code = _code(identifier)
    if code is None:
        return None
    found, total = runs_of_provider(code, since=since, until=until, start=(number - 1) * size, size=size)
    told = dict(zip((one.key for one, _run in found), _listed([one for one, _run in found]), strict=True))
    made = [ooapi.offering_of(told[one.key], run) for one, run in found]
    items = [one for one in made if one is not None]
    return ooapi.page(items, page_size=size, page_number=number, total=total)


def _activities(request: HttpRequest, *, programmes: bool, provider: str = "") -> dict[str, Any]:
    size, number = _paging(request)
    needle = _needle(request) if not provider else {"text": _needle(request)["text"]}
    wanted = Wanted(**needle, **_filters(request), programmes=programmes, provider=provider)
    order = _sort(request, f"{'program' if programmes else 'course'}Id", _COLUMNS)
    found, total = listings_by_title(wanted, start=(number - 1) * size, size=size, order=order)
    made = [ooapi.activity(one, _site(request)) for one in _listed(found)]
    return ooapi.page(made, page_size=size, page_number=number, total=total)


def _activity(request: HttpRequest, identifier: str, *, programme: bool) -> dict[str, Any] | None:
    expand = _expand(request, ooapi.EXPANDABLE)
    found = _found(identifier, programme=programme)
    return None if found is None else ooapi.activity(_listed([found])[0], _site(request), expand=expand)


def _offerings(request: HttpRequest, identifier: str, *, programme: bool) -> dict[str, Any] | None:
    (size, number), (since, until) = _paging(request), _days(request)
    found = _found(identifier, programme=programme)
    if found is None:
        return None
    made = ooapi.offerings(_listed([found])[0], since=since, until=until)
    start = (number - 1) * size
    return ooapi.page(made[start : start + size], page_size=size, page_number=number, total=len(made))


@require_safe
def nothing(request: HttpRequest) -> HttpResponse:
    """Answer for an address under these endpoints at which there is nothing."""
    return _problem(404, f"Nothing at this address; {_site(request)}/ooapi/v5/openapi.json lists what there is")


def _site(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _found(identifier: str, *, programme: bool) -> Listing | None:
    """Find an activity by its identifier; a course is not found among the programs, nor a program among the courses."""
    number = ooapi.course_number(identifier)
    found = None if number is None else listings([number]).get(number)
    return found if found is not None and ooapi.is_program(found.entry) == programme else None


def _code(identifier: str) -> str | None:
    """Give the code of the provider with this identifier."""
    return next((code for code in provider_codes() if ooapi.organization_id(code) == identifier.lower()), None)


def _listed(found: list[Listing]) -> list[Listed]:
    """Add whether each is admitted today, asked once for all of them."""
    stands = standings_of([one.key for one in found], known.today())
    return [Listed(one.entry, one.provider, one.key, one.changed_at, stands[one.key][1]) for one in found]


def _needle(request: HttpRequest) -> dict[str, str]:
    return {"text": request.GET.get("q", "")[:200], "code": request.GET.get("primaryCode", "")[:200]}


def _filters(request: HttpRequest) -> dict[str, str]:
    """Read by what else a list is narrowed: the language of teaching, and the way in which it is given."""
    language, mode = request.GET.get("teachingLanguage", ""), request.GET.get("modeOfDelivery", "")
    delivery = {words: name for name, words in ooapi.MODES.items()}
    if mode and mode not in delivery:
        raise _Wrong(f"modeOfDelivery: one of {', '.join(delivery)} is allowed, not {mode[:50]!r}")
    if language and language not in TWO:
        raise _Wrong(f"teachingLanguage: three letters of ISO 639-2 such as nld are allowed, not {language[:50]!r}")
    return {"language": TWO.get(language, ""), "delivery": delivery.get(mode, "")}


def _sort(request: HttpRequest, identifier: str, columns: Mapping[str, str]) -> list[str]:
    """Read in which order a list comes: by name, or by identifier, which follows the number; "-" turns it round."""
    allowed = {"name": columns["name"], identifier: columns.get(identifier) or columns["identifier"]}
    order = []
    for one in request.GET.get("sort", "name").split(","):
        if one.removeprefix("-") not in allowed:
            wanted = ", ".join(f"{name}, -{name}" for name in allowed)
            raise _Wrong(f"sort: {wanted} are allowed, not {one[:50]!r}")
        order.append(("-" if one.startswith("-") else "") + allowed[one.removeprefix("-")])
    return [*order, allowed[identifier]]


def _expand(request: HttpRequest, allowed: tuple[str, ...]) -> list[str]:
    asked = [one for one in request.GET.get("expand", "").split(",") if one]
    for one in asked:
        if one not in allowed:
            raise _Wrong(f"expand: {', '.join(allowed)} are allowed, not {one[:50]!r}")
    return asked


def _days(request: HttpRequest) -> tuple[date, date | None]:
    return _day(request, "since") or known.today(), _day(request, "until")


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
