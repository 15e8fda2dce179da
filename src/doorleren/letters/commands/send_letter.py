"""Sending a letter by its channel: one attempt, kept whether it went out or not. A letter that went out is not sent again."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from doorleren.audit.acts import Party
from doorleren.audit.holding import hold
from doorleren.letters.models import Channel, Dispatch, Letter
from doorleren.letters.queries import pdf_of
from doorleren.letters.ways import NotSent, Way
from doorleren.people.file_keys import Destroyed


def send_letter(letter: int, *, at: datetime, channel: Channel | None = None) -> Dispatch:
    """Try once, by the letter's own channel or another; give the attempt. What went out before is given as it was.

    The way is asked before the row is written, under a lock on the letter: a crash between both sends again, and a way
    knows by the letter's number and hash what it had already.
    """
    with transaction.atomic():
        hold(Party("letter", str(letter)))
        held = Letter.objects.get(pk=letter)
        gone_out = held.dispatches.filter(sent=True).first()
        if gone_out is not None:
            return gone_out
        by = Channel(channel or held.channel)
        try:
            way_of(by).send(held, pdf_of(held))
            reason = ""
        except NotSent as fault:
            reason = fault.reason
        except Destroyed:
            reason = "content-destroyed"
        return Dispatch.objects.create(letter=held, channel=by, at=at, sent=not reason, reason=reason)


def way_of(channel: Channel) -> Way:
    """Give the way that `DOORLEREN_LETTER_WAYS` names for a channel."""
    made: Way = import_string(settings.DOORLEREN_LETTER_WAYS[channel])()
    return made
