"""Keeping a thousand registrations at once: each an application with its answers, frozen, and who it is about, by COPY.

The rows are those that a draft of one applicant would make (commands/start_draft.py, save_answers.py, freeze_draft.py);
a test holds the hash of the content against theirs.
"""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from psycopg.types.json import Json

from doorleren.applications.bundles.checking import QUALIFIED, TODAY, Judged, Told
from doorleren.applications.content import canonical, content_hash
from doorleren.applications.models import PARTIES, Origin, Subject
from doorleren.applications.once import Held, Scope
from doorleren.applications.parties import Parties
from doorleren.applications.sealed_people import sealed_person
from doorleren.applications.values import column_of, plain_value
from doorleren.audit.acts import Party
from doorleren.people.national_number import Keys
from doorleren.rounds.models import Round
from doorleren.rounds.tokens import Frozen
from doorleren.rules.settled import Settled
from doorleren.rules.vocabulary import Vocabulary

VALUES = ("boolean", "whole", "cents", "decimal", "text", "day", "members", "absent")


@dataclass(frozen=True, slots=True)
class Setting:
    """What all registrations of a bundle share: the round, its track on the day, the parties, who acts, and the keys.

    `scope`: within what a registration counts for its person beyond the round; None where the scheme says nothing.
    """

    round: Round
    settled: Settled
    parties: Parties
    adviser: int
    kind: str
    until: datetime
    vocabulary: Vocabulary
    by: Party
    at: datetime
    day: date
    keys: Keys
    person_key: bytes
    scope: Scope | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """A row that is to be kept: what it tells, the keyed hashes of the person, and what the scheme says of it.

    `counted`: the hash by which it counts beyond the round, and `held` what counts for it there already; `person` is another
    hash after a ticket was withdrawn (one_place.py).
    """

    told: Told
    person: str
    lookup: str
    judged: Judged
    counted: str = ""
    held: Held | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """What a row became: the numbers of its registration and application, and what goes through the gate."""

    line: int
    registration: int
    frozen: Frozen
    application: int = 0


def keep(rows: Sequence[Accepted], setting: Setting) -> list[Kept]:
    """Keep registrations. Raises IntegrityError when one of these people was registered meanwhile."""
    applications = _numbers("applications_application", len(rows))
    registrations = _numbers("applications_registration", len(rows))
    told = [_Made(*one, setting) for one in zip(rows, applications, registrations, strict=True)]
    made = sorted(told, key=lambda one: one.accepted.person)  # two at once wait for each other, and never both
    columns = setting.parties.columns()
    copy_rows("applications_application",
              ("id", "round_id", "track", "key", "salt", *columns, "started_at", "frozen_at", "frozen_content"),
              ((one.application, setting.round.pk, setting.settled.tracks[0].track.id, one.key, one.salt, *columns.values(),
                setting.at, setting.at, one.content) for one in made))  # fmt: skip
    copy_rows("applications_answer",
              ("application_id", "subject_kind", "subject_number", "fact", *VALUES, "origin", "by_kind", "by_id", "at"),
              (row for one in made for row in one.answers(setting)))  # fmt: skip
    copy_rows("applications_freeze", ("application_id", "content", "person", "cents", "kind", "until", "at"),
              ((one.application, one.content, one.accepted.person, one.cents, setting.kind, setting.until, setting.at)
               for one in made))  # fmt: skip
    copy_rows("applications_registration",
              ("id", "application_id", "round_id", "adviser_id", "organisation_id", "reference", "person", "registered_on",
               "registered_at"),
              ((one.registration, one.application, setting.round.pk, setting.adviser, setting.parties.applicant.number,
                one.accepted.told.reference, one.accepted.person, setting.day, setting.at) for one in made))  # fmt: skip
    copy_rows("applications_registeredperson", ("registration_id", "lookup", "sealed", "sealed_name", "name_key", "birth_date"),
              (one.who(setting) for one in made))  # fmt: skip
    return [Kept(one.accepted.told.line, one.registration, one.frozen(setting), one.application) for one in told]


def keep_answers(bundle: int, answers: Iterable[tuple[int, str, str, int | None, list[dict[str, str]]]]) -> None:
    """Keep the answers to rows: line, reference, outcome, registration, faults."""
    copy_rows("applications_bundlerow", ("bundle_id", "line", "reference", "outcome", "registration_id", "faults"),
              ((bundle, line, reference, outcome, registration, Json(faults))
               for line, reference, outcome, registration, faults in answers))  # fmt: skip


class _Made:
    """An application in the making."""

    __slots__ = ("accepted", "application", "cents", "content", "key", "registration", "salt", "told")

    def __init__(self, accepted: Accepted, application: int, registration: int, setting: Setting) -> None:
        self.accepted, self.application, self.registration = accepted, application, registration
        self.key, self.salt = secrets.token_urlsafe(24), secrets.token_hex(32)
        self.cents = accepted.judged.cents or 0
        facts = setting.vocabulary.facts
        self.told = [
            (facts[name], value, Origin.REGISTER if name in (QUALIFIED, TODAY) else Origin.SELF)
            for name, value in accepted.judged.profile.items()
            if name in setting.settled.facts and not facts[name].sensitive and facts[name].table != "asker"
        ]
        rows = [
            (Subject.APPLICATION.value, 0, fact.name, plain_value(fact, value), origin.value)
            for fact, value, origin in self.told
        ]
        self.content = content_hash(canonical(_frozen(setting, accepted.judged, self.cents), rows), self.salt)

    def answers(self, setting: Setting) -> Iterable[tuple[Any, ...]]:
        for fact, value, origin in self.told:
            column, kept = column_of(fact, value)
            values = tuple(kept if name == column else None for name in VALUES)
            yield (self.application, "application", 0, fact.name, *values, origin.value, setting.by.kind, setting.by.id,
                   setting.at)  # fmt: skip

    def who(self, setting: Setting) -> tuple[Any, ...]:
        told, lookup = self.accepted.told, self.accepted.lookup
        who = sealed_person(told.name, told.born, told.number, lookup, setting.keys, setting.person_key)
        return (self.registration, *who.values())

    def frozen(self, setting: Setting) -> Frozen:
        until = int(setting.until.timestamp())
        return Frozen(setting.round.pk, self.key, self.accepted.person, self.content, self.cents, setting.kind, until)


def _frozen(setting: Setting, judged: Judged, cents: int) -> dict[str, Any]:
    """Say what is frozen besides the answers, as commands/freeze_draft.py does."""
    return {
        "round": setting.round.announced_hash,
        "version": setting.settled.version.digest,
        "track": setting.settled.tracks[0].track.id,
        "activity": None,
        "parties": {
            name: [one.kind, one.number] for name in PARTIES for one in [getattr(setting.parties, name)]
        },
        "outcome": judged.outcome,
        "cents": cents,
    }  # fmt: skip


def _numbers(table: str, count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
        )  # fmt: skip
        return [row[0] for row in cursor.fetchall()]


def copy_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Add many rows to a table at once. Raises IntegrityError as an insert does."""
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,  # Django does not look inside a COPY
        cursor.cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)
