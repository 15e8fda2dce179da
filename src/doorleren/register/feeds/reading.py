"""A fetched file as rows: read in the form, with the mapping and for the provider that were agreed with the source."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

from doorleren.register.commands.receive_delivery import Received
from doorleren.register.entries import ProviderEntry
from doorleren.register.incoming import received
from doorleren.register.intake.mapping import Mapping, mapping_of
from doorleren.register.intake.reading import read_file
from doorleren.register.intake.rows import Row
from doorleren.register.models import Provider, Source
from doorleren.register.quality.reading import provider_entry


def read_delivery(path: Path, source: Source, today: date) -> tuple[Iterator[Received], dict[str, Any]]:
    """Give the rows of a file, lazily, and the mapping of columns that was used; raises Unreadable for no such file.

    A row that names no provider is of the source's own; without one it is refused, or the whole file is.
    """
    owner = _provider_of(source)
    agreed: Mapping | Literal["auto"] = (
        mapping_of(source.mapping) if source.mapping and source.form == "csv" else "auto"
    )
    reading = read_file(
        path, form=source.form, mapping=agreed, today=today, default_provider=owner.code if owner else None
    )
    used = reading.mapping.as_json() if reading.mapping else {}
    return received(_with_provider(reading, owner)), used


def _provider_of(source: Source) -> ProviderEntry | None:
    """Give the provider that the source stands for, as the register knows it; a new one has the name that was kept."""
    if not source.provider_kvk:
        return None
    known = Provider.objects.filter(kvk=source.provider_kvk).first()
    if known is not None:
        return provider_entry(known)
    return ProviderEntry(source.provider_kvk, source.provider_name, source.provider_kvk)


def _with_provider(rows: Iterable[Row], owner: ProviderEntry | None) -> Iterator[Row]:
    """Give the rows; one whose provider is no more than the code that stands in for it gets the provider itself."""
    for row in rows:
        told = row.provider
        if owner and told and told.code == told.name == owner.code and told.kvk in ("", owner.kvk):
            yield replace(row, provider=owner)
        else:
            yield row
