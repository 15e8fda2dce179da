"""The plan of the advance of a grant, kept with the decision that gives it. Only ever added to; a grant that is given anew has its own."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from doorleren.decisions.advance_plan import PROGRESS
from doorleren.decisions.models.decision import Decision


class AdvancePart(models.Model):
    """A part of an advance in cents, to be paid from a day (`due_on`), or once something has happened (`after`, a code).

    An advance that is paid at once has no parts; else those of a decision add up to its `advance_cents`.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="advance_parts", db_index=False)
    number = models.IntegerField()
    cents = models.BigIntegerField()
    due_on = models.DateField(null=True)
    after = models.CharField(max_length=20, blank=True, default="")

    class Meta:
        default_permissions = ()
        indexes: ClassVar = [models.Index(fields=["due_on", "id"], name="decisions_advance_due")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["decision", "number"], name="decisions_advance_once",
                violation_error_message="Dit deel van het voorschot is er al.",
            ),
            models.CheckConstraint(
                condition=Q(number__gt=0, cents__gt=0), name="decisions_advance_cents",
                violation_error_message="Een deel van een voorschot heeft een nummer en een bedrag.",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=False, after="") | Q(due_on__isnull=True, after=PROGRESS),
                name="decisions_advance_when",
                violation_error_message="Een deel van een voorschot wordt betaald vanaf een dag, of na iets dat eerst gebeurt.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say which part, of which decision."""
        return f"part {self.number} of the advance of decision {self.decision_id}"
