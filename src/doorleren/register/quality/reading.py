"""A provider and its whole offer, read from the register for the checks of quality."""

from dataclasses import replace
from datetime import date

from doorleren.register.entries import Location, ProviderEntry, Recognition
from doorleren.register.models import Activity, Provider
from doorleren.register.quality.offers import Offer, Origin
from doorleren.register.queries import is_published, listings
from doorleren.register.recognitions import stated_by
from doorleren.register.shortages import shortages_on


def provider_entry(provider: Provider) -> ProviderEntry:
    """Give a provider as plain data, with its locations and the recognitions that count."""
    places = provider.locations.order_by("place_in_order").values_list("name", "street", "postcode", "place")
    told = provider.recognitions.order_by("id").values_list("route", "proof", "starts_on", "ends_on")
    return ProviderEntry(
        provider.code, provider.name, provider.kvk, provider.website, provider.street, provider.postcode, provider.place,
        tuple(Recognition(*one) for one in told), provider.email, provider.phone,
        tuple(Location(*one) for one in places),
    )  # fmt: skip


def origins_of(provider: Provider) -> dict[Recognition, Origin]:
    """Say of the recognitions that count who told them; what a delivery told before that was kept has no source."""
    columns = ("route", "proof", "starts_on", "ends_on", "stated", "delivery__source__name")
    rows = provider.recognitions.order_by("id").values_list(*columns)
    return {Recognition(*told): Origin(source or "", stated is not None) for *told, stated, source in rows}


def offer_of(provider: int, on: date) -> Offer:
    """Give what a provider offers on a day: what is listed and published then. Raises Provider.DoesNotExist."""
    keys = Activity.objects.filter(provider=provider, current__isnull=False).order_by("id").values_list("id", flat=True)
    entries = tuple(one.entry for one in listings(list(keys)).values() if is_published(one.entry, on))
    return replace(provider_alone(provider, on), entries=entries)


def provider_alone(provider: int, on: date) -> Offer:
    """Give a provider on a day without any activity, with the list of shortage occupations. Raises Provider.DoesNotExist.

    For checks that look at no activity, and for one activity by itself (`dataclasses.replace`).
    """
    one = Provider.objects.get(pk=provider)
    listed = shortages_on(on).occupations()
    return Offer(provider_entry(one), (), on, listed, stated=stated_by(provider), origins=origins_of(one))
