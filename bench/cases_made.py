"""A round with so many complete applications, and the officials and bank accounts that it takes to decide on them and to pay.

People, applications, answers and tickets are put down in bulk, as if they had come in days ago; places, roles and accounts
come by the product's own commands. The scheme is one of our own: what it says is not measured, that it is asked is.
"""

import hashlib
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from doorleren.people.signed_in import SignedIn
    from doorleren.rounds.models import Round
    from doorleren.rules.library import Library

AT_ONCE = 5_000
ASKED_CENTS = 69_995
INSIDE = 19, 20
"""How many of the applications fit within the ceiling: nineteen in twenty, the last of them in part; the rest is refused."""
CASES_PER_PAYEE = 50
"""The scheme pays the training providers; each has so many of the cases."""
IBANS = ("NL20INGB0001234567", "NL44RABO0123456789", "DE89370400440532013000")
PAYERS_IBAN = "NL91ABNA0417164300"
SCHEME_ID, STATED = "bench-cases", "unpaid"
SCHEME = """
id = "bench-cases"
version = "2026-01-01"
published_on = 2026-01-01
in_force = { from = 2026-01-01 }
name = { nl = "Regeling om te meten", en = "Scheme to measure with" }
framework = "kaderregeling-ocw-szw-vws"
body = { executes = "Meetbureau" }
[source]
order = { cite = "Staatscourant 2026, 1", weight = "binding" }
[procedure]
kind = "grant_settle"
[[parameter]]
id = "most"
unit = "euro"
values = [{ from = 2026-01-01, value = 1000, source = "order" }]

[[track]]
id = "learner"
name = { nl = "voor wie leert", en = "for who learns" }
applicant = "person"
beneficiary = "person"
payee = "training_provider"
[track.amount]
kind = "share"
is = "min(most, training.price)"
[[track.condition]]
id = "adult"
when = "age(person.birth_date) >= 18"
nl = "de deelnemer is 18 jaar of ouder"
source = "order"
[[track.condition]]
id = "priced"
when = "applies(training.price)"
nl = "de opleiding heeft een prijs"
source = "order"
[[track.condition]]
id = "tie"
when = "person.labour_market_link"
nl = "de deelnemer heeft een band met de arbeidsmarkt"
source = "order"
[[track.condition]]
id = "citizen"
when = "person.eu_citizen"
nl = "de deelnemer is burger van de Unie"
source = "order"
[[track.condition]]
id = "unpaid"
why = "only the applicant knows"
nl = "de opleiding is niet al betaald"
source = "order"
"""
_rounds = count(1)


@dataclass(frozen=True)
class Scene:
    """A round whose applications have their places, with the officials of its body by name and the library."""

    round: "Round"
    library: "Library"
    staff: dict[str, int]
    number: int

    def by(self, name: str, at: datetime) -> "SignedIn":
        """Give an official, signed in just now."""
        from doorleren.people.models import Assurance
        from doorleren.people.signed_in import SignedIn

        return SignedIn(self.staff[name], Assurance.HIGH, True, at)


def library_in(folder: Path) -> "Library":
    """Write the scheme below a folder and open the library with it."""
    from doorleren.rules.library import open_library

    place = folder / SCHEME_ID
    place.mkdir(parents=True, exist_ok=True)
    (place / "2026-01-01.toml").write_text(SCHEME, "utf-8")
    return open_library([folder])


def a_scene(known: "Library", number: int, *, at: datetime) -> Scene:
    """Fill a round with so many applications, a week before a moment, and give everybody a place."""
    from doorleren.rounds.commands.allocate import allocate

    before = at - timedelta(days=7)
    round_ = _round(known, number, before)
    staff = _staff(round_.body, before)
    scene = Scene(round_, known, staff, number)
    _apply(round_, known, number, _payees(scene, number, before), before)
    while allocate(round_.pk, at=before):
        pass
    return scene


def _round(known: "Library", number: int, at: datetime) -> "Round":
    from doorleren.audit.acts import Party
    from doorleren.rounds.announced import Announced
    from doorleren.rounds.commands.announce_from_scheme import executing_body
    from doorleren.rounds.commands.announce_round import announce_round
    from doorleren.rounds.commands.open_gate import close_gate, open_gate
    from doorleren.rounds.pot import Ceiling, PotRules
    from doorleren.schemes.commands.publish_version import publish_version

    version, us = known.scheme(SCHEME_ID).versions[-1], Party("site", "bench")
    row = publish_version(known.resolved(version), by=us, at=at)
    cents = number * INSIDE[0] // INSIDE[1] * ASKED_CENTS + ASKED_CENTS // 2
    made = announce_round(
        row, f"bench-{next(_rounds)}", Announced("arrival", PotRules(Ceiling(cents), partly=True)),
        body=executing_body(version), opens_at=at, closes_at=None, by=us, at=at,
    )  # fmt: skip
    open_gate(made.pk, by=us, at=at)
    close_gate(made.pk, by=us, at=at + timedelta(hours=1))
    return made


def _staff(body: Any, at: datetime) -> dict[str, int]:
    """Give two deciders and two paymasters of a body, made once."""
    from doorleren.people.models import Person, Role, RoleKind

    kinds = {"decider": RoleKind.DECIDER, "second": RoleKind.DECIDER, "paymaster": RoleKind.PAYMASTER,
             "other": RoleKind.PAYMASTER}  # fmt: skip
    found = {}
    for name, kind in kinds.items():
        role = Role.objects.filter(kind=kind, body=body, person__name=name).first()
        if role is None:
            person = Person.objects.create(name=name, created_at=at)
            role = Role.objects.create(person=person, kind=kind, body=body, starts_on=date(2020, 1, 1))
        found[name] = role.person_id
    return found


def _payees(scene: Scene, number: int, at: datetime) -> list[int]:
    """Give the training providers that are paid, each with an account that two people set; the body has one too."""
    from doorleren.audit.acts import Party
    from doorleren.payments.commands.confirm_account import confirm_account
    from doorleren.payments.commands.propose_account import propose_account
    from doorleren.payments.commands.release_run import PAYER
    from doorleren.payments.models import PayeeAccount
    from doorleren.people.models import Organisation

    body, first, second = scene.round.body_id, scene.by("paymaster", at), scene.by("other", at)

    def account(payee: Party, iban: str) -> None:
        made = propose_account(payee, iban, f"Payee {payee.id}", body=body, reason="bench", by=first, at=at)
        confirm_account(made.pk, by=second, at=at)

    if not PayeeAccount.objects.filter(body=body, payee_kind=PAYER).exists():
        account(Party(PAYER, str(body)), PAYERS_IBAN)
    found = []
    for place in range(-(-number // CASES_PER_PAYEE)):
        kvk = f"{70_000_000 + place}"
        one, fresh = Organisation.objects.get_or_create(kvk=kvk, defaults={"name": f"Opleider {place}"})
        if fresh:
            account(Party("organisation", str(one.pk)), IBANS[place % len(IBANS)])
        found.append(one.pk)
    return found


def _apply(round_: "Round", known: "Library", number: int, payees: list[int], at: datetime) -> None:
    from doorleren.applications.models import Answer, Application, Freeze
    from doorleren.people.models import Person
    from doorleren.rounds.models import Ticket

    arrived = at + timedelta(minutes=30)
    for first in range(1, number + 1, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, number + 1))
        people = Person.objects.bulk_create([Person(name=f"Deelnemer {one}", created_at=at) for one in numbers])
        contents = {one: _hash("content", round_.pk, one) for one in numbers}
        drafts = Application.objects.bulk_create([
            Application(
                round=round_, track="learner", key=secrets.token_urlsafe(24), salt=secrets.token_hex(32),
                applicant_kind="person", applicant_number=person.pk, beneficiary_kind="person",
                beneficiary_number=person.pk, payee_kind="organisation", payee_number=payees[(one - 1) // CASES_PER_PAYEE],
                started_at=at, frozen_at=at, frozen_content=contents[one],
            ) for one, person in zip(numbers, people, strict=True)
        ])  # fmt: skip
        Answer.objects.bulk_create([row for draft, person in zip(drafts, people, strict=True)
                                    for row in _answers(draft, person.pk, known, at)])  # fmt: skip
        frozen = [(one, contents[one], _hash("person", round_.pk, one)) for one in numbers]
        Freeze.objects.bulk_create([
            Freeze(application=draft, content=content, person=person, cents=ASKED_CENTS, at=at,
                   until=at + timedelta(days=366))
            for draft, (_, content, person) in zip(drafts, frozen, strict=True)
        ])  # fmt: skip
        Ticket.objects.bulk_create([
            Ticket(id=round_.pk << 32 | one, round=round_, key=draft.key, person=person, content=content,
                   cents=ASKED_CENTS, batch=round_.pk << 32 | first, arrived_at=arrived)
            for draft, (one, content, person) in zip(drafts, frozen, strict=True)
        ])  # fmt: skip


def _answers(draft: Any, person: int, known: "Library", at: datetime) -> Iterator[Any]:
    from doorleren.applications.models import Answer
    from doorleren.applications.values import column_of

    told = {
        "person.birth_date": date(1960 + person % 40, 1 + person % 12, 1 + person % 28),
        "person.labour_market_link": True, "training.price": ASKED_CENTS,
    }  # fmt: skip
    for name, value in told.items():
        column, kept = column_of(known.vocabulary.facts[name], value)
        yield Answer(
            application=draft, subject_kind="application", subject_number=0, fact=name, origin="self", by_kind="person",
            by_id=str(person), at=at, **{column: kept},
        )  # fmt: skip


def _hash(*what: object) -> str:
    return hashlib.sha256(repr(what).encode()).hexdigest()
