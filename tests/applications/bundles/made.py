"""A scheme with advisers that no code has ever seen, its rounds with and without a limit a day, an adviser, and rows."""

from datetime import date
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from doorleren.applications.bundles.rows import Row, rows_of_json
from doorleren.applications.commands.submit_bundle import Sealing, submit_bundle
from doorleren.applications.models import Bundle, Qualification
from doorleren.people.models import Assurance, Organisation, Person, RoleKind
from doorleren.people.national_number import new_keys, read_keys
from doorleren.people.signed_in import SignedIn
from doorleren.rounds.models import Round
from doorleren.rules.library import Library, open_library
from tests.applications import made as applications
from tests.applications.made import AT, KEY, TODAY
from tests.people import made as people

SCHEME, FREE, LIMITED = "adviesproef", "vrij", "begrensd"
MOST = 3
"""The limit of a day in the trial scheme."""
KEYS = read_keys(new_keys())
SIGNING = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
SEALING = Sealing(KEYS, KEY, SIGNING)

HEAD = """
id = "adviesproef"
version = "{version}"
published_on = {first}
in_force = {{ from = {first}{last} }}
name = {{ nl = "Proefregeling advies", en = "Trial scheme for advice" }}
body = {{ executes = "Proefbureau" }}
[source]
order = {{ cite = "Staatscourant 2026, 2", weight = "binding" }}
[procedure]
kind = "reserve_claim"
[[parameter]]
id = "price"
unit = "euro"
values = [{{ from = 2026-01-01, value = 500, source = "order" }}]
[[track]]
id = "advice"
applicant = "career_adviser"
beneficiary = "person"
payee = "career_adviser"
reporter = "career_adviser"
[track.amount]
kind = "fixed"
is = "price"
[[track.condition]]
id = "adult"
when = "age(person.birth_date) >= 18"
nl = "de deelnemer is 18 jaar of ouder"
en = "the participant is 18 or older"
source = "order"
[[track.condition]]
id = "tie"
when = "person.labour_market_link"
nl = "de deelnemer heeft een band met de arbeidsmarkt"
en = "the participant has a tie to the labour market"
source = "order"
[[track.condition]]
id = "qualified"
of = "adviser"
when = "adviser.qualified"
nl = "de adviseur is gekwalificeerd"
source = "order"
"""
LIMIT = """
[[parameter]]
id = "a_day"
unit = "number"
values = [{ from = 2026-01-01, value = 3, source = "order, art. 4" }]
[[track.condition]]
id = "not_too_many"
of = "adviser"
when = "adviser.registrations_today < a_day"
nl = "de adviseur heeft vandaag nog geen 3 deelnemers geregistreerd"
en = "the adviser has not yet registered 3 participants today"
source = "order, art. 4"
"""
ROUND = """
[[round]]
id = "{code}"
opens = {opens}T09:00:00+01:00
ceiling_count = 50000
source = "order"
"""


def library(folder: Path) -> Library:
    """Open the library with two versions of the scheme: the first has no limit a day, the second has."""
    place = folder / SCHEME
    place.mkdir(parents=True, exist_ok=True)
    free = HEAD.format(version="2026-01-01", first="2026-01-01", last=", to = 2026-01-31")
    limited = HEAD.format(version="2026-02-01", first="2026-02-01", last="")
    (place / "2026-01-01.toml").write_text(free + ROUND.format(code=FREE, opens="2026-01-05"), "utf-8")
    (place / "2026-02-01.toml").write_text(limited + LIMIT + ROUND.format(code=LIMITED, opens="2026-02-05"), "utf-8")
    return open_library([folder])


def a_round(known: Library, code: str = FREE, *, opened: bool = True) -> Round:
    """Announce a round of the scheme, and open it."""
    return applications.a_round(known, SCHEME, code, opened=opened)


def adviser(name: str = "Tom", kvk: str = "90000029", *, qualified: bool = True) -> tuple[Person, Organisation]:
    """Make an adviser with a firm, its mandate and a qualification."""
    person, firm = people.person(name=name), people.organisation(kvk)
    people.mandate(person, firm)
    people.role(person, RoleKind.CAREER_ADVISER, organisation=firm)
    if qualified:
        Qualification.objects.create(
            adviser=person, starts_on=date(2020, 1, 1), ends_on=date(2030, 1, 1), given_by_kind="site", given_at=AT
        )
    return person, firm


def number(place: int) -> str:
    """Give a national number that passes the 11-test, another for each place (test numbers, from 900000000)."""
    found, nine = 0, 900_000_000
    while True:
        digits = [int(sign) for sign in str(nine)]
        rest = sum(digit * weight for digit, weight in zip(digits, (9, 8, 7, 6, 5, 4, 3, 2), strict=False)) - digits[8]
        if rest % 11 == 0:
            if found == place:
                return str(nine)
            found += 1
        nine += 1


NUMBERS = [number(place) for place in range(60)]


def row(place: int, **other: Any) -> dict[str, Any]:
    """Give a row that is right, but for what is said."""
    return {
        "reference": f"klant-{place}", "national_number": NUMBERS[place], "name": f"Piet de {'abcdefghij'[place % 10]}oer",
        "birth_date": "1985-04-01", "person.labour_market_link": True,
    } | other  # fmt: skip


def rows(known: Library, *told: dict[str, Any]) -> list[Row]:
    """Read rows."""
    return rows_of_json(list(told), known.vocabulary)


def signed_in(person: Person) -> SignedIn:
    """Give somebody as signed in."""
    return SignedIn(person.pk, Assurance.SUBSTANTIAL, False, AT)


def submit(
    known: Library, round_: Round, who: tuple[Person, Organisation], *told: dict[str, Any], **other: Any
) -> Bundle:
    """Hand in a bundle."""
    given = {
        "organisation": who[1].pk, "sealing": SEALING, "today": TODAY, "library": known, "by": signed_in(who[0]), "at": AT,
    } | other  # fmt: skip
    return submit_bundle(round_, rows(known, *told), **given)
