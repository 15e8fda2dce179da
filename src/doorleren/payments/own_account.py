"""The account of an authority itself: on which others pay it, as letters name it."""

from datetime import datetime

from doorleren.decisions.pay_to import PayTo
from doorleren.payments.commands.release_run import PAYER
from doorleren.payments.payees import account_in_force, opened
from doorleren.payments.refusing import PaymentRefused
from doorleren.people.national_number import NoKeys, keys


def own_account(body: int, at: datetime) -> PayTo | None:
    """Give the account that a body pays from, and is paid on; None where two people have set none, or it cannot be read."""
    found = account_in_force(body, PAYER, str(body), at)
    if found is None:
        return None
    try:
        told = opened(found, keys())
    except (NoKeys, PaymentRefused):
        return None
    return PayTo(told.iban, told.name)
