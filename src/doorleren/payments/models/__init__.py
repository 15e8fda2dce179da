"""The tables of payments, by subject: the ledger, the bank accounts of payees, payment runs, and what the bank says."""

from doorleren.payments.models.bank import DONE, FOR_A_PERSON, BankAnswer, BankEntry, BankMessage
from doorleren.payments.models.closing import MONEY, BankClosing
from doorleren.payments.models.followed import FollowedAdvance, FollowedDecision
from doorleren.payments.models.ledger import MOST_LINES, Account, Posting, Transaction
from doorleren.payments.models.left_out import LeftOut
from doorleren.payments.models.payee import WAITING_PERIOD, PayeeAccount, PayeeNotice
from doorleren.payments.models.run import (
    MOST_PAYMENTS,
    PRACTICE_ID,
    STEPS,
    PaymentEvent,
    PaymentFile,
    PaymentHandover,
    PaymentLine,
    PaymentRun,
)

__all__ = [
    "DONE",
    "FOR_A_PERSON",
    "MONEY",
    "MOST_LINES",
    "MOST_PAYMENTS",
    "PRACTICE_ID",
    "STEPS",
    "WAITING_PERIOD",
    "Account",
    "BankAnswer",
    "BankClosing",
    "BankEntry",
    "BankMessage",
    "FollowedAdvance",
    "FollowedDecision",
    "LeftOut",
    "PayeeAccount",
    "PayeeNotice",
    "PaymentEvent",
    "PaymentFile",
    "PaymentHandover",
    "PaymentLine",
    "PaymentRun",
    "Posting",
    "Transaction",
]
