"""One place for one person in a round, also after somebody registered them who should not have.

A ticket is never changed, and the database takes one for each keyed hash of a person (docs/adr/0020). Once the ticket of
a registration was withdrawn, the person's next one goes by another hash, which follows from the one before. So there is
never more than one ticket that counts.
"""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from doorleren.applications.content import person_hash
from doorleren.applications.models import Registration
from doorleren.rounds.models import Ticket


def hashes_now(round_: int, persons: Iterable[str], key: bytes) -> dict[str, str]:
    """Give, by the keyed hash of a person, the one that a ticket of theirs in this round has to have now.

    It is the same one, unless a registration by it was withdrawn. What people withdrew that they filed themselves stays theirs.
    """
    found = {one: one for one in persons}
    while gone := _let_go(round_, found.values()):
        found = {one: person_hash(f"again:{now}", key) if now in gone else now for one, now in found.items()}
    return found


def _let_go(round_: int, persons: Iterable[str]) -> set[str]:
    """Find by which of these hashes there was a registration whose ticket was withdrawn."""
    withdrawn = Ticket.objects.filter(round=round_, key=OuterRef("application__key"), withdrawal__isnull=False)
    rows = Registration.objects.filter(Exists(withdrawn), round=round_, person__in=list(persons))
    return set(rows.values_list("person", flat=True))
