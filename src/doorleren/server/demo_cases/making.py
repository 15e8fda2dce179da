"""Making the invented cases of the demo, once: each round with its cases in one transaction, so that nothing comes in between.

What goes wrong in one is said and stops no other. Made after the rounds to rehearse in (`demo_round.py`), while the site is
there already; what is in the past here bears moments in the past, as `rehearsal` says of all of it.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import cache, partial

from django.db import OperationalError, connection, transaction

from doorleren.applications.refusing import ApplicationRefused
from doorleren.cases.models import PROCEDURES
from doorleren.payments.jobs import follow_all
from doorleren.rounds.models import Round
from doorleren.rules.frameworks import LOAN
from doorleren.rules.library import Library
from doorleren.server.demo_cases.acting import ACCOUNT_DAYS, account_of_body
from doorleren.server.demo_cases.correcting import ask_once
from doorleren.server.demo_cases.examples import Example, examples, plain
from doorleren.server.demo_cases.lending import lent
from doorleren.server.demo_cases.lives import APPLICANT, LONG_AGO, batch, lately, long_ago, today, under_way, whole
from doorleren.server.demo_cases.scene import CODE, Scene, scene_of
from doorleren.server.intake.keys import Keys

log = logging.getLogger(__name__)

Tell = Callable[[Scene, Example, str], None]
Examples = Callable[[], Sequence[Example]]
Part = tuple[str, str, Tell, Examples]
"""Its name, the code of its round, what is told, and what gives the examples of which the first is taken that can be filed."""
MAIN = "grant_settle"
"""The kind of procedure whose cases are shown in many states."""
WAITS = "under way"
"""What the parts with cases that wait are called, after the kind of procedure."""
TRIES = 3
"""How often is begun again where another process of the site was in the way."""


def make_demo_cases(
    library: Library, keys: Keys, *, now: Callable[[], datetime], some: Sequence[Part] | None = None
) -> tuple[str, ...]:
    """Make them where there are none; give the names of the parts that were made now. `some`: other parts than `parts` gives.

    Examples are looked for only where a part is lacking: a site that has them all starts without reading any.
    """
    found = list(parts(cache(partial(examples, library)))) if some is None else some
    scene, made = scene_of(library, keys, now()), []
    with transaction.atomic():
        account_of_body(scene, LONG_AGO + ACCOUNT_DAYS)
    for name, code, tell, of in found:
        if Round.objects.filter(code=code, rehearsal=True).exists():
            continue
        follow_all(now)  # whatever of others waits is theirs, and of now
        if _first((name, code, tell, of), scene):
            made.append(name)
    with transaction.atomic():
        ask_once(scene, APPLICANT)
    return tuple(made)


def parts(found: Callable[[str], Sequence[Example]]) -> Iterator[Part]:
    """Give the parts, in the order in which they are made; `found` gives the examples of a kind of procedure."""

    def people() -> list[Example]:
        return [one for one in found(MAIN) if one.track.applicant == "person" and one.cents]

    def alone() -> list[Example]:
        return [one for procedure in PROCEDURES for one in plain(found(procedure))]

    told: list[tuple[str, Tell, Examples]] = [
        ("long ago", long_ago, people), ("lately", lately, people), ("today", today, people), ("batch", batch, alone),
        *((each, lent if each == LOAN else whole, partial(found, each)) for each in PROCEDURES if each != MAIN),
        *((f"{procedure} {WAITS}", under_way, partial(found, procedure)) for procedure in PROCEDURES if procedure != MAIN),
    ]  # fmt: skip
    for number, (name, tell, some) in enumerate(told, 1):
        yield name, f"{CODE}-{number}", tell, some


def _first(part: Part, scene: Scene) -> bool:
    """Tell it with the first example that can be filed here; say whether there was one."""
    name, code, tell, some = part
    for one in some():
        try:
            _at_once(partial(tell, scene, one, code))
        except ApplicationRefused:  # it asks a document, or something else that the demo cannot give
            continue
        except Exception as error:  # the other parts go on without it
            if not connection.is_usable():  # the database stops, and so does the rest
                raise
            log.error(
                "the demo has no %s (%s): %s: %s",
                name,
                one.version.id,
                type(error).__name__,
                " ".join(str(error).split()),
            )
            return False
        return True
    log.error("the demo has no %s: no scheme has an example that can be filed here", name)
    return False


def _at_once(tell: Callable[[], None]) -> None:
    """Do it in one transaction, and again where another process held what it needs."""
    for left in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                tell()
        except OperationalError:
            if not left:
                raise
        else:
            return
