"""Alerts: who asked to be mailed about new trainings or new rounds; and since when each training could be found at all.

The row of an alert is deleted at once when it ends, and when nobody confirmed it in time: the address goes with it.
"""

from django.db import models
from django.db.models import Q

from doorleren.register.models.activity import Activity

ALERT_LANGUAGES = ("nl", "en")
LONGEST_ADDRESS = 254
LONGEST_SEARCH = 1000
LONGEST_SCHEME = 100


class Alert(models.Model):
    """One search, or the rounds of one scheme, of one address. No token is kept: links are signed (register/alerts/tokens.py).

    `search` is the search as the portal writes it in an address, never an answer of the visitor. With `scheme`, the id of
    a scheme, it is about the rounds of that scheme (rounds/commands/tell_of_rounds.py) and has no search. `invited_at`
    is when the mail that asks to confirm went out, empty while it has to go. Trainings first listed, and rounds told,
    after `seen_until` are new to it; `looked_on` is the day on which trainings were last looked at, or a mail refused,
    and nothing more goes out on that day.
    """

    address = models.CharField(max_length=LONGEST_ADDRESS)
    search = models.CharField(max_length=LONGEST_SEARCH, blank=True)
    scheme = models.CharField(max_length=LONGEST_SCHEME, blank=True, default="")
    language = models.CharField(max_length=2, choices=[(one, one) for one in ALERT_LANGUAGES])
    asked_at = models.DateTimeField()
    invited_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    seen_until = models.DateTimeField()
    looked_on = models.DateField(null=True)
    failures = models.SmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["address", "search", "scheme"], name="alert_once_per_address_and_subject"),
            models.CheckConstraint(
                condition=Q(scheme="") | Q(search=""),
                name="alert_about_one_thing",
                violation_error_message="Een bericht gaat over een zoekvraag of over een regeling, niet over beide.",
            ),
            models.CheckConstraint(
                condition=Q(address__regex=r"^[^[:cntrl:]]+@[^[:cntrl:]]+$"),
                name="alert_address_has_at",
                violation_error_message="Een e-mailadres heeft een @ en staat op één regel.",
            ),
            models.CheckConstraint(
                condition=Q(language__in=ALERT_LANGUAGES),
                name="alert_language_known",
                violation_error_message="Deze taal heeft de site niet.",
            ),
            models.CheckConstraint(
                condition=Q(looked_on__isnull=True) | Q(confirmed_at__isnull=False),
                name="alert_looked_at_when_confirmed",
                violation_error_message="Zonder bevestiging gaan er geen e-mails over opleidingen uit.",
            ),
        ]
        indexes = [models.Index(fields=["asked_at"], name="alert_asked_at")]


class FirstListed(models.Model):
    """Since when an activity could be found. Insert-only: what changes later, or comes back, is not new again."""

    activity = models.OneToOneField(Activity, primary_key=True, on_delete=models.PROTECT, related_name="first_listed")
    at = models.DateTimeField(db_index=True)
