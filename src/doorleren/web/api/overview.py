"""GET /schemes and /instruments: what there is, computed or not, and each in full."""

from dataclasses import asdict

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Router

from doorleren.core.days import Asked
from doorleren.finder.contract import scheme_as_dict
from doorleren.rules.versions import Scheme, Version
from doorleren.web import known
from doorleren.web.api import shapes_of_schemes as shapes
from doorleren.web.api.answers import published
from doorleren.web.api.asking import asked_on, language_of, nearest, one_of, only_parameters
from doorleren.web.api.definition import force, in_full
from doorleren.web.api.problems import bad_input

router = Router()

FILTERS = ("pillar", "kind", "status")


@router.get(
    "/schemes", response=list[shapes.SchemeSummary], operation_id="listSchemes", summary="All schemes", tags=["schemes"]
)
def schemes(request: HttpRequest, on: str | None = None, language: str | None = None) -> HttpResponseBase:
    """The schemes in force on the day that `on` names; without it all, each in its version of today or the nearest."""
    only_parameters(request, ("on", "language"))
    asked, spoken = asked_on(on), language_of(language)
    chosen = []
    for scheme in known.library().schemes.values():
        version = scheme.on(asked.day) or (None if on else scheme.nearest(asked.day))
        if version is not None:
            chosen.append(scheme_as_dict(scheme, version, spoken) | force(version, asked))
    return published(request, chosen, spoken)


@router.get(
    "/schemes/{id}",
    response=shapes.SchemeInFull,
    operation_id="readScheme",
    summary="One scheme in full",
    tags=["schemes"],
)
def scheme_in_full(
    request: HttpRequest,
    id: str,  # noqa: A002
    on: str | None = None,
    version: str | None = None,
) -> HttpResponseBase:
    """All that follows from the file of one version: conditions, values through the years, tracks, rounds, sources.

    The version is the one that is named, else that of the day, else the nearest to it; `holds` says whether it is in
    force on the day, and the state of its rounds is that of the day.
    """
    only_parameters(request, ("on", "version"))
    asked, library = asked_on(on), known.library()
    if id not in library.places:
        raise bad_input("id", id, nearest(id, library.places, "a scheme"), status=404)
    scheme = library.scheme(id)
    return published(request, in_full(scheme, _version(scheme, version, asked), asked))


@router.get(
    "/instruments",
    response=list[shapes.Instrument],
    operation_id="listInstruments",
    summary="All instruments",
    tags=["instruments"],
)
def instruments(
    request: HttpRequest, pillar: str | None = None, kind: str | None = None, status: str | None = None
) -> HttpResponseBase:
    """Every instrument of the papers, computed or not; those of a pillar, kind or status if one is named."""
    only_parameters(request, FILTERS)
    wanted = {"pillar": pillar, "kind": kind, "status": status}
    for name, given in wanted.items():
        one_of(name, given, values_of(name))
    found = [
        one for one in known.instruments() if all(given in (None, getattr(one, name)) for name, given in wanted.items())
    ]
    return published(request, [asdict(one) for one in found])


@router.get(
    "/instruments/{id}",
    response=shapes.Instrument,
    operation_id="readInstrument",
    summary="One instrument",
    tags=["instruments"],
)
def instrument(request: HttpRequest, id: str) -> HttpResponseBase:  # noqa: A002
    """One instrument: who runs it, for whom, its status, the schemes it belongs to, and why it is not computed if so."""
    only_parameters(request, ())
    by_id = {one.id: one for one in known.instruments()}
    if id not in by_id:
        raise bad_input("id", id, nearest(id, by_id, "an instrument"), status=404)
    return published(request, asdict(by_id[id]))


def values_of(name: str) -> tuple[str, ...]:
    """Give the values that occur among the instruments for "pillar", "kind" or "status"."""
    return tuple(sorted({str(getattr(one, name)) for one in known.instruments()}))


def _version(scheme: Scheme, named: str | None, asked: Asked) -> Version:
    if named is None:
        return scheme.on(asked.day) or scheme.nearest(asked.day)
    by_name = {one.version: one for one in scheme.versions}
    if named not in by_name:
        raise bad_input("version", named, "a version of this scheme: " + ", ".join(by_name), status=404)
    return by_name[named]
