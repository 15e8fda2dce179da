"""Work on an upload that may take minutes: beside the request, with a count that the page reads.

A run has a name of its own in the row of the upload (`job`). It says every few seconds that it lives; one that fell
silent, because its process ended, counts as broken off, and what it still writes afterwards is refused.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread

from django.db import connection
from django.db.models import QuerySet
from django.db.models.functions import Now

from doorleren.core.texts import Texts
from doorleren.register.intake.faults import Unreadable
from doorleren.register.models.upload import FAILED, JUDGING, RECEIVING, UNREADABLE, Upload
from doorleren.register.uploads.files import path_of
from doorleren.register.uploads.judging import Tell

BUSY = frozenset({JUDGING, RECEIVING})
AT_ONCE_BYTES = 1_000_000
"""A file up to this size, some 5,000 rows, is done within the request."""
BEAT = 2.0
SILENT = timedelta(seconds=60)

BROKEN_OFF: Texts = {
    "nl": "Het lezen van dit bestand is afgebroken. Er is niets veranderd. Probeer het opnieuw.",
    "en": "Reading this file was broken off. Nothing has changed. Try again.",
}

Work = Callable[[Upload, Tell], None]
"""Does the work for an upload; raises Unreadable for a file that cannot be read."""


class Overtaken(Exception):
    """Another run, or the provider, has taken over this upload; nothing of this run may stay."""


def is_busy(upload: Upload, at: datetime) -> bool:
    """Whether a run works on the upload and was heard of lately."""
    return upload.state in BUSY and upload.beat_at is not None and at - upload.beat_at <= SILENT


def broke_off(upload: Upload, at: datetime) -> bool:
    """Whether a run ended with a failure, or without a word."""
    return upload.state == FAILED or (upload.state in BUSY and not is_busy(upload, at))


def run(upload: Upload, work: Work) -> None:
    """Do the work: a small file now, a large one beside the request."""
    if upload.size <= AT_ONCE_BYTES:
        _attempt(upload, work, lambda _count: None)
    else:
        Thread(target=_beside, args=(upload, work), name=f"upload-{upload.pk}", daemon=True).start()


def _beside(upload: Upload, work: Work) -> None:
    """Work in one thread and tell from another: what is written in the transaction of the first cannot be seen yet."""
    count = [0]

    def tell(done: int) -> None:
        count[0] = done

    def attempt() -> None:
        try:
            _attempt(upload, work, tell)
        finally:
            connection.close()

    worker = Thread(target=attempt, name=f"upload-{upload.pk}-work", daemon=True)
    worker.start()
    try:
        while worker.is_alive():
            worker.join(BEAT)
            running(upload).filter(state__in=BUSY).update(done=count[0], beat_at=Now())
    finally:
        connection.close()


def _attempt(upload: Upload, work: Work, tell: Tell) -> None:
    try:
        work(upload, tell)
    except Overtaken:
        return
    except Unreadable as error:
        running(upload).update(state=UNREADABLE, failure=error.text)
    except Exception:  # whatever it is, the page must not say "busy" for ever
        logging.getLogger(__name__).exception("upload %s broke off", upload.pk)
        running(upload).update(state=FAILED, failure=BROKEN_OFF)


def running(upload: Upload) -> QuerySet[Upload]:
    """Give the row of the upload as long as this run is the one that works on it."""
    return Upload.objects.filter(pk=upload.pk, job=upload.job)


def file_of(upload: Upload, home: Path) -> Path:
    """Give the kept file of an upload. Raises Unreadable once it is gone."""
    if not upload.kept or not path_of(home, upload.kept).is_file():
        raise Unreadable(
            "Het bestand is er niet meer: wij bewaren het een dag. Lever het opnieuw aan.",
            "The file is gone: we keep it for a day. Upload it again.",
        )
    return path_of(home, upload.kept)
