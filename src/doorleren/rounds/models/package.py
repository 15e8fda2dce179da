"""A package: one sum of money over the rounds of several schemes, its components, and which rounds take from which."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from doorleren.rounds.models.round import Round


class Package(models.Model):
    """A package as it was announced with its first round: `told` is its sum and components (rules/packages.py), never changed."""

    code = models.CharField(max_length=100)
    cents = models.BigIntegerField()
    told = models.JSONField()
    told_hash = models.CharField(max_length=64)
    announced_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code"], name="rounds_package_once", violation_error_message="Dit pakket is al bekendgemaakt.",
            ),
            models.CheckConstraint(
                condition=Q(cents__gte=0, told_hash__regex=r"^[0-9a-f]{64}$"), name="rounds_package_told",
                violation_error_message="Een pakket heeft een bedrag van 0 of meer, en een hash van wat is bekendgemaakt.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Give its code."""
        return self.code


class PackageComponent(models.Model):
    """A component of a package, and what of it is the ceiling of rounds by now; the database never lets that pass it.

    All components of a package together are its sum: the database refuses anything else when the transaction ends.
    """

    package = models.ForeignKey(Package, on_delete=models.PROTECT, related_name="components")
    code = models.CharField(max_length=100)
    ceiling_cents = models.BigIntegerField()
    announced_cents = models.BigIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["package", "code"], name="rounds_package_component_once",
                violation_error_message="Dit onderdeel van het pakket is er al.",
            ),
            models.CheckConstraint(
                condition=Q(announced_cents__gte=0, announced_cents__lte=F("ceiling_cents")), name="rounds_package_component_within",
                violation_error_message="De tijdvakken van dit onderdeel gaan samen boven het bedrag ervan.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say which, of which package."""
        return f"{self.code} of package {self.package_id}"


class PackageRound(models.Model):
    """From which component a round takes its money."""

    round = models.OneToOneField(Round, on_delete=models.PROTECT, primary_key=True, related_name="in_package")
    component = models.ForeignKey(PackageComponent, on_delete=models.PROTECT, related_name="rounds")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        """Say which round."""
        return f"round {self.round_id} in component {self.component_id}"
