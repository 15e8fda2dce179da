"""Rounds, drafts and tickets for the tests: made through the product's own commands where there is one."""

import hashlib
from datetime import UTC, datetime
from itertools import count
from typing import Any

from doorleren.audit.acts import Party
from doorleren.people.models import Body
from doorleren.rounds.announced import Announced
from doorleren.rounds.commands.announce_round import announce_round
from doorleren.rounds.commands.open_gate import open_gate
from doorleren.rounds.models import NUMBER_BITS, Round, Ticket
from doorleren.rounds.pot import Ceiling, PotRules
from doorleren.rounds.tokens import Frozen
from doorleren.schemes.models import PublishedVersion

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
US = Party("site", "")
_numbers = count(1)


def version() -> PublishedVersion:
    """Keep a version that only has a name: no rule of it is asked here."""
    digest = hashlib.sha256(b"%d" % next(_numbers)).hexdigest()
    return PublishedVersion.objects.create(scheme="s", version="v", digest=digest, content="{}", published_at=AT)


def announced(order: str = "arrival", cents: int | None = None, number: int | None = None, **pot: Any) -> Announced:
    """Give rules for a round."""
    return Announced(order, PotRules(Ceiling(cents, number), **pot))


def a_round(rules: Announced | None = None, *, opened: bool = True) -> Round:
    """Announce a round, and open it."""
    body, _ = Body.objects.get_or_create(code="body", defaults={"name": "Body"})
    made = announce_round(
        version(), "r", rules or announced(), body=body, opens_at=AT, closes_at=None, rehearsal=True, by=US, at=AT
    )
    if opened:
        open_gate(made.pk, by=US, at=AT)
    return made


def frozen(round_: int, number: int, **other: Any) -> Frozen:
    """Freeze a draft; drafts of one number are of one person."""
    told = {
        "round": round_,
        "key": f"key-of-draft-{number:08d}",
        "person": hashlib.sha256(b"person %d" % number).hexdigest(),
        "content": hashlib.sha256(b"content %d" % number).hexdigest(),
        "cents": 1000,
        "kind": "",
        "until": 1 << 40,
    }
    return Frozen(**(told | other))


def tickets(round_: Round, asked: list[tuple[int, str]]) -> list[Ticket]:
    """Enter tickets without the intake, one second apart: amounts in cents, and kinds of applicant."""
    rows = []
    for number, (cents, kind) in enumerate(asked, 1):
        one = frozen(round_.pk, number, cents=cents, kind=kind)
        rows.append(
            Ticket(
                id=(round_.pk << NUMBER_BITS) + number, round=round_, key=one.key, person=one.person,
                content=one.content, cents=cents, kind=kind, batch=(round_.pk << NUMBER_BITS) + 1,
                arrived_at=AT.replace(second=number % 60),
            )
        )  # fmt: skip
    return Ticket.objects.bulk_create(rows)
