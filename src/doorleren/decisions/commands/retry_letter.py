"""Trying again, now and by hand, to send a letter of a case that did not go out: by its own way, or into the message box."""

from datetime import datetime

from django.db import transaction

from doorleren.audit.acts import record
from doorleren.cases.access import thing_of
from doorleren.cases.models import Case
from doorleren.cases.recording import party_of
from doorleren.decisions.refusing import refused
from doorleren.letters.commands.send_letter import send_letter
from doorleren.letters.models import Channel, Dispatch, Letter
from doorleren.people.access import ensure
from doorleren.people.signed_in import SignedIn


def retry_letter(letter: int, *, by: SignedIn, at: datetime, into_box: bool = False) -> Dispatch:
    """Try once; give the attempt, which may have failed again. `into_box`: where word by e-mail does not arrive.

    Raises NotAllowed; DecisionRefused where it went out meanwhile or was never tried; Letter.DoesNotExist, also for one about no case.
    """
    with transaction.atomic():
        found = Letter.objects.defer("content", "pdf").get(pk=letter, about_kind="case")
        case = Case.objects.get(pk=int(found.about_id))
        ensure(by, "note_in_case", thing_of(case), at=at)
        if not found.dispatches.exists() or found.dispatches.filter(sent=True).exists():
            raise refused("not_failed", "Deze brief is al weg, of nog niet geprobeerd.",
                          "This letter has gone out already, or was not tried yet.")  # fmt: skip
        if into_box and found.channel != Channel.E_MAIL:
            raise refused("way", "Alleen een brief met een e-mail kan in plaats daarvan naar de berichtenbox.",
                          "Only a letter with word by e-mail can go to the message box instead.")  # fmt: skip
        made = send_letter(letter, at=at, channel=Channel.MESSAGE_BOX if into_box else None)
        record("letter_retried", party_of(case), by=by.party, at=at, details={"letter": letter, "sent": made.sent})
    return made
