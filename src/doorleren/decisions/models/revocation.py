"""Revocations: a grant, or its settlement, that the authority took back. Only ever added to. Awb 4:48 to 4:50."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from doorleren.cases.models import CaseAct
from doorleren.decisions.models.decision import Decision
from doorleren.decisions.models.settlement import Settlement


class Revocation(models.Model):
    """One revocation: nothing of `decision` is left, nor of the settlement that there was. Cents are whole.

    `ground`: a row of law/revoking.toml. `intent`: the notice that came before it. `weighed`: the interests were weighed, in
    words that stand in the letter. `lost_cents`: what had been granted or settled.
    """

    act = models.OneToOneField(CaseAct, on_delete=models.PROTECT, primary_key=True, related_name="revocation")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="revocations")
    settlement = models.ForeignKey(Settlement, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    intent = models.ForeignKey(CaseAct, on_delete=models.PROTECT, related_name="+", db_index=False)
    ground = models.CharField(max_length=50)
    lost_cents = models.BigIntegerField()
    weighed = models.BooleanField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(weighed=True) & ~Q(ground=""), name="decisions_revocation_weighed",
                violation_error_message="Wie een subsidie intrekt, noemt de grond en weegt de belangen af (Awb artikel 3:4).",
            ),
            models.CheckConstraint(
                condition=Q(lost_cents__gt=0), name="decisions_revocation_cents",
                violation_error_message="Alleen een subsidie met een bedrag wordt ingetrokken.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say of which act."""
        return f"revocation of act {self.act_id}"
