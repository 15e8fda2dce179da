"""What a participant says of a registration, having signed in through a channel of their own: it is right, or it is not.

A no withdraws the application of the registration: a mark, as every withdrawal of what was submitted (ADR 0021).
"""

from datetime import datetime

from django.db import transaction

from doorleren.applications.bundles.queries import registrations_for
from doorleren.applications.bundles.refusing import ANSWERED, BundleRefused
from doorleren.applications.models import Application, Confirmation, Registration, Word
from doorleren.audit.acts import Party, record
from doorleren.people.access import NotAllowed, Refused, Thing, ensure
from doorleren.people.signed_in import SignedIn


def confirm_registration(registration: int, word: Word, *, by: SignedIn, at: datetime) -> Confirmation:
    """Keep what the participant says. Raises NotAllowed for anybody else, BundleRefused when it was said before."""
    ensure(by, "confirm_registration", Thing("registration", str(registration), person=by.person), at=at)
    with transaction.atomic():
        Registration.objects.select_for_update(no_key=True).filter(pk=registration).first()  # said once, by one
        found = registrations_for(by.person).filter(pk=registration).first()
        if found is None:
            raise NotAllowed(Refused("not_yours"))
        if Confirmation.objects.filter(registration=found).exists():
            raise BundleRefused(ANSWERED)
        made = Confirmation.objects.create(registration=found, word=word, by_id=by.person, at=at)
        if word != Word.CONFIRMED:
            Application.objects.filter(pk=found.application_id, withdrawn_at__isnull=True).update(withdrawn_at=at)
        subject = Party("application", str(found.application_id))
        record("confirmed_registration", subject, by=by.party, at=at, details={"word": Word(word).value})
    return made
