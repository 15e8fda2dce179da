"""Providers and the ways in which they are recognised."""

from django.db import models
from django.db.models import F, Q

RECOGNITION_ROUTES = ("ocw", "nlqf", "quality_mark", "evc", "sector")
"""The values of the fact `provider.recognition`; a test holds them against the vocabulary."""


class Provider(models.Model):
    """A training provider. `code` names it for ever in what it delivers; it is the KvK number where that is told."""

    code = models.CharField(max_length=100, unique=True)
    kvk = models.CharField(max_length=8, blank=True)
    name = models.CharField(max_length=300)
    website = models.CharField(max_length=500, blank=True)
    street = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    place = models.CharField(max_length=100, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kvk="") | Q(kvk__regex=r"^[0-9]{8}$"),
                name="provider_kvk_eight_digits",
                violation_error_message="Een KvK-nummer heeft acht cijfers.",
            ),
            models.UniqueConstraint(
                fields=["kvk"],
                condition=~Q(kvk=""),
                name="provider_kvk_once",
                violation_error_message="Er is al een opleider met dit KvK-nummer.",
            ),
        ]

    def __str__(self) -> str:
        """Give the name."""
        return self.name


class ProviderRecognition(models.Model):
    """One recognition of a provider, with its proof and the days between which it holds."""

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="recognitions")
    route = models.CharField(max_length=20, choices=[(route, route) for route in RECOGNITION_ROUTES])
    proof = models.CharField(max_length=300, blank=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(route__in=RECOGNITION_ROUTES),
                name="recognition_route_known",
                violation_error_message="Deze manier van erkennen bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="recognition_ends_after_start",
                violation_error_message="Een erkenning kan niet eindigen voor zij begint.",
            ),
        ]
