"""A batch of decisions, or of settlements ex officio: proposed by one official, released by another, worked off item by item.

What was proposed never changes. A row here is only released or withdrawn once, stopped and resumed; an item is taken out
or done once (migration 0002).
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from doorleren.cases.models import Case
from doorleren.decisions.models.assessment import HASH, Assessment
from doorleren.people.models import Body, Person
from doorleren.rounds.models import Round

WHY_OUT = ("look", "documents", "signal", "asked")
"""Why a case is taken out: a person wants to look, documents must be read, a signal came in, the applicant asked."""
SETTLED = "settled_as_granted"
LAPSED = "settled_at_nil"
KINDS = ("granted", "partly_granted", "refused", SETTLED, LAPSED)
"""What an item of a batch can become."""


class Batch(models.Model):
    """A list of clear assessments of one round, to be decided on together; or of its grants, to be settled as granted or at nil (`settles`).

    `accepted`: conditions that are taken on the word of who stated them. `list_digest`: the hash of the list as proposed,
    `released_digest` as released, without what was taken out. `rules_digest`: the one version of the rules of all of them
    (where it settles, of law/frameworks.toml).
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    settles = models.BooleanField(default=False, db_default=False)
    accepted = ArrayField(models.CharField(max_length=100), default=list)
    rules_digest = models.CharField(max_length=64)
    list_digest = models.CharField(max_length=64)
    released_digest = models.CharField(max_length=64, blank=True, default="")
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    released_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(released_by__isnull=True) | ~Q(released_by=F("proposed_by")), name="decisions_batch_two_people",
                violation_error_message="Wie een reeks besluiten voorstelt, geeft die niet zelf vrij.",
            ),
            models.CheckConstraint(
                condition=Q(released_by__isnull=True, released_at__isnull=True, released_digest="")
                | Q(released_by__isnull=False, released_at__isnull=False, released_digest__regex=HASH),
                name="decisions_batch_released",
                violation_error_message="Een vrijgegeven reeks heeft een persoon, een moment en de hash van de lijst.",
            ),
            models.CheckConstraint(
                condition=Q(list_digest__regex=HASH, rules_digest__regex=HASH), name="decisions_batch_hashed",
                violation_error_message="Van de lijst en van de regels staat bij een reeks de hash.",
            ),
            models.CheckConstraint(
                condition=Q(settles=False) | Q(accepted=[]), name="decisions_batch_settles",
                violation_error_message="Wie een reeks vaststelt, neemt daarbij geen verklaringen aan.",
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True) | Q(withdrawn_at__isnull=True), name="decisions_batch_one_end",
                violation_error_message="Een reeks is vrijgegeven of ingetrokken, niet allebei.",
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=False) | Q(stopped_at__isnull=True, finished_at__isnull=True),
                name="decisions_batch_runs_once_released",
                violation_error_message="Alleen een vrijgegeven reeks loopt, stopt of is klaar.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Give the number."""
        return f"batch {self.pk}"

    @property
    def runs(self) -> bool:
        """Say whether it was released, and is neither stopped nor done."""
        return self.released_at is not None and self.stopped_at is None and self.finished_at is None


class BatchItem(models.Model):
    """One case of a batch: on which assessment it (or the grant that is settled) rests and what it is expected to become.

    `pending` until it was decided on, taken out before the release (`taken_out_why`: a code), or left for a person (`left`: a
    code, why).
    """

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="items", db_index=False)
    number = models.IntegerField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="batch_items")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=20)
    cents = models.BigIntegerField()
    pending = models.BooleanField(default=True)
    taken_out_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    taken_out_at = models.DateTimeField(null=True)
    taken_out_why = models.CharField(max_length=30, blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    left = models.CharField(max_length=50, blank=True, default="")
    left_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        indexes: ClassVar = [
            models.Index(fields=["batch", "number"], condition=Q(pending=True), name="decisions_item_next"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["batch", "number"], name="decisions_item_number",
                violation_error_message="Deze plaats in de lijst is bezet.",
            ),
            models.UniqueConstraint(
                fields=["batch", "case"], name="decisions_item_once",
                violation_error_message="Deze zaak staat al in de lijst.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=KINDS, cents__gte=0), name="decisions_item_kind",
                violation_error_message="In een reeks wordt verleend, deels verleend, afgewezen, of vastgesteld zoals verleend of op nul.",
            ),
            models.CheckConstraint(
                condition=Q(pending=True, taken_out_at__isnull=True, taken_out_by__isnull=True, decided_at__isnull=True,
                            left="", left_at__isnull=True)
                | Q(pending=False, taken_out_at__isnull=False, taken_out_by__isnull=False, decided_at__isnull=True,
                    left="", left_at__isnull=True)
                | Q(pending=False, taken_out_at__isnull=True, taken_out_by__isnull=True, decided_at__isnull=False,
                    left="", left_at__isnull=True)
                | (Q(pending=False, taken_out_at__isnull=True, taken_out_by__isnull=True, decided_at__isnull=True,
                     left_at__isnull=False) & ~Q(left="")),
                name="decisions_item_one_end",
                violation_error_message="Een zaak in een reeks wacht, is eruit gehaald, is besloten of is blijven liggen.",
            ),
            models.CheckConstraint(
                condition=Q(taken_out_why="") | Q(taken_out_at__isnull=False), name="decisions_item_why_out",
                violation_error_message="Alleen van een zaak die uit de reeks is gehaald, staat er waarom.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Give the batch and the place."""
        return f"item {self.number} of batch {self.batch_id}"
