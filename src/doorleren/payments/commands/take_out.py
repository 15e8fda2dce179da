"""Taking cases out of a payment run that waits. A list never changes: it is withdrawn, and the rest is proposed anew."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from doorleren.payments.banking_days import next_banking_day
from doorleren.payments.commands.leave_out import reason_of
from doorleren.payments.commands.propose_run import Proposed, propose_run, withdraw_run
from doorleren.payments.models import PaymentLine
from doorleren.payments.refusing import refused
from doorleren.people.signed_in import SignedIn


def take_out(run: int, cases: Collection[int], reason: str, *, by: SignedIn, at: datetime) -> Proposed:
    """Withdraw a run and propose it again without these cases (ids), for a reason; who does this is who proposes the rest.

    Nothing comes on the new list that was not on the old one. Raises NotAllowed; PaymentRefused where the run does not
    wait, nothing or something else was named, the reason lacks, nothing would be left, or its day has passed; DoesNotExist.
    """
    with transaction.atomic():
        row = withdraw_run(run, by=by, at=at)
        lines = PaymentLine.objects.filter(run=row)
        listed = set(lines.values_list("case", flat=True))
        left = listed - set(cases)
        if not cases or not set(cases) <= listed:
            raise refused("Kies zaken die op de lijst staan.", "Choose cases that are on the list.", "cases")
        if not left:
            raise refused(
                "Er blijft niets over. Trek dan de hele betaalrun in.",
                "Nothing would be left. Withdraw the whole payment run then.", "cases",
            )  # fmt: skip
        accept = lines.filter(changed=True, case__in=left).values_list("case", flat=True)
        return propose_run(
            row.body_id,
            pay_on=next_banking_day(row.pay_on),
            by=by,
            at=at,
            accept=list(accept),
            only=left,
            out=cases,
            reason=reason_of(reason),
            rehearsal=row.rehearsal,
        )
