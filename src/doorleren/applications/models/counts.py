"""For whom an application counts, where its scheme says how often it may within a year or the whole scheme. Only ever added to.

What one round takes once, its tickets say (rounds/models). These rows say it across rounds, and where more than one is allowed.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from doorleren.applications.models.application import Application
from doorleren.applications.models.offers import Enrolment
from doorleren.applications.models.sealed import HASH


class Over(models.TextChoices):
    """Why an application no longer counts for somebody."""

    WITHDRAWN = "withdrawn", "ingetrokken"
    DENIED = "denied", "door de deelnemer ontkend"
    CHANGED = "changed", "veranderd en niet opnieuw klaargezet"
    NOT_SUBMITTED = "not_submitted", "niet op tijd ingediend"
    REFUSED = "refused", "niet toegekend"


class CountsFor(models.Model):
    """That an application, or an enrolment in one, counts for somebody within a scope: a scheme, its year, or a round.

    `person` is the keyed hash of a person or an organisation; `turn` how many counted for them in that scope before, so that
    of two who come at once one is refused. It counts until there is a `CountsNoMore` (commands/count_for.py).
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="counts_for")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, null=True, related_name="counts_for")
    scope = models.CharField(max_length=120)
    person = models.CharField(max_length=64)
    turn = models.IntegerField()
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["scope", "person", "turn"], name="applications_counts_once",
                violation_error_message="Volgens de regeling is hiervoor al zo vaak aangevraagd als mag.",
            ),
            models.CheckConstraint(
                condition=Q(person__regex=HASH), name="applications_counts_hashed",
                violation_error_message="Voor wie een aanvraag telt, wordt alleen als hash bewaard.",
            ),
            models.CheckConstraint(
                condition=Q(turn__gte=0) & ~Q(scope=""), name="applications_counts_turn",
                violation_error_message="Een aanvraag telt binnen een regeling, een jaar of een tijdvak, vanaf 0.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say within what, never for whom."""
        return f"application {self.application_id} counts in {self.scope}"


class CountsNoMore(models.Model):
    """That an application no longer counts for somebody, so that another can; for good."""

    counted = models.OneToOneField(CountsFor, on_delete=models.PROTECT, primary_key=True, related_name="no_more")
    reason = models.CharField(max_length=15, choices=Over.choices)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(reason__in=Over.values), name="applications_counts_over_why",
                violation_error_message="Er is een reden waarom een aanvraag niet meer telt.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say which and why."""
        return f"{self.reason}: count {self.counted_id}"
