"""A round for the demo: any scheme's with a ceiling in money, with a small pot, opened, and some people who applied.

All through the product's own ways: announced and opened by commands, tickets through the intake with tokens. It is a
rehearsal: nobody gets money. A thread of `serve`, so that the site is there before it.
"""

import asyncio
import logging
import tempfile
import threading
from dataclasses import replace
from pathlib import Path

from django.db import connection

from doorleren.audit.acts import Party
from doorleren.people.demo import BODY
from doorleren.people.models import Body
from doorleren.rounds.announced import announced_of
from doorleren.rounds.commands.announce_round import announce_round
from doorleren.rounds.commands.open_gate import open_gate
from doorleren.rounds.models import Round
from doorleren.rounds.pot import Ceiling, PotRules
from doorleren.rules.library import Library, open_library
from doorleren.rules.versions import Round as Opened
from doorleren.rules.versions import Version
from doorleren.schemes.commands.publish_version import publish_version
from doorleren.server import environment
from doorleren.server.clock import now
from doorleren.server.intake.beside import Intake
from doorleren.server.intake.keys import read_keys
from doorleren.server.rush.crowd import come_forward
from doorleren.server.rush.people import tokens

log = logging.getLogger(__name__)

US = Party("site", "demo")
CODE = "demo"
POT_CENTS = 5_000_000
PEOPLE = 40
CONNECTIONS = 4
VALID_SECONDS = 3600


def demo_round_beside(intake: Intake) -> None:
    """Make it in a thread of its own, where there is none yet; what goes wrong is said and stops nothing."""
    threading.Thread(target=_try, args=(intake,), name="demo round", daemon=True).start()


def open_demo_round(library: Library) -> int | None:
    """Announce and open the round; give its number, None where it was there already or no scheme has such a round."""
    if Round.objects.filter(code=CODE).exists():
        return None
    found = _with_money(library)
    if found is None:
        return None
    version, opened = found
    at, (code, name) = now(), BODY
    body, _ = Body.objects.get_or_create(code=code, defaults={"name": name})
    rules = announced_of(opened)
    pot = PotRules(Ceiling(POT_CENTS), partly=rules.pot.partly, goes_on=rules.pot.goes_on)
    row = publish_version(library.resolved(version), by=US, at=at)
    made = announce_round(
        row, CODE, replace(rules, pot=pot), body=body, opens_at=at, closes_at=None, rehearsal=True, by=US, at=at
    )
    open_gate(made.pk, by=US, at=at)
    return made.pk


def apply_for_demo(round_: int, port: int, home: Path) -> None:
    """Let some invented people apply, over HTTP as anybody would."""
    until = int(now().timestamp()) + VALID_SECONDS
    some = [one.encode() for one in tokens(round_, PEOPLE, 1, until, read_keys(home).tokens)]
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(come_forward(some, port, CONNECTIONS, Path(folder) / "answers"))


def _with_money(library: Library) -> tuple[Version, Opened] | None:
    """Find the last round by arrival with a ceiling in money and nothing set apart, of any scheme."""
    found = [
        (opened.opens, version.id, version, opened)
        for scheme in library.schemes.values()
        for version in scheme.versions
        for opened in version.rounds
        if opened.ceiling_money is not None and opened.order == "arrival" and not opened.ring_fenced
    ]
    return max(found, key=lambda one: one[:2])[2:] if found else None


def _try(intake: Intake) -> None:
    try:
        round_ = open_demo_round(open_library(environment.read().schemes))
        if round_ is not None:
            intake.wait()
            apply_for_demo(round_, intake.port, environment.read().home)
    except Exception as error:  # the site goes on without it
        log.error("the round of the demo could not be made: %s: %s", type(error).__name__, " ".join(str(error).split()))
    finally:
        connection.close()
