"""Where the invented cases play: the body with its officials at any moment, rounds that opened weeks ago, people who apply."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from django.db import connection

from doorleren.applications.models import Application, Freeze, PartyKind
from doorleren.applications.own_case import case_of
from doorleren.applications.parties import Named
from doorleren.audit.acts import Party
from doorleren.core.days import AMSTERDAM, day_of, midnight
from doorleren.decisions.commands.open_cases import open_cases
from doorleren.decisions.jobs import note_dispatches
from doorleren.letters.jobs import send_waiting
from doorleren.payments.jobs import follow_all
from doorleren.people.demo import BODY, ISSUER
from doorleren.people.demo import PEOPLE as DEMO_PEOPLE
from doorleren.people.models import Assurance, Body, Identity, Organisation
from doorleren.people.signed_in import SignedIn
from doorleren.rounds.announced import Announced
from doorleren.rounds.commands.allocate import allocate
from doorleren.rounds.commands.announce_round import announce_round
from doorleren.rounds.commands.open_gate import close_gate, open_gate
from doorleren.rounds.commands.record_roots import record_roots
from doorleren.rounds.entering import ENTER, NUMBER_BITS, SIGN
from doorleren.rounds.models import Round
from doorleren.rounds.pot import Ceiling, PotRules
from doorleren.rounds.receipts import Entered, sign_batch
from doorleren.rules.library import Library
from doorleren.schemes.commands.publish_version import publish_version
from doorleren.server.demo_cases.examples import Example
from doorleren.server.demo_cases.filing import invented, put_ready
from doorleren.server.intake.keys import Keys

US = Party("site", "demo")
CODE = "voorbeeld"
"""The code of a round with invented cases begins with it; nobody can apply there, and nobody gets money."""
ROOM = timedelta(hours=1)
"""How long all that is told may take, at a second each."""
LONGEST_AGO = 1000
"""Before all invented cases, in days."""
APPLIED_DAYS = 4
"""How long such a round was open."""
BY_ROLE = {"career_adviser": "tom", "employer": "emre"}


@dataclass
class Scene:
    """The body, its officials and the clock of a demo. `now`: the moment that it is on the site."""

    library: Library
    keys: Keys
    now: datetime
    body: Body
    people: dict[str, int]
    begun: datetime = field(init=False)
    _steps: Iterator[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        """Begin an hour ago, and an hour before a day is over, so that what is told of one day is on that day."""
        begun = (self.now - ROOM).astimezone(AMSTERDAM)
        self.begun = min(begun, midnight(day_of(begun) + timedelta(days=1)) - ROOM)

    def at(self, days: int) -> datetime:
        """Give a moment so many days ago; each that is asked for comes a second after the last of the same day."""
        then = self.begun - timedelta(days=days)  # by the clock on the wall, also over a change of summer time
        return then.astimezone(UTC) + timedelta(seconds=next(self._steps))

    def day(self, days: int) -> date:
        """Give the day so many days ago; in the future where it is below zero."""
        return day_of(self.begun) - timedelta(days=days)

    def by(self, name: str, at: datetime) -> SignedIn:
        """Let somebody of the demo be signed in, with a second factor as an official is."""
        return self.person(self.people[name], at)

    def person(self, number: int, at: datetime) -> SignedIn:
        """Let somebody be signed in at a moment."""
        return SignedIn(number, Assurance.SUBSTANTIAL, True, at)

    def works(self, days: int) -> None:
        """Let the site do what it does by itself: the ledger follows, letters go out, their dispatch is noted."""
        follow_all(lambda: self.at(days))
        send_waiting(lambda: self.at(days))
        note_dispatches(now=lambda: self.at(days))


@dataclass(frozen=True, slots=True)
class Applied:
    """A case with who applied."""

    case: int
    person: int


def scene_of(library: Library, keys: Keys, now: datetime) -> Scene:
    """Find the people of the demo and their body. Raises KeyError where they were not enrolled."""
    rows = dict(Identity.objects.filter(issuer=ISSUER).values_list("subject", "person"))
    people = {one.subject: rows[one.subject] for one in DEMO_PEOPLE}
    return Scene(library, keys, now, Body.objects.get(code=BODY[0]), people)


def example_round(scene: Scene, one: Example, name: str, opened: int, ceiling: int | None) -> Round:
    """Announce and open a round of invented cases, so many days ago. It is by arrival, and closes days later."""
    at = scene.at(opened)
    row = publish_version(scene.library.resolved(one.version), by=US, at=at)
    rules = Announced("arrival", PotRules(Ceiling(ceiling), goes_on=True))
    made = announce_round(
        row, name, rules, body=scene.body, opens_at=at, closes_at=at + timedelta(days=APPLIED_DAYS), rehearsal=True, by=US, at=at,
    )  # fmt: skip
    open_gate(made.pk, by=US, at=scene.at(opened))
    return made


def fill(scene: Scene, one: Example, round_: Round, names: Sequence[str], opened: int) -> list[Applied]:
    """Let people apply in a round, close it and open their cases; in the order of the names.

    Only of this round, which nobody else sees yet: who holds the record waits for no case that another process of the site opens.
    """
    applied = [_apply(scene, one, round_, name, opened - 1) for name in names]
    _enter(scene, round_, [frozen for _, frozen, _ in applied], scene.at(opened - 1))
    while allocate(round_.pk, at=scene.at(opened - 1)):
        pass
    close_gate(round_.pk, by=US, at=scene.at(opened - APPLIED_DAYS), ended="time")
    open_cases(at=scene.at(opened - APPLIED_DAYS), rehearsals=True, only=round_.pk)
    return [Applied(_case_of(application), person) for application, _, person in applied]


def _case_of(application: Application) -> int:
    """Give the number of the case of an application. Raises LookupError where none was opened."""
    case = case_of(application)
    if case is None:
        raise LookupError(f"application {application.pk} has no case")
    return case.pk


def _apply(scene: Scene, one: Example, round_: Round, name: str, days: int) -> tuple[Application, Freeze, int]:
    """Fill in and freeze an application of somebody, of the demo where there is one by that name."""
    at = scene.at(days)
    applicant, person = applicant_of(scene, one, name, at)
    application, frozen = put_ready(
        round_, one, applicant, library=scene.library, by=scene.person(person, at), today=day_of(at),
        listed_at=scene.at(LONGEST_AGO), clock=lambda: scene.at(days),
    )  # fmt: skip
    return application, frozen, person


def applicant_of(scene: Scene, one: Example, name: str, at: datetime) -> tuple[Named, int]:
    """Give who applies and who fills it in: the organisation of somebody of the demo, or a person."""
    files = BY_ROLE.get(one.track.applicant)
    if files is not None:
        kvk = next(person.organisation for person in DEMO_PEOPLE if person.subject == files) or ("", "")
        organisation = Organisation.objects.get(kvk=kvk[0])
        return Named(PartyKind.ORGANISATION, organisation.pk), scene.people[files]
    person = scene.people.get(name) or invented(name, US, at)
    return Named(PartyKind.PERSON, person), person


def _enter(scene: Scene, round_: Round, some: Sequence[Freeze], at: datetime) -> None:
    """Enter tickets through the gate of the round in one signed batch, by the statements of the intake."""
    told: dict[str, Any] = {
        "round": round_.pk, "size": len(some), "at": at, "keys": [one.application.key for one in some],
        "persons": [one.person for one in some], "contents": [one.content for one in some],
        "cents": [one.cents for one in some], "kinds": [one.kind for one in some],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(ENTER, told)
        batch, before, refused = cursor.fetchone()
        if refused is not None:
            raise ValueError(f"round {round_.pk} did not take every invented application")
        number = before - (round_.pk << NUMBER_BITS)
        entered = [
            Entered(round_.pk, number + place, one.application.key, one.content, one.cents, one.kind)
            for place, one in enumerate(some, 1)
        ]
        signed, _tree = sign_batch(entered, batch, at.isoformat(), scene.keys.signing)
        cursor.execute(SIGN, [batch, signed.at, signed.size, signed.root, signed.signature])
    record_roots(round_.pk, at=at)


def account_code(name: str) -> str:
    """Give ten digits that belong to a name, for an account that nobody has."""
    return f"{int(hashlib.sha256(name.encode()).hexdigest(), 16) % 10**9:010d}"
