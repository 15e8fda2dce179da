"""Withdrawing an application: a draft with the way back, a submitted one for good (a mark until places are given out)."""

from datetime import datetime

from django.db import transaction

from doorleren.applications.access import ensure, may_edit
from doorleren.applications.models import Application
from doorleren.applications.queries import ticket_of
from doorleren.applications.recording import party
from doorleren.applications.refusing import NOT_WITHDRAWN, SUBMITTED, WITHDRAWN, ApplicationRefused
from doorleren.audit.acts import record
from doorleren.people.signed_in import SignedIn


def withdraw_application(application: int, *, by: SignedIn, at: datetime) -> Application:
    """Withdraw. What stood ready no longer does. Raises NotAllowed, or ApplicationRefused when it was withdrawn before."""
    with transaction.atomic():
        found = Application.objects.select_for_update().get(pk=application)
        ensure(may_edit(by, found, at=at))
        if found.withdrawn_at is not None:
            raise ApplicationRefused(WITHDRAWN)
        submitted = ticket_of(found) is not None
        found.withdrawn_at = at
        if not submitted:
            found.frozen_at, found.frozen_content = None, ""
        found.save(update_fields=["withdrawn_at", "frozen_at", "frozen_content"])
        record("withdrawn", party(found), by=by.party, at=at, details={"submitted": submitted})
    return found


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
