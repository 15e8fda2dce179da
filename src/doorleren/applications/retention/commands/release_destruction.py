"""Releasing a list of cases to destroy: the second of two officials, who saw the same list. The site destroys after it."""

from datetime import datetime

from django.db import transaction

from doorleren.applications.retention.commands.propose_destruction import party_of
from doorleren.applications.retention.lists import RELEASE, digest_now
from doorleren.applications.retention.refusing import ANOTHER_LIST, ENDED, DestructionRefused
from doorleren.audit.acts import record
from doorleren.cases.models import DestructionList
from doorleren.people.access import NotAllowed, Refused, Thing, ensure
from doorleren.people.signed_in import SignedIn


def release_destruction(number: int, *, digest: str, by: SignedIn, at: datetime) -> DestructionList:
    """Release a list; `digest` is that of the list which the official looked at.

    Raises NotAllowed (also for who proposed it), DestructionRefused, DoesNotExist.
    """
    with transaction.atomic():
        row = DestructionList.objects.select_for_update().get(pk=number)
        ensure(by, RELEASE, Thing("destruction", str(row.pk), body=row.body_id), at=at)
        if by.person == row.proposed_by_id:
            raise NotAllowed(Refused("oneself"))
        if not row.waits:
            raise DestructionRefused(ENDED)
        if not digest == row.digest == digest_now(row):
            raise DestructionRefused(ANOTHER_LIST)
        row.released_by_id, row.released_at = by.person, at
        row.save(update_fields=["released_by", "released_at"])
        record("destruction_released", party_of(row), by=by.party, at=at, details={"digest": row.digest})
    return row
