"""Which decisions the ledger has followed. Only ever added to."""

from django.db import models

from doorleren.decisions.models import Decision


class FollowedDecision(models.Model):
    """That the postings of a decision are in the ledger (there may be none: nothing was reserved or given)."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, primary_key=True, related_name="followed")
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        """Give the decision."""
        return f"decision {self.decision_id} in the ledger"
