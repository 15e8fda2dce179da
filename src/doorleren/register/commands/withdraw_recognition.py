"""Withdraw a recognition that one's own organisation stated, confirmed or not: it counts no more."""

from datetime import datetime

from django.db import transaction

from doorleren.people.access import Thing, ensure
from doorleren.people.models import Organisation
from doorleren.people.signed_in import SignedIn
from doorleren.register.access import Acting
from doorleren.register.answers import ActRefused
from doorleren.register.commands.judging import act_on, stated_and_locked
from doorleren.register.models import RecognitionAct


def withdraw_recognition(number: int, *, organisation: Organisation, by: SignedIn, at: datetime) -> RecognitionAct:
    """Withdraw it. Raises NotAllowed; ActRefused for one of another provider, or one that was rejected or withdrawn before."""
    ensure(by, "change_provider_details", Thing("provider", organisation.kvk, organisation=organisation.pk), at=at)
    with transaction.atomic():
        stated = stated_and_locked(number)
        if stated.provider.kvk != organisation.kvk:
            raise ActRefused({
                "nl": "Deze erkenning hoort bij een andere opleider.",
                "en": "This recognition belongs to another provider.",
            })  # fmt: skip
        return act_on(stated, "withdrawn", by=Acting(by.party.kind, by.party.id), at=at)
