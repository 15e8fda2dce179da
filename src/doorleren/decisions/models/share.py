"""Who pays what of the cost of a grant, as it was known when it was decided. Only ever added to; it names nobody, so it stays."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from doorleren.decisions.models.decision import Decision

PAYERS = ("government", "other_public", "employer", "provider", "fund", "participant", "other")
"""government: this grant; other_public: other public money; participant: who applies for themselves; other: not told who."""


class CostShare(models.Model):
    """What one kind of payer pays of the cost of a grant, in cents; all of a decision together are the cost as it was told."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="cost_shares", db_index=False)
    payer = models.CharField(max_length=20)
    cents = models.BigIntegerField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["decision", "payer"], name="decisions_share_once",
                violation_error_message="Elke soort betaler staat er één keer.",
            ),
            models.CheckConstraint(
                condition=Q(payer__in=PAYERS, cents__gte=0), name="decisions_share_known",
                violation_error_message="Een aandeel is van een bekende soort betaler, en nul of meer.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say whose, of which decision."""
        return f"share of {self.payer} in decision {self.decision_id}"
