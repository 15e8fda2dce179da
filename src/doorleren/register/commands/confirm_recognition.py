"""Confirm a recognition that a provider stated, after looking at its proof: from then on it counts."""

from datetime import datetime

from django.db import transaction

from doorleren.register.access import Actor, ensure
from doorleren.register.commands.judging import act_on, stated_and_locked
from doorleren.register.models import ProviderRecognition, RecognitionAct
from doorleren.register.recognitions import proof_of


def confirm_recognition(number: int, *, by: Actor, at: datetime) -> RecognitionAct:
    """Make a stated recognition count. Raises Forbidden for who may not, ActRefused where it was judged or withdrawn before."""
    with transaction.atomic():
        stated = stated_and_locked(number)
        ensure(by, "judge_recognition", {stated.provider.kvk})
        made = act_on(stated, "confirmed", by=by, at=at)
        ProviderRecognition.objects.create(
            provider=stated.provider, route=stated.route, proof=proof_of(stated), starts_on=stated.starts_on,
            ends_on=stated.ends_on, stated=stated,
        )  # fmt: skip
    return made
