"""Reject a recognition that a provider stated, with the reason; one that was confirmed before counts no more."""

from datetime import datetime

from django.db import transaction

from doorleren.register.access import Actor, ensure
from doorleren.register.answers import ActRefused
from doorleren.register.commands.judging import act_on, stated_and_locked
from doorleren.register.models import RecognitionAct


def reject_recognition(number: int, *, reason: str, by: Actor, at: datetime) -> RecognitionAct:
    """Reject it. Raises Forbidden for who may not, ActRefused without a reason or where it was rejected or withdrawn before."""
    with transaction.atomic():
        stated = stated_and_locked(number)
        ensure(by, "judge_recognition", {stated.provider.kvk})
        if not reason.strip():
            raise ActRefused({"nl": "Geef de reden van de afwijzing.", "en": "Give the reason of the rejection."})
        return act_on(stated, "rejected", by=by, at=at, reason=reason.strip())
