"""Opening a file that is not on one's own list: with a reason, which goes into the record of acts.

It is no act on the case: nothing about the case changes, and no term follows from it.
"""

from datetime import datetime

from django.db import transaction

from doorleren.audit.acts import record
from doorleren.audit.models import Act
from doorleren.cases.access import ensure_may_view
from doorleren.cases.looking import REASONS
from doorleren.cases.models import Case
from doorleren.cases.recording import party_of
from doorleren.cases.refusing import CaseRefused
from doorleren.cases.stops import said
from doorleren.people.signed_in import SignedIn

NO_REASON = said("Kies waarom u dit dossier opent.", "Choose why you open this file.")


def look_into(case: int, *, why: str, by: SignedIn, at: datetime) -> Act:
    """Record why somebody opens a file; `why` is one of looking.REASONS. Raises NotAllowed, CaseRefused, Case.DoesNotExist."""
    if why not in REASONS:
        raise CaseRefused(NO_REASON, "looked_into", "why")
    with transaction.atomic():
        found = Case.objects.get(pk=case)
        ensure_may_view(by, found, at=at)
        return record("looked_into", party_of(found), by=by.party, at=at, details={"why": why})
