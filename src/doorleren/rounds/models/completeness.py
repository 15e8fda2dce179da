"""That an application was found incomplete, and that it was completed: what its place follows. Only ever added to."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from doorleren.rounds.models.round import Ticket


class Completeness(models.Model):
    """That a ticket was found incomplete (odd turns), or was completed (even ones); the last one counts.

    Of a completion: `day`, on which the rest came in, and `after`, the last ticket that had come in when it was noted. What
    follows for its place is a `PlaceChange` that names this turn (rounds/commands/fill_freed.py).
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="completeness", db_index=False)
    turn = models.IntegerField()
    complete = models.BooleanField()
    day = models.DateField(null=True)
    after = models.BigIntegerField(null=True)
    noted_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["ticket", "turn"], name="rounds_completeness_once",
                violation_error_message="Dit is al genoteerd.",
            ),
            models.CheckConstraint(
                condition=Q(turn__gt=0) & (Q(complete=True, turn=2 * (F("turn") / 2)) | Q(complete=False, turn=2 * (F("turn") / 2) + 1)),
                name="rounds_completeness_in_turn",
                violation_error_message="Een aanvraag is eerst niet compleet en wordt dan aangevuld.",
            ),
            models.CheckConstraint(
                condition=Q(complete=False, day__isnull=True, after__isnull=True)
                | Q(complete=True, day__isnull=False, after__isnull=False),
                name="rounds_completeness_since",
                violation_error_message="Een aanvulling heeft een dag en een plek in de volgorde van binnenkomst.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Give the turn and the ticket."""
        return f"{'complete' if self.complete else 'incomplete'} at turn {self.turn}: ticket {self.ticket_id}"
