"""The bank accounts of payees, each set by two people; and what the payee is told of it.

An account is kept sealed, with a keyed hash that finds it, as the national number is. What was proposed never changes:
the database lets a proposal be confirmed or withdrawn once, what was confirmed be stopped before it is in use (0007), and
all of them be destroyed at the end of their retention (0012), which leaves the hash.
"""

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from doorleren.payments.name_checks import MATCHED
from doorleren.people.models import Body, Person

WAITING_PERIOD = timedelta(hours=48)
"""From the confirmation of an account until it may be paid on."""

_SEALED = r"^gAAAA[A-Za-z0-9_=-]{95,}$"
_GONE = Q(destroyed_at__isnull=False)


class PayeeAccount(models.Model):
    """The bank account of a payee (a plain kind and id) at a body: proposed by one, confirmed by another, 48 hours later in use.

    `lookup` is the keyed hash of the IBAN, which a payment line repeats; `sealed` the IBAN and `sealed_name` its holder. Within
    its 48 hours it can be stopped: then it never comes into use. `name_check`: what a service said of the name (name_checks.py).
    `by_payee`: the payee gave it in the own file, and is the one of the two who proposed it. Once it was destroyed
    (commands/destroy_accounts.py) what was sealed, the reasons and what was said of the name are empty.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    payee_kind = models.CharField(max_length=40)
    payee_id = models.CharField(max_length=64)
    lookup = models.CharField(max_length=64)
    sealed = models.TextField()
    sealed_name = models.TextField()
    reason = models.CharField(max_length=1000)
    by_payee = models.BooleanField(default=False, db_default=False)
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    effective_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    stopped_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    stopped_at = models.DateTimeField(null=True)
    stop_reason = models.CharField(max_length=1000, blank=True, default="")
    name_check = models.CharField(max_length=10, default="absent", db_default="absent")
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        indexes: ClassVar = [
            models.Index(fields=["body", "payee_kind", "payee_id", "effective_at"], name="payments_payee_in_force")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(lookup__regex=r"^[0-9a-f]{64}$"), name="payments_payee_hashed",
                violation_error_message="Een rekeningnummer wordt alleen als gesleutelde hash gezocht.",
            ),
            models.CheckConstraint(
                condition=Q(sealed__regex=_SEALED, sealed_name__regex=_SEALED) | _GONE, name="payments_payee_sealed",
                violation_error_message="Een rekeningnummer en de naam erbij worden alleen versleuteld bewaard.",
            ),
            models.CheckConstraint(
                condition=Q(payee_kind__regex=r"^[a-z][a-z0-9_]*$") & ~Q(payee_id="") & (~Q(reason="") | _GONE),
                name="payments_payee_named",
                violation_error_message="Een rekening is van iemand, en het voorstel heeft een reden.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")),
                name="payments_payee_two_people",
                violation_error_message="Wie een rekening voorstelt, bevestigt haar niet zelf.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True, effective_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False, confirmed_at__gte=F("proposed_at"), effective_at__isnull=False),
                name="payments_payee_confirmed_whole",
                violation_error_message="Een bevestiging heeft een persoon, een moment en een ingang.",
            ),
            models.CheckConstraint(
                condition=Q(effective_at__isnull=True) | Q(effective_at__gte=F("confirmed_at") + WAITING_PERIOD),
                name="payments_payee_waits",
                violation_error_message="Een rekening is pas 48 uur na de bevestiging in gebruik.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(withdrawn_at__isnull=True), name="payments_payee_one_end",
                violation_error_message="Een voorstel is bevestigd of ingetrokken, niet allebei.",
            ),
            models.CheckConstraint(
                condition=Q(stopped_by__isnull=True, stopped_at__isnull=True, stop_reason="")
                | Q(stopped_by__isnull=False, stopped_at__isnull=False, confirmed_at__isnull=False, effective_at__isnull=False)
                & Q(stopped_at__gte=F("confirmed_at"), stopped_at__lt=F("effective_at"))
                & (~Q(stop_reason="") | _GONE),
                name="payments_payee_stopped_in_time",
                violation_error_message="Een rekening wordt alleen gestopt voordat zij in gebruik is, door iemand, met een reden.",
            ),
            models.CheckConstraint(
                condition=Q(name_check__in=MATCHED), name="payments_payee_name_check_known",
                violation_error_message="Deze uitkomst van een naamcontrole bestaat niet.",
            ),
            models.UniqueConstraint(
                fields=["body", "payee_kind", "payee_id"], condition=Q(confirmed_at__isnull=True, withdrawn_at__isnull=True),
                name="payments_payee_one_waits",
                violation_error_message="Er wacht al een voorstel voor een rekening van deze ontvanger.",
            ),
            models.CheckConstraint(
                condition=Q(destroyed_at__isnull=True)
                | Q(sealed="", sealed_name="", reason="", stop_reason="", name_check="absent", destroyed_at__gte=F("proposed_at"))
                & (Q(confirmed_at__isnull=False) | Q(withdrawn_at__isnull=False)),
                name="payments_payee_destroyed_whole",
                violation_error_message="Van een vernietigde rekening blijft alleen de gesleutelde hash, en zij wacht op niemand.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say whose it is, never what."""
        return f"bank account {self.pk} of {self.payee_kind} {self.payee_id}"


class PayeeNotice(models.Model):
    """That a payee is to be told of another account, by the way that was known before. Only added to; the letter is written beside it (telling.py)."""

    account = models.OneToOneField(PayeeAccount, on_delete=models.PROTECT, primary_key=True, related_name="notice")
    replaces = models.ForeignKey(PayeeAccount, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        """Say which account."""
        return f"notice of bank account {self.account_id}"
