"""The day of receipt of what came in on paper, for a round where the day counts. Only ever added to."""

from typing import ClassVar

from django.db import models

from doorleren.rounds.models.round import Round


class DayOfReceipt(models.Model):
    """On which day an application with this content (its hash) was received on paper; see days.py.

    It is kept when an official puts it ready, so before its ticket comes. Who changes it makes another content, without a day.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="days_of_receipt")
    content = models.CharField(max_length=64)
    day = models.DateField()
    noted_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "content"], name="rounds_receipt_day_once",
                violation_error_message="De dag van binnenkomst van deze aanvraag staat al vast.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Give the day and the round."""
        return f"received on {self.day} for round {self.round_id}"
