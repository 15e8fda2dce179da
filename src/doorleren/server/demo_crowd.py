"""The invented people who apply in the round of the demo that can run out: as anybody would, from a draft to a receipt.

Each puts an application ready with facts of a worked example of the scheme, and submits it over HTTP to the intake. So each
gets a place, then a case, and what is reserved for it stands in the ledger.
"""

import asyncio
import tempfile
from collections import deque
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from django.db import transaction

from doorleren.applications.models import PartyKind
from doorleren.applications.parties import Named
from doorleren.applications.refusing import ApplicationRefused
from doorleren.applications.sealing import token_of
from doorleren.audit.acts import Party
from doorleren.core.days import day_of
from doorleren.people.models import Assurance
from doorleren.people.signed_in import SignedIn
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from doorleren.schemes.queries import version_of
from doorleren.server.clock import now
from doorleren.server.demo_cases.examples import Example, amounts
from doorleren.server.demo_cases.filing import invented, put_ready
from doorleren.server.demo_cases.scene import LONGEST_AGO
from doorleren.server.rush.crowd import CREATED, come_forward

US = Party("site", "demo")
FIRST_NAMES = (
    "Aya", "Bas", "Britt", "Cem", "Chantal", "Daan", "Demi", "Dunya", "Eva", "Fleur", "Floris", "Gijs", "Hanna", "Imane",
    "Jaap", "Jolanda", "Kees", "Kim", "Lars", "Lieke", "Malik", "Manon", "Mila", "Niels", "Nora", "Olga", "Pieter", "Rachid",
    "Rens", "Sara", "Sem", "Silvia", "Tim", "Tuğba", "Ulrike", "Vincent", "Wendy", "Yassin", "Zoë", "Zeger",
)  # fmt: skip
CONNECTIONS = 4


def apply_as_crowd(round_: int, library: Library, today: date, *, key: bytes, port: int) -> int:
    """Let them all apply, with the key that tokens are sealed with; give how many got a receipt."""
    some = [one.encode() for one in ready_tokens(Round.objects.get(pk=round_), library, today, key=key)]
    with tempfile.TemporaryDirectory() as folder:
        answers = Path(folder) / "answers"
        asyncio.run(come_forward(some, port, CONNECTIONS, answers))
        statuses = [int(line.split(b" ", 2)[1]) for line in answers.read_bytes().splitlines()]
    return statuses.count(CREATED)


def ready_tokens(round_: Round, library: Library, today: date, *, key: bytes) -> Iterator[str]:
    """Put an application of each of them ready, with the examples in turn, and give its token.

    An example that the demo cannot file is passed over. Raises LookupError where none is left.
    """
    version = version_of(round_.version_id)
    theirs = (track for track in version.tracks if track.applicant == "person")
    some = deque(one for track in theirs for one in amounts(library, version, track))
    for name in FIRST_NAMES:
        yield _next_token(round_, some, f"{name} Voorbeeld", library, today, key)


def _next_token(
    round_: Round, some: deque[Example], name: str, library: Library, today: date, key: bytes
) -> str:  # fmt: skip
    while some:
        try:
            with transaction.atomic():
                token = _token(round_, some[0], name, library, today, key)
        except ApplicationRefused:  # it asks a document, or something else that the demo cannot give
            some.popleft()
        else:
            some.rotate(-1)
            return token
    raise LookupError(f"round {round_.code} of {round_.version} has no example of a person that can be filed")


def _token(round_: Round, one: Example, name: str, library: Library, today: date, key: bytes) -> str:
    at = now()
    person = invented(name, US, at)
    by = SignedIn(person, Assurance.SUBSTANTIAL, True, at)
    application, frozen = put_ready(
        round_, one, Named(PartyKind.PERSON, person), library=library, by=by, today=today,
        listed_at=_before(today, at), clock=now,
    )  # fmt: skip
    return token_of(application, frozen, key)


def _before(today: date, at: datetime) -> datetime:
    """Give a moment long before all that the demo shows: before the day that it shows, and before now."""
    return at - max(day_of(at) - today, timedelta()) - timedelta(days=LONGEST_AGO)
