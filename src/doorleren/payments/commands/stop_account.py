"""Stopping an account within its 48 hours, by the payee or by an official: it never comes into use, the one before stays.

One person is enough: stopping pays nobody. The payee is told by the way that was known before, as of the change itself.
"""

from datetime import datetime

from django.db import transaction

from doorleren.applications.access import ensure
from doorleren.applications.models import Application
from doorleren.applications.own_case import case_of, may_act
from doorleren.audit.acts import Detail, Party, record
from doorleren.payments.access import PROPOSE, ensure_may, may_stop
from doorleren.payments.models import PayeeAccount
from doorleren.payments.payees import coming
from doorleren.payments.refusing import refused
from doorleren.payments.telling import STOPPED, tell_payee
from doorleren.people.signed_in import SignedIn

LONGEST_REASON = 1000
BY_PAYEE = "De ontvanger heeft dit niet doorgegeven."
"""The reason that is kept where the payee stops it."""


def stop_account(account: int, reason: str, *, by: SignedIn, at: datetime) -> PayeeAccount:
    """Stop an account, as an official who may propose one.

    Raises NotAllowed; PaymentRefused where it was not confirmed, is in use already, was stopped before, or without a reason;
    DoesNotExist.
    """
    why = reason.replace("\x00", "").strip()
    with transaction.atomic():
        row = PayeeAccount.objects.select_for_update(of=("self",)).get(pk=account)
        ensure_may(by, PROPOSE, row.body_id, row.payee_id, at=at)
        if not 0 < len(why) <= LONGEST_REASON:
            raise refused(
                f"Schrijf op waarom u dit stopt, in ten hoogste {LONGEST_REASON} tekens. U schreef er {len(why)}.",
                f"Say why you stop this, in at most {LONGEST_REASON} characters. You wrote {len(why)}.", "reason",
            )  # fmt: skip
        return _stopped(row, why, "official", by, at)


def stop_own_account(application: int, *, by: SignedIn, at: datetime) -> list[PayeeAccount]:
    """Stop every account that is about to come into use for who applied, as that person or who acts for them.

    Raises NotAllowed, and PaymentRefused where there is none (any more).
    """
    with transaction.atomic():
        found = Application.objects.select_related("round").get(pk=application)
        ensure(may_act(by, found, at=at))
        rows = own_coming(found, at)
        if not rows:
            raise refused(
                "Er is geen rekening meer die u kunt stoppen. Is er al op betaald? Neem dan meteen contact met ons op.",
                "There is no account left that you can stop. Was it paid on already? Then contact us at once.",
            )
        locked = PayeeAccount.objects.select_for_update(of=("self",)).filter(pk__in=[one.pk for one in rows])
        return [_stopped(row, BY_PAYEE, "payee", by, at) for row in locked.order_by("pk")]


def stop_account_as_payee(account: int, *, by: SignedIn, at: datetime) -> PayeeAccount:
    """Stop an account as its payee, whether that is who applied or not. Raises NotAllowed; PaymentRefused as above; DoesNotExist."""
    with transaction.atomic():
        row = PayeeAccount.objects.select_for_update(of=("self",)).get(pk=account)
        ensure(may_stop(by, row, at=at))
        return _stopped(row, BY_PAYEE, "payee", by, at)


def own_coming(application: Application, at: datetime) -> list[PayeeAccount]:
    """Give the accounts that are about to come into use for who applied."""
    case = case_of(application)
    if case is None:
        return []
    payee = Party(application.applicant_kind, str(application.applicant_number))
    return list(coming(case.body_id, payee, at))


def _stopped(row: PayeeAccount, reason: str, who: str, by: SignedIn, at: datetime) -> PayeeAccount:
    if row.confirmed_at is None or row.effective_at is None:
        raise refused(
            "Deze rekening is nog niet bevestigd. Trek het voorstel in.",
            "This account has not been confirmed yet. Withdraw the proposal.",
        )
    if row.stopped_at is not None:
        raise refused("Deze rekening is al gestopt.", "This account has been stopped already.")
    if row.effective_at <= at:
        raise refused(
            "De 48 uur zijn voorbij: deze rekening is in gebruik. Stel een andere rekening voor.",
            "The 48 hours are over: this account is in use. Propose another account.",
        )
    row.stopped_by_id, row.stopped_at, row.stop_reason = by.person, at, reason
    row.save(update_fields=["stopped_by", "stopped_at", "stop_reason"])
    told: dict[str, Detail] = {"who": who}
    record("stopped", Party("payee_account", str(row.pk)), by=by.party, at=at, details=told)
    tell_payee(row, at=at, template=STOPPED)
    return row
