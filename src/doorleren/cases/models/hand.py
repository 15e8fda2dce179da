"""A hand that somebody has in a case and that no act of that duty tells. Only ever added to.

In a payment that is on its way; in a decision that stands in the case as a note, such as that a report of progress is accepted; or
in fixing the scores of its round.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from doorleren.cases.models.case import Case
from doorleren.people.models import Person

HAND_DUTIES = ["decide", "pay"]
"""Duties that are done beside their acts: a note decides too, and a payment is ordered days before the bank's word makes it one."""


class Hand(models.Model):
    """One person in one case. `duty`: of cases/access.py; `cause`: what the hand lies in, such as "payment_run/12", "act/7" or "ranking/3"."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="hands", db_index=False)
    duty = models.CharField(max_length=20)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    cause = models.CharField(max_length=60)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "duty", "person", "cause"], name="cases_hand_once",
                violation_error_message="Dit staat er al.",
            ),
            models.CheckConstraint(
                condition=Q(duty__in=HAND_DUTIES), name="cases_hand_duty",
                violation_error_message="Deze taak volgt uit de handeling zelf.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Give who, in which case."""
        return f"hand of person {self.person_id} in case {self.case_id}"
