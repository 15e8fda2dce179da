"""Noting how many tickets a round has, each minute while it is open, so that the pace of the last hour is known."""

from datetime import datetime, timedelta

from django.db import transaction

from doorleren.rounds.models import Allocation, Sample
from doorleren.rounds.standing import KEPT


def note_sample(round_: int, *, at: datetime) -> bool:
    """Note the minute, once; let go of what is older than the window. Says whether it was new. No act: nobody did anything."""
    minute = at.replace(second=0, microsecond=0)
    with transaction.atomic():
        received = Allocation.objects.values_list("received", flat=True).get(pk=round_)
        _, new = Sample.objects.get_or_create(round_id=round_, at=minute, defaults={"tickets": received})
        if new:
            Sample.objects.filter(round_id=round_, at__lt=minute - KEPT - timedelta(minutes=5)).delete()
    return new
