"""What came in, from whom, and what was wrong with it: uploads, feeds and imports on the command line."""

from django.db import models
from django.db.models import F, Q

FORMS = ("csv", "edudex", "ooapi", "form")
"""How a delivery was written; "form" is the page on which a provider types."""


class Source(models.Model):
    """Where deliveries come from again and again, with what was agreed about their quality."""

    name = models.CharField(max_length=100, unique=True)
    form = models.CharField(max_length=10, choices=[(form, form) for form in FORMS])
    address = models.CharField(max_length=1000, blank=True)
    every_hours = models.IntegerField(null=True)
    most_refused_percent = models.SmallIntegerField(default=10)
    least_rows = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(most_refused_percent__range=(0, 100)),
                name="refused_percent_0_to_100",
                violation_error_message="Een percentage is een getal van 0 tot en met 100.",
            ),
        ]


class Delivery(models.Model):
    """One file or form that came in: how many rows were new, changed, the same and refused."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="deliveries")
    form = models.CharField(max_length=10)
    file_name = models.CharField(max_length=300, blank=True)
    mapping = models.JSONField(default=dict)
    received_at = models.DateTimeField()
    received_by = models.CharField(max_length=100)
    new = models.IntegerField(default=0)
    changed = models.IntegerField(default=0)
    unchanged = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)
    failure = models.CharField(max_length=500, blank=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by="") | (Q(undone_at__isnull=False) & ~Q(undone_by="")),
                name="delivery_undone_at_and_by",
                violation_error_message="Wie een levering terugdraait, en wanneer, horen bij elkaar.",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(undone_at__gte=F("received_at")),
                name="delivery_undone_after_received",
                violation_error_message="Een levering kan niet worden teruggedraaid voor zij er was.",
            ),
        ]


class DeliveryFault(models.Model):
    """What is wrong in a row of a delivery: the field, what was given, what is allowed, and whether it refuses the row."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="faults")
    row = models.IntegerField()
    field = models.CharField(max_length=100, blank=True)
    given = models.CharField(max_length=200, blank=True)
    allowed = models.CharField(max_length=500, blank=True)
    text = models.CharField(max_length=500)
    refuses = models.BooleanField(default=True)
