"""Which decisions, and which parts of their advances, the ledger has followed. Only ever added to."""

from django.db import models

from doorleren.decisions.models import AdvancePart, Decision


class FollowedDecision(models.Model):
    """That the postings of a decision are in the ledger (there may be none: nothing was reserved or given)."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, primary_key=True, related_name="followed")
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        """Give the decision."""
        return f"decision {self.decision_id} in the ledger"


class FollowedAdvance(models.Model):
    """That a part of an advance is in the ledger, in so far as no earlier part or grant had given it already."""

    part = models.OneToOneField(AdvancePart, on_delete=models.PROTECT, primary_key=True, related_name="followed")
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        """Give the part."""
        return f"part {self.part_id} of an advance in the ledger"
