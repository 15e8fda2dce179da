"""Withdrawing what was proposed for a round, before somebody releases it: by who proposed it, or another who may."""

from datetime import datetime

from django.db import transaction

from doorleren.audit.acts import Party, record
from doorleren.people.signed_in import SignedIn
from doorleren.rounds.access import PROPOSE, ensure_may
from doorleren.rounds.answers import refused
from doorleren.rounds.models import RoundProposal


def withdraw_proposal(proposal: int, *, by: SignedIn, at: datetime) -> RoundProposal:
    """Withdraw a proposal; it stays in the list. Raises NotAllowed, RoundRefused, DoesNotExist."""
    with transaction.atomic():
        row = RoundProposal.objects.select_for_update(of=("self",)).get(pk=proposal)
        ensure_may(by, PROPOSE, row.body_id, row.round_id, at=at)
        if not row.waits:
            raise refused("Over dit voorstel is al beslist.", "This proposal has been decided already.")
        row.withdrawn_at = at
        row.save(update_fields=["withdrawn_at"])
        subject = Party("round_proposal", str(row.pk))
        record("withdrew", subject, by=by.party, at=at, details={"act": row.act, "round": row.round_id})
    return row
