"""Lists of cases to be destroyed at the end of their retention: proposed by one official, released by another, then done.

What was proposed never changes; an item ends once: destroyed under an act of the record, or left with the reason.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from doorleren.cases.models.case import Case
from doorleren.people.models import Body, Person


class DestructionList(models.Model):
    """The cases of a body that are due on a day. `digest`: the hash of the list as it was proposed and must be released."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    due_by = models.DateField()
    digest = models.CharField(max_length=64)
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    released_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="cases_destruction_hashed",
                violation_error_message="Een lijst om te vernietigen heeft een hash.",
            ),
            models.CheckConstraint(
                condition=Q(released_by__isnull=True) | ~Q(released_by=F("proposed_by")), name="cases_destruction_two_people",
                violation_error_message="Wie een lijst voorstelt, geeft haar niet zelf vrij.",
            ),
            models.CheckConstraint(
                condition=Q(released_by__isnull=True, released_at__isnull=True)
                | Q(released_by__isnull=False, released_at__isnull=False, released_at__gte=F("proposed_at")),
                name="cases_destruction_released_whole",
                violation_error_message="Een vrijgegeven lijst heeft een persoon, en een moment na het voorstel.",
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True) | Q(withdrawn_at__isnull=True), name="cases_destruction_one_end",
                violation_error_message="Een lijst is vrijgegeven of ingetrokken, niet allebei.",
            ),
            models.UniqueConstraint(
                fields=["body"], condition=Q(released_at__isnull=True, withdrawn_at__isnull=True),
                name="cases_destruction_one_waits",
                violation_error_message="Er wacht al een lijst om vrij te geven.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Give its number."""
        return f"list {self.pk} to destroy"

    @property
    def waits(self) -> bool:
        """Say whether it was neither released nor withdrawn."""
        return self.released_at is None and self.withdrawn_at is None


class DestructionItem(models.Model):
    """A case on a list, with the last day of its retention. It ends once: `act` of the record, or `left` as a code."""

    list = models.ForeignKey(DestructionList, on_delete=models.PROTECT, related_name="items", db_index=False)
    number = models.IntegerField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    kept_until = models.DateField()
    act = models.BigIntegerField(null=True)
    left = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["list", "number"], name="cases_destruction_numbered",
                violation_error_message="Dit nummer staat al op de lijst.",
            ),
            models.UniqueConstraint(
                fields=["list", "case"], name="cases_destruction_case_once",
                violation_error_message="Deze zaak staat al op de lijst.",
            ),
            models.CheckConstraint(
                condition=Q(act__isnull=True) | Q(left=""), name="cases_destruction_item_one_end",
                violation_error_message="Een zaak op een lijst is vernietigd of blijft staan, niet allebei.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Give the list and the case."""
        return f"case {self.case_id} on list {self.list_id} to destroy"
