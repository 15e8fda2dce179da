"""The acts on cases, one row each, only ever added to."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KT

from doorleren.cases.acts import ACTS
from doorleren.cases.given_days import DISPATCHED, NOT_TAKEN, WRONG_ADDRESS
from doorleren.cases.models.case import Case


class CaseAct(models.Model):
    """One act on a case. `at`: when it was entered; `happened_on`: the day that counts for terms (of receipt, of dispatch).

    Who did it is a plain kind and id, as in the record. `details` holds ids, codes, days and amounts, never content.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="rows", db_index=False)
    number = models.IntegerField()
    act = models.CharField(max_length=40)
    at = models.DateTimeField()
    happened_on = models.DateField()
    by_kind = models.CharField(max_length=40)
    by_id = models.CharField(max_length=64, blank=True)
    details = models.JSONField(default=dict)
    ground = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "number"], name="cases_act_once",
                violation_error_message="Deze handeling is al genoteerd.",
            ),
            models.CheckConstraint(
                condition=Q(number__gt=0), name="cases_act_number",
                violation_error_message="De eerste handeling is 1.",
            ),
            models.CheckConstraint(
                condition=Q(act__in=list(ACTS)), name="cases_act_known",
                violation_error_message="Deze handeling bestaat niet.",
            ),
            models.CheckConstraint(
                condition=~Q(by_kind="") & ~Q(ground=""), name="cases_act_whole",
                violation_error_message="Een handeling heeft een persoon of systeem dat haar deed, en een grond.",
            ),
            models.UniqueConstraint(
                "case", KT("details__returned"), condition=Q(act=DISPATCHED, details__has_key="returned"), name="cases_act_sent_again_once",
                violation_error_message="Deze teruggekomen brief is al opnieuw verstuurd.",
            ),
            models.CheckConstraint(
                condition=~Q(details__has_key="returned") | Q(details__has_key="why", details__why__in=[WRONG_ADDRESS, NOT_TAKEN]),
                name="cases_act_sent_again_why",
                violation_error_message="Opnieuw sturen heeft een reden: het adres klopte niet, of de brief is niet aangenomen.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Give the number and the act."""
        return f"{self.number} {self.act} of case {self.case_id}"
