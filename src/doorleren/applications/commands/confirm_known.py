"""Saying that what was taken over at the start is right: the same answers once more, told now. What they say does not change."""

from datetime import datetime

from django.db import transaction

from doorleren.applications.answers import counted_answers
from doorleren.applications.commands.save_answers import Given, insert, open_for_change
from doorleren.applications.models import Application, Origin
from doorleren.applications.recording import party
from doorleren.applications.refusing import CHANGED_MEANWHILE, ApplicationRefused
from doorleren.audit.acts import record
from doorleren.people.signed_in import SignedIn
from doorleren.rules.library import Library


def confirm_known(application: int, *, seen: int, library: Library, by: SignedIn, at: datetime) -> int:
    """Confirm all that was taken over; gives how many answers. What stands ready stays so, for its content is the same.

    `seen` is the number of the last answer on the page: nobody confirms what was not shown. Raises NotAllowed or
    ApplicationRefused, also for what another changed meanwhile.
    """
    with transaction.atomic():
        draft = open_for_change(application, by=by, at=at)
        later = [one.fact for one in counted_answers(draft.pk, library) if one.number > seen]
        if later:
            raise ApplicationRefused(CHANGED_MEANWHILE, tuple(later))
        return confirm_all(draft, library=library, by=by, at=at)


def confirm_all(draft: Application, *, library: Library, by: SignedIn, at: datetime) -> int:
    """Add the answers that were taken over as told now. Called within the transaction of a command."""
    given = [
        Given(one.fact, one.value, Origin(one.origin))
        for one in counted_answers(draft.pk, library)
        if one.taken_from and not one.subject_number
    ]
    new = insert(draft, given, library=library, by=by.party, at=at) if given else 0
    if new:
        record("answers_confirmed", party(draft), by=by.party, at=at, details={"answers": new})
    return new
