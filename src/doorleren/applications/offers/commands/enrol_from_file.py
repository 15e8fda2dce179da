"""Enrolling the participants of a file: up to 10,000 rows, each answered by itself, a thousand in a commit.

Whoever is enrolled in this offer already is answered so, and nothing is done twice: a file that was cut off, or sent again,
is simply given again. Rows are independent: one that is refused has no effect on its neighbours.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Count

from doorleren.applications.bundles.faults import Fault
from doorleren.applications.bundles.rows import NAME, NUMBER, Row
from doorleren.applications.commands.count_for import Counting, keep_counts, said_full
from doorleren.applications.models import Application, EnrolledPerson, Enrolment, Outcome
from doorleren.applications.offers import refusing
from doorleren.applications.offers.commands.enrol_participant import conditions_on, hashes_of, offer_held
from doorleren.applications.offers.enrolments import DENIED, GONE, LAPSED
from doorleren.applications.offers.rows import ACTIVITY, Read, read_rows
from doorleren.applications.offers.standing import lines_of
from doorleren.applications.once import held_by, scope_of_participants
from doorleren.applications.recording import party
from doorleren.applications.refusing import ApplicationRefused
from doorleren.applications.sealed_people import sealed_person
from doorleren.audit.acts import record
from doorleren.people.national_number import Keys
from doorleren.people.signed_in import SignedIn
from doorleren.rules.library import Library

AT_ONCE, MOST_TRIES = 1000, 5


@dataclass(frozen=True, slots=True)
class Asked:
    """What all rows of a file share: the offer, who asks and when, the day, and the keys."""

    application: int
    by: SignedIn
    at: datetime
    today: date
    library: Library
    keys: Keys = field(repr=False)
    person_key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a row, and why it was refused."""

    row: Row
    outcome: Outcome
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class _Accepted:
    """A row that becomes an enrolment, the keyed hashes of the person, and how often this person denied one before."""

    read: Read
    person: str
    lookup: str
    turn: int


def preview_rows(rows: Sequence[Row], asked: Asked) -> list[Answer]:
    """Say what would come of the rows if they were given now. Nothing is kept. Raises as enrol_rows."""
    with transaction.atomic():
        offer = offer_held(asked.application, by=asked.by, at=asked.at)
        return _answered(offer, list(read_rows(rows, _offered(offer), asked.today)), asked)[0]


def enrol_rows(rows: Sequence[Row], asked: Asked) -> list[Answer]:
    """Enrol whom the rows name; give the answer to every row. Raises NotAllowed, DoesNotExist, ApplicationRefused: then nobody was.

    Where the offer takes nobody any more half-way, the rows that were not done are refused with that reason.
    """
    with transaction.atomic():
        offer = offer_held(asked.application, by=asked.by, at=asked.at)
    read = list(read_rows(rows, _offered(offer), asked.today))
    answers: list[Answer] = []
    for first in range(0, len(read), AT_ONCE):
        try:
            answers += _enrol(read[first : first + AT_ONCE], asked)
        except ApplicationRefused as refused:
            why = (Fault("", "takes_enrolments", refused.texts),)
            answers += [Answer(one.row, Outcome.REFUSED, why) for one in read[first:]]
            break
    return answers


def _enrol(read: Sequence[Read], asked: Asked) -> list[Answer]:
    """Answer some rows in one commit. Somebody who is enrolled elsewhere meanwhile makes them be judged again."""
    for _try in range(MOST_TRIES):
        try:
            with transaction.atomic():
                offer = offer_held(asked.application, by=asked.by, at=asked.at)
                answers, accepted = _answered(offer, read, asked)
                _keep(offer, accepted, asked)
                return answers
        except IntegrityError:
            continue
    raise ApplicationRefused(refusing.BUSY)


def _answered(offer: Application, read: Sequence[Read], asked: Asked) -> tuple[list[Answer], list[_Accepted]]:
    """Answer rows in their order; who is accepted takes a place from the rows after. Writes nothing."""
    hashed = {
        one.row.line: hashes_of(one.who, offer.applicant_number, asked.keys, asked.person_key)
        for one in read
        if one.who is not None
    }
    before = _before(offer, [person for person, _lookup in hashed.values()])
    room, unfit = _room(offer), conditions_on(offer, asked.today, asked.library)
    elsewhere = _elsewhere(offer, asked, [person for person, _lookup in hashed.values()])
    answers: list[Answer] = []
    accepted: list[_Accepted] = []
    for one in read:
        person, lookup = hashed.get(one.row.line, ("", ""))
        found, already = list(one.faults), False
        if not found and one.who is not None:
            already, known = _known(before.get(person, []), offer, one)
            no = None if already else known or elsewhere.get(person) or unfit(one.who)
            if no is None and not already and room.get(one.activity, 0) <= 0:
                no = Fault(ACTIVITY, "number_of_participants", refusing.FULL)
            found = [] if no is None else [no]
        if found or already:
            answers.append(Answer(one.row, Outcome.REFUSED if found else Outcome.ALREADY, tuple(found)))
            continue
        room[one.activity] -= 1
        accepted.append(_Accepted(one, person, lookup, len(before.get(person, []))))
        answers.append(Answer(one.row, Outcome.ACCEPTED))
    return answers, accepted


Before = tuple[int, int, str]
"""An enrolment of before: its application, its activity, and whether the participant "denied" it or it "lapsed"; else ""."""


def _known(before: Sequence[Before], offer: Application, one: Read) -> tuple[bool, Fault | None]:
    """Say whether a row is done already, or why this person cannot be enrolled by it: enrolled elsewhere, or said no here.

    Who said no is enrolled anew by the form alone, one by one: the same file again must not undo what a participant said.
    """
    about = NUMBER if one.who is not None and one.who.number else NAME
    for application, activity, gone in before:
        if not gone:
            same = (application, activity) == (offer.pk, one.activity)
            return same, None if same else Fault(about, "one_person_once", refusing.ALREADY)
    if any((application, gone) == (offer.pk, "denied") for application, _activity, gone in before):
        return False, Fault(about, "participant_said_no", refusing.SAID_NO)
    return False, None


def _before(offer: Application, persons: Sequence[str]) -> dict[str, list[Before]]:
    rows = Enrolment.objects.filter(round=offer.round_id, person__in=persons)
    gone = dict.fromkeys(rows.filter(LAPSED).values_list("pk", flat=True), "lapsed")
    gone |= dict.fromkeys(rows.filter(DENIED).values_list("pk", flat=True), "denied")
    found: dict[str, list[Before]] = {}
    for number, person, application, activity in rows.values_list("pk", "person", "application", "activity"):
        found.setdefault(person, []).append((application, activity, gone.get(number, "")))
    return found


def _elsewhere(offer: Application, asked: Asked, persons: Sequence[str]) -> dict[str, Fault]:
    """Give who counts in other rounds as often as the scheme allows, with the reason."""
    scope = scope_of_participants(offer, asked.today)
    if scope is None:
        return {}
    held = held_by(scope.name, persons, at=asked.at)
    why = Fault(NUMBER, "one_person_once", said_full(scope), str(scope.once.citation))
    return {person: why for person, one in held.items() if len(one.standing) >= scope.times}


def _room(offer: Application) -> dict[int, int]:
    """Give how many may still be enrolled, by activity of the offer."""
    rows = Enrolment.objects.filter(application=offer).exclude(GONE).values_list("activity")
    there = dict(rows.annotate(number=Count("pk")).order_by())
    return {one.activity: one.participants - there.get(one.activity, 0) for one in lines_of(offer.pk)}


def _offered(offer: Application) -> list[int]:
    return [one.activity for one in lines_of(offer.pk)]


def _keep(offer: Application, accepted: Sequence[_Accepted], asked: Asked) -> None:
    """Keep enrolments, with one act in the record. Raises IntegrityError when somebody was enrolled elsewhere meanwhile."""
    accepted = sorted(accepted, key=lambda one: one.person)  # two at once wait for each other, and never both
    made = Enrolment.objects.bulk_create(
        Enrolment(
            application=offer, round=offer.round, activity_id=one.read.activity, organisation_id=offer.applicant_number,
            person=one.person, turn=one.turn, by_id=asked.by.person, at=asked.at,
        )
        for one in accepted
    )  # fmt: skip
    EnrolledPerson.objects.bulk_create(
        EnrolledPerson(
            enrolment=row,
            **sealed_person(who.name, who.born, who.number, one.lookup, asked.keys, asked.person_key),
        )
        for row, one in zip(made, accepted, strict=True)
        if (who := one.read.who) is not None
    )
    scope = scope_of_participants(offer, asked.today)
    if scope is not None:
        held = held_by(scope.name, [one.person for one in accepted], at=asked.at)
        keep_counts(scope, [Counting(one.person, offer.pk, one.pk) for one in made], held, at=asked.at)
    if made:
        numbers = [one.pk for one in made]
        details = {"enrolments": len(made), "first": min(numbers), "last": max(numbers)}
        record("enrolled", party(offer), by=asked.by.party, at=asked.at, details=details)
