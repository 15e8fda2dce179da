"""Giving one's own bank account, as who applied and is paid, and taking that back while nobody confirmed it.

It is a proposal as any other: an official who confirms it is the second person, and it may be paid on 48 hours later. Until then the
account before it stays in use, and the payee is told by the way that was known before.
"""

from datetime import datetime

from django.db import transaction

from doorleren.applications.access import ensure
from doorleren.applications.models import Application
from doorleren.applications.own_case import case_of, may_act
from doorleren.audit.acts import Party
from doorleren.cases.models import Case
from doorleren.payments.access import ensure_may_give
from doorleren.payments.commands.confirm_account import withdrawn
from doorleren.payments.commands.propose_account import keep_proposal
from doorleren.payments.models import PayeeAccount
from doorleren.payments.models.run import PAID_FOR
from doorleren.payments.payable import payees_for
from doorleren.payments.refusing import refused
from doorleren.people.signed_in import SignedIn

REASON = "De ontvanger gaf deze rekening zelf door in het eigen dossier."
"""What is kept as the reason of an account that its payee gave, for the officials who read it."""


def give_own_account(application: int, iban: str, name: str, *, by: SignedIn, at: datetime) -> PayeeAccount:
    """Propose an account for who applied, as that person or who acts for them, with fresh proof of who they are.

    Raises NotAllowed; PaymentRefused where the decision pays somebody else, for what is no IBAN or name, or where a proposal waits.
    """
    with transaction.atomic():
        found, case = _own(application, by, at)
        if not may_give(found, case):
            raise refused(
                "Voor deze aanvraag betalen wij niet aan u. U hoeft geen rekeningnummer door te geven.",
                "For this application we do not pay you. You need not give an account number.",
            )
        payee = payee_of(found)
        return keep_proposal(payee, iban, name, body=case.body_id, reason=REASON, by=by, at=at, by_payee=True)


def take_own_account_back(application: int, *, by: SignedIn, at: datetime) -> PayeeAccount:
    """Withdraw what one gave oneself and nobody confirmed. Raises NotAllowed; PaymentRefused where there is none (any more)."""
    with transaction.atomic():
        found, case = _own(application, by, at)
        row = own_waiting(found, case, lock=True)
        if row is None or not row.by_payee:
            raise refused(
                "Er is geen rekeningnummer meer dat u kunt terugnemen.",
                "There is no account number left that you can take back.",
            )
        return withdrawn(row, by=by, at=at)


def may_give(application: Application, case: Case) -> bool:
    """Say whether money of a case goes to who applied, by its last decision, as a penalty or as a refund; not once it was destroyed."""
    if case.destroyed_at is not None:
        return False
    told = payees_for((case.pk, what) for what in PAID_FOR)
    return payee_of(application) in {Party(one.kind, one.id) for one in told.values()}


def own_waiting(application: Application, case: Case, *, lock: bool = False) -> PayeeAccount | None:
    """Give the account of who applied that waits to be confirmed; None where there is none."""
    payee = payee_of(application)
    rows = PayeeAccount.objects.filter(
        body=case.body_id, payee_kind=payee.kind, payee_id=payee.id, confirmed_at=None, withdrawn_at=None
    )
    return (rows.select_for_update(of=("self",)) if lock else rows).first()


def payee_of(application: Application) -> Party:
    """Give who applied as a payee."""
    return Party(application.applicant_kind, str(application.applicant_number))


def _own(number: int, by: SignedIn, at: datetime) -> tuple[Application, Case]:
    found = Application.objects.select_related("round").get(pk=number)
    ensure(may_act(by, found, at=at))
    ensure_may_give(by, payee_of(found), at=at)
    case = case_of(found)
    if case is None:
        raise refused("Uw aanvraag is nog niet in behandeling.", "Your application is not being dealt with yet.")
    return found, case
