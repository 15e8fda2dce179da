"""What is read from the register: activities as they stand now, one by one, some, or all of them in a stream."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.models import F, Max, Q, QuerySet
from psycopg.types.datetime import TimestamptzLoader

from doorleren.register.entries import Entry, Location, ProviderEntry, Recognition, Run
from doorleren.register.models import (
    ActivityVersion,
    AdmissionDecision,
    Delivery,
    Occupation,
    Postcode,
    Provider,
    ProviderDetails,
    ProviderLocation,
    ProviderRecognition,
    RecognitionAct,
    RunOffered,
    ShortageOccupation,
    Skill,
)
from doorleren.register.rows import CONTENT_COLUMNS, RUN_COLUMNS, entry_in_order

AT_ONCE = 2000
MOST_PROVIDERS = 20_000
"""Providers that a stream keeps at once: one comes back with each of its activities."""

_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class Listing:
    """An activity as it stands: its number for ever, what is said of it and by whom, and since when."""

    key: int
    entry: Entry
    provider: ProviderEntry
    changed_at: datetime


def listings(keys: Sequence[int], *, in_short: bool = False) -> dict[int, Listing]:
    """Give some activities by number, in that order; one that is not listed is left out.

    `in_short` leaves out recognitions and locations of the providers: two questions to the database less.
    """
    return {one.key: one for one in _made(_rows("versions", keys), {}, in_short=in_short)}


def providers_after(code: str, size: int, *, code_is: str = "") -> list[ProviderEntry]:
    """Give the providers whose code comes after one, in that order; or only the one whose code is named."""
    chosen = Provider.objects.filter(code=code_is) if code_is else Provider.objects.filter(code__gt=code)
    numbers = list(chosen.order_by("code").values_list("pk", flat=True)[:size])
    return sorted(_providers(set(numbers)).values(), key=lambda one: one.code)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which activities somebody asks for: a part of the title, the provider's code of it, a language, a form, and so on.

    `programmes` says whether whole programmes alone are wanted, or all but those; None wants both.
    """

    text: str = ""
    code: str = ""
    provider: str = ""
    language: str = ""
    delivery: str = ""
    programmes: bool | None = None

    def where(self) -> Q:
        """Give it as a condition on a version."""
        found = Q(title__icontains=self.text)
        for name in ("language", "delivery_form"):
            if value := getattr(self, name.removesuffix("_form")):
                found &= Q(**{name: value})
        found &= Q(activity__code=self.code) if self.code else Q()
        found &= Q(activity__provider__code=self.provider) if self.provider else Q()
        if self.programmes is None:
            return found
        return found & (Q(kind="programme") if self.programmes else ~Q(kind="programme") | Q(kind__isnull=True))


def listings_by_title(
    wanted: Wanted, *, start: int, size: int, order: Sequence[str] = ("title", "activity_id")
) -> tuple[list[Listing], int]:  # fmt: skip
    """Give some activities in the order of their titles, from a place on, and how many there are in all."""
    found = ActivityVersion.objects.filter(wanted.where(), activity__current=F("pk"))
    some = list(found.order_by(*order).values_list(*_COLUMNS)[start : start + size])
    return list(_made(some, {})), found.count()


def runs_of_provider(
    provider: str, *, since: date, until: date | None, start: int, size: int
) -> tuple[list[tuple[Listing, Run]], int]:  # fmt: skip
    """Give some runs of what a provider offers, by their first day, from a place on, and how many there are in all.

    Those that start on `since` or later and end on `until` or earlier; where no last day is told, the first day is meant.
    """
    found = RunOffered.objects.filter(
        version__activity__current=F("version"), version__activity__provider__code=provider, starts_on__gte=since
    )
    if until is not None:
        found = found.filter(Q(ends_on__lte=until) | Q(ends_on__isnull=True, starts_on__lte=until))
    order = ("starts_on", "version__activity_id", "place_in_order")
    some = list(found.order_by(*order).values_list("version__activity_id", "place_in_order")[start : start + size])
    told = listings([key for key, _place in some])
    return [(told[key], told[key].entry.runs[place]) for key, place in some if key in told], found.count()


def providers_by_name(
    *, start: int, size: int, text: str = "", code: str = "", order: Sequence[str] = ("name", "pk")
) -> tuple[list[ProviderEntry], int]:  # fmt: skip
    """Give some providers in the order of their names, from a place on, and how many there are in all."""
    found = Provider.objects.filter(name__icontains=text)
    if code:
        found = found.filter(code=code)
    numbers = list(found.order_by(*order).values_list("pk", flat=True)[start : start + size])
    told = _providers(set(numbers))
    return [told[number] for number in numbers], found.count()


def provider_codes() -> list[str]:
    """Give the codes of all providers."""
    return list(Provider.objects.values_list("code", flat=True))


def all_listings() -> Iterator[Listing]:
    """Give every activity, by number, in a stream that needs little memory; those of one provider share what it is."""
    providers: dict[int, ProviderEntry] = {}
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.cursor.adapters.register_loader("timestamptz", TimestamptzLoader)  # Django's own takes ten times as long
        cursor.execute(*_statement())
        while rows := cursor.fetchmany(AT_ONCE):
            yield from _made(rows, providers)
            if len(providers) > MOST_PROVIDERS:
                providers.clear()


def occupation_labels() -> dict[str, tuple[str, ...]]:
    """Give per ESCO id the labels of the occupation, the preferred one first; empty while none were imported."""
    rows = Occupation.objects.values_list("key", "label", "alternatives")
    return {key: (label, *alternatives) for key, label, alternatives in rows}


def occupation_names(keys: Sequence[str]) -> tuple[str, ...]:
    """Give the names of some occupations by ESCO id, in that order; one that was not imported is left out."""
    names = dict(Occupation.objects.filter(key__in=keys).values_list("key", "label"))
    return tuple(names[key] for key in keys if key in names)


def occupation_descriptions(keys: Sequence[str]) -> dict[str, str]:
    """Give what some occupations are, by ESCO id; empty where the reference data do not say."""
    return dict(Occupation.objects.filter(key__in=keys).values_list("key", "description"))


def skill_names(keys: Sequence[str]) -> tuple[str, ...]:
    """Give the names of some skills by ESCO id, in that order; one that was not imported is left out."""
    names = dict(Skill.objects.filter(key__in=keys).values_list("key", "label"))
    return tuple(names[key] for key in keys if key in names)


def offered_by(code: str, on: date, *, start: int, size: int) -> tuple[ProviderEntry, list[Listing], int] | None:
    """Give a provider by its code, some of what it offers on a day by title, and how much that is; None if unknown."""
    number = Provider.objects.filter(code=code).values_list("pk", flat=True).first()
    if number is None:
        return None
    found = ActivityVersion.objects.filter(published_on(on), activity__provider=number, activity__current=F("pk"))
    some = list(found.order_by("title", "activity_id").values_list(*_COLUMNS)[start : start + size])
    providers = _providers({number})
    return providers[number], list(_made(some, providers)), found.count()


def state_of_the_register() -> tuple[int, ...]:
    """Give numbers that change whenever an activity, its standing, its provider, an undone delivery or a reference does."""
    written = (ActivityVersion, AdmissionDecision, Delivery, ProviderDetails, RecognitionAct)
    numbers = [model._default_manager.aggregate(last=Max("pk"))["last"] or 0 for model in written]
    undone = Delivery.objects.filter(undone_at__isnull=False).count()
    references = (Occupation, Postcode, ShortageOccupation)
    return (*numbers, undone, *(model._default_manager.count() for model in references))


def published_on(day: date) -> Q:
    """Give the same as `is_published` for the database: versions that may be seen on a day."""
    begun = Q(published_from__isnull=True) | Q(published_from__lte=day)
    return begun & (Q(published_until__isnull=True) | Q(published_until__gte=day))


def is_published(entry: Entry, on: date) -> bool:
    """Whether an entry may be seen on a day, as its provider asked."""
    return (entry.published_from is None or entry.published_from <= on) and (
        entry.published_until is None or on <= entry.published_until
    )


_COLUMNS = ("id", "activity_id", "made_at", "activity__code", "activity__provider_id", *CONTENT_COLUMNS)


def _statement() -> tuple[str, Sequence[Any]]:
    sql, values = _current().values_list(*_COLUMNS).query.sql_with_params()
    return sql, values


def _current() -> "QuerySet[ActivityVersion]":
    return ActivityVersion.objects.filter(activity__current=F("pk")).order_by("activity_id")


def _made(
    rows: Sequence[tuple[Any, ...]], providers: dict[int, ProviderEntry], *, in_short: bool = False
) -> Iterator[Listing]:
    """Make listings of rows of _COLUMNS, in their order; providers that are not at hand are read, and kept with them."""
    runs = _grouped("runs", [row[0] for row in rows], Run)
    providers |= _providers({row[4] for row in rows} - providers.keys(), in_short=in_short)
    for version, number, made_at, code, owner, *content in rows:
        provider = providers[owner]
        yield Listing(number, entry_in_order(provider.code, code, content, runs.get(version, ())), provider, made_at)


_PROVIDER_COLUMNS = tuple(one.name for one in fields(ProviderEntry) if one.name not in ("recognitions", "locations"))
_LOCATION_COLUMNS = tuple(one.name for one in fields(Location))
_RECOGNITION_COLUMNS = tuple(one.name for one in fields(Recognition))


def _providers(numbers: Collection[int], *, in_short: bool = False) -> dict[int, ProviderEntry]:
    recognitions = {} if in_short else _grouped("recognitions", numbers, Recognition)
    locations = {} if in_short else _grouped("locations", numbers, Location)
    found = {}
    for number, *told in _rows("providers", numbers):
        columns: dict[str, Any] = dict(zip(_PROVIDER_COLUMNS, told, strict=True))
        found[number] = ProviderEntry(
            **columns, recognitions=recognitions.get(number, ()), locations=locations.get(number, ())
        )
    return found


_READ: dict[str, Callable[[Sequence[int]], QuerySet[Any, Any]]] = {
    "versions": lambda keys: _current().filter(activity__in=keys).values_list(*_COLUMNS),
    "runs": lambda numbers: RunOffered.objects.filter(version__in=numbers)
    .order_by("version_id", "place_in_order").values_list("version_id", *RUN_COLUMNS),
    "providers": lambda numbers: Provider.objects.filter(pk__in=numbers).values_list("pk", *_PROVIDER_COLUMNS),
    "recognitions": lambda numbers: ProviderRecognition.objects.filter(provider__in=numbers)
    .order_by("provider_id", "id").values_list("provider_id", *_RECOGNITION_COLUMNS),
    "locations": lambda numbers: ProviderLocation.objects.filter(provider__in=numbers)
    .order_by("provider_id", "place_in_order").values_list("provider_id", *_LOCATION_COLUMNS),
}  # fmt: skip
"""What is read for some numbers; in all but `versions` and `providers` the first column says whose row it is."""


def _rows(what: str, numbers: Collection[int]) -> list[tuple[Any, ...]]:
    """Read the rows for some numbers, in the order that the question asks."""
    if not numbers:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_written(what), [list(numbers)])
        return list(cursor.fetchall())


@cache
def _written(what: str) -> str:
    """Write the question once, with one array for all numbers: the words of Django take longer than the answer."""
    sql, values = _READ[what](range(1)).query.sql_with_params()
    assert tuple(values) == (0,), "a question asks for its numbers alone"
    assert sql.count("IN (%s)") == 1, "a question asks for its numbers once"
    return str(sql).replace("IN (%s)", "= ANY(%s::bigint[])")


def _grouped(what: str, numbers: Collection[int], make: Callable[..., _Made]) -> dict[int, tuple[_Made, ...]]:
    """Read what belongs to some numbers, per number."""
    rows = groupby(_rows(what, numbers), key=itemgetter(0))
    return {number: tuple(make(*told) for _, *told in group) for number, group in rows}
