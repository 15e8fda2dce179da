"""Sending a letter by its channel: one attempt, kept whether it went out or not. A letter that went out is not sent again.

One that came back goes again in a turn of its own (decisions/commands/send_again.py), and in each turn once.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from doorleren.audit.acts import Party
from doorleren.audit.holding import hold_all
from doorleren.letters.models import NOTHING_LEFT, Channel, Dispatch, Letter
from doorleren.letters.queries import pdf_of
from doorleren.letters.ways import NotSent, Way
from doorleren.people.file_keys import Destroyed, keys_of


def send_letter(letter: int, *, at: datetime, channel: Channel | None = None, turn: int = 1) -> Dispatch:
    """Try once, by the letter's own channel or another; give the attempt. What went out before in this turn is given as it was.

    The way is asked before the row is written, under a lock on the letter: a crash between both sends again, and a way
    knows by the letter's number, hash and turn what it had already.
    """
    return send_letters((letter,), at=at, channel=channel, turn=turn)[0]


def send_letters(
    letters: Sequence[int], *, at: datetime, channel: Channel | None = None, tell: Callable[[], object] = lambda: None,
    turn: int = 1,
) -> list[Dispatch]:  # fmt: skip
    """Try several once, in their order, in one transaction; `tell` hears of each. A crash halfway sends all of them again."""
    with transaction.atomic():
        hold_all(Party("letter", str(one)) for one in letters)
        held = Letter.objects.in_bulk(letters)
        gone_out = {one.letter_id: one for one in Dispatch.objects.filter(letter__in=letters, turn=turn, sent=True)}
        keys = keys_of([_about(one) for one in held.values()], at=at)
        ways: dict[Channel, Way] = {}
        tried = []
        for letter in (held[one] for one in letters if one not in gone_out):
            by = Channel(channel or letter.channel)
            reason = _reason(letter, turn, ways.setdefault(by, way_of(by)), keys[_about(letter)])
            tried.append(Dispatch(letter=letter, turn=turn, channel=by, at=at, sent=not reason, reason=reason))
            tell()
        found = gone_out | {one.letter_id: one for one in Dispatch.objects.bulk_create(tried)}
    return [found[one] for one in letters]


def _reason(letter: Letter, turn: int, way: Way, key: bytes | Destroyed) -> str:
    """Send a letter; give the code of why it did not go out, empty where it did."""
    try:
        if isinstance(key, Destroyed):
            raise key
        way.send(letter, pdf_of(letter, key), turn)
    except NotSent as fault:
        return fault.reason
    except Destroyed:
        return NOTHING_LEFT
    return ""


def _about(letter: Letter) -> Party:
    return Party(letter.about_kind, letter.about_id)


def way_of(channel: Channel) -> Way:
    """Give the way that `DOORLEREN_LETTER_WAYS` names for a channel."""
    made: Way = import_string(settings.DOORLEREN_LETTER_WAYS[channel])()
    return made


def together_by(channel: Channel) -> int:
    """Say how many letters may go by a channel in one transaction: one, unless its way says that twice is once."""
    return int(getattr(way_of(channel), "together", 1))
