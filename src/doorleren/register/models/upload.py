"""Files that providers upload: kept from the moment they come in until they are confirmed, dropped or a day old."""

from django.db import models
from django.db.models import Q

from doorleren.people.models import Organisation
from doorleren.register.models.delivery import Delivery

JUDGING, JUDGED, UNREADABLE, RECEIVING, RECEIVED, FAILED, DROPPED = STATES = (
    "judging", "judged", "unreadable", "receiving", "received", "failed", "dropped",
)  # fmt: skip
"""Being read; read, with a preview; not to be read; being taken in; taken in; broken off; given up by the provider."""


class Upload(models.Model):
    """One uploaded file of one organisation. `kept` is the random name under which it lies, empty once it is gone.

    `job` names the run that works on it now: only that run may write what came of it. `done` counts rows.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=100)
    file_name = models.CharField(max_length=300)
    size = models.BigIntegerField()
    kept = models.CharField(max_length=32, blank=True)
    mapping = models.JSONField(null=True)
    preview = models.JSONField(default=dict)
    failure = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=[(state, state) for state in STATES])
    job = models.CharField(max_length=32, blank=True)
    done = models.IntegerField(default=0)
    beat_at = models.DateTimeField(null=True)
    delivery = models.OneToOneField(Delivery, null=True, on_delete=models.PROTECT, related_name="upload")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=STATES),
                name="upload_state_known",
                violation_error_message="Deze stand van een upload bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(state="received", delivery__isnull=False)
                | (~Q(state="received") & Q(delivery__isnull=True)),
                name="upload_received_has_delivery",
                violation_error_message="Een verwerkte upload hoort bij een levering, en een andere niet.",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-id"], name="upload_of_organisation")]
