"""What of payments is due to be destroyed on a day: accounts of payees of whom no case is kept, files for the bank, and why its
entries were closed. Reads only.

The term is that of the books (`retention-payments` of law/terms.toml). What a body pays from is nobody's, and stays.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, Case, Exists, F, Max, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Cast, Greatest

from doorleren.applications.models import Application, PartyKind
from doorleren.applications.retention import due
from doorleren.applications.retention.by_rule import NOT_HELD, Due, Rule, latest_begun_of
from doorleren.decisions.models import Decision
from doorleren.payments.models import BankAnswer, BankClosing, PayeeAccount, PaymentEvent, PaymentFile, PaymentLine

TERM = "retention-payments"
ACCOUNT, FILE, CLOSED = "payee_account", "payment_file", "bank_entry"
_NUMBER = r"^[0-9]{1,18}$"


def due_payee_accounts(on: date, only: int | None = None) -> Iterator[Due]:
    """Give the accounts whose term ended before a day, of payees who are named in no case or application that is kept."""
    return PAYEE_ACCOUNTS.due(on, only)


def due_files(on: date) -> Iterator[Due]:
    """Give the files for the bank whose term ended before a day."""
    return FILES.due(on)


def due_closed_entries(on: date, only: int | None = None) -> Iterator[Due]:
    """Give the entries of the bank that were closed with a reason of which the term ended."""
    return CLOSED_ENTRIES.due(on, only)


def _payee_accounts(on: date) -> QuerySet[Any]:
    """Give the accounts of payees who are named in no case or application that is kept.

    The term runs from the last thing done with the account: given, decided on, in use, or what became of a payment on it.
    """
    whose = Case(When(payee_id__regex=_NUMBER, then=Cast("payee_id", BigIntegerField())))
    paid = PaymentEvent.objects.filter(line__account=OuterRef("pk")).order_by().values("line__account")
    return (
        PayeeAccount.objects.filter(destroyed_at__isnull=True, payee_kind__in=PartyKind.values)
        .annotate(
            whose=whose, done=Greatest("proposed_at", "confirmed_at", "effective_at", "stopped_at", "withdrawn_at")
        )
        .filter(*(~Exists(kept) for kept in _kept()), done__lt=latest_begun_of(TERM, on))
        .annotate(last=Greatest("done", Subquery(paid.annotate(last=Max("at")).values("last"))), held=NOT_HELD)
    )


def _files(on: date) -> QuerySet[Any]:
    """Give the files for the bank; the term runs from the day on which each was made."""
    rows = PaymentFile.objects.filter(destroyed_at__isnull=True, made_at__lt=latest_begun_of(TERM, on))
    return rows.annotate(last=F("made_at"), held=NOT_HELD)


def _closed_entries(on: date) -> QuerySet[Any]:
    """Give the entries of the bank that were closed with a reason; the term runs from the last closing."""
    closings = BankClosing.objects.filter(destroyed_at__isnull=True)
    latest = closings.filter(answer=OuterRef("pk")).order_by("-at").values("at")
    found = BankAnswer.objects.filter(pk__in=closings.values("answer")).annotate(last=Subquery(latest[:1]))
    return found.filter(last__lt=latest_begun_of(TERM, on)).annotate(held=NOT_HELD)


def _kept() -> tuple[QuerySet[PaymentLine] | QuerySet[Decision] | QuerySet[Application], ...]:
    """Give what still needs the account that is asked about: a payment or decision of a case that is kept, or an application."""
    applications = Application.objects.filter(destroyed_at__isnull=True, round__body=OuterRef("body"))
    return (
        PaymentLine.objects.filter(account=OuterRef("pk"), case__destroyed_at__isnull=True),
        Decision.objects.exclude(payee_id="").filter(
            payee_kind=OuterRef("payee_kind"), payee_id=OuterRef("payee_id"), case__body=OuterRef("body"),
            case__destroyed_at__isnull=True,
        ),
        *(
            applications.filter(**{f"{party}_kind": OuterRef("payee_kind"), f"{party}_number": OuterRef("whose")})
            for party in ("applicant", "payee")
        ),
    )  # fmt: skip


PAYEE_ACCOUNTS = Rule(ACCOUNT, "payees", TERM, _payee_accounts)
FILES = Rule(FILE, "payment-files", TERM, _files)
CLOSED_ENTRIES = Rule(CLOSED, "bank-closings", TERM, _closed_entries)
BY_RULE = (*due.BY_RULE, PAYEE_ACCOUNTS, FILES, CLOSED_ENTRIES)
"""All that the site destroys by rule alone, day by day (server/timetable.py)."""
