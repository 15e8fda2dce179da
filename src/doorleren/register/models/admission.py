"""Decisions on admission to the register, of providers and of activities: insert-only, each with its reasons."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from doorleren.register.models.activity import Activity
from doorleren.register.models.provider import Provider

ADMISSION_ACTS = ("applied", "admitted", "refused", "suspended", "removed")


class AdmissionDecision(models.Model):
    """One act on one provider or one activity. The standing on a day follows from the acts effective by then."""

    provider = models.ForeignKey(Provider, null=True, on_delete=models.PROTECT, related_name="decisions")
    activity = models.ForeignKey(Activity, null=True, on_delete=models.PROTECT, related_name="decisions")
    act = models.CharField(max_length=10, choices=[(act, act) for act in ADMISSION_ACTS])
    effective_on = models.DateField()
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=100)
    checks = ArrayField(models.CharField(max_length=60), default=list)
    reason = models.TextField(blank=True)
    grants_a_year = models.IntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["act", "decided_at", "id"], name="admission_in_worklist")]
        constraints = [
            models.CheckConstraint(
                condition=Q(provider__isnull=True) ^ Q(activity__isnull=True),
                name="admission_of_provider_or_activity",
                violation_error_message="Een besluit gaat over een opleider of over een opleiding.",
            ),
            models.CheckConstraint(
                condition=Q(act__in=ADMISSION_ACTS),
                name="admission_act_known",
                violation_error_message="Dit besluit bestaat niet.",
            ),
            models.CheckConstraint(
                condition=~Q(act__in=("refused", "suspended", "removed")) | ~Q(reason=""),
                name="admission_refusal_has_reason",
                violation_error_message="Een weigering, schorsing of verwijdering heeft een reden nodig.",
            ),
            models.CheckConstraint(
                condition=Q(grants_a_year__isnull=True) | Q(grants_a_year__gt=0),
                name="admission_cap_positive",
                violation_error_message="Een maximum per jaar is meer dan nul.",
            ),
            models.CheckConstraint(
                condition=~Q(act="refused") | ~Q(checks=[]),
                name="admission_refusal_names_check",
                violation_error_message="Een weigering noemt de toets waaraan niet is voldaan.",
            ),
            models.CheckConstraint(
                condition=Q(grants_a_year__isnull=True) | Q(act="admitted"),
                name="admission_cap_of_admitted",
                violation_error_message="Een maximum per jaar hoort bij een toelating.",
            ),
        ]
