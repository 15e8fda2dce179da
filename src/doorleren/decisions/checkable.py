"""Of which grants an official can ask what was done: those that are not settled, and those that settled at once.

A grant that settles at once is proven to nobody beforehand. It is checked afterwards, as long as it can be withdrawn on what comes
out (Awb 4:49, five years): RVO draws so for practice learning, and the regulation of SLIM draws where it settles ex officio.
Reads only.
"""

from datetime import date

from doorleren.cases.frameworks import law_of_terms
from doorleren.cases.models import Case
from doorleren.cases.recording import moments_of
from doorleren.cases.rules import settled_at_once, state_of, stopped
from doorleren.cases.stops import STOPS, said
from doorleren.core.texts import Texts
from doorleren.decisions.models import Check, Decision, Delivery, DeliveryQuestion
from doorleren.decisions.queries import decision_in_force
from doorleren.decisions.refusing import DecisionRefused
from doorleren.decisions.settling import ensure_granted
from doorleren.rules.frameworks import WITH_GRANT

ONLY_WHEN_ASKED = ("ex_officio", WITH_GRANT)
"""Ways to settle of which proof is only given by who was drawn or chosen to be checked."""
TOO_LATE = said(
    "Controleren kan niet meer: het bedrag staat langer dan vijf jaar vast (Awb artikel 4:49).",
    "This can no longer be checked: the amount has been final for more than five years (Awb 4:49).",
)


def last_day_to_withdraw(settled_on: date) -> date:
    """Give the last day on which a settlement of that day can be withdrawn (Awb 4:49)."""
    return law_of_terms().reckon("withdrawal-after-settlement", settled_on).last


def ensure_checkable(case: Case, today: date) -> Decision:
    """Give the grant in force of which can be asked what was done, also while an objection runs (Awb 6:16). Raises DecisionRefused."""
    moments = moments_of(case)
    if (why := stopped(("closed",), moments)) is not None:
        raise DecisionRefused(why, code="closed")
    if not settled_at_once(moments) or state_of(moments, without="objection") != "settled":
        return ensure_granted(case, despite_objection=True)
    found = decision_in_force(case.pk)
    assert found is not None  # it was settled in a decision
    if today > last_day_to_withdraw(found.decided_on):
        raise DecisionRefused(TOO_LATE, code="too_late")
    return found


def not_checkable(case: Case, today: date) -> Texts | None:
    """Give the sentence why a settled case cannot be asked about; None for one that was settled at once, or is not settled."""
    moments = moments_of(case)
    if state_of(moments, without="objection") != "settled":
        return None
    if not settled_at_once(moments):
        return STOPS["settled"].texts
    try:
        ensure_checkable(case, today)
    except DecisionRefused as refused:
        return refused.texts
    return None


def ensure_asked_if_settled(case: Case) -> None:
    """Raise DecisionRefused where the amount is final and nobody asked since what was done: then nothing is reported any more."""
    if (why := not_asked(case)) is not None:
        raise DecisionRefused(why, code="settled")


def not_asked(case: Case) -> Texts | None:
    """Give the sentence why nothing can be reported in a settled case; None where it was asked, or is not settled."""
    if state_of(moments_of(case), without="objection") != "settled":
        return None
    asked = DeliveryQuestion.objects.filter(case=case.pk, act__at__gt=case.settled_at).exists()
    return None if asked else STOPS["settled_unasked"].texts


def would_choose(case: Case, decision: Decision) -> bool:
    """Say whether asking chooses a case to check: proof is only given when asked, nobody drew or chose it, and no report came."""
    return (
        decision.settle_how in ONLY_WHEN_ASKED
        and decision.round_id is not None
        and not Check.objects.filter(case=case.pk).exists()
        and not Delivery.objects.filter(case=case.pk).exists()
    )


def checked_without_report(case: Case) -> bool:
    """Say whether a case that settled at once is checked, and no report came of it."""
    if case.state != "settled" or not settled_at_once(moments_of(case)):
        return False
    checked = Check.objects.filter(case=case.pk).exists()
    return checked and not Delivery.objects.filter(case=case.pk).exists()
