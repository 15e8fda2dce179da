"""What is read from the register: activities as they stand now, one by one, some, or all of them in a stream."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Max, Q

from doorleren.register.entries import Entry, ProviderEntry, Recognition, Run
from doorleren.register.models import (
    ActivityVersion,
    AdmissionDecision,
    Delivery,
    Occupation,
    Postcode,
    Provider,
    ProviderRecognition,
    RunOffered,
)
from doorleren.register.rows import CONTENT_COLUMNS, RUN_COLUMNS, entry_of

AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Listing:
    """An activity as it stands: its number for ever, what is said of it and by whom, and since when."""

    key: int
    entry: Entry
    provider: ProviderEntry
    changed_at: datetime


def listings(keys: Sequence[int]) -> dict[int, Listing]:
    """Give some activities by number, in that order; one that is not listed is left out."""
    versions = ActivityVersion.objects.filter(activity__in=keys, activity__current=F("pk")).order_by("activity_id")
    return {one.key: one for one in _made(list(versions.values(*_COLUMNS)))}


def providers_after(code: str, size: int, *, code_is: str = "") -> list[ProviderEntry]:
    """Give the providers whose code comes after one, in that order; or only the one whose code is named."""
    chosen = Provider.objects.filter(code=code_is) if code_is else Provider.objects.filter(code__gt=code)
    numbers = list(chosen.order_by("code").values_list("pk", flat=True)[:size])
    return sorted(_providers(set(numbers)).values(), key=lambda one: one.code)


def listings_by_title(*, start: int, size: int, text: str = "", code: str = "") -> tuple[list[Listing], int]:
    """Give some activities in the order of their titles, from a place on, and how many there are in all.

    With `text` those whose title has it, with `code` those that their provider names so.
    """
    found = ActivityVersion.objects.filter(activity__current=F("pk"), title__icontains=text)
    if code:
        found = found.filter(activity__code=code)
    some = list(found.order_by("title", "activity_id").values(*_COLUMNS)[start : start + size])
    return list(_made(some)), found.count()


def providers_by_name(*, start: int, size: int, text: str = "", code: str = "") -> tuple[list[ProviderEntry], int]:
    """Give some providers in the order of their names, from a place on, and how many there are in all."""
    found = Provider.objects.filter(name__icontains=text)
    if code:
        found = found.filter(code=code)
    numbers = list(found.order_by("name", "pk").values_list("pk", flat=True)[start : start + size])
    told = _providers(set(numbers))
    return [told[number] for number in numbers], found.count()


def provider_codes() -> list[str]:
    """Give the codes of all providers."""
    return list(Provider.objects.values_list("code", flat=True))


def all_listings() -> Iterator[Listing]:
    """Give every activity, by number, in a stream that needs little memory."""
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(*_statement())
        while rows := cursor.fetchmany(AT_ONCE):
            yield from _made([dict(zip(_COLUMNS, row, strict=True)) for row in rows])


def occupation_labels() -> dict[str, tuple[str, ...]]:
    """Give per ESCO id the labels of the occupation, the preferred one first; empty while none were imported."""
    rows = Occupation.objects.values_list("key", "label", "alternatives")
    return {key: (label, *alternatives) for key, label, alternatives in rows}


def occupation_names(keys: Sequence[str]) -> tuple[str, ...]:
    """Give the names of some occupations by ESCO id, in that order; one that was not imported is left out."""
    names = dict(Occupation.objects.filter(key__in=keys).values_list("key", "label"))
    return tuple(names[key] for key in keys if key in names)


def state_of_the_register() -> tuple[int, ...]:
    """Give numbers that change whenever an activity, its standing, an undone delivery or a reference changes."""
    written = (ActivityVersion, AdmissionDecision, Delivery)
    numbers = [model._default_manager.aggregate(last=Max("pk"))["last"] or 0 for model in written]
    undone = Delivery.objects.filter(undone_at__isnull=False).count()
    return (*numbers, undone, Occupation.objects.count(), Postcode.objects.count())


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
    current = ActivityVersion.objects.filter(activity__current=F("pk")).order_by("activity_id")
    sql, values = current.values_list(*_COLUMNS).query.sql_with_params()
    return sql, values


def _made(versions: list[dict[str, Any]]) -> Iterator[Listing]:
    runs = _runs([one["id"] for one in versions])
    providers = _providers({one["activity__provider_id"] for one in versions})
    for one in versions:
        provider = providers[one["activity__provider_id"]]
        entry = entry_of(provider.code, one["activity__code"], one, runs.get(one["id"], ()))
        yield Listing(one["activity_id"], entry, provider, one["made_at"])


def _runs(versions: Iterable[int]) -> dict[int, tuple[Run, ...]]:
    rows = RunOffered.objects.filter(version__in=versions).order_by("version_id", "place_in_order")
    told = rows.values_list("version_id", *RUN_COLUMNS)
    return {version: tuple(Run(*run) for _, *run in group) for version, group in groupby(told, key=lambda row: row[0])}


_PROVIDER_COLUMNS = tuple(one.name for one in fields(ProviderEntry) if one.name != "recognitions")
_RECOGNITION_COLUMNS = tuple(one.name for one in fields(Recognition))


def _providers(numbers: set[int]) -> dict[int, ProviderEntry]:
    recognitions: dict[int, list[Recognition]] = {}
    for recognition in ProviderRecognition.objects.filter(provider__in=numbers).order_by("id"):
        recognitions.setdefault(recognition.provider_id, []).append(
            Recognition(*_told(recognition, _RECOGNITION_COLUMNS))
        )
    found = {}
    for one in Provider.objects.filter(pk__in=numbers):
        columns: dict[str, Any] = dict(zip(_PROVIDER_COLUMNS, _told(one, _PROVIDER_COLUMNS), strict=True))
        found[one.pk] = ProviderEntry(**columns, recognitions=tuple(recognitions.get(one.pk, ())))
    return found


def _told(record: object, columns: Iterable[str]) -> list[Any]:
    return [getattr(record, name) for name in columns]
