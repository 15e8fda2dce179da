"""What the acts on a stated recognition share: find and lock it, ask the order of acts, write the act, record it.

Called by `confirm_recognition`, `reject_recognition` and `withdraw_recognition` only; each asks its own access first.
"""

from datetime import datetime

from doorleren.audit.acts import Detail
from doorleren.register.access import Actor, name_of
from doorleren.register.answers import ActRefused
from doorleren.register.models import Provider, ProviderRecognition, RecognitionAct, RecognitionStated
from doorleren.register.recognitions import may_follow, state_of
from doorleren.register.recording import record_act


def stated_and_locked(number: int) -> RecognitionStated:
    """Give a stated recognition with its provider locked, so that two acts come one after the other. Raises ActRefused."""
    owner = RecognitionStated.objects.filter(pk=number).values_list("provider_id", flat=True).first()
    if owner is None:
        raise ActRefused({
            "nl": f"Erkenning {number} staat niet in het register.",
            "en": f"Recognition {number} is not in the register.",
        })  # fmt: skip
    Provider.objects.select_for_update(no_key=True).get(pk=owner)
    return RecognitionStated.objects.select_related("provider").get(pk=number)


def act_on(stated: RecognitionStated, act: str, *, by: Actor, at: datetime, reason: str = "") -> RecognitionAct:
    """Write an act if it may follow; a recognition that ends by it counts no more. Raises ActRefused."""
    answer = may_follow(act, state_of(stated.acts.all()))
    if not answer.holds:
        raise ActRefused(answer.texts)
    made = RecognitionAct.objects.create(stated=stated, act=act, done_at=at, done_by=name_of(by)[:100], reason=reason)
    if act != "confirmed":
        ProviderRecognition.objects.filter(stated=stated).delete()
    details: dict[str, Detail] = {"recognition": stated.pk, "route": stated.route}
    record_act(f"recognition_{act}", "provider", stated.provider_id, by=by, at=at, details=details)
    return made
