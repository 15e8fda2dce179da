"""Taking an entry of the bank off the list of what somebody must look at: with a reason, and by two where money moved.

Nothing is booked by it. What the entry asks (another payment, a receipt, an act on the case) is done where that is done;
here it is said what that was, or why nothing is needed.
"""

from datetime import datetime

from django.db import transaction

from doorleren.audit.acts import Detail, Party, record
from doorleren.audit.holding import hold
from doorleren.payments.access import IMPORT, ensure_may_pay
from doorleren.payments.models import FOR_A_PERSON, MONEY, BankAnswer, BankClosing
from doorleren.payments.refusing import refused
from doorleren.people.access import NotAllowed, Refused
from doorleren.people.signed_in import SignedIn

LONGEST_REASON = 1000


def close_entry(entry: int, reason: str, *, by: SignedIn, at: datetime) -> BankClosing:
    """Close an entry, or agree that it is closed where a colleague began with one of which money moved.

    Raises NotAllowed (also for the same person twice); PaymentRefused for what asks for nobody, is closed already, or has
    no reason; DoesNotExist.
    """
    why = reason.replace("\x00", "").strip()
    thing = Party("bank_entry", str(entry))
    with transaction.atomic():
        hold(thing)
        row = BankAnswer.objects.select_related("entry__message").get(pk=entry)
        ensure_may_pay(by, IMPORT, row.entry.message.body_id, at=at)
        done = list(BankClosing.objects.filter(answer=row).order_by("step"))
        if row.outcome not in FOR_A_PERSON or len(done) >= needed(row):
            raise refused("Deze regel vraagt niets meer.", "This entry asks for nothing any more.")
        if not 0 < len(why) <= LONGEST_REASON:
            raise refused(
                f"Schrijf op wat u uitzocht, in ten hoogste {LONGEST_REASON} tekens. U schreef er {len(why)}.",
                f"Say what you found out, in at most {LONGEST_REASON} characters. You wrote {len(why)}.", "reason",
            )  # fmt: skip
        if any(one.by_id == by.person for one in done):
            raise NotAllowed(Refused("oneself"))
        made = BankClosing.objects.create(answer=row, step=len(done) + 1, by_id=by.person, reason=why, at=at)
        told: dict[str, Detail] = {"step": made.step, "outcome": row.outcome}
        record("closed", thing, by=by.party, at=at, details=told)
    return made


def needed(answer: BankAnswer) -> int:
    """Say how many people close an entry: two where money moved at the bank."""
    return 2 if answer.entry.says in MONEY else 1
