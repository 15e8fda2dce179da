"""One place for one person in a round, also after what stood for it was withdrawn: by themselves, or by a no.

A ticket is never changed, and the database takes one for each keyed hash of who a place is for (docs/adr/0020): a person,
an organisation, a region. Once the ticket was withdrawn, which is for good, the next one goes by another hash, which
follows from the one before. So there is never more than one ticket that counts, whatever comes in first. For whom a place
is, the scheme may say (`once` of a track); what counts beyond one round stands in once.py.
"""

from collections.abc import Iterable, Iterator

from doorleren.applications.content import person_hash
from doorleren.applications.models import Application, PartyKind
from doorleren.people.models import NationalNumber
from doorleren.rounds.models import Ticket
from doorleren.rules.versions import Track


def hashes_now(round_: int, persons: Iterable[str], key: bytes) -> dict[str, str]:
    """Give, by the keyed hash of who a place is for, the one that a ticket of theirs in this round has to have now.

    It is the same one, unless a ticket by it was withdrawn.
    """
    found = {one: one for one in persons}
    while gone := _withdrawn(round_, found.values()):
        found = {one: _next(now, key) if now in gone else now for one, now in found.items()}
    return found


def place_of(draft: Application, track: Track, key: bytes) -> str:
    """Give the keyed hash of whom a place in the round is for; an application of which there may be more equals nobody.

    Without a word of the scheme that is the beneficiary; one who is not named yet is nobody else's equal.
    """
    if track.once is not None and several_in_a_round(track):
        return person_hash(f"application:{draft.key}", key)
    return counted_for(draft, track, key) or person_hash(f"application:{draft.key}", key)


def several_in_a_round(track: Track) -> bool:
    """Say whether an applicant may file more than once in a round: the scheme says so, or each is for somebody not named."""
    once = track.once
    if once is not None:
        return once.who == "application" or bool(once.times)
    return track.beneficiary not in ("", track.applicant)


def counted_for(draft: Application, track: Track, key: bytes) -> str:
    """Give the keyed hash of whom an application counts for, as its scheme says; "" where that is not known (yet)."""
    who = "" if track.once is None else track.once.who
    if who == "applicant":
        return _hash_of(draft.applicant_kind, draft.applicant_number, key)
    if who == "person" and draft.beneficiary_kind != PartyKind.PERSON:
        return ""  # who is enrolled counts then, one by one
    return _hash_of(draft.beneficiary_kind, draft.beneficiary_number, key)


def _hash_of(kind: str, number: int | None, key: bytes) -> str:
    """Give the keyed hash of a party: of a person over the national number where there is one; "" without a party."""
    if not kind:
        return ""
    if kind == PartyKind.PERSON:
        known = NationalNumber.objects.filter(person=number).values_list("lookup", flat=True).first()
        if known:
            return person_hash(f"number:{known}", key)
    return person_hash(f"{kind}:{number}", key)


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
