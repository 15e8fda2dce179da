"""Posting events: one, or a thousand in one statement. The only home of writes to the ledger.

Called within the transaction of whoever decides or pays, which records the act; a posting follows from an act and is none.
An event that was posted before (the same key) is not posted again, so whoever is not sure may ask again.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from doorleren.audit.acts import Party
from doorleren.payments.accounts import KINDS
from doorleren.payments.balances import Subject, standings_of
from doorleren.payments.event_lines import Lines
from doorleren.payments.events import EVENTS
from doorleren.payments.models import Account
from doorleren.payments.refusing import refused
from doorleren.payments.standings import NEW, Standing

ATTEMPTS = 5
"""How often it is tried again when somebody else posts for the same subject at the same moment."""

_KNOWN = """
SELECT asked.key, own.*
FROM unnest(%s::text[]) AS asked (key)
CROSS JOIN LATERAL (
    SELECT t.id, t.act, t.cents, t.subject_kind, t.subject_id FROM payments_transaction t WHERE t.key = asked.key OFFSET 0
) own
"""
_ACCOUNTS = "SELECT kind, id FROM payments_account WHERE body_id = %s AND round_id IS NOT DISTINCT FROM %s"

_INSERT = """
WITH given AS MATERIALIZED (
    SELECT * FROM json_to_recordset(%s) AS given
        (key text, subject_kind text, subject_id text, turn int, act text, cents bigint, lines smallint, number int)
), made AS (
    INSERT INTO payments_transaction
        (key, subject_kind, subject_id, turn, act, cents, lines, at, by_kind, by_id)
    SELECT key, subject_kind, subject_id, turn, act, cents, lines, %s, %s, %s FROM given ORDER BY number
    ON CONFLICT DO NOTHING
    RETURNING id, key, lines
), posted AS (
    INSERT INTO payments_posting (transaction_id, line, lines, account_id, cents)
    SELECT made.id, line.place, made.lines, line.account, line.cents
    FROM json_to_recordset(%s) AS line (number int, place smallint, account bigint, cents bigint)
    JOIN given USING (number) JOIN made USING (key)
)
SELECT key, id FROM made
"""


@dataclass(frozen=True, slots=True)
class Event:
    """What happened: an event of events.py, to a subject, for so many cents, at a body and in a round or none.

    `key` names what caused it, at most 100 characters: "grant:decision/12". The same key is the same event.
    """

    act: str
    subject: Party
    cents: int
    key: str
    body: int
    round: int | None = None


@dataclass(frozen=True, slots=True)
class _Entry:
    """An event as it goes into the tables."""

    event: Event
    turn: int
    lines: Lines


class _Meanwhile(Exception):
    """Somebody else posted for one of the subjects, or with one of the keys, since we looked."""


def post(event: Event, *, by: Party, at: datetime) -> int:
    """Post one event; give the number of its transaction. As post_all."""
    return post_all((event,), by=by, at=at)[0]


def post_all(events: Sequence[Event], *, by: Party, at: datetime) -> list[int]:
    """Post events in their order, all or none; give the numbers of their transactions, in that order.

    Several may be of one subject: each starts from how the one before left it. Raises PaymentRefused for what an event
    may not do, for a key that was used for something else, and when others keep posting for the same subjects.
    """
    for _ in range(ATTEMPTS):
        try:
            with transaction.atomic():
                return _post(events, by, at)
        except _Meanwhile:
            continue
    raise refused(
        "Er wordt op dit moment te veel op hetzelfde geboekt. Probeer het opnieuw.",
        "Too much is being posted on the same subject right now. Try again.",
    )


def _post(events: Sequence[Event], by: Party, at: datetime) -> list[int]:
    numbers = _known(events)
    entries = _entries([event for event in events if event.key not in numbers])
    if entries:
        numbers |= _insert(entries, by, at)
    return [numbers[event.key] for event in events]


def _known(events: Sequence[Event]) -> dict[str, int]:
    """Give the numbers of what was posted before. Raises PaymentRefused where a key stood for something else."""
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, [[event.key for event in events]])
        found = {key: (number, tuple(told)) for key, number, *told in cursor.fetchall()}
    for event in events:
        if event.key in found and found[event.key][1] != _told(event):
            raise _used(event)
    return {key: number for key, (number, _) in found.items()}


def _entries(events: Iterable[Event]) -> list[_Entry]:
    """Let each event say its lines, one after the other; the same event twice counts once."""
    once: dict[str, Event] = {}
    for event in events:
        if _told(once.setdefault(event.key, event)) != _told(event):
            raise _used(event)
    turns: dict[Subject, tuple[int, Standing]] = standings_of(
        {(one.subject.kind, one.subject.id) for one in once.values()}
    )
    entries = []
    for event in once.values():
        subject = (event.subject.kind, event.subject.id)
        turn, standing = turns.get(subject, (0, NEW))
        lines = EVENTS[event.act](standing, event.cents)
        entries.append(_Entry(event, turn + 1, lines))
        turns[subject] = (turn + 1, standing.after(lines))
    return entries


def _insert(entries: Sequence[_Entry], by: Party, at: datetime) -> dict[str, int]:
    accounts = _accounts({(entry.event.body, entry.event.round) for entry in entries})
    heads = [
        {
            "number": number, "key": one.event.key, "subject_kind": one.event.subject.kind,
            "subject_id": one.event.subject.id, "turn": one.turn, "act": one.event.act, "cents": one.event.cents,
            "lines": len(one.lines),
        }
        for number, one in enumerate(entries, 1)
    ]  # fmt: skip
    lines = [
        {
            "number": number, "place": place, "cents": line.cents,
            "account": accounts[one.event.body, one.event.round, line.kind],
        }
        for number, one in enumerate(entries, 1)
        for place, line in enumerate(one.lines, 1)
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [json.dumps(heads), at, by.kind, by.id, json.dumps(lines)])
        made = dict(cursor.fetchall())
    if len(made) != len(entries):
        raise _Meanwhile
    return made


def _accounts(places: set[tuple[int, int | None]]) -> dict[tuple[int, int | None, str], int]:
    """Give the accounts of bodies and rounds, by kind; those that are not there yet are made."""
    found: dict[tuple[int, int | None, str], int] = {}
    for body, round_ in places:
        kinds = _accounts_of(body, round_)
        if len(kinds) < len(KINDS):
            Account.objects.bulk_create(
                (Account(body_id=body, round_id=round_, kind=kind) for kind in KINDS if kind not in kinds),
                ignore_conflicts=True,
            )
            kinds = _accounts_of(body, round_)
        found |= {(body, round_, kind): number for kind, number in kinds.items()}
    return found


def _accounts_of(body: int, round_: int | None) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(_ACCOUNTS, [body, round_])
        return dict(cursor.fetchall())


def _told(event: Event) -> tuple[str, int, str, str]:
    return event.act, event.cents, event.subject.kind, event.subject.id


def _used(event: Event) -> Exception:
    return refused(
        f"Met het kenmerk {event.key} is al iets anders geboekt.",
        f"Something else was posted with the key {event.key} already.", "key",
    )  # fmt: skip
