"""What came in, from whom, and what was wrong with it: uploads, feeds and imports on the command line."""

from django.db import models
from django.db.models import F, Q

FORMS = ("csv", "edudex", "ooapi", "form")
"""How a delivery was written; "form" is the page on which a provider types."""

SECRET_NAME = r"^([a-z0-9][a-z0-9-]*)?$"  # noqa: S105 - what names look like
"""What the name of a secret may be, or nothing: never a path."""


class Source(models.Model):
    """Where deliveries come from again and again, with what was agreed about their quality.

    `mapping` is that of the columns of a CSV, as `intake.mapping` reads it; empty is guessed at each delivery. The
    provider stands in for rows that name none. `secret` is the name of a file that holds it: see `feeds.secrets`.
    """

    name = models.CharField(max_length=100, unique=True)
    form = models.CharField(max_length=10, choices=[(form, form) for form in FORMS])
    address = models.CharField(max_length=1000, blank=True)
    secret = models.CharField(max_length=60, blank=True)
    every_hours = models.IntegerField(null=True)
    most_refused_percent = models.SmallIntegerField(default=10)
    least_rows = models.IntegerField(default=1)
    mapping = models.JSONField(default=dict, blank=True)
    provider_kvk = models.CharField(max_length=8, blank=True)
    provider_name = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(form__in=FORMS),
                name="source_form_known",
                violation_error_message="Deze vorm van een levering bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(every_hours__isnull=True) | Q(every_hours__gt=0),
                name="source_every_hours_positive",
                violation_error_message="Het aantal uren tussen twee keer ophalen is meer dan nul.",
            ),
            models.CheckConstraint(
                condition=Q(most_refused_percent__range=(0, 100)),
                name="refused_percent_0_to_100",
                violation_error_message="Een percentage is een getal van 0 tot en met 100.",
            ),
            models.CheckConstraint(
                condition=Q(least_rows__gte=0),
                name="source_least_rows_not_negative",
                violation_error_message="Het aantal rijen dat ten minste goed is, is nul of meer.",
            ),
            models.CheckConstraint(
                condition=Q(secret__regex=SECRET_NAME),
                name="source_secret_is_a_name",
                violation_error_message="De naam van een geheim heeft kleine letters, cijfers en streepjes.",
            ),
            models.CheckConstraint(
                condition=Q(provider_kvk="") | Q(provider_kvk__regex=r"^[0-9]{8}$"),
                name="source_kvk_eight_digits",
                violation_error_message="Een KvK-nummer heeft acht cijfers.",
            ),
            models.CheckConstraint(
                condition=Q(provider_kvk="", provider_name="") | (~Q(provider_kvk="") & ~Q(provider_name="")),
                name="source_kvk_and_name",
                violation_error_message="De naam en het KvK-nummer van een opleider horen bij elkaar.",
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
                condition=Q(form__in=FORMS),
                name="delivery_form_known",
                violation_error_message="Deze vorm van een levering bestaat niet.",
            ),
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
