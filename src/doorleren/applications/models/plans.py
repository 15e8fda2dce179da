"""The tables of the plan of a partnership: versions of it, and the development paths of each version.

Rows are only ever added: every change is a whole new version.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Length, Trim
from django.db.models.lookups import GreaterThan

from doorleren.applications.models.application import Application
from doorleren.applications.plans.paths import MOST_CENTS, MOST_PEOPLE


class Component(models.TextChoices):
    """What a development path can be made of."""

    TRAINING = "training", "scholing"
    ADVICE = "advice", "ontwikkeladvies"
    EVC = "evc", "EVC (erkennen van wat iemand al kan)"
    GUIDANCE = "guidance", "begeleiding naar ander werk"
    SUPPORT = "support", "ondersteuning tijdens het traject"


class Plan(models.Model):
    """A version of the plan of an application, counted from 1; the last one counts. Without paths there is no plan any more.

    `reason` is filled in, and only then, for a version that adjusts the plan after the application was submitted.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="plans")
    number = models.IntegerField()
    reason = models.CharField(max_length=1000, blank=True)
    by_kind = models.CharField(max_length=20)
    by_id = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application", "number"], name="applications_plan_number_once",
                violation_error_message="Een collega heeft het plan intussen veranderd.",
            ),
            models.CheckConstraint(
                condition=Q(number__gt=0) & Q(GreaterThan(Length("by_kind"), Value(0))), name="applications_plan_by",
                violation_error_message="Een versie van een plan heeft een nummer, en het is bekend wie hem schreef.",
            ),
            models.CheckConstraint(
                condition=Q(reason="") | Q(GreaterThan(Length(Trim("reason")), Value(0))), name="applications_plan_reason",
                violation_error_message="Een reden bestaat niet alleen uit spaties.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say which version of which plan."""
        return f"plan {self.number} of application {self.application_id}"


class PlanPath(models.Model):
    """A development path in a version of a plan: from which work to which, by what, and for how many people at least and
    at most. `cents` is the cost per person, `people` do the work from which it goes, `vacancies` are open in the work to
    which it leads; null while that is not known. Sectors are values of `person.sector`, "" where none is told.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="paths")
    place = models.IntegerField()
    name = models.CharField(max_length=200)
    from_work = models.CharField(max_length=200)
    to_work = models.CharField(max_length=200)
    components = ArrayField(models.CharField(max_length=20, choices=Component.choices))
    fewest = models.IntegerField()
    most = models.IntegerField()
    cents = models.BigIntegerField(null=True)
    people = models.IntegerField(null=True)
    vacancies = models.IntegerField(null=True)
    from_sector = models.CharField(max_length=40, blank=True, default="")
    to_sector = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "place"], name="applications_path_place_once",
                violation_error_message="Op deze plaats in het plan staat al een pad.",
            ),
            models.UniqueConstraint(
                fields=["plan", "name"], name="applications_path_name_once",
                violation_error_message="Deze naam staat al bij een ander pad.",
            ),
            models.CheckConstraint(
                condition=Q(place__gte=0) & Q(GreaterThan(Length(Trim("name")), Value(0)))
                & Q(GreaterThan(Length(Trim("from_work")), Value(0))) & Q(GreaterThan(Length(Trim("to_work")), Value(0))),
                name="applications_path_named",
                violation_error_message="Een pad heeft een naam, en het is bekend van welk werk het naar welk werk gaat.",
            ),
            models.CheckConstraint(
                condition=Q(components__contained_by=Component.values, components__len__gt=0),
                name="applications_path_components",
                violation_error_message="Een pad bestaat uit scholing, advies, EVC, begeleiding of ondersteuning.",
            ),
            models.CheckConstraint(
                condition=Q(fewest__gte=0, most__gte=F("fewest"), most__lte=MOST_PEOPLE), name="applications_path_people",
                violation_error_message="Een aantal mensen loopt van 0 tot en met 1.000.000, en het laagste aantal staat eerst.",
            ),
            models.CheckConstraint(
                condition=Q(cents__isnull=True) | Q(cents__gte=0, cents__lte=MOST_CENTS), name="applications_path_cents",
                violation_error_message="De kosten per persoon zijn een bedrag van 0 tot en met 1.000.000 euro.",
            ),
            models.CheckConstraint(
                condition=(Q(people__isnull=True) | Q(people__range=(0, MOST_PEOPLE)))
                & (Q(vacancies__isnull=True) | Q(vacancies__range=(0, MOST_PEOPLE))),
                name="applications_path_room",
                violation_error_message="Hoeveel mensen er zijn en hoeveel er worden gezocht, is een aantal van 0 tot en met 1.000.000.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say which path of which version."""
        return f"path {self.place} of plan {self.plan_id}"
