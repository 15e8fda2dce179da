"""The tables of what follows the rows of a bundle: that a registration was completed, and the keys under which programs hand in.

Both are only ever added to.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThan

from doorleren.applications.models.registrations import Registration
from doorleren.applications.models.sealed import HASH
from doorleren.people.models import Person


class Completion(models.Model):
    """An adviser completed a registration: all that the scheme asks for that is there, and its promises were made.

    `content` is a hash of the documents that it rests on, keyed with the salt of the application; `stated` are the ids of
    the conditions that nobody can compute, of which the adviser says that they hold.
    """

    registration = models.OneToOneField(
        Registration, on_delete=models.PROTECT, primary_key=True, related_name="completion"
    )
    content = models.CharField(max_length=64)
    stated = models.JSONField(default=list)
    by_kind = models.CharField(max_length=20)
    by_id = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(content__regex=HASH), name="applications_completion_hashed",
                violation_error_message="Van de documenten bij een afgeronde registratie wordt hier alleen een hash bewaard.",
            ),
            models.CheckConstraint(
                condition=GreaterThan(Length("by_kind"), Value(0)), name="applications_completion_by",
                violation_error_message="Het is bekend wie een registratie afrondde.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say of which registration."""
        return f"completion of registration {self.registration_id}"


class BundleKey(models.Model):
    """A key under which a program hands in a bundle, so that it can send the same again when an answer was lost.

    `key` and `content` are keyed hashes: of the key, and of the round, the firm and all rows that it was first used for.
    """

    adviser = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=64)
    content = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["adviser", "key"], name="applications_bundlekey_once",
                violation_error_message="Deze sleutel is al gebruikt.",
            ),
            models.CheckConstraint(
                condition=Q(key__regex=HASH, content__regex=HASH), name="applications_bundlekey_hashed",
                violation_error_message="Van een sleutel en van wat ermee is ingediend, wordt alleen een hash bewaard.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say whose it is."""
        return f"key {self.pk} of adviser {self.adviser_id}"
