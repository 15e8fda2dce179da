"""Why a paymaster left what is owed in a case out of a payment run."""

from typing import ClassVar

from django.db import models

from doorleren.cases.models import Case
from doorleren.payments.models.run import PaymentRun
from doorleren.people.models import Person


class LeftOut(models.Model):
    """That what is owed in a case was left out of a run, by whom and why. `run`: the one that was proposed without it. Only added to.

    `content`: the reason, sealed under the key of the case.
    """

    run = models.ForeignKey(PaymentRun, on_delete=models.PROTECT, related_name="left_out")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    content = models.BinaryField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["run", "case"], name="payments_leftout_once",
                violation_error_message="Deze zaak is al uit deze betaalrun gelaten.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say of which run, never why."""
        return f"case {self.case_id} left out of payment run {self.run_id}"
