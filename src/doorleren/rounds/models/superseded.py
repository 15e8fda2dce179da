"""What stood ready once and was changed or withdrawn before it was submitted: its token is refused. Only ever added to."""

from typing import ClassVar

from django.db import models

from doorleren.rounds.models.round import Round


class Superseded(models.Model):
    """That an application with this content (its hash) may not come in any more; the intake looks here (entering.py).

    For good: who puts the same answers ready again gets another content (applications/superseding.py).
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="superseded", db_index=False)
    content = models.CharField(max_length=64)
    superseded_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "content"], name="rounds_superseded_once",
                violation_error_message="Wat klaarstond, is al vervallen.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Give the round."""
        return f"superseded in round {self.round_id}"
