"""A scheme that no code has ever seen, its round, and people who apply; made through the product's own commands."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from doorleren.applications.commands.save_answers import Given, save_answers
from doorleren.applications.commands.start_draft import start_draft
from doorleren.applications.models import Application, Freeze, PartyKind
from doorleren.applications.parties import Named
from doorleren.audit.acts import Party
from doorleren.people.models import Assurance, Organisation, Person
from doorleren.people.signed_in import SignedIn
from doorleren.rounds.commands.announce_from_scheme import announce_from_scheme
from doorleren.rounds.commands.open_gate import open_gate
from doorleren.rounds.models import NUMBER_BITS, Round, Ticket
from doorleren.rules.library import Library, open_library

SCHEME, ROUND = "proefregeling", "voorjaar"
AT = datetime(2026, 3, 10, 9, tzinfo=UTC)
TODAY = date(2026, 3, 10)
US = Party("site", "")
KEY = b"k" * 32

FILE = """
id = "proefregeling"
version = "2026-01-01"
published_on = 2026-01-01
in_force = { from = 2026-01-01 }
name = { nl = "Proefregeling leren", en = "Trial scheme for learning" }
body = { executes = "Proefbureau" }
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
id = "honest"
why = "only the applicant knows"
nl = "de opleiding is niet al betaald"
source = "order"

[[track]]
id = "firm"
name = { nl = "voor een werkgever", en = "for an employer" }
applicant = "employer"
beneficiary = "employer"
payee = "employer"
reporter = "training_provider"
[track.amount]
kind = "fixed"
is = "most"
[[track.condition]]
id = "small"
when = "employer.employees < 50"
nl = "er werken minder dan 50 mensen"
source = "order"

[[round]]
id = "voorjaar"
opens = 2026-03-01T09:00:00+01:00
closes = 2026-04-30T17:00:00+02:00
ceiling_money = 100000
ring_fenced = { for = "employer", money = 40000 }
source = "order"

[[evidence]]
id = "offer"
nl = "de offerte van de opleider"
stage = "application"
types = ["pdf"]
source = "order, art. 3"
"""


def library(folder: Path, text: str = FILE, scheme: str = SCHEME) -> Library:
    """Open the library with a scheme in a folder of its own."""
    place = folder / scheme
    place.mkdir(parents=True, exist_ok=True)
    (place / "2026-01-01.toml").write_text(text, "utf-8")
    return open_library([folder])


def a_round(known: Library, scheme: str = SCHEME, code: str = ROUND, *, opened: bool = False) -> Round:
    """Announce a round of a scheme, and open it."""
    made = announce_from_scheme(known, scheme, code, by=US, at=AT)
    if opened and made.gate.opened_at is None:
        open_gate(made.pk, by=US, at=AT)
    return made


def submitted(application: Application, number: int = 1, at: datetime = AT) -> Ticket:
    """Enter the ticket of what stands ready as the intake does, as the first of its round or another."""
    application.refresh_from_db()
    id_, frozen = (application.round_id << NUMBER_BITS) + number, application.freezes.order_by("-id")[0]
    return Ticket.objects.create(
        id=id_, round=application.round, key=application.key, person=frozen.person, content=frozen.content,
        cents=frozen.cents, kind=frozen.kind, batch=id_, arrived_at=at,
    )  # fmt: skip


def stood_ready(one: Application, at: datetime = AT) -> None:
    """Let an application have stood ready at a moment, which says that what was answered by then is right."""
    Freeze.objects.create(
        application=one, content="0" * 64, person="0" * 64, cents=0, until=at + timedelta(days=366), at=at
    )  # fmt: skip


def signed_in(person: Person, assurance: Assurance = Assurance.SUBSTANTIAL) -> SignedIn:
    """Give somebody as signed in."""
    return SignedIn(person.pk, assurance, False, AT)


def oneself(person: Person) -> Named:
    """Give somebody as a party."""
    return Named(PartyKind.PERSON, person.pk)


def firm_as(organisation: Organisation) -> Named:
    """Give an organisation as a party."""
    return Named(PartyKind.ORGANISATION, organisation.pk)


def draft(known: Library, round_: Round, person: Person, track: str = "learner", **given: Any) -> Application:
    """Start a draft for oneself."""
    told = {"applicant": oneself(person), "library": known, "by": signed_in(person), "at": AT} | given
    return start_draft(round_, track, **told)


WHOLE = {"person.birth_date": date(1990, 4, 1), "person.labour_market_link": True, "training.price": 69995}
SENSITIVE = {"person.eu_citizen": True}


def answer(known: Library, application: Application, person: Person, told: dict[str, Any]) -> int:
    """Give answers."""
    given = [Given(fact, value) for fact, value in told.items()]
    return save_answers(application.pk, given, library=known, by=signed_in(person), at=AT)
