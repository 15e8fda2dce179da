"""The tables of offers: the activities that a provider applies with, who is enrolled in them, and what providers confirm.

Rows are only ever added, but for the row that names a participant, which can be destroyed apart.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThan

from doorleren.applications.models.application import Application
from doorleren.applications.models.partnerships import Financier
from doorleren.applications.models.registrations import Word
from doorleren.applications.models.sealed import HASH, SealedPerson, sealed_constraints
from doorleren.people.models import Organisation, Person
from doorleren.register.models import Activity, ActivityVersion
from doorleren.rounds.models import Round

MOST_PARTICIPANTS = 1_000_000
CO_FINANCIERS = (Financier.OWN, Financier.EMPLOYER, Financier.FUND, Financier.PUBLIC, Financier.OTHER)
"""Who may pay what an activity costs above the contribution: never the scheme itself, another scheme or the participant."""


class EnrolmentStep(models.TextChoices):
    """What a provider says of an enrolment that a person applies with."""

    CONFIRMED = "confirmed", "bevestigd"
    TAKEN_BACK = "taken_back", "teruggenomen"


class OfferLine(models.Model):
    """An activity in an offer as the register had it then, for how many participants; the last row of it counts.

    With 0 participants the activity is no longer in the offer.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="offer")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(ActivityVersion, on_delete=models.PROTECT, related_name="+")
    participants = models.IntegerField()
    by_kind = models.CharField(max_length=20)
    by_id = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(participants__gte=0, participants__lte=MOST_PARTICIPANTS),
                name="applications_offer_participants",
                violation_error_message="Een aantal deelnemers is een heel getal van 0 tot en met 1.000.000.",
            ),
            models.CheckConstraint(
                condition=GreaterThan(Length("by_kind"), Value(0)), name="applications_offer_by",
                violation_error_message="Van elke regel van een aanbod is bekend wie hem schreef.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say which activity of which application."""
        return f"activity {self.activity_id} in the offer of application {self.application_id}"


class OfferShare(models.Model):
    """What somebody else pays of an activity in an offer, in cents for each participant."""

    line = models.ForeignKey(OfferLine, on_delete=models.PROTECT, related_name="shares")
    financier = models.CharField(max_length=20, choices=Financier.choices)
    name = models.CharField(max_length=200, blank=True)
    cents = models.BigIntegerField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(financier__in=CO_FINANCIERS), name="applications_offer_share_financier",
                violation_error_message="Deze financier kan niet meebetalen aan een opleiding in een aanbod.",
            ),
            models.CheckConstraint(
                condition=Q(cents__gt=0), name="applications_offer_share_cents",
                violation_error_message="Een bedrag dat iemand meebetaalt, is meer dan 0.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say of which line."""
        return f"share in line {self.line_id} of an offer"


class Enrolment(models.Model):
    """A participant whom a provider enrolled in an activity of its offer; `person` is a keyed hash.

    `turn` counts how often this person was enrolled in the round before and denied it, or counted elsewhere since (LAPSED).
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="enrolments")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+", db_index=False)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.CharField(max_length=64)
    turn = models.IntegerField(default=0)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "person", "turn"], name="applications_enrolled_once",
                violation_error_message="Deze persoon is in dit aanvraagtijdvak al ingeschreven.",
            ),
            models.CheckConstraint(
                condition=Q(person__regex=HASH, turn__gte=0), name="applications_enrolment_hashed",
                violation_error_message="Een inschrijving bevat geen gegevens van de persoon, alleen een hash.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Give its number, never whom it is about."""
        return f"enrolment {self.pk}"


class EnrolledPerson(SealedPerson):
    """Who was enrolled. A row to destroy apart."""

    enrolment = models.OneToOneField(Enrolment, on_delete=models.PROTECT, primary_key=True, related_name="who")

    class Meta:
        default_permissions = ()
        indexes: ClassVar = [
            models.Index(fields=["lookup"], condition=~Q(lookup=""), name="applications_enrolled_by"),
        ]
        constraints: ClassVar = sealed_constraints("enrolled", "ingeschreven persoon")

    def __str__(self) -> str:
        """Say of which enrolment, never who."""
        return f"who enrolment {self.enrolment_id} is about"


class EnrolmentWord(models.Model):
    """What the participant said of an enrolment, from their own account. Said once."""

    enrolment = models.OneToOneField(Enrolment, on_delete=models.PROTECT, primary_key=True, related_name="said")
    word = models.CharField(max_length=15, choices=Word.choices)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(word__in=Word.values), name="applications_enrolment_word",
                violation_error_message="U bevestigt een inschrijving, of u zegt waarom niet.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say of which enrolment."""
        return f"{self.word}: enrolment {self.enrolment_id}"


class EnrolmentProof(models.Model):
    """A provider says that the person of an application is enrolled in its activity, or takes that back; the last counts.

    `starts_on` and `cents` are the first day and the price of the enrolment, where they were told.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="enrolment_proofs")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=10, choices=EnrolmentStep.choices)
    starts_on = models.DateField(null=True)
    cents = models.BigIntegerField(null=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(step=EnrolmentStep.CONFIRMED)
                | Q(step=EnrolmentStep.TAKEN_BACK, starts_on__isnull=True, cents__isnull=True),
                name="applications_enrolment_proof_step",
                violation_error_message="Een opleider bevestigt een inschrijving, of neemt de bevestiging terug.",
            ),
            models.CheckConstraint(
                condition=Q(cents__isnull=True) | Q(cents__gte=0), name="applications_enrolment_proof_cents",
                violation_error_message="Een prijs is nul of meer.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say of which application."""
        return f"{self.step}: enrolment of application {self.application_id}"
