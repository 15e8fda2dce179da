"""Taking back that a case was given to somebody: it goes to whoever had it before, or to nobody.

Only who gave it may, shortly after, and while nothing else was done on the case. The record keeps both acts.
"""

from datetime import datetime, timedelta

from django.db import transaction

from doorleren.cases.commands.perform import perform
from doorleren.cases.locking import locked_case
from doorleren.cases.models import CaseAct
from doorleren.cases.refusing import CaseRefused
from doorleren.cases.stops import said
from doorleren.people.signed_in import SignedIn

LONGEST = timedelta(minutes=15)
TOO_LATE = said(
    "Dit kunt u niet meer ongedaan maken. Geef de zaak aan een collega, of neem haar zelf.",
    "This can no longer be undone. Give the case to a colleague, or take it yourself.",
)


def take_back_assignment(case: int, *, by: SignedIn, at: datetime) -> CaseAct:
    """Undo one's own last assignment of a case. Raises NotAllowed, CaseRefused when it is too late, Case.DoesNotExist."""
    with transaction.atomic():
        held = locked_case(case)
        last, before = [*CaseAct.objects.filter(case=case, act="assigned").order_by("-number")[:2], None, None][:2]
        if last is None or last.number != held.acts or not _own(last, by) or at - last.at > LONGEST:
            raise CaseRefused(TOO_LATE, "assigned")
        to = before.details["to"] if before is not None else 0
        row = perform(case, "assigned", by=by, at=at, details={"to": to, "taken_back": last.number})
        row.case.assigned_to_id = to or None
        row.case.save(update_fields=["assigned_to"])
    return row


def _own(act: CaseAct, by: SignedIn) -> bool:
    return (act.by_kind, act.by_id) == (by.party.kind, by.party.id) and "taken_back" not in act.details
