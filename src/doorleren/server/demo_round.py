"""Rounds for the demo: per kind of applicant and of procedure a rehearsal to apply in today, one that opens later, and some people who did.

All through the product's own ways: announced and opened by commands, applied for by `demo_crowd.py`. Nobody gets money. A
thread of `serve`, so that the site is there before them. Which schemes: `demo_schemes.py`. After them come the cases for
officials: `demo_cases/`.
"""

import logging
import threading
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from django.db import connection
from django.utils import timezone

from doorleren.audit.acts import Party
from doorleren.cases.frameworks import frameworks
from doorleren.core.days import AMSTERDAM
from doorleren.people.demo import BODY
from doorleren.people.models import Body
from doorleren.rounds.announced import Announced, announced_of
from doorleren.rounds.commands.announce_round import announce_round
from doorleren.rounds.commands.open_gate import open_gate
from doorleren.rounds.models import Round
from doorleren.rounds.pot import Ceiling, PotRules
from doorleren.rules.caps import caps_of
from doorleren.rules.library import Library, open_library
from doorleren.schemes.commands.publish_version import publish_version
from doorleren.server import environment
from doorleren.server.clock import now
from doorleren.server.demo_cases.making import make_demo_cases
from doorleren.server.demo_crowd import apply_as_crowd
from doorleren.server.demo_schemes import Shown, to_show
from doorleren.server.intake.beside import Intake
from doorleren.server.intake.keys import read_keys

log = logging.getLogger(__name__)

US = Party("site", "demo")
CODE = "demo"
POT_CENTS = 5_000_000
AHEAD_DAYS = 7
AHEAD_AT = time(10, tzinfo=AMSTERDAM)


def demo_rounds_beside(intake: Intake) -> None:
    """Make them in a thread of its own, those that are not there yet; what goes wrong is said and stops nothing."""
    threading.Thread(target=_try, args=(intake,), name="demo rounds", daemon=True).start()


def open_demo_rounds(library: Library, today: date) -> int | None:
    """Announce and open the rounds that are not there yet; give the number of the one for the crowd where it is new.

    They open on the day that the demo shows, so that what is filed is judged on that day where the version holds on it.
    """
    crowded = None
    for one in to_show(library, today):
        made = _opened(library, one, today)
        crowded = made if one.crowd and made is not None else crowded
    return crowded


def _opened(library: Library, one: Shown, today: date) -> int | None:
    """Announce one round, and open it unless it is one for later; None where this version has its rehearsal already."""
    at, (code, name) = now(), BODY
    opens_at = datetime.combine(today, timezone.localtime(at).timetz())
    row = publish_version(library.resolved(one.version), by=US, at=at)
    there = Round.objects.filter(version=row, code=CODE)
    if one.ahead:
        opens_at = datetime.combine(today + timedelta(days=AHEAD_DAYS), AHEAD_AT)
        there = Round.objects.filter(version=row, code__startswith=f"{CODE}-", opens_at__gt=at)
    if there.exists():
        return None
    body, _ = Body.objects.get_or_create(code=code, defaults={"name": name})
    made = announce_round(
        row,
        f"{CODE}-{opens_at:%Y-%m-%d}" if one.ahead else CODE,
        _rules(one, small=one.crowd),
        body=body,
        opens_at=opens_at,
        closes_at=None,
        rehearsal=True,
        by=US,
        at=at,
    )
    if not one.ahead:
        open_gate(made.pk, by=US, at=at)
    return made.pk


def _rules(one: Shown, *, small: bool) -> Announced:
    """Give the rules of the scheme's own round; for the crowd with a pot so small that one sees it shrink."""
    rules = announced_of(one.like, frameworks().get(one.version.framework), caps_of(one.version, one.like))
    if not small:
        return rules
    pot = PotRules(Ceiling(POT_CENTS), partly=rules.pot.partly, goes_on=rules.pot.goes_on)
    return replace(rules, pot=pot, components=())


def _try(intake: Intake) -> None:
    surroundings = environment.read()
    try:
        today = surroundings.shown_day or timezone.localdate(now())
        library, keys = open_library(surroundings.schemes), read_keys(surroundings.home)
        round_ = open_demo_rounds(library, today)
        if round_ is not None:
            intake.wait()
            came = apply_as_crowd(round_, library, today, key=keys.tokens, port=intake.port)
            log.info("%s invented people applied in round %s", came, round_)
        made = make_demo_cases(library, keys, now=now)
        if made:
            log.info("invented cases were made: %s", ", ".join(made))
    except Exception as error:  # the site goes on without them
        log.error(
            "the rounds or cases of the demo could not be made: %s: %s",
            type(error).__name__,
            " ".join(str(error).split()),
        )
    finally:
        connection.close()
