"""The log of who viewed: added to for every page that shows what is sensitive, and swept once rows are old enough.

Called by web/viewing.py after the answer was made, and by the sweep of the site. Reading it: audit/queries.py.
"""

import re
import tomllib
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cache

from django.db import connection, transaction

from doorleren.audit.acts import NotForTheRecord, Party
from doorleren.audit.models import View
from doorleren.core.days import day_of
from doorleren.shipped import folder

LEAST_KEPT_DAYS = 180
"""What the database holds on to whatever we ask: as in migration 0002."""

_KIND = re.compile(r"[a-z][a-z0-9_]*")
_ID = re.compile(r"[\w.:-]{0,50}", re.ASCII)
_AT_ONCE = 10_000
_SWEEP = """
DELETE FROM audit_view WHERE id IN (
    SELECT id FROM audit_view WHERE at < least(%s, now() - make_interval(days => %s)) ORDER BY at LIMIT %s
)
"""
"""The site can be told that it is another day; what the database holds on to goes by the clock of the database alone."""


def note_views(subjects: Iterable[Party], *, by: Party, page: str, at: datetime) -> None:
    """Write that somebody saw these subjects on a page. Raises NotForTheRecord for what is no kind or id."""
    rows = [
        View(
            at=at, viewer_kind=by.kind, viewer_id=by.id, subject_kind=one.kind, subject_id=one.id, page=page,
        )
        for one in dict.fromkeys(_known(one) for one in subjects)
    ]  # fmt: skip
    if len(rows) == 1:
        rows[0].save(force_insert=True)  # one statement is its own transaction; that of bulk_create is three
    else:
        View.objects.bulk_create(rows)


def _known(one: Party) -> Party:
    if not _KIND.fullmatch(one.kind) or not _ID.fullmatch(one.id):
        raise NotForTheRecord("what was viewed is named by a kind in small letters and an id of at most 50 characters")
    return one


def kept_days(on: date) -> int:
    """Give how many days a view is kept, by the table of that day."""
    tables = _tables()
    return next((days for starts, days in reversed(tables) if starts <= on), tables[0][1])


@cache
def _tables() -> tuple[tuple[date, int], ...]:
    with (folder("law") / "log-of-views.toml").open("rb") as file:
        rows = sorted((row["from"], int(row["kept_days"]["value"])) for row in tomllib.load(file)["table"])
    if any(days <= LEAST_KEPT_DAYS for _starts, days in rows):
        raise ValueError(f"law/log-of-views.toml: kept_days must be more than {LEAST_KEPT_DAYS}")
    return tuple(rows)


def sweep_views(*, at: datetime) -> int:
    """Let go of the views that were kept long enough; gives how many. Done in parts, each a transaction of its own."""
    before, gone = at - timedelta(days=kept_days(day_of(at))), 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_SWEEP, [before, LEAST_KEPT_DAYS, _AT_ONCE])
            gone += int(cursor.rowcount)
            if cursor.rowcount < _AT_ONCE:
                return gone
