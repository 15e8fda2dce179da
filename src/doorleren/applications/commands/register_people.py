"""Registering people for an adviser: a thousand rows at a time, each answered by itself, with their tickets in one commit.

The adviser's own row is held, so that two bundles at once cannot pass the limit of a day together. Who was registered or
applied in another way meanwhile makes the thousand be judged again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import IntegrityError, connection, transaction

from doorleren.applications.bundles import faults
from doorleren.applications.bundles.checking import Told, judge_row
from doorleren.applications.bundles.entering import SomeKnown, durable, enter_tickets
from doorleren.applications.bundles.faults import Fault
from doorleren.applications.bundles.queries import registered_on
from doorleren.applications.bundles.refusing import BUSY, BundleRefused
from doorleren.applications.bundles.storing import Accepted, Kept, Setting, keep, keep_answers
from doorleren.applications.commands.count_for import Counting, keep_counts
from doorleren.applications.content import person_hash
from doorleren.applications.models import Bundle, BundleRow, Outcome, Registration
from doorleren.applications.once import Held, held_by
from doorleren.applications.one_place import hashes_now
from doorleren.audit.acts import Party, record
from doorleren.people.models import Person
from doorleren.register.words.folding import fold
from doorleren.rounds.models import Ticket
from doorleren.rules.once import said

MOST_TRIES = 5


@dataclass(frozen=True, slots=True)
class Read:
    """A row as it was read: what it tells or what is wrong with it, and the keyed hashes of the person.

    `counted` is the hash beyond the round (once.py); `person` that of the ticket, which may be another (one_place.py).
    """

    line: int
    reference: str
    told: Told | None
    faults: tuple[Fault, ...] = ()
    person: str = ""
    lookup: str = ""
    counted: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """Who was there before: registrations by person and by the adviser's reference, and persons with a ticket."""

    by_person: Mapping[str, tuple[int, bool]]
    by_reference: Mapping[str, tuple[int, str]]
    applied: frozenset[str]


Answered = tuple[int, str, str, int | None, list[dict[str, str]]]


def read_person(told: Told, setting: Setting) -> Read:
    """Hash the person of a row: by the national number; without one nobody else's equal, but the same row again is."""
    if told.number:
        lookup = setting.keys.hashed(told.number)
        return Read(told.line, told.reference, told, (), person_hash(f"number:{lookup}", setting.person_key), lookup)
    within = f"{setting.adviser}:{setting.parties.applicant.number}:{told.reference}"
    named = f"written:{within}:{told.born.isoformat()}:{fold(told.name)}"
    return Read(told.line, told.reference, told, (), person_hash(named, setting.person_key))


def register_people(rows: Sequence[Read], bundle: Bundle, setting: Setting, *, signing: Any, last: bool) -> None:
    """Answer some rows of a bundle that have no answer yet, and record the act with the `last` of them.

    Raises GateShut when the round takes nothing now, BundleRefused when it did not work: nothing was kept then.
    """
    for _try in range(MOST_TRIES):
        try:
            with durable(), transaction.atomic():
                _register(rows, bundle, setting, signing=signing, last=last)
                return
        except (SomeKnown, IntegrityError):
            continue
    raise BundleRefused(BUSY)


def _register(rows: Sequence[Read], bundle: Bundle, setting: Setting, *, signing: Any, last: bool) -> None:
    hold_adviser(setting.adviser)
    done = set(
        BundleRow.objects.filter(bundle=bundle, line__in=[one.line for one in rows]).values_list("line", flat=True)
    )
    rows = [one for one in rows if one.line not in done]
    answers, accepted = answered(rows, setting)
    kept = keep(accepted, setting) if accepted else []
    _count(accepted, kept, setting)
    answers += [(one.line, told.told.reference, Outcome.ACCEPTED.value, one.registration, [])
                for one, told in zip(kept, accepted, strict=True)]  # fmt: skip
    if rows:
        keep_answers(bundle.pk, sorted(answers, key=lambda one: one[0]))
    if kept:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # look at the references before the gate is held, not after
        enter_tickets([one.frozen for one in kept], signing=signing, at=setting.at)
    if last and rows:
        _record(bundle, setting)


def _count(accepted: Sequence[Accepted], kept: Sequence[Kept], setting: Setting) -> None:
    """Count registrations for their persons beyond the round. Raises IntegrityError where one was counted meanwhile."""
    if setting.scope is not None and kept:
        held = {one.counted: one.held for one in accepted if one.held is not None}
        some = [Counting(told.counted, one.application) for told, one in zip(accepted, kept, strict=True)]
        keep_counts(setting.scope, some, held, at=setting.at)


def hold_adviser(adviser: int) -> None:
    """Hold the adviser's row until the commit: one lot of registrations at a time for one adviser."""
    Person.objects.select_for_update(no_key=True).get(pk=adviser)


def answered(rows: Sequence[Read], setting: Setting) -> tuple[list[Answered], list[Accepted]]:
    """Answer the rows in their order; those that are accepted count to the limit of the rows after them. Writes nothing.

    Whose ticket was withdrawn, of a registration or of their own, may be registered again, by another hash.
    """
    now = hashes_now(setting.round.pk, [one.person for one in rows if one.person], setting.person_key)
    rows = [replace(one, person=now.get(one.person, ""), counted=one.person) for one in rows]
    known, held = _known(rows, setting), _held(rows, setting)
    full = _full(held, setting)
    answers: list[Answered] = []
    accepted: list[Accepted] = []
    today = registered_on(setting.adviser, setting.round, setting.day)
    for one in rows:
        told, registration, found = one.told, None, one.faults
        if told is not None and not found:
            registration, found = _before(one, known)
            if registration is None and not found and one.counted in full:
                found = (full[one.counted],)
        if told is not None and not found and registration is None:
            judged = judge_row(told, setting.settled, today + len(accepted), setting.vocabulary)
            found = judged.faults
            if not found:
                accepted.append(Accepted(told, one.person, one.lookup, judged, one.counted, held.get(one.counted)))
                continue
        outcome = Outcome.REFUSED if found else Outcome.ALREADY
        answers.append((one.line, one.reference, outcome.value, registration, [each.written() for each in found]))
    return answers, accepted


def _before(one: Read, known: Known) -> tuple[int | None, tuple[Fault, ...]]:
    """Say whether the adviser registered this person before, or why this row cannot be: somebody else has, or had it."""
    registration, person = known.by_reference.get(one.reference, (None, ""))
    if registration is not None:
        return (registration, ()) if person == one.person else (None, (faults.used_before(one.reference),))
    registration, own = known.by_person.get(one.person, (None, False))
    if registration is not None and own:
        return registration, ()
    if registration is not None or one.person in known.applied:
        return None, (faults.ELSEWHERE,)
    return None, ()


def _held(rows: Sequence[Read], setting: Setting) -> Mapping[str, Held]:
    """Give what counts beyond the round for the persons of these rows already."""
    persons = [one.counted for one in rows if one.counted]
    return {} if setting.scope is None else held_by(setting.scope.name, persons, at=setting.at)


def _full(held: Mapping[str, Held], setting: Setting) -> dict[str, Fault]:
    """Give the persons for whom no more counts beyond the round, each with the reason; the adviser's own rows by reference."""
    scope = setting.scope
    if scope is None or not held:
        return {}
    full = {person: one.standing for person, one in held.items() if len(one.standing) >= scope.times}
    own = Registration.objects.filter(
        adviser=setting.adviser, organisation=setting.parties.applicant.number,
        application__in=[row.application_id for some in full.values() for row in some],
    )  # fmt: skip
    references = dict(own.values_list("application", "reference"))
    rule, source = said(scope.once.who, scope.once.within, scope.times), str(scope.once.citation)
    return {
        person: faults.counted_before(
            rule, source, [references[row.application_id] for row in some if row.application_id in references]
        )
        for person, some in full.items()
    }


def _known(rows: Sequence[Read], setting: Setting) -> Known:
    organisation = setting.parties.applicant.number
    persons = [one.person for one in rows if one.person]
    found = Registration.objects.filter(round=setting.round)
    by_person = {
        person: (number, (adviser, place) == (setting.adviser, organisation))
        for number, person, adviser, place in found.filter(person__in=persons).values_list(
            "pk", "person", "adviser", "organisation"
        )
    }
    own = found.filter(
        adviser=setting.adviser, organisation=organisation, reference__in=[one.reference for one in rows]
    )
    by_reference = {
        reference: (number, person) for number, reference, person in own.values_list("pk", "reference", "person")
    }
    applied = Ticket.objects.filter(round=setting.round, person__in=persons).values_list("person", flat=True)
    return Known(by_person, by_reference, frozenset(applied))


def _record(bundle: Bundle, setting: Setting) -> None:
    counts = {one.value: BundleRow.objects.filter(bundle=bundle, outcome=one).count() for one in Outcome}
    details: dict[str, Any] = {"round": setting.round.pk, "rows": bundle.rows, "content": bundle.content, **counts}
    record("registered", Party("bundle", str(bundle.pk)), by=setting.by, at=setting.at, details=details)
