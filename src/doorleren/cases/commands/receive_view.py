"""Keeping a view that came by post, telephone or at a desk. Ground: Awb 4:7 to 4:9. In one's own file: write_message.py."""

from datetime import date, datetime

from django.db import transaction

from doorleren.cases.commands.perform import perform
from doorleren.cases.commands.write_message import ensure_readable, keep_message
from doorleren.cases.locking import locked_case
from doorleren.cases.models import Message, MessageKind
from doorleren.cases.recording import moments_of
from doorleren.cases.refusing import CaseRefused
from doorleren.cases.rules import nothing_to_view
from doorleren.people.signed_in import SignedIn


def receive_view(case: int, text: str, *, by: SignedIn, at: datetime, on: date | None = None) -> Message:
    """Keep a view as an official, on the day that it came in. Raises NotAllowed, CaseRefused (with the field "text"), Destroyed."""
    ensure_readable(text, MessageKind.VIEW)
    with transaction.atomic():
        why = nothing_to_view(moments_of(locked_case(case)))
        if why is not None:
            raise CaseRefused(why, "view_received")
        number = Message.objects.filter(case=case).count() + 1
        act = perform(case, "view_received", by=by, at=at, on=on, details={"content": f"message-{number}"})
        return keep_message(act, MessageKind.VIEW, text, at=at)
