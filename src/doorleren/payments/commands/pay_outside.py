"""Noting that the penalty for a late decision was paid outside a payment run, by a paymaster, on evidence and for a reason. Awb 4:18.

The usual way is a line of a run, whose act follows when the bank confirms. This is for what went another way: it is recorded
as such, its words are sealed, and the ledger books it at once, so that no run pays it again.
"""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Sum

from doorleren.audit.acts import Detail, Party
from doorleren.cases.commands.perform import perform
from doorleren.cases.models import CaseAct
from doorleren.decisions.matters import matter_held
from doorleren.decisions.models import FixedPenalty
from doorleren.decisions.said_with_acts import ensure_said, keep_words
from doorleren.payments.balances import standing_of
from doorleren.payments.commands.post import Event, post
from doorleren.payments.models import PaymentLine, Transaction
from doorleren.payments.penalties import PENALTY
from doorleren.payments.refusing import PaymentRefused, refused
from doorleren.people.signed_in import SignedIn

EVIDENCE = {
    "nl": "Schrijf op welk bewijs van de betaling u zag.",
    "en": "Write down which evidence of the payment you saw.",
}
REASON = {
    "nl": "Schrijf op waarom buiten een betaalrun is betaald.", "en": "Write down why it was paid outside a payment run.",
}  # fmt: skip


def note_penalty_paid(
    case: int, evidence: str, reason: str, *, by: SignedIn, at: datetime, on: date | None = None
) -> CaseAct:
    """Note that what is due of the penalties of a case was paid outside a run, by a paymaster who did not fix them. Gives the act.

    Once for each: what was paid before is not noted again, also where a penalty became higher or another was fixed since. Refused while a
    run has it or the bank has it under way. Raises NotAllowed, CaseRefused, DecisionRefused, PaymentRefused.
    """
    with transaction.atomic():
        matter = matter_held(case)
        if not FixedPenalty.objects.filter(act__case=case).exists():
            raise _none_due()
        told = ensure_said(evidence, "evidence", EVIDENCE), ensure_said(reason, "reason", REASON)
        cents = _practised(case) if matter.round.rehearsal else _owed(case)
        details: dict[str, Detail] = {"cents": cents, "outside": True}
        act = perform(case, "penalty_paid", by=by, at=at, on=on, details=details)
        keep_words(act, "\n\n".join(told), at=at)
        if not matter.round.rehearsal:
            event = Event("pay_outside", Party(PENALTY, str(case)), cents, f"pay_outside/{act.pk}", matter.case.body_id)
            post(event, by=by.party, at=at)
    return act


def _practised(case: int) -> int:
    """Give what is due in a round to practise with, which the ledger owes nothing: what stands fixed, less what was noted. Raises PaymentRefused."""
    standing = FixedPenalty.objects.filter(act__case=case, replaced_by=None).aggregate(cents=Sum("cents"))["cents"] or 0
    noted = CaseAct.objects.filter(case=case, act="penalty_paid").values_list("details", flat=True)
    due = int(standing) - sum(int(str(one.get("cents", 0))) for one in noted)
    if due <= 0:
        raise _none_due()
    return due


def _none_due() -> PaymentRefused:
    return refused("Er is geen dwangsom die nog moet worden betaald.", "No penalty is still to be paid.")


def _owed(case: int) -> int:
    """Give what the ledger owes of the penalties of a case, of which it has every one, if no run has it. Raises PaymentRefused."""
    standing = standing_of(PENALTY, str(case))
    waits = PaymentLine.objects.filter(case=case, what=PENALTY, run__released_at=None, run__withdrawn_at=None)
    if standing.amount("in_transit") or waits.exists():
        raise refused(
            "De dwangsom staat op een betaalrun. Wacht op de bank, of trek die run eerst in.",
            "The penalty is on a payment run. Wait for the bank, or withdraw that run first.",
        )
    keys = {f"penalty/{act}" for act in FixedPenalty.objects.filter(act__case=case).values_list("act", flat=True)}
    if Transaction.objects.filter(key__in=keys).count() < len(keys):
        raise refused(
            "De dwangsom staat nog niet in het grootboek. Probeer het over een paar tellen opnieuw.",
            "The penalty is not in the ledger yet. Try again in a few seconds.",
        )
    if not standing.amount("payable"):
        raise _none_due()
    return standing.amount("payable")
