"""Destroying what an application holds of people: its key, its rows, its documents, its parties. The row itself stays."""

from datetime import date, datetime

from django.db import transaction

from doorleren.applications.corrections.commands.let_go import let_go_of_application
from doorleren.applications.evidence.storage import Store
from doorleren.applications.models import Application
from doorleren.applications.recording import party
from doorleren.applications.retention.due import due_unsubmitted
from doorleren.applications.retention.scrubbing import scrub
from doorleren.audit.acts import Party, record
from doorleren.people.file_keys import destroy_key


def destroy_application(application: int, *, store: Store, by: Party, at: datetime) -> int:
    """Destroy; give the number of the act under which it went. A second time gives the first. Raises DoesNotExist.

    Called for an application of which a command established that its retention has ended. What went is counted in an
    act of its own: table by table, never what it was.
    """
    with transaction.atomic():
        one = Application.objects.select_for_update().get(pk=application)
        under = destroy_key(party(one), by=by, at=at)
        if one.destroyed_at is None:
            gone = scrub(one, store=store, at=at)
            if requests := let_go_of_application(one.pk, by=by, at=at):
                gone["applications_correctionrequest"] = requests
            record("scrubbed", party(one), by=by, at=at, details={"under": under, **gone})
    return under


def destroy_unsubmitted(on: date, *, store: Store, by: Party, at: datetime) -> list[int]:
    """Destroy all applications that nobody decides on and that are due on a day, each in its own transaction; give them."""
    found = [one.number for one in due_unsubmitted(on)]
    for number in found:
        destroy_application(number, store=store, by=by, at=at)
    return found
