"""What the bank says: its messages, what each says of which payment, and what we made of it. Only ever added to."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from doorleren.cases.models import Case
from doorleren.cases.references import PATTERN
from doorleren.payments.models.run import HASH, PaymentLine
from doorleren.people.models import Body, Person

MESSAGES = ("pain.002", "camt.053")
SAYS = ("booked", "rejected", "returned", "pending", "received", "other")
"""What an entry says: paid, not done, came back, under way, money came in, or nothing that we know."""
DONE = ("matched", "already", "noted", "received")
FOR_A_PERSON = ("unknown", "differs", "contradicts", "act_refused")
"""What we make of an entry. The last four wait for somebody: no payment of ours, another amount, against what we
know already, or booked while the case refuses the act."""


class BankMessage(models.Model):
    """A file of the bank, known by the hash of its bytes, so that the same file is one."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    digest = models.CharField(max_length=64)
    entries = models.IntegerField()
    imported_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    imported_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["body", "digest"], name="payments_message_once",
                violation_error_message="Dit bestand is al ingelezen.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=MESSAGES, digest__regex=HASH, entries__gte=0), name="payments_message_known",
                violation_error_message="Een bericht van de bank is een pain.002 of een camt.053.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Give kind and number."""
        return f"{self.kind} {self.pk}"


class BankEntry(models.Model):
    """One thing that a message says. `end_to_end` is as the bank gives it; names and accounts are not kept."""

    message = models.ForeignKey(BankMessage, on_delete=models.PROTECT, related_name="rows", db_index=False)
    number = models.IntegerField()
    says = models.CharField(max_length=10)
    end_to_end = models.CharField(max_length=35, blank=True)
    cents = models.BigIntegerField(null=True)
    day = models.DateField(null=True)
    code = models.CharField(max_length=10, blank=True)
    reference = models.CharField(max_length=8, blank=True, default="")

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["message", "number"], name="payments_entry_once",
                violation_error_message="Deze regel van de bank is er al.",
            ),
            models.CheckConstraint(
                condition=Q(says__in=SAYS, number__gt=0), name="payments_entry_says",
                violation_error_message="Een regel van de bank zegt wat er met een betaling is gebeurd.",
            ),
            models.CheckConstraint(
                condition=Q(reference="") | Q(reference__regex=PATTERN, says="received"), name="payments_entry_reference",
                violation_error_message="Alleen wat binnenkwam, noemt het kenmerk van een zaak.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Give the number and the message."""
        return f"entry {self.number} of message {self.message_id}"


class BankAnswer(models.Model):
    """What we made of an entry; until there is one, the entry still has to be worked off."""

    entry = models.OneToOneField(BankEntry, on_delete=models.PROTECT, primary_key=True, related_name="answer")
    outcome = models.CharField(max_length=12)
    line = models.ForeignKey(PaymentLine, on_delete=models.PROTECT, null=True, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(outcome__in=(*DONE, *FOR_A_PERSON)), name="payments_answer_known",
                violation_error_message="Dit kan niet van een regel van de bank worden gemaakt.",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["unknown", "received"], line__isnull=True)
                | Q(outcome="already", line__isnull=True, case__isnull=False)
                | ~Q(outcome__in=["unknown", "received"]) & Q(line__isnull=False),
                name="payments_answer_of_a_payment",
                violation_error_message="Alleen wat onbekend is of binnenkwam, hoort bij geen betaling.",
            ),
            models.CheckConstraint(
                condition=Q(outcome="received", case__isnull=False) | Q(outcome="already", line__isnull=True)
                | ~Q(outcome="received") & Q(case__isnull=True),
                name="payments_answer_of_a_case",
                violation_error_message="Wat binnenkwam, hoort bij een zaak.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say what of which."""
        return f"{self.outcome}: entry {self.entry_id}"
