"""What an applicant does in the own case: write, complete what was asked, withdraw. The acts are those of `cases`."""

from datetime import datetime

from django.db import transaction

from doorleren.applications.access import ensure
from doorleren.applications.commands.withdraw_application import withdraw_application
from doorleren.applications.models import Application
from doorleren.applications.own_case import case_of, may_act
from doorleren.applications.refusing import ApplicationRefused
from doorleren.cases.commands.complete import complete
from doorleren.cases.commands.withdraw import withdraw
from doorleren.cases.commands.write_message import Sent, write_message
from doorleren.cases.models import Case, CaseAct, Message, MessageKind
from doorleren.core.texts import Texts
from doorleren.people.signed_in import SignedIn

NO_CASE: Texts = {
    "nl": "Uw aanvraag is nog niet in behandeling.", "en": "Your application is not being dealt with yet.",
}  # fmt: skip


def write_in_own_case(
    application: int, kind: MessageKind, text: str, *, by: SignedIn, at: datetime, file: Sent | None = None
) -> Message:
    """Write a message. Raises NotAllowed, ApplicationRefused where there is no case, CaseRefused, Destroyed."""
    with transaction.atomic():
        return write_message(_case(application, by, at).pk, kind, text, by=by, at=at, file=file)


def complete_own_case(application: int, *, by: SignedIn, at: datetime) -> CaseAct:
    """Say that what was asked has been given; the term for deciding runs on. Raises as `write_in_own_case`."""
    with transaction.atomic():
        return complete(_case(application, by, at).pk, by=by, at=at, party=True)


def withdraw_own_case(application: int, *, by: SignedIn, at: datetime) -> CaseAct | None:
    """Withdraw the application, and with it the case where one was opened. Raises NotAllowed, ApplicationRefused, CaseRefused."""
    with transaction.atomic():
        found = withdraw_application(application, by=by, at=at)
        case = case_of(found)
        return None if case is None else withdraw(case.pk, by=by, at=at, party=True)


def _case(application: int, by: SignedIn, at: datetime) -> Case:
    """Give the case for who may act in it. Raises NotAllowed, ApplicationRefused."""
    found = Application.objects.select_for_update(of=("self",)).select_related("round").get(pk=application)
    ensure(may_act(by, found, at=at))
    case = case_of(found)
    if case is None:
        raise ApplicationRefused(NO_CASE)
    return case
