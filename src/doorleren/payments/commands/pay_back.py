"""Paying back what somebody paid too much on a claim or a loan: from suspense to what is to be paid to who applied, who paid it.

It goes on a subject of its own, ("refund", the number of the case), as it is no money of the grant: it is paid also where the grant
was withdrawn or refused or the case closed, and to nobody else whom a decision names. Two people still propose and release that.

What the bank sent back of a payment of ours is no such money: that is owed again (owe_again.py).
"""

from datetime import datetime

from django.db import transaction

from doorleren.audit.acts import Party, record
from doorleren.cases.locking import locked_case
from doorleren.decisions.queries import decision_in_force
from doorleren.payments.access import PROPOSE_RUN, ensure_may_pay
from doorleren.payments.commands.post import Event, post_all
from doorleren.payments.models import Transaction
from doorleren.payments.queries import paid_back_key
from doorleren.payments.refunds import REFUND
from doorleren.payments.refusing import refused
from doorleren.payments.too_much import paid_too_much
from doorleren.people.signed_in import SignedIn


def pay_back(case: int, *, by: SignedIn, at: datetime) -> int:
    """Let what was paid too much in a case be paid back; give how many cents.

    Raises NotAllowed; PaymentRefused where nothing was, or more is asked of who paid.
    """
    with transaction.atomic():
        held = locked_case(case)
        ensure_may_pay(by, PROPOSE_RUN, held.body_id, at=at)
        cents = paid_too_much(case)
        if not cents:
            raise refused(
                "In deze zaak is niet te veel aan ons betaald, of wij krijgen nog geld terug.",
                "Not too much was paid to us in this case, or more is still asked back.",
            )
        before = Transaction.objects.filter(
            subject_kind="case", subject_id=str(case), key__startswith=paid_back_key(case)
        )
        decision = decision_in_force(case)
        key = f"{paid_back_key(case)}{before.count() + 1}"
        place = (held.body_id, None if decision is None else decision.round_id)
        taken = Event("refund", Party("case", str(case)), cents, key, *place)
        owed = Event("owe_refund", Party(REFUND, str(case)), cents, f"{key}/owed", *place)
        post_all((taken, owed), by=by.party, at=at)
        record("paid_back", Party("case", str(case)), by=by.party, at=at, details={"cents": cents})
    return cents
