"""That somebody looked at what the bank said, and took it off the list of what asks for a person. Only ever added to.

The words go at the end of their retention (commands/destroy_accounts.py); who closed it and when stay.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from doorleren.payments.models.bank import BankAnswer
from doorleren.people.models import Person

MONEY = ("booked", "returned", "received", "other")
"""What an entry says where money moved at the bank: two people close it. Of the rest one is enough."""


class BankClosing(models.Model):
    """One of the people who closed an entry: the first with a reason, and where money moved a second, who agrees in words."""

    answer = models.ForeignKey(BankAnswer, on_delete=models.PROTECT, related_name="closings", db_index=False)
    step = models.SmallIntegerField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=1000)
    at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["answer", "step"], name="payments_closing_once",
                violation_error_message="Dit is bij deze regel al gedaan.",
            ),
            models.UniqueConstraint(
                fields=["answer", "by"], name="payments_closing_two_people",
                violation_error_message="Wie een regel als eerste bekeek, is niet ook de tweede.",
            ),
            models.CheckConstraint(
                condition=Q(step__in=[1, 2])
                & (~Q(reason="") & Q(destroyed_at__isnull=True) | Q(reason="", destroyed_at__isnull=False, destroyed_at__gte=F("at"))),
                name="payments_closing_reasoned",
                violation_error_message="Een regel van de bank gaat met een reden van de lijst, door een of twee mensen.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say which step of which entry."""
        return f"closing {self.step} of entry {self.answer_id}"
