"""A provider and its whole offer, read from the register for the checks of quality."""

from datetime import date

from doorleren.register.entries import ProviderEntry, Recognition
from doorleren.register.models import Activity, Provider
from doorleren.register.quality.offers import Offer
from doorleren.register.queries import is_published, listings


def provider_entry(provider: Provider) -> ProviderEntry:
    """Give a provider with its recognitions as plain data."""
    told = provider.recognitions.order_by("id").values_list("route", "proof", "starts_on", "ends_on")
    return ProviderEntry(
        provider.code, provider.name, provider.kvk, provider.website, provider.street, provider.postcode, provider.place,
        tuple(Recognition(*one) for one in told),
    )  # fmt: skip


def offer_of(
    provider: int,
    on: date,
    shortage_occupations: frozenset[str] | None = None,
    shortage_sectors: frozenset[str] | None = None,
) -> Offer:
    """Give what a provider offers on a day: what is listed and published then. Raises Provider.DoesNotExist."""
    keys = Activity.objects.filter(provider=provider, current__isnull=False).order_by("id").values_list("id", flat=True)
    entries = tuple(one.entry for one in listings(list(keys)).values() if is_published(one.entry, on))
    told = provider_entry(Provider.objects.get(pk=provider))
    return Offer(told, entries, on, shortage_occupations, shortage_sectors)
