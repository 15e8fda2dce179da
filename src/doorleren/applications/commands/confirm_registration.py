"""What a participant says of a registration, having signed in through a channel of their own: it is right, or it is not.

A no withdraws the application of the registration with its ticket: the place goes to who comes next (docs/adr/0027), and
the participant can apply in this round (applications/one_place.py). Once a decision rests on the place, a no is kept
and stands in the record; what becomes of the decision is for who decides.
"""

from datetime import datetime

from django.db import transaction

from doorleren.applications.bundles.queries import registrations_for
from doorleren.applications.bundles.refusing import ANSWERED, BundleRefused
from doorleren.applications.commands.withdraw_application import give_up
from doorleren.applications.models import Application, Confirmation, PartyKind, Registration, Word
from doorleren.applications.queries import ticket_of
from doorleren.audit.acts import Detail, Party, record
from doorleren.audit.holding import hold
from doorleren.people.access import NotAllowed, Refused, Thing, ensure
from doorleren.people.signed_in import SignedIn
from doorleren.rounds.answers import RoundRefused


def confirm_registration(registration: int, word: Word, *, by: SignedIn, at: datetime) -> Confirmation:
    """Keep what the participant says. Raises NotAllowed for anybody else, BundleRefused when it was said before."""
    ensure(by, "confirm_registration", Thing("registration", str(registration), person=by.person), at=at)
    with transaction.atomic():
        hold(Party("registration", str(registration)))  # said once, by one
        found = registrations_for(by.person).filter(pk=registration).first()
        if found is None:
            raise NotAllowed(Refused("not_yours"))
        if Confirmation.objects.filter(registration=found).exists():
            raise BundleRefused(ANSWERED)
        made = Confirmation.objects.create(registration=found, word=word, by_id=by.person, at=at)
        details: dict[str, Detail] = {"word": Word(word).value}
        if word != Word.CONFIRMED and not _withdrawn(found, by, at):
            details["decided"] = True
        record(
            "confirmed_registration",
            Party("application", str(found.application_id)),
            by=by.party,
            at=at,
            details=details,
        )
    return made


def _withdrawn(registration: Registration, by: SignedIn, at: datetime) -> bool:
    """Withdraw what was registered; say False where it was decided on already, so that it stays."""
    application = Application.objects.select_for_update().get(pk=registration.application_id)
    ticket = ticket_of(application)
    try:
        if ticket is not None:
            give_up(ticket, PartyKind.PERSON, by.person, by=by, at=at)
    except RoundRefused:
        return False
    if application.withdrawn_at is None:
        application.withdrawn_at = at
        application.save(update_fields=["withdrawn_at"])
    return True
