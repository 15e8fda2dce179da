"""The columns in which a person is kept whom somebody else named: sealed, in a row of its own that can be destroyed apart."""

from django.db import models
from django.db.models import Q

HASH = r"^[0-9a-f]{64}$"
SEALED = r"^gAAAA[A-Za-z0-9_=-]{95,}$"


class SealedPerson(models.Model):
    """The national number as a keyed hash and sealed, the name sealed.

    `lookup` and `sealed` are empty where no number was given; then a human looks whether the person is there twice.
    `name_key` is a keyed hash of the name without accents, particles and order (bundles/names.py).
    """

    lookup = models.CharField(max_length=64, blank=True)
    sealed = models.CharField(max_length=200, blank=True)
    sealed_name = models.CharField(max_length=1200)
    name_key = models.CharField(max_length=64)
    birth_date = models.DateField()

    class Meta:
        abstract = True


def sealed_constraints(table: str, called: str) -> list[models.BaseConstraint]:
    """Give the constraints of such a table; `called` is who is kept there, in Dutch."""
    return [
        models.CheckConstraint(
            condition=Q(lookup="", sealed="") | Q(lookup__regex=HASH, sealed__regex=SEALED),
            name=f"applications_{table}_number_sealed",
            violation_error_message="Een burgerservicenummer wordt alleen gehasht en versleuteld bewaard.",
        ),
        models.CheckConstraint(
            condition=Q(sealed_name__regex=SEALED, name_key__regex=HASH),
            name=f"applications_{table}_name_sealed",
            violation_error_message=f"De naam van een {called} wordt alleen versleuteld bewaard.",
        ),
    ]
