"""Reads before a grant is settled: the grant in force, the last report, the question and the intent that came before."""

from collections.abc import Sequence
from datetime import date

from doorleren.cases.given_days import given_by, still_waits
from doorleren.cases.models import Case, CaseAct
from doorleren.cases.queries import acts_of
from doorleren.cases.recording import moments_of
from doorleren.cases.rules import stands
from doorleren.cases.stops import STOPS, said
from doorleren.decisions.models import (
    GIVING,
    Check,
    Decision,
    Delivery,
    DeliveryQuestion,
    Sample,
    Settlement,
)
from doorleren.decisions.queries import decision_in_force
from doorleren.decisions.refusing import DecisionRefused, refused

ANSWERING = said("Er is nog tijd om te antwoorden op uw vraag.", "There is still time to answer your question.")


def ensure_granted(case: Case) -> Decision:
    """Give the grant of a case that is not settled. Raises DecisionRefused."""
    found = decision_in_force(case.pk)
    if found is None or found.kind not in GIVING or case.state != "granted":
        raise refused("not_granted", "Er is geen verlening die nog moet worden vastgesteld.",
                      "There is no grant that is still to be settled.")  # fmt: skip
    return found


def last_delivery(case: int) -> Delivery | None:
    """Give the report that counts; None while there is none."""
    return Delivery.objects.select_related("act").filter(case=case).order_by("-number").first()


def settlement_in_force(case: int) -> Settlement | None:
    """Give the settlement that counts: the last one; None while there is none."""
    return Settlement.objects.select_related("act").filter(case=case).order_by("-number").first()


def answered(case: Case, decision: Decision, today: date) -> DeliveryQuestion:
    """Give the last question since the grant, if it was sent and its day is over, or a report came after it. Raises DecisionRefused."""
    rows = DeliveryQuestion.objects.select_related("act").filter(case=case, act__number__gt=decision.act.number)
    found = rows.order_by("-number").first()
    if found is None:
        raise refused("not_asked", "Vraag eerst wat er is gedaan; pas daarna kunt u lager vaststellen.",
                      "First ask what was done; only then can you settle lower.")  # fmt: skip
    report = last_delivery(case.pk)
    if report is None or report.act.number < found.act.number:
        why = still_waits(given_by(found.act, found.until, acts_of(case.pk)), today, ANSWERING)
        if why is not None:
            raise DecisionRefused(why, code="waiting")
    return found


def intent_after(question: DeliveryQuestion) -> CaseAct:
    """Give the notice of intent that came with a question or after it. Raises DecisionRefused."""
    rows = CaseAct.objects.filter(case=question.case_id, act="intent_notified", number__gte=question.act.number)
    found = rows.order_by("-number").first()
    if found is None or "settled_cents" not in found.details:
        raise refused("no_intent", "Laat eerst weten wat u van plan bent, zodat de aanvrager een zienswijze kan geven.",
                      "First give notice of your intent, so that the applicant can give a view.")  # fmt: skip
    return found


def could_be_drawn(decision: Decision) -> bool:
    """Say whether a sample of the round was drawn after a grant, so that it could have been checked."""
    return (
        decision.round_id is not None
        and Sample.objects.filter(round=decision.round_id, drawn_at__gte=decision.act.at).exists()
    )


def ensure_undisturbed(case: Case, *, reported: bool = False) -> None:
    """Raise DecisionRefused where something in a granted case asks a person: a check, a question, a report, an intent, a suspension.

    `reported`: it is settled on a report, which asks nobody then.
    """
    if disturbed([case], reported=reported):
        raise refused("disturbed", "In deze zaak loopt iets dat iemand moet bekijken.",
                      "Something in this case is to be looked at by a person.")  # fmt: skip


def disturbed(cases: Sequence[Case], *, reported: bool = False) -> frozenset[int]:
    """Give those of these cases in which something asks a person before they are settled. `reported`: on a report."""
    numbers = [one.pk for one in cases]
    found = set(Check.objects.filter(case__in=numbers).values_list("case", flat=True))
    found |= set(DeliveryQuestion.objects.filter(case__in=numbers).values_list("case", flat=True))
    if not reported:
        found |= set(Delivery.objects.filter(case__in=numbers).values_list("case", flat=True))
    suspended = STOPS["payments_suspended"]
    for one in cases:
        moments = moments_of(one)
        granted = max((at for act in GIVING if (at := moments.get(act)) is not None), default=None)
        warned = moments.get("intent_notified")
        if stands(moments, suspended.by, suspended.until) or (warned and granted and warned > granted):
            found.add(one.pk)
    return frozenset(found)
