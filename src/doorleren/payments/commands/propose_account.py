"""Proposing the bank account of a payee, the first or another: the first of two officials. Nothing changes yet."""

from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from doorleren.audit.acts import Party, record
from doorleren.payments.access import PROPOSE, ensure_may
from doorleren.payments.models import PayeeAccount
from doorleren.payments.name_checks import name_check_of
from doorleren.payments.payees import checked_iban, checked_name, iban_hash, sealed_iban
from doorleren.payments.refusing import refused
from doorleren.people.national_number import keys
from doorleren.people.signed_in import SignedIn

LONGEST_REASON = 1000


def propose_account(
    payee: Party, iban: str, name: str, *, body: int, reason: str, by: SignedIn, at: datetime
) -> PayeeAccount:
    """Propose an account for a payee of a body; another confirms it (confirm_account), who reads what the check of the name said.

    Raises NotAllowed; PaymentRefused for what is no IBAN, a name or reason that lacks, or a proposal that waits already.
    """
    ensure_may(by, PROPOSE, body, payee.id, at=at)
    return keep_proposal(payee, iban, name, body=body, reason=reason, by=by, at=at)


def keep_proposal(
    payee: Party, iban: str, name: str, *, body: int, reason: str, by: SignedIn, at: datetime, by_payee: bool = False
) -> PayeeAccount:
    """Keep a proposal, of which the caller asked whether it is allowed; `by_payee`: it is the payee's own. Raises PaymentRefused."""
    number, holder, why, sealing = checked_iban(iban), checked_name(name), _reason(reason), keys()
    said = name_check_of(settings.DOORLEREN_NAME_CHECK)(number, holder)
    try:
        with transaction.atomic():
            made = PayeeAccount.objects.create(
                body_id=body, payee_kind=payee.kind, payee_id=payee.id, lookup=iban_hash(number, sealing),
                sealed=sealed_iban(number, payee, sealing), sealed_name=sealing.sealed(holder), reason=why,
                name_check=said, by_payee=by_payee, proposed_by_id=by.person, proposed_at=at,
            )  # fmt: skip
            subject = Party("payee_account", str(made.pk))
            record("proposed", subject, by=by.party, at=at, details={"payee_kind": payee.kind, "payee": payee.id})
    except IntegrityError as error:
        raise _waits(error) from error
    return made


def _waits(error: IntegrityError) -> Exception:
    if "payments_payee_one_waits" not in str(error):
        return error
    return refused(
        "Er wacht al een voorstel voor een rekening van deze ontvanger.",
        "A proposal for an account of this payee is waiting already.",
    )


def _reason(text: str) -> str:
    reason = text.replace("\x00", "").strip()
    if not 0 < len(reason) <= LONGEST_REASON:
        raise refused(
            f"Vul een reden in, van ten hoogste {LONGEST_REASON} tekens.",
            f"Give a reason, of at most {LONGEST_REASON} characters.", "reason",
        )  # fmt: skip
    return reason
