"""The ledger: accounts, transactions and their postings. All three are only ever added to, and the database says so.

A transaction says how many lines it has, and each line is a place that can be taken once. At commit a deferred trigger
counts its postings and adds them up (migration 0002): as all places are taken by then, nothing can be added later.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from doorleren.payments.accounts import KINDS
from doorleren.payments.events import EVENTS
from doorleren.people.models import Body
from doorleren.rounds.models import Round

MOST_LINES = 20
_NAME = r"^[a-z][a-z0-9_]*$"


class Account(models.Model):
    """An account of a body, for a round or for none: its kind says what stands on it (accounts.py)."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=20)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["body", "round", "kind"], name="payments_account_once", nulls_distinct=False,
                violation_error_message="Deze rekening is er al.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=sorted(KINDS)), name="payments_account_kind_known",
                violation_error_message="Dit soort rekening bestaat niet.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Give its kind and where it belongs."""
        return f"{self.kind} of body {self.body_id}, round {self.round_id}"


class Transaction(models.Model):
    """An event that was posted: which, on what (a plain kind and id), for how much, when and by whom.

    `key` names what caused it, so that the same event is never posted twice. `turn` counts the transactions of one
    subject from 1, so that two at once cannot both start from the same standing, and none can go unnoticed.
    """

    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    turn = models.IntegerField()
    act = models.CharField(max_length=40)
    cents = models.BigIntegerField()
    key = models.CharField(max_length=100)
    lines = models.SmallIntegerField()
    at = models.DateTimeField()
    by_kind = models.CharField(max_length=40)
    by_id = models.CharField(max_length=64, blank=True)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["key"], name="payments_transaction_once",
                violation_error_message="Deze gebeurtenis is al geboekt.",
            ),
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "turn"], name="payments_transaction_turn_once",
                violation_error_message="Er is intussen iets anders geboekt.",
            ),
            models.CheckConstraint(
                condition=Q(turn__gt=0), name="payments_transaction_turn",
                violation_error_message="De eerste boeking is 1.",
            ),
            models.CheckConstraint(
                condition=Q(act__in=sorted(EVENTS)), name="payments_transaction_act_known",
                violation_error_message="Deze gebeurtenis bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(cents__gte=0), name="payments_transaction_cents",
                violation_error_message="Een bedrag is 0 of meer.",
            ),
            models.CheckConstraint(
                condition=Q(lines__gte=2, lines__lte=MOST_LINES), name="payments_transaction_lines",
                violation_error_message=f"Een boeking heeft van 2 tot en met {MOST_LINES} regels.",
            ),
            models.CheckConstraint(
                condition=Q(subject_kind__regex=_NAME, by_kind__regex=_NAME) & ~Q(subject_id="") & ~Q(key=""),
                name="payments_transaction_named",
                violation_error_message="Een boeking zegt waarover zij gaat, van wie zij is en waardoor zij komt.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say what and of what."""
        return f"{self.act} of {self.subject_kind} {self.subject_id}"


class Posting(models.Model):
    """A line of a transaction: cents on an account, debit above zero and credit below, never nothing.

    `lines` repeats how many lines the transaction has: a foreign key over both columns (migration 0002) holds it to that.
    """

    pk = models.CompositePrimaryKey("transaction_id", "line")
    transaction = models.ForeignKey(
        Transaction, on_delete=models.PROTECT, related_name="postings", db_index=False, db_constraint=False
    )
    line = models.SmallIntegerField()
    lines = models.SmallIntegerField()
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="postings")
    cents = models.BigIntegerField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(cents=0), name="payments_posting_not_zero",
                violation_error_message="Een regel van een boeking heeft een bedrag.",
            ),
            models.CheckConstraint(
                condition=Q(line__gte=1, line__lte=F("lines")), name="payments_posting_in_its_place",
                violation_error_message="Deze boeking heeft niet zoveel regels.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say which line."""
        return f"line {self.line} of transaction {self.transaction_id}"
