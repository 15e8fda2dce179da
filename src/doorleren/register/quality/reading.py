"""A provider and its whole offer, read from the register for the checks of quality."""

from datetime import date

from doorleren.register.entries import Location, ProviderEntry, Recognition
from doorleren.register.models import Activity, Provider
from doorleren.register.quality.offers import Offer
from doorleren.register.queries import is_published, listings
from doorleren.register.recognitions import stated_by


def provider_entry(provider: Provider) -> ProviderEntry:
    """Give a provider as plain data, with its locations and the recognitions that count."""
    places = provider.locations.order_by("place_in_order").values_list("name", "street", "postcode", "place")
    told = provider.recognitions.order_by("id").values_list("route", "proof", "starts_on", "ends_on")
    return ProviderEntry(
        provider.code, provider.name, provider.kvk, provider.website, provider.street, provider.postcode, provider.place,
        tuple(Recognition(*one) for one in told), provider.email, provider.phone,
        tuple(Location(*one) for one in places),
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
    return Offer(told, entries, on, shortage_occupations, shortage_sectors, stated_by(provider))
