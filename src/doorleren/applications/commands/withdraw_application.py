"""Withdrawing an application: a draft with the way back, a submitted one for good; its place goes to who comes next.

Ground: an applicant may withdraw until it has been decided on. What was submitted stays as it was; its ticket is marked
(rounds/commands/withdraw_ticket.py) and the allocation gives its place to another (fill_freed.py). Who wants something
else files anew, in the same round, and comes in at that moment (one_place.py).
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from doorleren.applications.access import applicant_of, ensure, may_edit, may_file
from doorleren.applications.answers import track_of
from doorleren.applications.models import Application, Freeze
from doorleren.applications.queries import ticket_of
from doorleren.applications.recording import party
from doorleren.applications.refusing import NOT_WITHDRAWN, SUBMITTED, WITHDRAWN, ApplicationRefused
from doorleren.applications.regions import needed_of_region
from doorleren.applications.superseding import no_longer_ready
from doorleren.audit.acts import record
from doorleren.people.signed_in import SignedIn
from doorleren.rounds.answers import RoundRefused
from doorleren.rounds.commands.withdraw_ticket import withdraw_ticket
from doorleren.rounds.models import Ticket


def withdraw_application(application: int, *, by: SignedIn, at: datetime) -> Application:
    """Withdraw. What stood ready no longer does. Raises NotAllowed, or ApplicationRefused when that was done or cannot be."""
    with transaction.atomic():
        found = Application.objects.select_for_update().get(pk=application)
        ensure(may_edit(by, found, at=at))
        if found.withdrawn_at is not None:
            raise ApplicationRefused(WITHDRAWN)
        ticket = ticket_of(found)
        if ticket is not None:
            ensure(may_file(by, applicant_of(found), at=at))  # not an official who entered it (entered_for.py)
            _withdraw(found, ticket, by, at)
        if ticket is not None or no_longer_ready(found, at=at):
            found.withdrawn_at = at
            found.save(update_fields=["withdrawn_at"])
            record("withdrawn", party(found), by=by.party, at=at, details={"submitted": ticket is not None})
            return found
        transaction.set_rollback(True)  # nothing was changed; the gate, which `no_longer_ready` holds, is let go of
    return withdraw_application(application, by=by, at=at)  # it came in meanwhile: now it has a ticket


def _withdraw(found: Application, ticket: Ticket, by: SignedIn, at: datetime) -> None:
    try:
        give_up(ticket, found.applicant_kind, found.applicant_number, of_all=_of_region(found), by=by, at=at)
    except RoundRefused as refused:
        raise ApplicationRefused(refused.texts) from refused


def give_up(
    ticket: Ticket, kind: str, number: int | None, *, of_all: bool = False, by: SignedIn, at: datetime
) -> None:  # fmt: skip
    """Withdraw a ticket, and let what an applicant has ready for its place be put ready anew: its token names that place.

    `of_all`: other applicants may have something ready for the same place. Raises RoundRefused, and changes nothing then.
    What is ready comes before the record: who changes it holds it, and asks the record next.
    """
    with transaction.atomic():
        _ready_anew(ticket, kind, number, of_all=of_all)
        withdraw_ticket(ticket.pk, by=by.party, at=at)


def _ready_anew(ticket: Ticket, kind: str, number: int | None, *, of_all: bool) -> None:
    own = Ticket.objects.filter(round=ticket.round_id, key=OuterRef("key"))
    same = Freeze.objects.filter(application=OuterRef("pk"), content=OuterRef("frozen_content"), person=ticket.person)
    ready = Application.objects.filter(round=ticket.round_id, frozen_at__isnull=False, withdrawn_at__isnull=True)
    if not of_all:
        ready = ready.filter(applicant_kind=kind, applicant_number=number or 0)
    ready.filter(~Exists(own), Exists(same)).update(frozen_at=None, frozen_content="")


def _of_region(application: Application) -> bool:
    return bool(needed_of_region(track_of(application)))


def undo_withdrawal(application: int, *, by: SignedIn, at: datetime) -> Application:
    """Take a withdrawal back, for what was not submitted. Raises NotAllowed or ApplicationRefused."""
    with transaction.atomic():
        found = Application.objects.select_for_update().get(pk=application)
        ensure(may_edit(by, found, at=at))
        if found.withdrawn_at is None:
            raise ApplicationRefused(NOT_WITHDRAWN)
        if ticket_of(found) is not None:
            raise ApplicationRefused(SUBMITTED)
        found.withdrawn_at = None
        found.save(update_fields=["withdrawn_at"])
        record("withdrawal_undone", party(found), by=by.party, at=at, details={})
    return found
