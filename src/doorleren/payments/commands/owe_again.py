"""Owing a payment again that came back: from suspense to what is to be paid. It is paid by a new line of a new run."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from doorleren.audit.acts import Detail, Party, record
from doorleren.cases.locking import locked_case
from doorleren.payments.access import PROPOSE_RUN, ensure_may_pay
from doorleren.payments.commands.post import Event, post
from doorleren.payments.models import PaymentLine, Transaction
from doorleren.payments.queries import owed_again_key
from doorleren.payments.refusing import refused
from doorleren.people.signed_in import SignedIn


def owe_again(payment: UUID, *, by: SignedIn, at: datetime) -> PaymentLine:
    """Let what came back be paid again, once for each payment: two people still propose and release that.

    Raises NotAllowed; PaymentRefused where it did not come back, or is owed again already; DoesNotExist.
    """
    with transaction.atomic():
        line = PaymentLine.objects.select_related("run").get(pk=payment)
        ensure_may_pay(by, PROPOSE_RUN, line.run.body_id, line.run_id, at=at)
        locked_case(line.case_id)
        if not line.events.filter(event="returned").exists():
            raise refused("Deze betaling is niet teruggekomen.", "This payment did not come back.")
        key = owed_again_key(line)
        if Transaction.objects.filter(key=key).exists():
            raise refused("Dit staat al opnieuw te betalen.", "This is to be paid again already.")
        subject = Party(line.what, str(line.case_id))
        post(Event("owe_again", subject, line.cents, key, line.run.body_id, line.round_id), by=by.party, at=at)
        told: dict[str, Detail] = {"payment": line.end_to_end, "cents": line.cents}
        record("owed_again", Party("payment_run", str(line.run_id)), by=by.party, at=at, details=told)
    return line
