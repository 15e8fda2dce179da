"""Change what a provider says of itself: site, contact, visiting address and locations become a new version.

From then on no delivery changes these any more. The name is that of the trade register, and stays as it is.
"""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from doorleren.audit.acts import Party, record
from doorleren.people.access import Thing, ensure
from doorleren.people.models import Organisation
from doorleren.people.signed_in import SignedIn
from doorleren.register.answers import ActRefused
from doorleren.register.entries import Location
from doorleren.register.models import Provider, ProviderDetails, ProviderLocation
from doorleren.register.uploads.owning import provider_of


@dataclass(frozen=True, slots=True)
class Details:
    """What a provider says of itself; `locations` are the places where it teaches beside its visiting address."""

    website: str = ""
    email: str = ""
    phone: str = ""
    street: str = ""
    postcode: str = ""
    place: str = ""
    locations: tuple[Location, ...] = ()


_PLAIN = ("website", "email", "phone", "street", "postcode", "place")


def change_provider(
    details: Details, *, organisation: Organisation, by: SignedIn, at: datetime, seen: int | None
) -> bool:  # fmt: skip
    """Make what was typed the version in force; give whether anything changed.

    `seen` is the version that was on the page, None where there was none. Raises NotAllowed; ActRefused where somebody
    else changed it since the page was opened.
    """
    ensure(by, "change_provider_details", Thing("provider", organisation.kvk, organisation=organisation.pk), at=at)
    with transaction.atomic():
        provider = locked_provider(organisation, at)
        if provider.details_id != seen:
            raise ActRefused({
                "nl": "Iemand heeft deze gegevens intussen veranderd. Open de bladzijde opnieuw, en typ uw wijziging nog eens.",
                "en": "Somebody changed these details in the meantime. Open the page again, and type your change once more.",
            })  # fmt: skip
        if details == details_of(provider):
            return False
        places = [asdict(one) for one in details.locations]
        plain = {name: getattr(details, name) for name in _PLAIN}
        made = ProviderDetails.objects.create(
            provider=provider, made_at=at, made_by=f"{by.party.kind}:{by.party.id}", locations=places, **plain
        )
        Provider.objects.filter(pk=provider.pk).update(details=made, changed_at=at, **plain)
        provider.locations.all().delete()
        ProviderLocation.objects.bulk_create(
            [ProviderLocation(provider=provider, place_in_order=number, **one) for number, one in enumerate(places)]
        )
        record("changed", Party("provider", str(provider.pk)), by=by.party, at=at, details={"version": made.pk})
    return True


def details_of(provider: Provider) -> Details:
    """Give what stands of a provider now, whoever said it."""
    rows = provider.locations.order_by("place_in_order").values_list("name", "street", "postcode", "place")
    plain = {name: getattr(provider, name) for name in _PLAIN}
    return Details(**plain, locations=tuple(Location(*one) for one in rows))


def locked_provider(organisation: Organisation, at: datetime) -> Provider:
    """Give the provider with the KvK number of an organisation, locked; made here where the register has none yet."""
    told = provider_of(organisation)
    Provider.objects.get_or_create(
        kvk=organisation.kvk, defaults={"code": told.code, "name": told.name, "changed_at": at}
    )
    return Provider.objects.select_for_update(no_key=True).get(kvk=organisation.kvk)
