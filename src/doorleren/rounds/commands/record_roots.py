"""Putting the roots of batches into the record of acts, so that nobody can take a batch out afterwards, not even we."""

import hashlib
from datetime import datetime

from django.db import transaction

from doorleren.audit.acts import Detail, Party, record
from doorleren.rounds.models import Allocation, Batch
from doorleren.rounds.queries import ids_of

SITE = Party("site", "")


def record_roots(round_: int, *, at: datetime) -> int:
    """Record the batches of a round that have not been recorded: one act, with the SHA-256 of their roots in order.

    Gives how many batches there were.
    """
    first, last = ids_of(round_)
    with transaction.atomic():
        allocation = Allocation.objects.select_for_update().get(pk=round_)
        after = max(first, allocation.recorded_batch)
        batches = Batch.objects.filter(id__gt=after, id__lte=last).order_by("id").values_list("id", "size", "root")
        found = list(batches)
        if not found:
            return 0
        roots = hashlib.sha256(b"".join(bytes(root) for *_, root in found)).hexdigest()
        details: dict[str, Detail] = {
            "from_batch": found[0][0] - first, "to_batch": found[-1][0] - first,
            "tickets": sum(size for _, size, _ in found), "roots": roots,
        }  # fmt: skip
        allocation.recorded_batch = found[-1][0]
        allocation.received += sum(size for _, size, _ in found)
        allocation.save(update_fields=["recorded_batch", "received"])
        record("received", Party("round", str(round_)), by=SITE, at=at, details=details)
    return len(found)
