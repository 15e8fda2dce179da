"""Adding an organisation to a partnership by its KvK number. The applicant itself is the first member: the lead partner."""

from datetime import datetime

from django.db import transaction

from doorleren.applications.answers import reads_for
from doorleren.applications.commands.save_answers import open_for_change
from doorleren.applications.models import LONGEST_NAME, Application, Member, PartyKind
from doorleren.applications.partnerships.changing import changed
from doorleren.applications.partnerships.refusing import (
    ALREADY_MEMBER,
    KIND_LACKS,
    KVK_WRITTEN,
    NAME_LACKS,
    NO_PARTNERSHIP,
    TOO_MANY,
)
from doorleren.applications.partnerships.totals import LEAD, PARTIES, SME
from doorleren.applications.refusing import ApplicationRefused
from doorleren.people.models import Organisation
from doorleren.people.signed_in import SignedIn
from doorleren.register.models import Provider
from doorleren.rules.library import Library

MOST = 500


def read_kvk(text: str) -> str:
    """Read a number of the trade register, spaces and points left out. Raises ApplicationRefused (field "kvk")."""
    bare = text.replace(" ", "").replace(".", "")
    if len(bare) != 8 or not (bare.isascii() and bare.isdecimal()) or bare == "00000000":
        raise ApplicationRefused(KVK_WRITTEN, ("kvk",))
    return bare


def name_known(kvk: str) -> str:
    """Give the name under which an organisation is known here: as one that signs in, else in the training register."""
    known = Organisation.objects.filter(kvk=kvk).values_list("name", flat=True).first()
    return known or Provider.objects.filter(kvk=kvk).values_list("name", flat=True).first() or ""


def kinds(library: Library) -> tuple[str, ...]:
    """Give the kinds of party that a member can be; small or medium is no kind, it follows from the size."""
    return tuple(one for one in library.vocabulary.facts[PARTIES].values if one != SME)


def add_member(
    application: int, kvk: str, kind: str, *, name: str = "", library: Library, by: SignedIn, at: datetime
) -> Member:  # fmt: skip
    """Add a member; the lead partner is given its kind in the same way. Raises NotAllowed, ApplicationRefused with the field.

    `name` counts only for an organisation that is not known here.
    """
    number = read_kvk(kvk)
    with transaction.atomic():
        draft = open_for_change(application, by=by, at=at)
        if reads_for(draft.pk, library) is None or draft.applicant_kind != PartyKind.ORGANISATION:
            raise ApplicationRefused(NO_PARTNERSHIP)
        if kind not in kinds(library):
            raise ApplicationRefused(KIND_LACKS, ("kind",))
        if Member.objects.filter(application=draft, kvk=number).exists():
            raise ApplicationRefused(ALREADY_MEMBER, ("kvk",))
        called = name_known(number) or " ".join(name.split())
        if not 0 < len(called) <= LONGEST_NAME:
            raise ApplicationRefused(NAME_LACKS, ("name",))
        made = Member.objects.create(
            application=draft, number=_number(draft, number), kvk=number, name=called, kind=kind, by_kind=by.party.kind,
            by_id=by.party.id, at=at,
        )  # fmt: skip
        changed(draft, "added_member", by=by, at=at, details={"member": made.number})
    return made


def _number(draft: Application, kvk: str) -> int:
    """Give the number of the next member: 1 is kept for the lead partner."""
    if Organisation.objects.filter(pk=draft.applicant_number, kvk=kvk).exists():
        return LEAD
    taken = Member.objects.filter(application=draft).exclude(number=LEAD).count()
    if taken + 1 >= MOST:
        raise ApplicationRefused(TOO_MANY)
    return LEAD + 1 + taken
