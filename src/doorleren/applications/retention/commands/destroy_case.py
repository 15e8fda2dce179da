"""Destroying a case at the end of its retention: its key, letters that wait in the outbox, and the application it is about."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from doorleren.applications.evidence.storage import Store
from doorleren.applications.retention.commands.destroy_application import destroy_application
from doorleren.applications.retention.due import KIND, kept_until
from doorleren.applications.retention.refusing import NOT_DUE, DestructionRefused
from doorleren.audit.acts import SITE, Detail
from doorleren.cases.commands.perform import perform
from doorleren.cases.locking import locked_case
from doorleren.cases.recording import party_of
from doorleren.core.days import day_of
from doorleren.letters.outbox import take_out
from doorleren.people.file_keys import destroy_key


def destroy_case(case: int, *, store: Store, at: datetime, details: Mapping[str, Detail]) -> int:
    """Destroy what a case keeps of people, and give the number of the act under which its content went.

    `details` say on which list and by which two people. Moments, acts, amounts and decisions without their reasons stay.
    Raises DestructionRefused while its retention runs, CaseRefused where the case itself forbids it.
    """
    with transaction.atomic():
        one = locked_case(case)
        due = kept_until(one)
        if due is None or due.kept_until >= day_of(at):
            raise DestructionRefused(NOT_DUE)
        perform(one.pk, "destroyed", by=SITE, at=at, details=details)
        under = destroy_key(party_of(one), by=SITE, at=at)
        take_out(party_of(one))
        if one.subject_kind == KIND:
            destroy_application(int(one.subject_id), store=store, by=SITE, at=at)
    return under
