"""A region that applies for itself: its code, its one place in a round, and who filed for it already. Reads only.

A region is no organisation (access.py): one of its organisations files for it. So its place goes by the code of the region
and, where its scheme counts within a year, the year that it is for, whichever organisation files. The tickets of a round take
each place once; across rounds it is counted (once.py).
"""

from itertools import takewhile
from typing import Any

from doorleren.applications.content import person_hash
from doorleren.applications.form import Form
from doorleren.applications.models import Application, PartyKind
from doorleren.applications.one_place import chain
from doorleren.applications.parties import Named
from doorleren.core.texts import Texts
from doorleren.people.models import Organisation
from doorleren.register.models import Postcode
from doorleren.rounds.models import Round, Ticket
from doorleren.rules.once import REGION, once_of, said
from doorleren.rules.versions import Track

CODE = "region.code"
CALLED = ("gemeente ", "municipality of ")


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


def place_of_region(form: Form, key: bytes) -> str:
    """Give the keyed hash that stands for a region in its year or its scheme; "" where no region applies for itself.

    After a ticket that was withdrawn another follows (one_place.py).
    """
    if not needed_of_region(form.track):
        return ""
    settled, code = form.judgement.settled, form.judgement.profile[CODE]
    year = "" if _within(form.track) == "scheme" else f":{settled.day.year}"
    return person_hash(f"region:{settled.version.id}:{code}{year}", key)


def _within(track: Track) -> str:
    once = once_of(track)
    return "" if once is None else once.within


def filed_for_region(draft: Application, form: Form, place: str, key: bytes) -> str:
    """Name who filed for the `place` of the same region, in any round within which its scheme counts; nothing where nobody did.

    Only what was submitted counts here: nobody learns who else is at work on a draft.
    """
    scheme = form.judgement.settled.version.id
    rounds = Round.objects.filter(version__scheme=scheme, rehearsal=draft.round.rehearsal)
    if _within(form.track) == "round":
        rounds = rounds.filter(pk=draft.round_id)
    tickets = Ticket.objects.filter(round__in=rounds)
    used = list(takewhile(lambda one: tickets.filter(person=one).exists(), chain(place, key)))
    there = tickets.filter(person__in=used, withdrawal__isnull=True)
    keys = there.exclude(key=draft.key).values_list("key", flat=True)
    filed = Application.objects.filter(key__in=list(keys), applicant_kind=PartyKind.ORGANISATION)
    number = filed.values_list("applicant_number", flat=True).first()
    return Organisation.objects.filter(pk=number or 0).values_list("name", flat=True).first() or ""


def filed_already(name: str, form: Form) -> Texts:
    """Say that there is an application for the region within its year, scheme or round, and whose it is."""
    within, year = _within(form.track), form.judgement.settled.day.year
    rule = said(REGION, within, 1)
    nl, en = (f" voor {year}", f" for {year}") if within == "year" else ("", "")
    return {
        "nl": f"Voor deze arbeidsmarktregio is al aangevraagd{nl}, door {name}. {rule['nl']}",
        "en": f"This labour-market region was applied for already{en}, by {name}. {rule['en']}",
    }
