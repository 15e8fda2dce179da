"""Which letter tells of which act on a case, so that its dispatch is noted on the case once it has gone out."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from doorleren.cases.models import CaseAct
from doorleren.letters.models import Letter


class ActLetter(models.Model):
    """The letter of one act. `noted_at`: when its dispatch was noted on the case; it is filled once and nothing else changes."""

    act = models.OneToOneField(CaseAct, on_delete=models.PROTECT, primary_key=True, related_name="letter")
    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, related_name="act")
    noted_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        indexes: ClassVar = [
            models.Index(fields=["letter"], condition=Q(noted_at__isnull=True), name="decisions_letter_to_note"),
        ]

    def __str__(self) -> str:
        """Give both numbers."""
        return f"letter {self.letter_id} of act {self.act_id}"
