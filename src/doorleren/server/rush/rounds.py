"""The round of a rush: a rehearsal of our own, announced, opened, shut and drawn as any other. Django is loaded."""

import hashlib
import json
import secrets
import time

from doorleren.audit.acts import Party
from doorleren.people.models import Body
from doorleren.rounds.announced import Announced
from doorleren.rounds.commands.announce_round import announce_round
from doorleren.rounds.commands.open_gate import close_gate, open_gate
from doorleren.rounds.models import Allocation, Round, Ticket
from doorleren.rounds.pot import Ceiling, PotRules
from doorleren.rounds.queries import ids_of
from doorleren.rounds.times import at_the_ceiling
from doorleren.schemes.models import PublishedVersion
from doorleren.server.clock import now

US = Party("site", "rush")
PRESENT_SECONDS = 24 * 3600
NAME = "rehearsal"
PATIENCE_SECONDS, LOOK_SECONDS = 30.0, 0.05


def announce_rehearsal(order: str, pot: int) -> int:
    """Announce and open a round in which the pot (cents) is what there is; give its number."""
    at = now()
    content = json.dumps({"id": NAME})
    digest = hashlib.sha256(content.encode()).hexdigest()
    version, _ = PublishedVersion.objects.get_or_create(
        digest=digest, defaults={"scheme": NAME, "version": NAME, "content": content, "published_at": at}
    )
    body, _ = Body.objects.get_or_create(code=NAME, defaults={"name": "Oefening"})
    rules = Announced(order, PotRules(Ceiling(pot)), present_seconds=PRESENT_SECONDS)
    code = f"{NAME}-{secrets.token_hex(8)}"
    made = announce_round(version, code, rules, body=body, opens_at=at, closes_at=None, rehearsal=True, by=US, at=at)
    open_gate(made.pk, by=US, at=at)
    return made.pk


def close_and_draw(round_: int) -> None:
    """Wait until who came has a place, where places are given meanwhile; then shut the gate and give the seed."""
    _caught_up(round_)
    shut_and_draw(round_)


def shut_and_draw(round_: int) -> None:
    """Shut the gate, saying whether the pot was empty by then, and give the seed that settles what the order leaves open."""
    row = Round.objects.select_related("gate").prefetch_related("parts").get(pk=round_)
    close_gate(round_, by=US, at=now(), ended="ceiling" if at_the_ceiling(row, now()) else "act")
    Allocation.objects.filter(pk=round_).update(seed=secrets.token_hex(32))


def _caught_up(round_: int) -> None:
    """Where places are given while people come: wait until everybody has one, but not for ever."""
    until = time.monotonic() + PATIENCE_SECONDS
    came = Ticket.objects.filter(id__range=ids_of(round_)).count()
    by_arrival = Round.objects.filter(pk=round_, order="arrival")
    while by_arrival.filter(allocation__position__lt=came).exists() and time.monotonic() < until:
        time.sleep(LOOK_SECONDS)
