"""The tables of registrations: what an adviser hands in together, and each person who was registered in it.

A registration, an answer to a row and a confirmation are only ever added. What names the person lies in a row of its
own, sealed, so that it can be destroyed apart.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from doorleren.applications.models.application import Application
from doorleren.applications.models.sealed import HASH, SealedPerson, sealed_constraints
from doorleren.people.models import Organisation, Person
from doorleren.rounds.models import Round

MOST_ROWS = 10_000
"""How many rows a bundle holds at most."""
REFERENCE = r"^[A-Za-z0-9][A-Za-z0-9._/-]{0,39}$"
"""How an adviser's own reference is written: no spaces, so that nobody writes a name in it."""
NUMBER = r"^[0-9]{9}$"
"""A reference that looks like a national number is refused."""


class Outcome(models.TextChoices):
    """What came of a row of a bundle."""

    ACCEPTED = "accepted", "geregistreerd"
    ALREADY = "already", "was al geregistreerd"
    REFUSED = "refused", "geweigerd"


class Word(models.TextChoices):
    """What the participant says of a registration."""

    CONFIRMED = "confirmed", "dit klopt"
    NOT_ME = "not_me", "dit ben ik niet"
    NOT_WANTED = "not_wanted", "dit wil ik niet"


class Qualification(models.Model):
    """An adviser is qualified from the first up to and including the last day; an official established it."""

    adviser = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="qualifications")
    starts_on = models.DateField()
    ends_on = models.DateField()
    given_by_kind = models.CharField(max_length=20)
    given_by_id = models.CharField(max_length=100, blank=True)
    given_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["adviser", "starts_on"], name="applications_qualification_once",
                violation_error_message="Deze kwalificatie bestaat al.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="applications_qualification_days",
                violation_error_message="Een kwalificatie eindigt niet voordat zij begint.",
            ),
            models.CheckConstraint(
                condition=~Q(given_by_kind=""), name="applications_qualification_given_by",
                violation_error_message="Van een kwalificatie is bekend wie haar heeft vastgesteld.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say whose it is."""
        return f"qualification of person {self.adviser_id}"


class Bundle(models.Model):
    """Registrations that an adviser handed in at once; `content` is a keyed hash of all its rows, to know it again."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="bundles")
    adviser = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="bundles")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="bundles")
    content = models.CharField(max_length=64)
    rows = models.IntegerField()
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "adviser", "organisation", "content"], name="applications_bundle_once",
                violation_error_message="Deze bundel is al ingediend.",
            ),
            models.CheckConstraint(
                condition=Q(content__regex=HASH), name="applications_bundle_hashed",
                violation_error_message="Van een bundel wordt alleen een hash van de inhoud bewaard.",
            ),
            models.CheckConstraint(
                condition=Q(rows__gte=1, rows__lte=MOST_ROWS), name="applications_bundle_size",
                violation_error_message="Een bundel heeft 1 tot en met 10.000 rijen.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Give its number."""
        return f"bundle {self.pk}"


class Registration(models.Model):
    """A person whom an adviser registered in a round: the application that it became, and the keyed hash of the person.

    `reference` is the adviser's own; `registered_on` is the day in Amsterdam that a daily limit counts.
    """

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="registration")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="registrations", db_index=False)
    adviser = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="registrations", db_index=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    reference = models.CharField(max_length=40)
    person = models.CharField(max_length=64)
    registered_on = models.DateField()
    registered_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        indexes: ClassVar = [
            models.Index(fields=["adviser", "registered_on"], name="applications_registered_a_day"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "person"], name="applications_registered_once",
                violation_error_message="Deze persoon is in dit aanvraagtijdvak al geregistreerd.",
            ),
            models.UniqueConstraint(
                fields=["organisation", "adviser", "round", "reference"], name="applications_reference_once",
                violation_error_message="Dit kenmerk is in dit aanvraagtijdvak al gebruikt.",
            ),
            models.CheckConstraint(
                condition=Q(person__regex=HASH), name="applications_registration_hashed",
                violation_error_message="Een registratie bevat geen gegevens van de persoon, alleen een hash.",
            ),
            models.CheckConstraint(
                condition=Q(reference__regex=REFERENCE) & ~Q(reference__regex=NUMBER),
                name="applications_reference_written",
                violation_error_message="Een kenmerk heeft hooguit 40 letters, cijfers of tekens . _ / - en is geen "
                "burgerservicenummer.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Give its number, never whom it is about."""
        return f"registration {self.pk}"


class RegisteredPerson(SealedPerson):
    """Who was registered. A row to destroy apart."""

    registration = models.OneToOneField(Registration, on_delete=models.PROTECT, primary_key=True, related_name="who")

    class Meta:
        default_permissions = ()
        indexes: ClassVar = [
            models.Index(fields=["lookup"], condition=~Q(lookup=""), name="applications_registered_by"),
            models.Index(fields=["birth_date", "name_key"], name="applications_registered_born"),
        ]
        constraints: ClassVar = sealed_constraints("registered", "geregistreerde persoon")

    def __str__(self) -> str:
        """Say of which registration, never who."""
        return f"who registration {self.registration_id} is about"


class BundleRow(models.Model):
    """The answer to one row of a bundle, as it was given then: accepted, there already, or refused with the reasons.

    `faults` are the reasons: field, rule, texts per language, source. What was wrong is named, never repeated.
    """

    bundle = models.ForeignKey(Bundle, on_delete=models.PROTECT, related_name="answers", db_index=False)
    line = models.IntegerField()
    reference = models.CharField(max_length=40, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, null=True, related_name="rows")
    faults = models.JSONField(default=list)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["bundle", "line"], name="applications_row_once",
                violation_error_message="Deze rij van de bundel is al beantwoord.",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=[Outcome.ACCEPTED, Outcome.ALREADY], registration__isnull=False, faults=[])
                | (Q(outcome=Outcome.REFUSED, registration__isnull=True) & ~Q(faults=[])),
                name="applications_row_answered",
                violation_error_message="Een rij is geregistreerd, was er al, of is geweigerd met een reden.",
            ),
            models.CheckConstraint(
                condition=Q(line__gte=1, line__lte=MOST_ROWS), name="applications_row_line",
                violation_error_message="Een bundel heeft 1 tot en met 10.000 rijen.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Give the bundle and the row."""
        return f"row {self.line} of bundle {self.bundle_id}"


class Confirmation(models.Model):
    """What the participant said of a registration, through a channel of their own. Said once."""

    registration = models.OneToOneField(
        Registration, on_delete=models.PROTECT, primary_key=True, related_name="confirmation"
    )
    word = models.CharField(max_length=15, choices=Word.choices)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(word__in=Word.values), name="applications_confirmation_word",
                violation_error_message="U bevestigt een registratie, of u zegt waarom niet.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say of which registration."""
        return f"{self.word}: registration {self.registration_id}"
