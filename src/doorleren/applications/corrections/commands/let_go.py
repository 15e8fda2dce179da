"""The end of retention of requests: those about an application go with it, the others with the account of who asked."""

from datetime import datetime

from django.db.models import QuerySet

from doorleren.applications.corrections.sealed import party_of
from doorleren.applications.models import CorrectionRequest, CorrectionStep
from doorleren.audit.acts import Party
from doorleren.letters.outbox import take_out
from doorleren.people.file_keys import destroy_key


def let_go_of_application(application: int, *, by: Party, at: datetime) -> int:
    """Destroy the requests about an application whose answers are gone; give how many."""
    return _let_go(CorrectionRequest.objects.filter(application=application), by, at)


def let_go_of_account(person: int, *, by: Party, at: datetime) -> int:
    """Destroy the requests of somebody that are about no application; give how many."""
    return _let_go(CorrectionRequest.objects.filter(person=person, application__isnull=True), by, at)


def _let_go(requests: QuerySet[CorrectionRequest], by: Party, at: datetime) -> int:
    """Destroy the key of each under an act, take its letters out of the outbox, and delete its rows, as the database then allows."""
    gone = 0
    for one in requests.order_by("pk"):
        destroy_key(party_of(one), by=by, at=at)
        take_out(party_of(one))
        CorrectionStep.objects.filter(request=one).delete()
        one.delete()
        gone += 1
    return gone
