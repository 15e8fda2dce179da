"""Whose rows a file holds: a provider brings in its own activities and no others, whatever a row calls itself.

The provider of an upload is what the register knows of it. A file changes no provider: else anybody could give itself a
recognition.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from doorleren.people.models import Organisation
from doorleren.register.entries import ProviderEntry
from doorleren.register.intake.faults import fault
from doorleren.register.intake.rows import Row
from doorleren.register.intake.texts import slug
from doorleren.register.models import Provider
from doorleren.register.quality.reading import provider_entry


def provider_of(organisation: Organisation) -> ProviderEntry:
    """Give the provider with the KvK number of an organisation; one that the register does not know yet has its name.

    Without recognitions and locations: a delivery then leaves those that stand as they are.
    """
    known = Provider.objects.filter(kvk=organisation.kvk).first()
    if known is None:
        return ProviderEntry(organisation.kvk, organisation.name, organisation.kvk)
    return replace(provider_entry(known), recognitions=(), locations=())


def source_of(organisation: Organisation) -> str:
    """Name the source of what a provider types or uploads itself; with the number, so that two of one name stay apart."""
    return f"{organisation.name[:80]}, KvK {organisation.kvk}"


def own_rows(rows: Iterable[Row], owner: ProviderEntry) -> Iterator[Row]:
    """Give the rows with the provider whose upload it is; a row of another provider is refused."""
    for row in rows:
        yield _owned(row, owner)


def _owned(row: Row, owner: ProviderEntry) -> Row:
    told = row.provider
    if told is None:
        return row
    if _is_owner(told, owner):
        return replace(row, provider=owner, entry=row.entry and replace(row.entry, provider=owner.code))
    allowed = {
        "nl": f"alleen uw eigen organisatie: KvK-nummer {owner.kvk}",
        "en": f"only your own organisation: KvK number {owner.kvk}",
    }
    wrong = fault(row.number, "provider.kvk", told.kvk or told.name or told.code, allowed)
    return replace(row, provider=None, entry=None, faults=(*row.faults, wrong))


def _is_owner(told: ProviderEntry, owner: ProviderEntry) -> bool:
    """Compare by number where one is told, else by code, else by name."""
    if told.kvk:
        return told.kvk == owner.kvk
    return told.code in (owner.code, owner.kvk) or slug(told.name) == slug(owner.name)
