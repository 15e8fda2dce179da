"""A season of a simulation: a body with its officials, rounds with a ceiling, the account that the body pays from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from schwifty import IBAN

from doorleren.audit.acts import SITE, Party
from doorleren.payments.commands.confirm_account import confirm_account
from doorleren.payments.commands.propose_account import propose_account
from doorleren.payments.commands.release_run import PAYER
from doorleren.people.models import Body, Person, Role, RoleKind
from doorleren.rounds.announced import Announced
from doorleren.rounds.commands.announce_round import announce_round
from doorleren.rounds.commands.open_gate import open_gate
from doorleren.rounds.pot import Ceiling, PotRules
from doorleren.rules.library import Library, open_library
from doorleren.schemes.commands.publish_version import publish_version
from doorleren.schemes.models import PublishedVersion
from doorleren.simulation.world import Season, World

SCHEME = "simulation"


@dataclass(frozen=True, slots=True)
class Kind:
    """What a season is about: the scheme, the rules of its rounds beside the pot, how many apply, and whether they may again.

    `reserves`: a place is reserved and claimed later, until CLAIM_DAYS after the season began. `lends`: what is granted is repaid.
    """

    scheme: str
    order: str = "arrival"
    ties: str = "draw"
    most: int = 12
    again: bool = True
    reserves: bool = False
    lends: bool = False


KINDS = (
    Kind(SCHEME),
    Kind(f"{SCHEME}-ranked", "ranking", "criteria", most=6, again=False),
    Kind(f"{SCHEME}-direct"),
    Kind(f"{SCHEME}-reserved", reserves=True),
    Kind(f"{SCHEME}-loan", lends=True),
)
"""Season after season: granted and settled, ranked by a committee, settled at once, reserved and claimed later, lent and repaid."""
ALL = (RoleKind.ASSESSOR, RoleKind.DECIDER, RoleKind.PAYMASTER)
STAFF: tuple[tuple[RoleKind, ...], ...] = (
    ALL, ALL, ALL, (RoleKind.ASSESSOR,), (RoleKind.DECIDER,), (RoleKind.DECIDER,), (RoleKind.PAYMASTER,),
    (RoleKind.PAYMASTER,), (RoleKind.ASSESSOR, RoleKind.DECIDER), (RoleKind.DECIDER, RoleKind.PAYMASTER),
)  # fmt: skip
"""Who works at a body. Some have every role: there only what they did keeps them from doing more."""
LEAST_CENTS, MOST_CENTS = 15_000_000, 90_000_000
SINCE = date(2020, 1, 1)
PRESENT_SECONDS = 3600
CLAIM_DAYS = 90
BANKS = ("ABNA", "INGB", "RABO")


@cache
def library() -> Library:
    """Open the library with the schemes of the simulation."""
    return open_library([Path(__file__).parent / "schemes"])


def iban(number: int) -> str:
    """Give a correct Dutch IBAN that belongs to a number."""
    return str(IBAN.generate("NL", bank_code=BANKS[number % len(BANKS)], account_code=f"{number:010d}"))


def begin_season(world: World, number: int) -> Season:
    """Let a season begin: people with roles, rounds that are open, an account of the body that two people set."""
    body = Body.objects.create(code=f"{SCHEME}-{number}", name=f"Body {number}")
    officials = {
        _official(f"Official {number}.{place}", kinds, body, world): kinds for place, kinds in enumerate(STAFF)
    }
    administrators = tuple(
        _official(f"Administrator {number}.{place}", (RoleKind.ADMINISTRATOR,), body, world) for place in range(2)
    )
    kind = KINDS[(number - 1) % len(KINDS)]
    ceilings = {
        f"{SCHEME}-{number}{name}": world.chance.randrange(LEAST_CENTS, MOST_CENTS, 100)
        for name in ("", "-again")[: 1 + kind.again]
    }
    version = publish_version(_content(world, kind, ceilings), by=SITE, at=world.at)
    rounds = {_round(version, code, ceiling, kind, body, world): ceiling for code, ceiling in ceilings.items()}
    tracks = tuple(one.id for one in world.library.schemes[kind.scheme].versions[0].tracks)
    ranked = kind.order == "ranking"
    season = Season(
        number, body.pk, rounds, officials, administrators, ranked, tracks, kind.most, kind.reserves, kind.lends
    )
    world.begin(season)
    _account_of_the_body(world, body)
    return season


def _round(version: PublishedVersion, code: str, ceiling: int, kind: Kind, body: Body, world: World) -> int:
    """Announce a round and open it; give its number."""
    pot = PotRules(Ceiling(ceiling), partly=world.maybe(0.5), goes_on=world.maybe(0.5))
    rules = Announced(kind.order, pot, present_seconds=PRESENT_SECONDS, ties=kind.ties)
    made = announce_round(version, code, rules, body=body, opens_at=world.at, closes_at=None, by=SITE, at=world.at)
    open_gate(made.pk, by=SITE, at=world.at)
    return made.pk


def _content(world: World, kind: Kind, ceilings: Mapping[str, int]) -> dict[str, Any]:
    """Give the scheme with the rounds of this season in its file: what a round is not announced in, nobody can apply in."""
    told = dict(world.library.resolved(world.library.schemes[kind.scheme].versions[0]))
    own = {"order": kind.order, "ties": kind.ties} if kind.order == "ranking" else {}
    rounds = [
        {"id": code, "opens": world.at, "ceiling_money": ceiling // 100, "source": "order"} | own
        for code, ceiling in ceilings.items()
    ]
    if kind.reserves:
        last = {"value": world.today + timedelta(days=CLAIM_DAYS)}
        told["parameter"] = [
            {**one, "values": [value | last for value in one["values"]]} if one["id"] == "last_claim_day" else one
            for one in told["parameter"]
        ]
    return {**told, "round": rounds}


def _official(name: str, kinds: tuple[RoleKind, ...], body: Body, world: World) -> int:
    person = Person.objects.create(name=name, created_at=world.at)
    for kind in kinds:
        Role.objects.create(person=person, kind=kind, body=body, starts_on=SINCE)
    return person.pk


def _account_of_the_body(world: World, body: Body) -> None:
    """Let two paymasters set the account, and its 48 hours go by."""
    first, second = [one for one, kinds in world.season.officials.items() if kinds == (RoleKind.PAYMASTER,)]
    payee, at = Party(PAYER, str(body.pk)), world.at
    row = propose_account(
        payee, iban(world.season.number), "Body", body=body.pk, reason="first", by=world.fresh(first), at=at
    )
    confirm_account(row.pk, by=world.fresh(second), at=at)
    world.at += timedelta(days=2)
