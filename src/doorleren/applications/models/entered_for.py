"""Who entered an application for somebody else, after a form on paper, a call or a visit, and on what consent it rests.

One row per application, only ever added: whoever entered something may not decide on it later, and that can be checked.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from doorleren.applications.models.application import Application
from doorleren.people.models import Body, Person


class Channel(models.TextChoices):
    """How an application reached the official who entered it."""

    PAPER = "paper", "op papier"
    TELEPHONE = "telephone", "per telefoon"
    DESK = "desk", "aan de balie"


class EnteredFor(models.Model):
    """An application that an official entered for its applicant.

    `name` and `address` are those of the letter with the receipt. `received_on`: the day of the post, the call or the
    visit. `signed_on`: the day on the signed statement of consent; `kept_as`: under which mark that paper is kept.
    `entered_on` is the day of `entered_at` in Amsterdam.
    """

    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, primary_key=True, related_name="entered_for"
    )
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    received_on = models.DateField()
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=300)
    signed_on = models.DateField()
    kept_as = models.CharField(max_length=200)
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    entered_on = models.DateField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(channel__in=Channel.values), name="applications_entered_channel_known",
                violation_error_message="Een aanvraag voor een ander komt op papier, per telefoon of aan de balie binnen.",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(address="") & ~Q(kept_as=""), name="applications_entered_whole",
                violation_error_message="Bekend zijn de naam, het adres en waar de getekende verklaring ligt.",
            ),
            models.CheckConstraint(
                condition=Q(received_on__lte=F("entered_on")),
                name="applications_entered_received_before",
                violation_error_message="Een aanvraag komt binnen voordat zij wordt ingevoerd.",
            ),
            models.CheckConstraint(
                condition=Q(signed_on__lte=F("entered_on")),
                name="applications_entered_signed_before",
                violation_error_message="De verklaring is getekend voordat de aanvraag wordt ingevoerd.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say which application, never for whom."""
        return f"application {self.application_id} entered for somebody"
