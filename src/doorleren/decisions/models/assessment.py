"""An assessment of a case: what it came to, by which version of the rules. Only ever added to; the last one of a case counts."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from doorleren.cases.models import Case, CaseAct
from doorleren.decisions.rules import OUTCOMES

HASH = r"^[0-9a-f]{64}$"
CONTENT = "assessment"
"""The name under which the content of an assessment is sealed."""


class Assessment(models.Model):
    """One assessment; `number` counts those of a case from 1. Cents are whole.

    `content`: results, grounds, evidence and calculation, sealed under the case's key (decisions/sealed.py). `stated`: the
    conditions that rest on somebody's word alone. `amount_cents`: what the scheme gives; None where that cannot be told.
    `rules_digest`: scheme file, law and engine; `facts`: the hash of what was submitted.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assessments", db_index=False)
    number = models.IntegerField()
    act = models.OneToOneField(CaseAct, on_delete=models.PROTECT, related_name="assessment")
    automatic = models.BooleanField()
    clear = models.BooleanField()
    outcome = models.CharField(max_length=5)
    amount_cents = models.BigIntegerField(null=True)
    asked_cents = models.BigIntegerField()
    judged_on = models.DateField()
    rules_digest = models.CharField(max_length=64)
    facts = models.CharField(max_length=64)
    stated = ArrayField(models.CharField(max_length=100), default=list)
    content = models.BinaryField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "number"], name="decisions_assessment_once",
                violation_error_message="Deze beoordeling is er al.",
            ),
            models.CheckConstraint(
                condition=Q(number__gt=0), name="decisions_assessment_number",
                violation_error_message="De eerste beoordeling is 1.",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=OUTCOMES), name="decisions_assessment_outcome",
                violation_error_message="Een aanvraag voldoet, voldoet niet, of er staat nog iets open.",
            ),
            models.CheckConstraint(
                condition=Q(clear=False) | Q(automatic=True), name="decisions_assessment_clear",
                violation_error_message="Alleen wat de regels zelf beoordelen, kan zonder mens verder.",
            ),
            models.CheckConstraint(
                condition=Q(asked_cents__gte=0) & (Q(amount_cents__isnull=True) | Q(amount_cents__gte=0)),
                name="decisions_assessment_cents",
                violation_error_message="Een bedrag is 0 of meer.",
            ),
            models.CheckConstraint(
                condition=Q(rules_digest__regex=HASH, facts__regex=HASH), name="decisions_assessment_hashed",
                violation_error_message="Van de regels en van de gegevens staat bij een beoordeling de hash.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Give the case and the number, never what it says."""
        return f"assessment {self.number} of case {self.case_id}"
