"""The outbox of the site, when a letter has to leave it again: at the end of retention. See ways.py for what puts it there."""

from pathlib import Path

from django.conf import settings
from django.db import transaction

from doorleren.audit.acts import Party
from doorleren.letters.models import Dispatch
from doorleren.letters.queries import letters_about
from doorleren.letters.ways import file_of


def take_out(about: Party) -> None:
    """Take the letters about a file out of every folder of the outbox, when the transaction has ended."""
    rows = letters_about(about).only("pk", "digest")
    again = (
        Dispatch.objects.filter(letter__in=rows, turn__gt=1)
        .select_related("letter")
        .defer("letter__content", "letter__pdf")
    )
    names = [*(file_of(one) for one in rows), *(file_of(one.letter, one.turn) for one in again)]
    transaction.on_commit(lambda: _remove(names))


def _remove(names: list[str]) -> None:
    outbox = Path(settings.DOORLEREN_OUTBOX)
    for folder in outbox.iterdir() if outbox.is_dir() else ():
        for name in names:
            (folder / name).unlink(missing_ok=True)
