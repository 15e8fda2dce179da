"""A decision on a case: what was decided, the amount, and the pot as it was then. Only ever added to."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from doorleren.cases.models import Case, CaseAct
from doorleren.decisions.models.assessment import Assessment
from doorleren.decisions.models.batch import Batch
from doorleren.rounds.models import Round, Ticket

CONTENT = "decision"
"""The name under which the content of a decision is sealed."""
GIVING = ("granted", "partly_granted")
DECISIONS = (*GIVING, "refused", "left_out")
_FIRST, _GIVEN = Q(replaces__isnull=True), Q(kind__in=GIVING)


class Decision(models.Model):
    """One decision; `number` counts those of a case from 1, `replaces` is the one whose place it takes. Cents are whole.

    `ground` (law/refusals.toml) and `article` of a refusal. `advance_cents`: None where it is spread over the activities.
    `place_cents` and `position`: its place in the round. The ceiling of the round and what first decisions in it had
    granted before: as they were at that moment (Awb 4:25(3)). `content`: results, calculation and words, sealed.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions", db_index=False)
    number = models.IntegerField()
    act = models.OneToOneField(CaseAct, on_delete=models.PROTECT, related_name="decision")
    kind = models.CharField(max_length=20)
    ground = models.CharField(max_length=50, blank=True)
    article = models.CharField(max_length=200, blank=True)
    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, null=True, related_name="decisions", db_index=False
    )
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, null=True, related_name="decisions")
    asked_cents = models.BigIntegerField()
    amount_cents = models.BigIntegerField()
    arrangement = models.CharField(max_length=50, blank=True)
    advance_cents = models.BigIntegerField(null=True)
    settle_how = models.CharField(max_length=20, blank=True)
    activities_until = models.DateField(null=True)
    decided_on = models.DateField()
    payee_kind = models.CharField(max_length=20, blank=True)
    payee_id = models.CharField(max_length=40, blank=True)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, null=True, related_name="decisions", db_index=False)
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    position = models.BigIntegerField(null=True)
    place_cents = models.BigIntegerField(null=True)
    ceiling_cents = models.BigIntegerField(null=True)
    ceiling_number = models.BigIntegerField(null=True)
    granted_before_cents = models.BigIntegerField(default=0)
    granted_before_number = models.BigIntegerField(default=0)
    content = models.BinaryField()

    class Meta:
        default_permissions = ()
        indexes: ClassVar = [
            models.Index(fields=["round", "-id"], condition=_FIRST, name="decisions_in_round"),
            models.Index(fields=["payee_kind", "payee_id"], condition=~Q(payee_id=""), name="decisions_by_payee"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "number"], name="decisions_decision_once",
                violation_error_message="Dit besluit is er al.",
            ),
            models.CheckConstraint(
                condition=Q(number__gt=0) & (Q(number=1, replaces__isnull=True) | Q(number__gt=1, replaces__isnull=False)),
                name="decisions_decision_number",
                violation_error_message="Het eerste besluit is 1; elk volgend besluit vervangt een ander.",
            ),
            models.CheckConstraint(
                condition=Q(kind="granted", amount_cents__gte=0) | Q(kind="partly_granted", amount_cents__lt=F("asked_cents"), amount_cents__gte=0)
                | Q(kind__in=["refused", "left_out"], amount_cents=0),
                name="decisions_decision_amount",
                violation_error_message="Alleen wie geld krijgt, heeft een bedrag; een deel is minder dan gevraagd.",
            ),
            models.CheckConstraint(
                condition=(Q(kind__in=GIVING, ground="", article="") & ~Q(arrangement="") & ~Q(payee_kind="") & ~Q(payee_id=""))
                | (Q(kind__in=["refused", "left_out"], arrangement="", advance_cents__isnull=True)
                   & ~Q(ground="") & ~Q(article="")),
                name="decisions_decision_reasoned",
                violation_error_message="Een afwijzing heeft een grond met een artikel; een verlening een arrangement en een ontvanger.",
            ),
            models.CheckConstraint(
                condition=Q(advance_cents__isnull=True) | Q(advance_cents__gte=0, advance_cents__lte=F("amount_cents")),
                name="decisions_decision_advance",
                violation_error_message="Een voorschot is hoogstens het bedrag van de verlening.",
            ),
            models.CheckConstraint(
                condition=Q(assessment__isnull=False) | Q(kind="left_out") | Q(ground="repeat"),
                name="decisions_decision_assessed",
                violation_error_message="Een besluit rust op een beoordeling.",
            ),
            models.CheckConstraint(
                condition=Q(round__isnull=True, ticket__isnull=True, position__isnull=True, place_cents__isnull=True)
                | Q(round__isnull=False, ticket__isnull=False, position__isnull=False, place_cents__isnull=False),
                name="decisions_decision_place",
                violation_error_message="Een besluit in een ronde rust op een plaats.",
            ),
            models.CheckConstraint(
                condition=~_FIRST | Q(place_cents__isnull=True) | Q(amount_cents__lte=F("place_cents")),
                name="decisions_decision_within_place",
                violation_error_message="Een eerste besluit geeft niet meer dan de plaats in de ronde.",
            ),
            models.CheckConstraint(
                condition=~_FIRST | Q(ceiling_cents__isnull=True)
                | Q(granted_before_cents__lte=F("ceiling_cents") - F("amount_cents")),
                name="decisions_decision_within_ceiling",
                violation_error_message="Dit besluit gaat boven het subsidieplafond (Awb artikel 4:25, tweede lid).",
            ),
            models.CheckConstraint(
                condition=~_FIRST | ~_GIVEN | Q(ceiling_number__isnull=True) | Q(granted_before_number__lt=F("ceiling_number")),
                name="decisions_decision_within_number",
                violation_error_message="Dit besluit gaat boven het aantal dat kan worden toegekend.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Give the case and the number."""
        return f"decision {self.number} on case {self.case_id}"
