"""One place for one person in a round, also after what stood for it was withdrawn: by themselves, or by a no.

A ticket is never changed, and the database takes one for each keyed hash of who a place is for (docs/adr/0020): a person,
an organisation, a region. Once the ticket was withdrawn, which is for good, the next one goes by another hash, which
follows from the one before. So there is never more than one ticket that counts, whatever comes in first.
"""

from collections.abc import Iterable, Iterator

from doorleren.applications.content import person_hash
from doorleren.rounds.models import Ticket


def hashes_now(round_: int, persons: Iterable[str], key: bytes) -> dict[str, str]:
    """Give, by the keyed hash of who a place is for, the one that a ticket of theirs in this round has to have now.

    It is the same one, unless a ticket by it was withdrawn.
    """
    found = {one: one for one in persons}
    while gone := _withdrawn(round_, found.values()):
        found = {one: _next(now, key) if now in gone else now for one, now in found.items()}
    return found


def chain(first: str, key: bytes) -> Iterator[str]:
    """Give the hashes that can stand for somebody, without an end: the first, and after each that was withdrawn another."""
    while True:
        yield first
        first = _next(first, key)


def _next(person: str, key: bytes) -> str:
    """Give the hash that comes after one whose ticket was withdrawn."""
    return person_hash(f"again:{person}", key)


def _withdrawn(round_: int, persons: Iterable[str]) -> set[str]:
    """Find by which of these hashes there was a ticket that was withdrawn."""
    rows = Ticket.objects.filter(round=round_, person__in=list(persons), withdrawal__isnull=False)
    return set(rows.values_list("person", flat=True))
