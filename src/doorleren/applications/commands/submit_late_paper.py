"""Submitting what came in on paper before its round closed: the ticket is entered through the shut gate, by an official.

By the statement of the intake but for the gate, in one transaction. It comes after everybody who is in already, so nobody is
overtaken; where the day counts it counts on its day if that was not divided yet, and a draw has it on its list.
"""

from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from doorleren.applications.access import applicant_of, may_file
from doorleren.applications.bundles.entering import GateShut, SomeKnown, durable, enter_tickets
from doorleren.applications.commands.save_answers import open_for_change
from doorleren.applications.late_paper import is_late_paper
from doorleren.applications.queries import last_freeze
from doorleren.applications.recording import party
from doorleren.applications.refusing import CLOSED, NOT_READY, TWICE, ApplicationRefused
from doorleren.applications.sealing import frozen_of
from doorleren.audit.acts import record
from doorleren.people.signed_in import SignedIn
from doorleren.rounds.models import Allocation, Gate


def submit_late_paper(application: int, *, signing: Ed25519PrivateKey, by: SignedIn, at: datetime) -> int:
    """Enter the ticket of an application that stands ready; give its number. Raises NotAllowed, or ApplicationRefused.

    Refused where its round takes no late paper (late_paper.py), where who asks is its applicant, and where somebody has a ticket.
    """
    with durable(), transaction.atomic():
        draft = open_for_change(application, by=by, at=at)
        Gate.objects.select_for_update().get(pk=draft.round_id)  # no draw is announced meanwhile
        Allocation.objects.select_for_update().get(pk=draft.round_id)  # nor are places given, by a list that lacks it
        if may_file(by, applicant_of(draft), at=at) or not is_late_paper(draft.pk, draft.round, at=at):
            raise ApplicationRefused(CLOSED)
        freeze = last_freeze(draft) if draft.frozen_at is not None else None
        if freeze is None:
            raise ApplicationRefused(NOT_READY)
        record("submitted_late_paper", party(draft), by=by.party, at=at, details={"content": freeze.content})
        try:
            return enter_tickets([frozen_of(draft, freeze)], signing=signing, at=at, late=True)[0]
        except GateShut as error:
            raise ApplicationRefused(CLOSED) from error
        except SomeKnown as error:
            raise ApplicationRefused(TWICE) from error
