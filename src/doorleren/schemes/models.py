"""The table of published versions. A row never changes and never goes: the database refuses it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class PublishedVersion(models.Model):
    """A version of a scheme as it was published: its resolved file (rules/lossless.py) and the hash of that.

    One changed byte is another version: a scheme's version may stand here more than once, each under its own hash.
    """

    scheme = models.CharField(max_length=100)
    version = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)
    content = models.TextField()
    published_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["digest"], name="schemes_version_once",
                violation_error_message="Deze versie is al gepubliceerd.",
            ),
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="schemes_version_hashed",
                violation_error_message="Een versie heeft een hash van 64 hexadecimale tekens.",
            ),
            models.CheckConstraint(
                condition=~Q(scheme="") & ~Q(version="") & ~Q(content=""), name="schemes_version_whole",
                violation_error_message="Een versie heeft een regeling, een naam en een inhoud.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Give scheme and version."""
        return f"{self.scheme} {self.version}"
