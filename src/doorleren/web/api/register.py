"""GET /activities and /providers: the training register, searched as on the pages. For this data in OOAPI, see /ooapi/v5."""

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Router

from doorleren.core.money import euros
from doorleren.register.admission import Standing
from doorleren.register.entries import ProviderEntry
from doorleren.register.queries import Listing, is_published, listings, providers_after
from doorleren.register.search.asking import PAGE_SIZES, BadQuery, Query
from doorleren.register.search.reader import IndexUnavailable
from doorleren.register.standings import standings_of
from doorleren.web import known
from doorleren.web.api import shapes_of_register as shapes
from doorleren.web.api.answers import published
from doorleren.web.api.asking import only_parameters
from doorleren.web.api.problems import Refused, bad_input

router = Router()

SEARCHED_BY = ("text", "postcode", "size", "after")
BUSY_SECONDS = 10
SIZE = "20"
"""Activities or providers on a page, unless another size is asked for."""


@router.get(
    "/activities", response=shapes.FoundActivities, operation_id="listActivities", summary="Search the training register",
    tags=["register"],
)  # fmt: skip
def activities(
    request: HttpRequest,
    text: str = "",
    postcode: str = "",
    size: str = SIZE,
    after: str = "",
) -> HttpResponseBase:
    """The training activities that match, best first; without a text all of them."""
    only_parameters(request, SEARCHED_BY)
    query = Query(text=text[:200], postcode=postcode, size=_size(size), after=after)
    try:
        found = known.portal().search(query, profile={}, today=known.today())
    except BadQuery as fault:
        raise bad_input(fault.field, fault.given, fault.allowed) from fault
    except IndexUnavailable as fault:
        raise Refused(503, str(fault), headers={"Retry-After": str(BUSY_SECONDS)}) from fault
    stands = standings_of(list(found.listings), known.today())
    items = [
        activity_as_dict(found.listings[hit.key], stands[hit.key])
        for hit in found.results.hits
        if hit.key in found.listings
    ]
    return published(request, {"total": found.results.total, "items": items, "after": found.results.after or None})


@router.get(
    "/activities/{id}", response=shapes.ActivityShape, operation_id="readActivity", summary="One training activity",
    tags=["register"],
)  # fmt: skip
def activity(request: HttpRequest, id: str) -> HttpResponseBase:  # noqa: A002
    """One training activity with its provider, prices in parts and runs."""
    only_parameters(request, ())
    listing = listings([int(id)]).get(int(id)) if id.isdecimal() and len(id) < 18 else None
    if listing is None or not is_published(listing.entry, known.today()):
        raise bad_input("id", id, "the id of an activity from /activities", status=404)
    stands = standings_of([listing.key], known.today())[listing.key]
    return published(request, activity_as_dict(listing, stands))


@router.get(
    "/providers", response=shapes.Providers, operation_id="listProviders", summary="All providers", tags=["register"]
)
def providers(request: HttpRequest, size: str = SIZE, after: str = "") -> HttpResponseBase:
    """The providers with their recognitions, in the order of their codes."""
    only_parameters(request, ("size", "after"))
    wanted = _size(size)
    found = providers_after(after[:100], wanted)
    last = found[-1].code if len(found) == wanted else None
    return published(request, {"items": [provider_as_dict(one) for one in found], "after": last})


@router.get(
    "/providers/{id}",
    response=shapes.ProviderShape,
    operation_id="readProvider",
    summary="One provider",
    tags=["register"],
)
def provider(request: HttpRequest, id: str) -> HttpResponseBase:  # noqa: A002
    """One provider, by its code."""
    only_parameters(request, ())
    found = providers_after("", 1, code_is=id[:100])
    if not found:
        raise bad_input("id", id, "the code of a provider from /providers", status=404)
    return published(request, provider_as_dict(found[0]))


def activity_as_dict(listing: Listing, stands: tuple[Standing, bool]) -> dict[str, Any]:
    """Write an activity as the interface gives it; `stands` is how it stands itself, and whether it is admitted."""
    standing, admitted = stands
    told: dict[str, Any] = _plain(asdict(listing.entry))
    told["prices"] = [{"part": one["part"], "amount": euros(one["cents"]), "vat": one["vat"]} for one in told["prices"]]
    price = listing.entry.price_cents
    return told | {
        "id": listing.key, "provider": provider_as_dict(listing.provider), "changed_at": listing.changed_at.isoformat(),
        "price": None if price is None else euros(price),
        "admitted": admitted, "standing": standing.act or None,
        "standing_since": standing.since.isoformat() if standing.since else None,
    }  # fmt: skip


def provider_as_dict(provider: ProviderEntry) -> dict[str, Any]:
    """Write a provider as the interface gives it."""
    told: dict[str, Any] = _plain(asdict(provider))
    return told


def _size(given: str) -> int:
    if given not in {str(size) for size in PAGE_SIZES}:
        raise bad_input("size", given, ", ".join(map(str, PAGE_SIZES)))
    return int(given)


def _plain(value: Any) -> Any:
    match value:
        case dict():
            return {name: _plain(one) for name, one in value.items()}
        case tuple() | list():
            return [_plain(one) for one in value]
        case None | bool() | int() | str():
            return value
        case date():
            return value.isoformat()
    return f"{Decimal(value).normalize():f}"
