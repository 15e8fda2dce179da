"""Reading letters: those about a file or for somebody, what they say, and which still wait to be sent."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, QuerySet, Subquery

from doorleren.audit.acts import Party
from doorleren.audit.rows import joined
from doorleren.letters.filled import Content, Piece
from doorleren.letters.models import CONTENT, NOTHING_LEFT, PDF, Dispatch, Letter
from doorleren.people.file_keys import key_of, opened

_WITH_TRIES = """letters_letter letter LEFT JOIN letters_dispatch one ON one.letter_id = letter.id
WHERE letter.about_kind = %s AND letter.about_id = %s ORDER BY letter.id DESC, one.id"""
_TOLD = (
    "letter.id", "letter.template", "letter.made_at", "letter.channel", "one.at", "one.sent", "one.channel", "one.reason",
)  # fmt: skip
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(days=1)
"""How long after a failed attempt the next one is made; twice as long after each."""


def letters_about(about: Party) -> QuerySet[Letter]:
    """Give the letters about a file, the newest first."""
    return Letter.objects.filter(about_kind=about.kind, about_id=about.id).order_by("-id")


def letters_with_tries(about: Party) -> list[tuple[Any, ...]]:
    """Give the same without what they say, a row for each attempt to send one in order (all None: there was none yet).

    Number, template, when made and channel of the letter; moment, whether it went out, channel and reason of the attempt.
    """
    return joined({}, _WITH_TRIES, [about.kind, about.id], _TOLD)


def letters_for(recipient: Party) -> QuerySet[Letter]:
    """Give the letters for somebody, the newest first."""
    return Letter.objects.filter(recipient_kind=recipient.kind, recipient_id=recipient.id).order_by("-id")


def pdf_of(letter: Letter, key: bytes | None = None) -> bytes:
    """Give the PDF as it was made; `key`: of its file, where it was read. Raises Destroyed, DoesNotOpen."""
    return _opened(letter, letter.pdf, PDF, key)


def content_of(letter: Letter) -> Content:
    """Give what a letter says. Raises Destroyed, DoesNotOpen."""
    told: dict[str, Any] = json.loads(_opened(letter, letter.content, CONTENT))
    pieces = [_piece(one) for one in told.pop("pieces")]
    return Content(**told | {"address": tuple(told["address"]), "pieces": tuple(pieces)})


def sent_on(letter: Letter) -> datetime | None:
    """Give when a letter first went out; None while it has not."""
    return letter.dispatches.filter(sent=True).order_by("turn").values_list("at", flat=True).first()


def waiting(at: datetime, most: int) -> Iterator[tuple[int, str]]:
    """Give the numbers of letters to try now with their channels, the oldest first: never tried, or long enough after they failed.

    A letter of which nothing is left is tried no more.
    """
    own = Dispatch.objects.filter(letter=OuterRef("pk"))
    tried = own.order_by().values("letter").annotate(tries=Count("pk"), last=Max("at"))
    gone = own.filter(sent=False, reason=NOTHING_LEFT)
    unsent = Letter.objects.filter(~Exists(own.filter(sent=True)), ~Exists(gone)).order_by("id")
    told = unsent.values_list("pk", "channel", Subquery(tried.values("tries")), Subquery(tried.values("last")))
    left = most
    for number, channel, tries, last in told.iterator(chunk_size=most + 100):
        if not left:
            return
        if not tries or last + min(FIRST_WAIT * 2 ** min(tries - 1, 12), LONGEST_WAIT) <= at:
            left -= 1
            yield number, channel


def _piece(told: dict[str, Any]) -> Piece:
    """Give a piece as it was made: JSON knows lists only."""
    made: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}
    return Piece(**made | {"rows": tuple(map(tuple, made["rows"]))})


def _opened(letter: Letter, kept: bytes | memoryview, name: str, key: bytes | None = None) -> bytes:
    about = Party(letter.about_kind, letter.about_id)
    return opened(bytes(kept), key or key_of(about, at=letter.made_at), about, name)
