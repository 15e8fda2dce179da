"""Settlements: the final amount of a grant. Only ever added to; `replaces` is the one whose place it takes. Awb 4:46 and 4:47."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from doorleren.cases.models import Case, CaseAct
from doorleren.decisions.models.decision import Decision
from doorleren.decisions.models.delivery import Delivery

SETTLED = ("settled_as_granted", "settled_lower", "settled_at_nil")
LESS = ("settled_lower", "settled_at_nil")


class Settlement(models.Model):
    """One settlement; whole cents. `delivery`: the report that it rests on; None where it is ex officio without a check, or on
    an objection without one.

    Less than was granted only after notice of intent (`intent`) and with the interests weighed (`weighed`; in words in
    `content`, sealed).
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="settlements", db_index=False)
    number = models.IntegerField()
    act = models.OneToOneField(CaseAct, on_delete=models.PROTECT, related_name="settlement")
    kind = models.CharField(max_length=20)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="settlements")
    delivery = models.ForeignKey(
        Delivery, on_delete=models.PROTECT, null=True, related_name="settlements", db_index=False
    )
    intent = models.ForeignKey(CaseAct, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    granted_cents = models.BigIntegerField()
    settled_cents = models.BigIntegerField()
    ex_officio = models.BooleanField()
    weighed = models.BooleanField()
    settled_on = models.DateField()
    content = models.BinaryField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "number"], name="decisions_settlement_once",
                violation_error_message="Deze vaststelling is er al.",
            ),
            models.CheckConstraint(
                condition=Q(number=1, replaces__isnull=True) | Q(number__gt=1, replaces__isnull=False),
                name="decisions_settlement_number",
                violation_error_message="De eerste vaststelling is 1; elke volgende vervangt een andere.",
            ),
            models.CheckConstraint(
                condition=Q(kind="settled_as_granted", settled_cents=F("granted_cents"))
                | Q(kind="settled_lower", settled_cents__gt=0, settled_cents__lt=F("granted_cents"))
                | Q(kind="settled_at_nil", settled_cents=0),
                name="decisions_settlement_amount",
                violation_error_message="Vaststellen is zoals verleend, lager of op nihil.",
            ),
            models.CheckConstraint(
                condition=Q(kind="settled_as_granted") | Q(intent__isnull=False), name="decisions_settlement_intent",
                violation_error_message="Wie lager vaststelt, laat dat eerst weten (Awb artikel 4:8 en 4:12).",
            ),
            models.CheckConstraint(
                condition=Q(kind="settled_as_granted") | Q(weighed=True), name="decisions_settlement_weighed",
                violation_error_message="Wie lager vaststelt, weegt de belangen af (Awb artikel 3:4 en 4:46).",
            ),
            models.CheckConstraint(
                condition=Q(delivery__isnull=False) | Q(ex_officio=True) | Q(kind__in=LESS) | Q(replaces__isnull=False),
                name="decisions_settlement_proven",
                violation_error_message="Zonder verantwoording wordt alleen ambtshalve of na bezwaar vastgesteld zoals verleend.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Give the case and the number."""
        return f"settlement {self.number} in case {self.case_id}"
