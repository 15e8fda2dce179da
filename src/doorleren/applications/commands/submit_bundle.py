"""Handing in a bundle: up to 10,000 people whom an adviser registers, every row answered (C01).

Ground: whoever the scheme's file names as the applicant registers the participants; its conditions are asked of each
row. The same bundle again changes nothing and is answered by what was kept.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from doorleren.applications.bundles import faults
from doorleren.applications.bundles.checking import Told, read_row
from doorleren.applications.bundles.entering import GateShut
from doorleren.applications.bundles.queries import qualified_on, refused_rows_destroyed, registering_tracks
from doorleren.applications.bundles.refusing import (
    ANSWERS_GONE,
    CLOSED,
    CLOSED_MEANWHILE,
    NO_TRACK,
    NOT_QUALIFIED,
    BundleRefused,
)
from doorleren.applications.bundles.rows import REFERENCE, Row, bundle_hash
from doorleren.applications.bundles.storing import Setting
from doorleren.applications.commands.freeze_draft import GOOD_FOR
from doorleren.applications.commands.register_people import Read, answered, read_person, register_people
from doorleren.applications.form import of_track
from doorleren.applications.models import Bundle, Outcome, PartyKind
from doorleren.applications.once import scope_of
from doorleren.applications.parties import Named, parties_of
from doorleren.applications.queries import gate_of
from doorleren.applications.rules import filing_day, kind_for_pot
from doorleren.core.days import day_of
from doorleren.people.access import Thing, ensure
from doorleren.people.national_number import Keys
from doorleren.people.signed_in import SignedIn
from doorleren.rounds.models import Round
from doorleren.rounds.queries import announced_for
from doorleren.rules.library import Library
from doorleren.schemes.queries import version_of

AT_ONCE = 1000
"""How many rows share a commit, as in the lean intake: others come in between, and nobody waits long at the gate."""


@dataclass(frozen=True)
class Sealing:
    """The keys that a registration needs: of national numbers, of persons, and of receipts."""

    numbers: Keys = field(repr=False)
    person: bytes = field(repr=False)
    signing: Any = field(repr=False)


@dataclass(frozen=True, slots=True)
class Preview:
    """What the rows would come to now: how many are registered, how many were before, and the refused ones with why."""

    right: int
    already: int
    wrong: tuple[tuple[int, str, list[dict[str, str]]], ...]


def submit_bundle(
    round_: Round, rows: Sequence[Row], *, organisation: int, sealing: Sealing, today: date, library: Library,
    by: SignedIn, at: datetime,
) -> Bundle:  # fmt: skip
    """Register the people of a bundle and give it with its answers kept.

    Raises NotAllowed, or BundleRefused; rows that were answered before that keep their answer.
    """
    setting = setting_of(round_, organisation=organisation, sealing=sealing, today=today, library=library, by=by, at=at)
    content = bundle_hash(rows, sealing.person)
    named = {"round": round_, "adviser_id": by.person, "organisation_id": organisation, "content": content}
    known = Bundle.objects.filter(**named).first()
    done = known.answers.count() if known else 0
    if known is not None and done == known.rows:
        return known
    if known is not None and refused_rows_destroyed(known.pk):
        raise BundleRefused(ANSWERS_GONE)
    if gate_of(round_).opened_at is None or gate_of(round_).closed_at is not None:
        raise BundleRefused(CLOSED_MEANWHILE if done else CLOSED)
    if not qualified_on(by.person, setting.day):
        raise BundleRefused(NOT_QUALIFIED)
    read = list(read_all(rows, setting))
    with transaction.atomic():
        bundle, _made = Bundle.objects.get_or_create(**named, defaults={"rows": len(rows), "at": at})
    for first in range(0, len(read), AT_ONCE):
        some, last = read[first : first + AT_ONCE], first + AT_ONCE >= len(read)
        try:
            register_people(some, bundle, setting, signing=sealing.signing, last=last)
        except GateShut as shut:
            raise BundleRefused(CLOSED_MEANWHILE) from shut
    return bundle


def preview_bundle(rows: Sequence[Row], setting: Setting) -> Preview:
    """Say what the rows would come to if they were handed in now. Nothing is kept."""
    answers, accepted = answered(list(read_all(rows, setting)), setting)
    refused = tuple((line, reference, why) for line, reference, _outcome, _registration, why in answers if why)
    return Preview(len(accepted), len(answers) - len(refused), refused)


def any_right(rows: Sequence[Row], setting: Setting) -> bool:
    """Say whether one of the rows would be registered now, or was before. Looks no further than the first; keeps nothing."""
    read = list(read_all(rows, setting))
    for first in range(0, len(read), AT_ONCE):
        answers, accepted = answered(read[first : first + AT_ONCE], setting)
        if accepted or any(outcome != Outcome.REFUSED for _line, _reference, outcome, _registration, _why in answers):
            return True
    return False


def setting_of(
    round_: Round, *, organisation: int, sealing: Sealing, today: date, library: Library, by: SignedIn, at: datetime
) -> Setting:
    """Settle what all rows of a bundle share. Raises NotAllowed, or BundleRefused where no adviser registers anybody."""
    ensure(by, "register_people", Thing("registration", "", organisation=organisation), at=at)
    tracks = registering_tracks(round_)
    if not tracks:
        raise BundleRefused(NO_TRACK)
    version, track = version_of(round_.version_id), tracks[0]
    day = filing_day(round_.opens_at, round_.closes_at, today, version)
    return Setting(
        round=round_,
        settled=of_track(version, track.id, day, library.vocabulary, library.law),
        parties=parties_of(track, Named(PartyKind.ORGANISATION, organisation)),
        adviser=by.person,
        kind=kind_for_pot(track, frozenset(announced_for(round_).pot.apart)),
        until=max(round_.closes_at or at, at) + GOOD_FOR,
        vocabulary=library.vocabulary,
        by=by.party,
        at=at,
        day=day_of(at),
        keys=sealing.numbers,
        person_key=sealing.person,
        scope=scope_of(round_, track, version, day),
    )


def read_all(rows: Sequence[Row], setting: Setting) -> Iterator[Read]:
    """Read the rows in their order; one with the person or the reference of an earlier row is refused with its number."""
    numbers: dict[str, int] = {}
    references: dict[str, int] = {}
    for row in rows:
        told = read_row(row, setting.vocabulary, setting.day)
        if not isinstance(told, Told):
            wanted = "" if faults.NO_REFERENCE in told else row.told.get(REFERENCE, "")
            yield Read(row.line, wanted, None, told)
            continue
        found = [
            faults.twice(field_, seen[key])
            for field_, seen, key in (
                ("reference", references, told.reference),
                ("national_number", numbers, told.number),
            )
            if key in seen
        ]
        references.setdefault(told.reference, row.line)
        if told.number:
            numbers.setdefault(told.number, row.line)
        one = read_person(told, setting)
        yield replace(one, faults=tuple(found)) if found else one
