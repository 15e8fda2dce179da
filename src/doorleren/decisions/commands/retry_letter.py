"""Trying again, now and by hand, to send a letter that did not go out: by its own way, or into the message box."""

from datetime import datetime

from django.db import transaction

from doorleren.applications.corrections.sealed import KIND as CORRECTION
from doorleren.applications.models import CorrectionRequest
from doorleren.audit.acts import Party, record
from doorleren.cases.access import thing_of
from doorleren.cases.models import Case
from doorleren.decisions.failed_letters import ABOUT
from doorleren.decisions.refusing import refused
from doorleren.letters.commands.send_letter import send_letter
from doorleren.letters.models import Channel, Dispatch, Letter
from doorleren.people.access import Thing, ensure
from doorleren.people.signed_in import SignedIn


def retry_letter(letter: int, *, by: SignedIn, at: datetime, into_box: bool = False) -> Dispatch:
    """Try once; give the attempt, which may have failed again. `into_box`: where word by e-mail does not arrive.

    Raises NotAllowed; DecisionRefused where it went out meanwhile or was never tried; Letter.DoesNotExist, also for one about neither a case nor a request for correction.
    """
    with transaction.atomic():
        found = Letter.objects.defer("content", "pdf").get(pk=letter, about_kind__in=ABOUT)
        about = Party(found.about_kind, found.about_id)
        ensure(by, *_demand(about), at=at)
        if not found.dispatches.exists() or found.dispatches.filter(sent=True).exists():
            raise refused("not_failed", "Deze brief is al weg, of nog niet geprobeerd.",
                          "This letter has gone out already, or was not tried yet.")  # fmt: skip
        if into_box and found.channel != Channel.E_MAIL:
            raise refused("way", "Alleen een brief met een e-mail kan in plaats daarvan naar de berichtenbox.",
                          "Only a letter with word by e-mail can go to the message box instead.")  # fmt: skip
        made = send_letter(letter, at=at, channel=Channel.MESSAGE_BOX if into_box else None)
        record("letter_retried", about, by=by.party, at=at, details={"letter": letter, "sent": made.sent})
    return made


def _demand(about: Party) -> tuple[str, Thing]:
    """Give the act that sending it again takes, and what it is done to."""
    if about.kind == CORRECTION:
        request = CorrectionRequest.objects.get(pk=int(about.id))
        return "treat_correction", Thing(CORRECTION, about.id, body=request.body_id)
    return "note_in_case", thing_of(Case.objects.get(pk=int(about.id)))
