"""Events, people and broken ledgers for the tests of payments."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count

from django.db import connection

from doorleren.audit.acts import Party
from doorleren.payments.commands.post import Event
from doorleren.people.models import Assurance, Body, Person, Role, RoleKind
from doorleren.people.signed_in import SignedIn
from doorleren.rounds.models import Round
from tests.people import made as people

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
US = Party("site", "")
TABLES = (
    "payments_followedadvance",
    "payments_followeddecision",
    "payments_leftout",
    "payments_bankclosing",
    "payments_bankanswer",
    "payments_bankentry",
    "payments_bankmessage",
    "payments_paymenthandover",
    "payments_paymentfile",
    "payments_paymentevent",
    "payments_paymentline",
    "payments_paymentrun",
    "payments_payeenotice",
    "payments_payeeaccount",
    "payments_posting",
    "payments_transaction",
    "payments_account",
)
LAST_POSTING = (
    "(transaction_id, line) = (SELECT transaction_id, line FROM payments_posting ORDER BY 1 DESC, 2 DESC LIMIT 1)"
)
"""Finds one posting, the last."""
_keys = count(1)


def event(act: str, cents: int, case: str, round_: Round, key: str = "", kind: str = "case") -> Event:
    """An event of a case in a round, with a key of its own unless one is given."""
    return Event(act, Party(kind, case), cents, key or f"test:{next(_keys)}", round_.body_id, round_.pk)


def ceiling(round_: Round, cents: int) -> Event:
    """The ceiling of a round."""
    return event("set_ceiling", cents, str(round_.pk), round_, kind="round")


def checked_at_commit() -> None:
    """Let the database check now what it checks at commit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@contextmanager
def unguarded() -> Iterator[None]:
    """Take the triggers and foreign keys off the tables, as somebody could who owns them."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        yield
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER ALL")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def run(sql: str, *values: object) -> None:
    """Run a statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def emptied() -> None:
    """Empty the tables after a test that committed: the guards let nobody else do it, not even Django between tests."""
    with unguarded():
        run(f"TRUNCATE {', '.join(TABLES)}")


def official(name: str, body: Body, *kinds: RoleKind, at: datetime = AT) -> SignedIn:
    """An official of a body, signed in as the acts on accounts ask."""
    person = Person.objects.create(name=name, created_at=AT)
    for kind in kinds or (RoleKind.PAYMASTER,):
        Role.objects.create(person=person, kind=kind, body=body, starts_on=people.LONG_AGO)
    return SignedIn(person.pk, Assurance.SUBSTANTIAL, True, at)
