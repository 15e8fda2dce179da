"""What somebody wrote with an act that has no letter and no row of its own. Only ever added to."""

from django.db import models

from doorleren.cases.models import CaseAct


class ActWords(models.Model):
    """The words of one act: why a repeat has no new facts, the advice that came in. `content`: words, sealed."""

    act = models.OneToOneField(CaseAct, on_delete=models.PROTECT, primary_key=True, related_name="words")
    content = models.BinaryField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        """Say of which act, never what they are."""
        return f"words of act {self.act_id}"
