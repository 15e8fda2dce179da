"""Somebody signs out: here, or everywhere at once."""

from datetime import datetime

from django.db import transaction

from doorleren.audit.acts import record
from doorleren.people.access import Thing, ensure
from doorleren.people.models import Session
from doorleren.people.signed_in import SignedIn


@transaction.atomic
def sign_out(session_key: str, *, by: SignedIn, at: datetime) -> None:
    """End one session of one's own. Raises NotAllowed."""
    ensure(by, "sign_out", _account(by), at=at)
    Session.objects.filter(session_key=session_key, person=by.person).delete()
    record("signed_out", by.party, by=by.party, at=at)


@transaction.atomic
def sign_out_everywhere(*, by: SignedIn, at: datetime) -> int:
    """End every session of one's own, this one too, and give how many there were. Raises NotAllowed."""
    ensure(by, "sign_out_everywhere", _account(by), at=at)
    ended, _per_table = Session.objects.filter(person=by.person).delete()
    record("signed_out_everywhere", by.party, by=by.party, at=at, details={"sessions": ended})
    return ended


def _account(by: SignedIn) -> Thing:
    return Thing("account", str(by.person), person=by.person)
