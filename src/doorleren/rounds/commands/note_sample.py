"""Noting how many tickets a round has, each minute while it is open: the pace of the last hour follows from it, and the forecast."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from doorleren.rounds.models import Allocation, Sample
from doorleren.rounds.standing import KEPT, LONGEST


def note_sample(round_: int, *, at: datetime) -> bool:
    """Note the minute, once; let go of what is older than the window, but for each hour. Says whether it was new. No act: nobody did anything."""
    minute = at.replace(second=0, microsecond=0)
    with transaction.atomic():
        received = Allocation.objects.values_list("received", flat=True).get(pk=round_)
        _, new = Sample.objects.get_or_create(round_id=round_, at=minute, defaults={"tickets": received})
        if new:
            old = Sample.objects.filter(round_id=round_, at__lt=minute - KEPT - timedelta(minutes=5))
            old.filter(Q(at__lt=minute - LONGEST) | ~Q(at__minute=0)).delete()
    return new
