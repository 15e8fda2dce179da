"""The outbox of the site, when a file for the bank has to leave it: once the bank has it, and at the latest when it is destroyed.

Read from what lies there, so that a file that could not be removed is tried again by the next run. Only the folders that
bank_channel.py and practice.py fill; where a site names a channel of its own, that channel keeps what it was handed.
"""

import logging
import re
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from doorleren.payments.bank_channel import FOLDER
from doorleren.payments.models import PRACTICE_ID, BankAnswer, PaymentRun
from doorleren.payments.practice import FOLDER as PRACTICE_FOLDER

log = logging.getLogger(__name__)

_FILE = re.compile(rf"(?:{PRACTICE_ID})?([0-9a-f]{{32}})\.xml(?:\.\d+\.part)?", re.ASCII)
"""A file as it was handed over, or half of one that was being written when the site stopped."""


def take_out() -> int:
    """Remove the files of runs of which the file was destroyed or the bank answered; give how many. What cannot be removed is told."""
    there = [(path, UUID(hex=found[1])) for path in _paths() if (found := _FILE.fullmatch(path.name))]
    done = _done({message for _path, message in there})
    return sum(_remove(path) for path, message in there if message in done)


def _paths() -> list[Path]:
    folders = [Path(settings.DOORLEREN_OUTBOX) / name for name in (FOLDER, PRACTICE_FOLDER)]
    return [path for folder in folders if folder.is_dir() for path in folder.iterdir()]


def _done(messages: set[UUID]) -> set[UUID]:
    """Give the files that nobody has to fetch any more. What the bank says of one payment it can only know from the whole file."""
    answered = BankAnswer.objects.filter(line__run=OuterRef("pk"))
    rows = PaymentRun.objects.filter(Q(file__destroyed_at__isnull=False) | Exists(answered), message__in=messages)
    return set(rows.values_list("message", flat=True))


def _remove(path: Path) -> bool:
    try:
        path.unlink(missing_ok=True)
    except OSError as fault:
        log.error("the file for the bank %s stays in the outbox until the next run: %s", path.name, fault.strerror)
        return False
    return True
