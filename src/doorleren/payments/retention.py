"""What of payments is due to be destroyed on a day: accounts of payees of whom no case is kept, files for the bank, and why its
entries were closed. Reads only.

The term is that of the books (`retention-payments` of law/terms.toml). What a body pays from is nobody's, and stays.
"""

from collections.abc import Iterator
from datetime import date
from itertools import islice

from django.db.models import BigIntegerField, Case, Exists, Max, OuterRef, QuerySet, When
from django.db.models.functions import Cast, Greatest

from doorleren.applications.models import Application, PartyKind
from doorleren.applications.retention.due import Due, due_after, latest_begun_of
from doorleren.decisions.models import Decision
from doorleren.payments.models import BankClosing, PayeeAccount, PaymentEvent, PaymentFile, PaymentLine

TERM = "retention-payments"
ACCOUNT, FILE, CLOSED = "payee_account", "payment_file", "bank_entry"
_NUMBER = r"^[0-9]{1,18}$"
TOGETHER = 1000
"""Accounts of which the payments are looked up at once."""


def due_payee_accounts(on: date, only: int | None = None) -> Iterator[Due]:
    """Give the accounts whose term ended before a day, of payees who are named in no case or application that is kept.

    The term runs from the last thing done with the account: given, decided on, in use, or what became of a payment on it.
    """
    rows = PayeeAccount.objects.filter(destroyed_at__isnull=True, payee_kind__in=PartyKind.values)
    whose = Case(When(payee_id__regex=_NUMBER, then=Cast("payee_id", BigIntegerField())))
    found = (
        (rows if only is None else rows.filter(pk=only))
        .annotate(
            whose=whose, last=Greatest("proposed_at", "confirmed_at", "effective_at", "stopped_at", "withdrawn_at")
        )
        .filter(*(~Exists(kept) for kept in _kept()), last__lt=latest_begun_of(TERM, on))
    )
    rest = iter(found.order_by("pk").values_list("pk", "last"))
    while some := list(islice(rest, TOGETHER)):
        events = PaymentEvent.objects.filter(line__account__in=[number for number, _ in some])
        paid = dict(events.values("line__account").annotate(last=Max("at")).values_list("line__account", "last"))
        for number, last in some:
            due = due_after(ACCOUNT, number, max(last, paid.get(number, last)), TERM)
            if due.kept_until < on:
                yield due


def due_files(on: date) -> Iterator[Due]:
    """Give the files for the bank whose term ended before a day; it runs from the day on which each was made."""
    rows = PaymentFile.objects.filter(destroyed_at__isnull=True, made_at__lt=latest_begun_of(TERM, on))
    for run, made_at in rows.order_by("pk").values_list("pk", "made_at"):
        due = due_after(FILE, run, made_at, TERM)
        if due.kept_until < on:
            yield due


def due_closed_entries(on: date, only: int | None = None) -> Iterator[Due]:
    """Give the entries of the bank that were closed with a reason of which the term ended; it runs from the last closing."""
    rows = BankClosing.objects.filter(destroyed_at__isnull=True)
    found = (rows if only is None else rows.filter(answer=only)).values("answer").annotate(last=Max("at"))
    for entry, last in (
        found.filter(last__lt=latest_begun_of(TERM, on)).order_by("answer").values_list("answer", "last")
    ):
        due = due_after(CLOSED, entry, last, TERM)
        if due.kept_until < on:
            yield due


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
