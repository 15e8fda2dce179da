"""Recording an act, and checking that nobody changed the record since. Called by every command, in its transaction.

One chain for the whole site: an advisory lock lets one transaction at a time add to it, until that one commits.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Func, TextField
from stdnum.nl import bsn

from doorleren.audit.models import Act

_CHAIN_LOCK = 0x61637473  # "acts"
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_CODE = re.compile(r"[\w.:/+-]{0,100}", re.ASCII)
_NATIONAL_NUMBER = re.compile(r"\d{9}", re.ASCII)
_AT_ONCE = 2000
_SAID = ("actor_kind", "actor_id", "act", "subject_kind", "subject_id", "details")
"""What the hash of an act is over, after the hash before it and the moment."""
_MOMENT = Func(
    F("at"),
    template="""to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"')""",
    output_field=TextField(),
)
"""The moment as it is hashed, written by the database: for a million acts that is a third of the time."""
_written = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode

Detail = str | int | bool | None
Details = Mapping[str, Detail]


class NotForTheRecord(ValueError):
    """A detail that does not belong in the record: free text, a national number, a nested value."""


@dataclass(frozen=True, slots=True)
class Party:
    """Who acts or what is acted upon: a kind ("person", "provider") and its id as text."""

    kind: str
    id: str


SITE = Party("site", "")
"""The actor of what the site does by itself."""


@dataclass(frozen=True, slots=True)
class ToRecord:
    """An act to add to the record: as the arguments of `record`."""

    act: str
    subject: Party
    by: Party
    at: datetime
    details: Details


@dataclass(frozen=True, slots=True)
class Break:
    """Where the chain is broken: the id of the act and what is wrong: "content" (changed), "order" (lacking, moved),
    or "checkpoint" (not as it was when it was written down outside the database).
    """

    act: int
    wrong: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What a walk along the chain found: how many acts it looked at, the last that is whole, and where it is broken."""

    acts: int
    whole_until: int | None
    broken: Break | None


def record(act: str, subject: Party, *, by: Party, at: datetime, details: Details | None = None) -> Act:
    """Add an act to the record, within the transaction of the command that did it.

    `act` is a past participle in small letters ("signed_in"). `details` is flat: codes without spaces, whole numbers,
    booleans. Raises NotForTheRecord for what may be personal content, TransactionManagementError outside a transaction.
    """
    return record_all((ToRecord(act, subject, by, at, details or {}),))[0]


def record_all(acts: Sequence[ToRecord]) -> list[Act]:
    """Add acts to the record in their order, in one statement; as `record`. One that does not belong in it refuses all."""
    if not acts:
        return []
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            f"{acts[0].act!r} is recorded outside the transaction of its command"
        )
    for one in acts:
        _refuse_content(one.act, one.by, one.subject, one.details)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])
    previous = Act.objects.order_by("-id").values_list("hash", flat=True).first() or ""
    rows = []
    for one in acts:
        made = Act(
            at=one.at.astimezone(UTC), actor_kind=one.by.kind, actor_id=one.by.id, act=one.act,
            subject_kind=one.subject.kind, subject_id=one.subject.id, details=dict(one.details), previous=previous,
        )  # fmt: skip
        previous = made.hash = digest(made)
        rows.append(made)
    Act.objects.bulk_create(rows)
    if any(later.pk <= earlier.pk for earlier, later in pairwise(rows)):  # the chain goes by number
        raise RuntimeError("the database numbered acts in another order than they were given")
    return rows


def digest(act: Act) -> str:
    """Give the hash of an act: SHA-256 over its fields and the hash before it, as canonical JSON, in hexadecimal."""
    return _hash(*_hashed(act))


def _hashed(act: Act) -> tuple[Any, ...]:
    moment = act.at.astimezone(UTC).isoformat(timespec="microseconds")
    return (act.previous, moment, *(getattr(act, name) for name in _SAID))


def _hash(previous: str, moment: str, *said: Detail | Details) -> str:
    return hashlib.sha256(_written((previous, moment, *said)).encode()).hexdigest()


def checked(acts: Iterable[Act] | None = None, *, after: Act | None = None, most: int | None = None) -> Checked:
    """Walk the chain from its beginning, or on from an act that was checked before, and say how far it is whole.

    `most` is how many acts to look at; all where it is None.
    """
    before, last, count = (after.hash, after.pk, 0) if after else ("", None, 0)
    for number, hashed, *content in _rows(after, most) if acts is None else map(_row, acts):
        count += 1
        if content[0] != before:
            return Checked(count, last, Break(number, "order"))
        if hashed != _hash(*content):
            return Checked(count, last, Break(number, "content"))
        before, last = hashed, number
    return Checked(count, last, None)


def _rows(after: Act | None, most: int | None) -> Iterator[tuple[Any, ...]]:
    """Give acts as rows, for a model of each takes as long as all the rest."""
    chain = Act.objects.filter(pk__gt=after.pk) if after else Act.objects.all()
    return chain.order_by("id").values_list("pk", "hash", "previous", _MOMENT, *_SAID)[:most].iterator(_AT_ONCE)


def _row(act: Act) -> tuple[Any, ...]:
    return (act.pk, act.hash, *_hashed(act))


def _refuse_content(act: str, by: Party, subject: Party, details: Details) -> None:
    for name in (act, by.kind, subject.kind, *details):
        if not _NAME.fullmatch(name):
            raise NotForTheRecord(f"{name!r} is no name: small letters, digits and _ are allowed")
    values = {"the actor's id": by.id, "the subject's id": subject.id, **details}
    for name, value in values.items():
        if value is not None and not isinstance(value, str | int):
            raise NotForTheRecord(f"{name} is {type(value).__name__}: text, whole numbers and booleans are allowed")
        if isinstance(value, str) and not _CODE.fullmatch(value):
            raise NotForTheRecord(f"{name} is free text: a code of at most 100 letters, digits and .:/+-_ is allowed")
        if isinstance(value, str) and _NATIONAL_NUMBER.fullmatch(value) and bsn.is_valid(value):
            raise NotForTheRecord(f"{name} looks like a national number, which never enters the record")
