"""Training activities. An activity is a name for ever; what is said of it stands in versions that are never changed.

The columns of a version are the fields of `register.entries.Entry`; a test holds the two against each other.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from doorleren.register.entries import CERTIFICATE_VALUES
from doorleren.register.models.delivery import Delivery
from doorleren.register.models.provider import Provider


class Activity(models.Model):
    """What a provider's code stands for. `current` is the version in force; none after an undone upload."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="activities")
    code = models.CharField(max_length=200)
    current = models.ForeignKey("ActivityVersion", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["provider", "code"], name="activity_code_once_per_provider")]


class ActivityVersion(models.Model):
    """What was said of an activity from a delivery on. Insert-only: the database refuses update and delete."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="versions")
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="versions")
    made_at = models.DateTimeField()
    fingerprint = models.CharField(max_length=32)

    title = models.CharField(max_length=500)
    description = models.TextField()
    learning_outcomes = ArrayField(models.TextField())
    kind = models.CharField(max_length=30, null=True)
    route = models.CharField(max_length=30, null=True)
    goal = models.CharField(max_length=30, null=True)
    level = models.CharField(max_length=10, null=True)
    nlqf_level = models.SmallIntegerField(null=True)
    eqf_level = models.SmallIntegerField(null=True)
    intensity = models.CharField(max_length=20, null=True)
    study_hours = models.IntegerField(null=True)
    duration_months = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    delivery_form = models.CharField(max_length=10, null=True)
    independent_of_time = models.BooleanField(null=True)
    independent_of_place = models.BooleanField(null=True)
    evening = models.BooleanField(null=True)
    combinable_with_work = models.BooleanField(null=True)
    combinable_with_care = models.BooleanField(null=True)
    modular = models.BooleanField(null=True)
    language = models.CharField(max_length=3)
    entry_requirements = models.TextField()
    sector = models.CharField(max_length=30, null=True)
    occupations = ArrayField(models.CharField(max_length=40))
    skills = ArrayField(models.CharField(max_length=40))
    certificate = models.CharField(max_length=300)
    certificate_value = models.CharField(max_length=30, null=True)
    guidance = models.BooleanField(null=True)
    prior_learning_shortens = models.BooleanField(null=True)
    tuition_cents = models.BigIntegerField(null=True)
    tuition_vat = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    examination_cents = models.BigIntegerField(null=True)
    examination_vat = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    material_cents = models.BigIntegerField(null=True)
    material_vat = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    registration_cents = models.BigIntegerField(null=True)
    registration_vat = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    url = models.CharField(max_length=1000)
    published_from = models.DateField(null=True)
    published_until = models.DateField(null=True)
    text_language = models.CharField(max_length=3, blank=True, default="")

    class Meta:
        indexes = [
            GinIndex(fields=["skills"], name="activity_skills"),
            GinIndex(fields=["occupations"], name="activity_occupations"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""),
                name="activity_has_title",
                violation_error_message="Een opleiding heeft een titel nodig.",
            ),
            models.CheckConstraint(
                condition=Q(nlqf_level__isnull=True) | Q(nlqf_level__range=(1, 8)),
                name="nlqf_level_1_to_8",
                violation_error_message="Een NLQF-niveau is een getal van 1 tot en met 8.",
            ),
            models.CheckConstraint(
                condition=Q(eqf_level__isnull=True) | Q(eqf_level__range=(1, 8)),
                name="eqf_level_1_to_8",
                violation_error_message="Een EQF-niveau is een getal van 1 tot en met 8.",
            ),
            models.CheckConstraint(
                condition=Q(certificate_value__isnull=True) | Q(certificate_value__in=CERTIFICATE_VALUES),
                name="certificate_value_known",
                violation_error_message="Deze waarde van een certificaat bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(published_from__isnull=True)
                | Q(published_until__isnull=True)
                | Q(published_until__gte=F("published_from")),
                name="publication_ends_after_start",
                violation_error_message="Een opleiding kan niet verdwijnen voor zij verschijnt.",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{part}_cents__isnull": True}) | Q(**{f"{part}_cents__gte": 0}),
                    name=f"{part}_price_not_negative",
                    violation_error_message="Een prijs is nul of meer.",
                )
                for part in ("tuition", "examination", "material", "registration")
            ),
        ]


class RunOffered(models.Model):
    """One time that a version of an activity is given. Insert-only, as its version is."""

    version = models.ForeignKey(ActivityVersion, on_delete=models.PROTECT, related_name="runs")
    place_in_order = models.SmallIntegerField()
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    place = models.CharField(max_length=100)
    postcode = models.CharField(max_length=10)
    enrol_from = models.DateField(null=True)
    enrol_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "place_in_order"], name="run_place_once"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="run_ends_after_start",
                violation_error_message="Een uitvoering kan niet eindigen voor zij begint.",
            ),
        ]


class FormerPrice(models.Model):
    """A price that an activity had before it was listed; shown to officials, who compare it with the price now."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="former_prices")
    on = models.DateField()
    cents = models.BigIntegerField()
    source = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "on", "source"], name="former_price_once_per_day_and_source"),
            models.CheckConstraint(
                condition=Q(cents__gte=0),
                name="former_price_not_negative",
                violation_error_message="Een prijs is nul of meer.",
            ),
        ]
