"""Sharing a draft within the organisation: a colleague who may act for it changes it, or is asked to look only."""

from datetime import datetime

from django.db import transaction

from doorleren.applications.commands.save_answers import open_for_change
from doorleren.applications.models import Sharing
from doorleren.applications.partnerships.refusing import NOT_A_COLLEAGUE
from doorleren.applications.partnerships.standing import only_looks
from doorleren.applications.queries import colleagues_of
from doorleren.applications.recording import party
from doorleren.applications.refusing import ApplicationRefused
from doorleren.audit.acts import record
from doorleren.people.signed_in import SignedIn


def share_draft(application: int, person: int, *, may_edit: bool, by: SignedIn, at: datetime) -> bool:
    """Say whether a colleague may change a draft; gives whether that is new. Raises NotAllowed, ApplicationRefused.

    Nobody says it of oneself, so that somebody always may change it.
    """
    with transaction.atomic():
        draft = open_for_change(application, by=by, at=at)
        if person == by.person or not any(one.pk == person for one in colleagues_of(draft, at)):
            raise ApplicationRefused(NOT_A_COLLEAGUE, ("person",))
        if only_looks(draft.pk, person) is not may_edit:
            return False
        Sharing.objects.create(
            application=draft, person_id=person, may_edit=may_edit, by_kind=by.party.kind, by_id=by.party.id, at=at
        )
        record("shared", party(draft), by=by.party, at=at, details={"person": person, "may_edit": may_edit})
    return True
