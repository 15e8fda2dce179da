"""Advisers who let themselves be found: how to reach them, for as long as they want. The row goes when they stop."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from doorleren.people.models import Organisation, Person

LONGEST_PLACE, LONGEST_EMAIL, LONGEST_PHONE = 100, 254, 20
PHONE = r"^[0-9+() -]{6,20}$"


class AdviserListing(models.Model):
    """An adviser on the public list: for which firm, in which place, and an e-mail address or telephone number of that firm."""

    adviser = models.OneToOneField(Person, on_delete=models.PROTECT, primary_key=True, related_name="adviser_listing")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=LONGEST_PLACE)
    email = models.CharField(max_length=LONGEST_EMAIL, blank=True)
    phone = models.CharField(max_length=LONGEST_PHONE, blank=True)
    listed_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(place=""), name="applications_listing_has_place",
                violation_error_message="Op de lijst staat in welke plaats een adviseur werkt.",
            ),
            models.CheckConstraint(
                condition=~Q(email="") | ~Q(phone=""), name="applications_listing_can_be_reached",
                violation_error_message="Op de lijst staat een e-mailadres of een telefoonnummer.",
            ),
            models.CheckConstraint(
                condition=Q(email="") | Q(email__regex=r"^[^[:cntrl:]]+@[^[:cntrl:]]+$"), name="applications_listing_email_written",
                violation_error_message="Een e-mailadres heeft een @ en staat op één regel.",
            ),
            models.CheckConstraint(
                condition=Q(phone="") | Q(phone__regex=PHONE), name="applications_listing_phone_written",
                violation_error_message="Een telefoonnummer heeft 6 tot 20 cijfers, spaties of streepjes.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say whose it is."""
        return f"listing of person {self.adviser_id}"
