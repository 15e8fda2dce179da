"""Letting oneself be found as an adviser on the public list, and stopping that: consent, which goes as easily as it came."""

import re
from datetime import datetime

from django.db import transaction

from doorleren.applications.bundles.queries import advising_for, qualified_on
from doorleren.applications.bundles.refusing import NOT_QUALIFIED
from doorleren.applications.models import AdviserListing
from doorleren.applications.models.listings import LONGEST_PLACE, PHONE
from doorleren.audit.acts import Party, record
from doorleren.core.days import day_of
from doorleren.core.refusals import ActRefused
from doorleren.core.texts import Texts
from doorleren.people.access import NotAllowed, Refused, Thing, ensure
from doorleren.people.models import Person
from doorleren.people.signed_in import SignedIn
from doorleren.register.alerts.addresses import BadAddress, well_written

ACT = "list_oneself"
NO_PLACE: Texts = {
    "nl": f"Vul in in welke plaats u werkt, in ten hoogste {LONGEST_PLACE} tekens.",
    "en": f"Tell in which place you work, in at most {LONGEST_PLACE} characters.",
}
NO_WAY: Texts = {
    "nl": "Vul een e-mailadres of een telefoonnummer in.",
    "en": "Give an e-mail address or a telephone number.",
}
BAD_PHONE: Texts = {
    "nl": "Een telefoonnummer heeft 6 tot 20 cijfers, spaties of streepjes.",
    "en": "A telephone number has 6 to 20 digits, spaces or dashes.",
}


class ListingRefused(ActRefused):
    """The adviser does not get on the list; `field` is what was wrong, empty for none of them."""

    def __init__(self, texts: Texts, field: str = "") -> None:
        """Keep the words and the field."""
        super().__init__(texts)
        self.field = field


def list_adviser(
    organisation: int, *, place: str, email: str, phone: str, by: SignedIn, at: datetime
) -> AdviserListing:
    """Put oneself on the public list for one firm, or change what stands there. Raises NotAllowed, ListingRefused."""
    place, email, phone = (" ".join(one.split()) for one in (place, email, phone))
    if not 0 < len(place) <= LONGEST_PLACE or not place.isprintable():
        raise ListingRefused(NO_PLACE, "place")
    if not email and not phone:
        raise ListingRefused(NO_WAY, "email")
    try:
        email = well_written(email) if email else ""
    except BadAddress as fault:
        raise ListingRefused(fault.texts, "email") from fault
    if phone and not re.fullmatch(PHONE, phone):
        raise ListingRefused(BAD_PHONE, "phone")
    with transaction.atomic():
        Person.objects.select_for_update(no_key=True).get(pk=by.person)
        ensure(by, ACT, Thing("adviser_listing", str(by.person), organisation=organisation), at=at)
        day = day_of(at)
        if organisation not in {one.organisation_id for one in advising_for(by.person, day)}:
            raise NotAllowed(Refused("no_mandate"))
        if not qualified_on(by.person, day):
            raise ListingRefused(NOT_QUALIFIED)
        told = {"organisation_id": organisation, "place": place, "email": email, "phone": phone, "listed_at": at}
        made, _ = AdviserListing.objects.update_or_create(adviser_id=by.person, defaults=told)
        record("adviser_listed", _party(by.person), by=by.party, at=at, details={"organisation": organisation})
    return made


def unlist_adviser(*, by: SignedIn, at: datetime) -> bool:
    """Take oneself off the list: the row goes. Gives whether one was on it. Anybody may for oneself, qualified or not."""
    with transaction.atomic():
        return let_go_of_listing(by.person, by=by.party, at=at)


def let_go_of_listing(person: int, *, by: Party, at: datetime) -> bool:
    """Take somebody off the list, also where their account is destroyed: in that transaction. Gives whether one was on it."""
    gone, _ = AdviserListing.objects.filter(adviser=person).delete()
    if gone:
        record("adviser_unlisted", _party(person), by=by, at=at, details={})
    return bool(gone)


def _party(person: int) -> Party:
    return Party("adviser_listing", str(person))
