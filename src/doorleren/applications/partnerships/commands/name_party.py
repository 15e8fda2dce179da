"""Naming who takes a role of an application that does not follow from the scheme: who it is for, who is paid, who proves."""

from datetime import datetime

from django.db import transaction

from doorleren.applications.answers import track_of
from doorleren.applications.commands.save_answers import open_for_change
from doorleren.applications.models import PartyKind
from doorleren.applications.parties import Named, may_name
from doorleren.applications.partnerships.changing import changed
from doorleren.applications.partnerships.commands.add_member import read_kvk
from doorleren.applications.partnerships.refusing import NOT_KNOWN_HERE, SCHEME_SAYS
from doorleren.applications.refusing import ApplicationRefused
from doorleren.people.models import Organisation
from doorleren.people.signed_in import SignedIn


def name_party(application: int, party: str, kvk: str, *, by: SignedIn, at: datetime) -> Named:
    """Name an organisation for a role ("beneficiary", "payee", "reporter") by its KvK number; "" takes it back.

    Raises NotAllowed; ApplicationRefused where the scheme says who it is, or nobody signed in for the organisation yet.
    """
    with transaction.atomic():
        draft = open_for_change(application, by=by, at=at)
        if party not in may_name(track_of(draft)):
            raise ApplicationRefused(SCHEME_SAYS, (party,))
        named = _named(party, kvk)
        setattr(draft, f"{party}_kind", named.kind)
        setattr(draft, f"{party}_number", named.number)
        draft.save(update_fields=[f"{party}_kind", f"{party}_number"])
        changed(draft, "named_party", by=by, at=at, details={"role": party, "organisation": named.number})
    return named


def _named(party: str, kvk: str) -> Named:
    if not kvk.strip():
        return Named()
    try:
        number = read_kvk(kvk)
    except ApplicationRefused as refused:
        raise ApplicationRefused(refused.texts, (party,)) from None
    found = Organisation.objects.filter(kvk=number).values_list("pk", flat=True).first()
    if found is None:
        raise ApplicationRefused(NOT_KNOWN_HERE, (party,))
    return Named(PartyKind.ORGANISATION, found)
