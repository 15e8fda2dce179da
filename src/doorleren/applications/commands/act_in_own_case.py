"""What an applicant does in the own case: write, complete what was asked, say that we are late, withdraw. The acts are those of `cases`."""

from datetime import datetime

from django.db import transaction

from doorleren.applications.access import ensure
from doorleren.applications.commands.withdraw_application import withdraw_application
from doorleren.applications.models import Application
from doorleren.applications.own_case import case_of, may_act
from doorleren.applications.queries import ticket_of
from doorleren.applications.refusing import ApplicationRefused
from doorleren.cases.commands.complete import complete
from doorleren.cases.commands.give_notice_of_default import give_notice_of_default
from doorleren.cases.commands.withdraw import withdraw
from doorleren.cases.commands.write_message import Sent, write_message
from doorleren.cases.locking import locked_case
from doorleren.cases.models import Case, CaseAct, Message, MessageKind
from doorleren.cases.queries import acts_of, terms_of_case
from doorleren.cases.recording import life_of
from doorleren.cases.refusing import CaseRefused
from doorleren.cases.terms.default import overdue
from doorleren.core.days import day_of
from doorleren.core.texts import Texts
from doorleren.people.signed_in import SignedIn
from doorleren.rounds.commands.note_completeness import note_completed

NO_CASE: Texts = {
    "nl": "Uw aanvraag is nog niet in behandeling.", "en": "Your application is not being dealt with yet.",
}  # fmt: skip

NOT_LATE: Texts = {
    "nl": "Wij zijn niet te laat met beslissen, of u liet ons dat al weten.",
    "en": "We are not late in deciding, or you have told us so already.",
}  # fmt: skip


def write_in_own_case(
    application: int, kind: MessageKind, text: str, *, by: SignedIn, at: datetime, file: Sent | None = None
) -> Message:
    """Write a message. Raises NotAllowed, ApplicationRefused where there is no case, CaseRefused, Destroyed."""
    with transaction.atomic():
        return write_message(_case(application, by, at).pk, kind, text, by=by, at=at, file=file)


def complete_own_case(application: int, *, by: SignedIn, at: datetime) -> CaseAct:
    """Say that what was asked has been given; the term for deciding runs on. Raises as `write_in_own_case`.

    In the order of its round the application gets the place that follows from that (rounds/completing.py).
    """
    with transaction.atomic():
        case, ticket = locked_case(_case(application, by, at).pk), ticket_of(Application.objects.get(pk=application))
        if ticket is not None:  # before the act: who records one locks no places after it (note_completeness)
            note_completed(ticket.pk, on=day_of(at), by=by.party, at=at)
        return complete(case.pk, by=by, at=at, party=True)


def declare_own_default(
    application: int, *, by: SignedIn, at: datetime, objection: int | None = None
) -> CaseAct:  # fmt: skip
    """Give notice of default, today, where the term for deciding has passed. Raises as `write_in_own_case`. Ground: Awb 4:17(3).

    `objection`: which decision is late, where more than one is: 0 for that on the application, else the number of the objection.
    """
    with transaction.atomic():
        case, today = locked_case(_case(application, by, at).pk), day_of(at)
        late = overdue(life_of(case, acts_of(case.pk)), terms_of_case(case), today)
        if not late or (objection is not None and objection not in late):
            raise CaseRefused(NOT_LATE, "declared_in_default")
        return give_notice_of_default(case.pk, on=today, by=by, at=at, party=True, objection=objection)


def withdraw_own_case(application: int, *, by: SignedIn, at: datetime) -> CaseAct | None:
    """Withdraw the application, and with it the case where one was opened. Raises NotAllowed, ApplicationRefused, CaseRefused.

    The case is locked before the withdrawal is recorded: who has locked a case asks the record next (cases/locking.py).
    """
    with transaction.atomic():
        opened = case_of(Application.objects.select_for_update(of=("self",)).get(pk=application))
        if opened is not None:
            locked_case(opened.pk)
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
