"""A region that applies for itself: its code, its one place in a round, and who filed for it already. Reads only.

A region is no organisation (access.py): one of its organisations files for it. So its place goes by the code of the region
and the year that it is for, whichever organisation files; the tickets of a round take each place once.
"""

from itertools import takewhile
from typing import Any

from doorleren.applications.content import person_hash
from doorleren.applications.models import Application, PartyKind
from doorleren.applications.one_place import chain
from doorleren.applications.parties import Named
from doorleren.core.texts import Texts
from doorleren.people.models import Organisation
from doorleren.register.models import Postcode
from doorleren.rounds.models import Round, Ticket
from doorleren.rules.versions import Track

CODE = "region.code"
CALLED = ("gemeente ", "municipality of ")
REGION = "region"


def needed_of_region(track: Track) -> frozenset[str]:
    """Name what must be known though no rule of the scheme may look at it: of a region that applies for itself, which it is."""
    return frozenset({CODE} if track.applicant == track.beneficiary == REGION else ())


def facts_of_region(applicant: Named, used: frozenset[str]) -> dict[str, Any]:
    """Give the facts of a region that are used and known, of an organisation that is called as one municipality is.

    Nothing where no postcodes were imported, where none has that name, or where they lie in more regions than one.
    """
    if CODE not in used or applicant.kind != PartyKind.ORGANISATION:
        return {}
    name = Organisation.objects.filter(pk=applicant.number or 0).values_list("name", flat=True).first() or ""
    called = " ".join(name.split())
    for before in CALLED:
        if called.casefold().startswith(before):
            called = called[len(before) :]
    found = (
        Postcode.objects.filter(municipality__iexact=called).exclude(region_code="")
        if called
        else Postcode.objects.none()
    )
    codes = set(found.values_list("region_code", flat=True).distinct()[:2])
    return {CODE: codes.pop()} if len(codes) == 1 else {}


def place_of_region(scheme: str, code: str, year: int, key: bytes) -> str:
    """Give the keyed hash that stands for a region in a year; after a ticket that was withdrawn another follows (one_place.py)."""
    return person_hash(f"region:{scheme}:{code}:{year}", key)


def filed_for_region(draft: Application, scheme: str, place: str, key: bytes) -> str:
    """Name who filed for the `place` of the same region and year, in any round of the scheme; nothing where nobody did.

    Only what was submitted counts: nobody learns that somebody else is at work on a draft.
    """
    rounds = Round.objects.filter(version__scheme=scheme, rehearsal=draft.round.rehearsal)
    tickets = Ticket.objects.filter(round__in=rounds)
    used = list(takewhile(lambda one: tickets.filter(person=one).exists(), chain(place, key)))
    there = tickets.filter(person__in=used, withdrawal__isnull=True)
    keys = there.exclude(key=draft.key).values_list("key", flat=True)
    filed = Application.objects.filter(key__in=list(keys), applicant_kind=PartyKind.ORGANISATION)
    number = filed.values_list("applicant_number", flat=True).first()
    return Organisation.objects.filter(pk=number or 0).values_list("name", flat=True).first() or ""


def filed_already(name: str, year: int) -> Texts:
    """Say that there is a plan of the region for that year, and whose it is."""
    return {
        "nl": f"Voor deze arbeidsmarktregio is al aangevraagd voor {year}, door {name}. Een regio vraagt één keer per jaar aan.",
        "en": f"This labour-market region was applied for already for {year}, by {name}. A region applies once a year.",
    }
