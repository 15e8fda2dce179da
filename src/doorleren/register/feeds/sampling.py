"""The first rows of a source, to say what its columns are: fetched as a pull would, and kept nowhere."""

import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from doorleren.core.days import day_of
from doorleren.register.access import Actor, ensure
from doorleren.register.answers import ActRefused
from doorleren.register.feeds.allowed import pull_refused
from doorleren.register.feeds.connecting import NotFetched
from doorleren.register.feeds.fetching import fetch
from doorleren.register.feeds.secrets import authorization
from doorleren.register.feeds.visiting import Limits
from doorleren.register.intake.faults import Unreadable
from doorleren.register.models import Source
from doorleren.register.uploads import mending

SECONDS, SILENT_SECONDS, SIZE = 20, 10, 500_000_000
"""What a sample may take: somebody is waiting for the page."""


def sample_of(source: Source, *, home: Path, nearby: bool, by: Actor, at: datetime) -> dict[str, Any]:
    """Fetch a source and give its columns with a few of their values, and the guess of what each is.

    Plain JSON, as for an upload: `columns` (name, samples) and `guess` (a mapping). Writes nothing. Raises Forbidden,
    and ActRefused with the reason where nothing can be fetched or read.
    """
    ensure(by, "keep_source", ())
    if not source.address or source.form != "csv":
        raise ActRefused({
            "nl": "Alleen van een CSV met een adres halen wij een voorbeeld op.", "en": "We fetch a sample of a CSV with an address only.",
        })  # fmt: skip
    if near := pull_refused(source.address, home=home, nearby=nearby):
        raise ActRefused(near)
    limits = Limits(seconds=SECONDS, silent_seconds=SILENT_SECONDS, size=SIZE, nearby=nearby)
    today = day_of(at)
    with tempfile.TemporaryDirectory(prefix="doorleren-sample-") as folder:
        try:
            secret = authorization(home, source.secret)
            fetched = fetch(source.address, source.form, Path(folder), limits, today=today, authorization=secret)
            sheet = mending.sheet_of(fetched.path)
        except NotFetched as error:
            raise ActRefused(error.texts) from error
        except Unreadable as error:
            raise ActRefused(error.text) from error
        if sheet is None:
            raise ActRefused({"nl": "Op dit adres staat geen CSV.", "en": "There is no CSV at this address."})
        return mending.columns_of(sheet, today)
