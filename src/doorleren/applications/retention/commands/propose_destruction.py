"""Proposing the cases of a body that are due, to be destroyed: the first of two officials. Nothing is destroyed here."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from doorleren.applications.retention.due import due_cases
from doorleren.applications.retention.lists import PROPOSE, digest_of, items_to_do
from doorleren.applications.retention.refusing import ENDED, NOTHING_DUE, WAITS, DestructionRefused
from doorleren.audit.acts import Party, record
from doorleren.cases.models import DestructionItem, DestructionList
from doorleren.people.access import Thing, ensure
from doorleren.people.signed_in import SignedIn

MOST = 10_000
"""Cases on one list at most; what is due beside them comes on a next one."""


def propose_destruction(body: int, *, on: date, by: SignedIn, at: datetime) -> DestructionList:
    """Keep the list of what is due on a day and on no released list yet. Raises NotAllowed, DestructionRefused when there is nothing or a list waits."""
    ensure(by, PROPOSE, Thing("destruction", "", body=body), at=at)
    listed = frozenset(items_to_do(body).filter(list__released_at__isnull=False).values_list("case", flat=True))
    due = (one for one in due_cases(on, body) if one.number not in listed)
    found = [(one.number, one.kept_until) for one, _ in zip(due, range(MOST), strict=False)]
    if not found:
        raise DestructionRefused(NOTHING_DUE)
    try:
        with transaction.atomic():
            row = DestructionList.objects.create(
                body_id=body, due_by=on, digest=digest_of(body, on, found), proposed_by_id=by.person, proposed_at=at
            )
            DestructionItem.objects.bulk_create(
                [
                    DestructionItem(list=row, number=n, case_id=case, kept_until=until)
                    for n, (case, until) in enumerate(found, 1)
                ]
            )
            record(
                "destruction_proposed",
                party_of(row),
                by=by.party,
                at=at,
                details={"cases": len(found), "digest": row.digest},
            )
    except IntegrityError as error:
        raise DestructionRefused(WAITS) from error
    return row


def withdraw_destruction(number: int, *, by: SignedIn, at: datetime) -> DestructionList:
    """Withdraw a list that waits; it stays to be read. Raises NotAllowed, DestructionRefused, DoesNotExist."""
    with transaction.atomic():
        row = DestructionList.objects.select_for_update().get(pk=number)
        ensure(by, PROPOSE, Thing("destruction", str(row.pk), body=row.body_id), at=at)
        if not row.waits:
            raise DestructionRefused(ENDED)
        row.withdrawn_at = at
        row.save(update_fields=["withdrawn_at"])
        record("destruction_withdrawn", party_of(row), by=by.party, at=at)
    return row


def party_of(row: DestructionList) -> Party:
    """Give a list as the subject of an act."""
    return Party("destruction", str(row.pk))
