"""Reads before a grant is settled: the grant in force, the last report, the question and the intent that came before."""

from collections.abc import Sequence
from datetime import date

from django.db.models import F, Q
from django.db.models.functions import Greatest

from doorleren.cases.acts import FAMILIES, INTENT
from doorleren.cases.given_days import given_by, still_waits
from doorleren.cases.models import Case, CaseAct
from doorleren.cases.queries import acts_of
from doorleren.cases.recording import moments_of
from doorleren.cases.rules import nothing_to_view, stands, state_of
from doorleren.cases.stops import STOPS, said
from doorleren.core.texts import Texts
from doorleren.decisions.models import (
    GIVING,
    Check,
    Decision,
    Delivery,
    DeliveryQuestion,
    Sample,
    Settlement,
)
from doorleren.decisions.objections import objections_open
from doorleren.decisions.queries import decision_in_force
from doorleren.decisions.refusing import DecisionRefused, refused

ANSWERING = said("Er is nog tijd om te antwoorden op uw vraag.", "There is still time to answer your question.")
CONTESTED = said(
    "Er loopt een bezwaar tegen de toekenning. Beslis daar eerst op, want het bedrag kan nog hoger worden. Dat vaststellen hierop wacht, "
    "is een aanname van ons: een bezwaar schorst het besluit niet (Awb artikel 6:16).",
    "An objection against the grant is under way. Decide on it first, as it may still raise the amount. That settling waits for it is an "
    "assumption of ours: an objection does not suspend the decision (Awb 6:16).",
)

SETTLED_LATER = said(
    "Het bedrag is daarna vastgesteld, en de vaststelling zegt nu hoeveel het is (Awb artikel 4:42). Meer kan alleen met een bezwaar "
    "tegen de vaststelling. Verklaar dit bezwaar ongegrond.",
    "The amount was settled after that, and the settlement says how much it is now (Awb 4:42). More can only follow from an objection "
    "against the settlement. Reject this objection.",
)
NOT_SETTLED_LATER = said(
    "Er is geen vaststelling na de toekenning. Wat meteen is vastgesteld, kent u opnieuw toe.",
    "There is no settlement after the grant. What was settled at once is granted anew.",
)


def ensure_granted(case: Case, *, despite_objection: bool = False) -> Decision:
    """Give the grant of a case that is not settled. Raises DecisionRefused.

    `despite_objection`: also while an objection runs, which does not suspend the grant (Awb 6:16); for who was told so.
    """
    found = decision_in_force(case.pk)
    state = state_of(moments_of(case), without="objection")
    if found is None or found.kind not in GIVING or state != "granted":
        raise refused("not_granted", "Er is geen toekenning waarvan het bedrag nog moet worden vastgesteld.",
                      "There is no grant of which the amount is still to be settled.")  # fmt: skip
    if case.state == "objection" and not despite_objection:
        raise DecisionRefused(STOPS["objection_open"].texts, code="objection")
    return found


def contested(case: Case) -> Texts | None:
    """Give the sentence why a grant is not settled yet: an objection against it may still raise it; None where none waits.

    An objection against something else, such as a penalty, leaves the grant as it is.
    """
    against = [one.against_id for one in objections_open(case.pk)] if case.state == "objection" else []
    return CONTESTED if against and Decision.objects.filter(act__in=against).exists() else None


def not_meant(case: Case, what: str) -> Texts | None:
    """Give the sentence why no intent to do so waits for a decision; None where one does. `what`: the detail that tells it by.

    "settled_cents" of one to settle lower, "left_cents" of one to withdraw or change.
    """
    last = CaseAct.objects.filter(case=case.pk, act="intent_notified").order_by("-number").first()
    meant = last is not None and what in last.details and nothing_to_view(moments_of(case)) is None
    return None if meant else INTENT.texts


def ensure_to_settle(case: Case) -> Decision:
    """Give the grant that an official can settle now. Raises DecisionRefused, also while an objection against it runs."""
    found, why = ensure_granted(case, despite_objection=True), contested(case)
    if why is not None:
        raise DecisionRefused(why, code="contested")
    return found


def last_delivery(case: int) -> Delivery | None:
    """Give the report that counts; None while there is none."""
    return Delivery.objects.select_related("act").filter(case=case).order_by("-number").first()


def settled_by(case: Case) -> CaseAct | None:
    """Give the act that settled a grant, whether or not an objection runs; None where nothing did, or that was overturned.

    A grant that settles at once has such an act at the moment of its own, and no row of a settlement.
    """
    if state_of(moments_of(case), without="objection") != "settled":
        return None
    return CaseAct.objects.filter(case=case.pk, act__in=FAMILIES["settled"]).order_by("-number").first()


def settled_later(case: Case) -> Texts | None:
    """Give the sentence why an objection against a grant leads to no more: it was settled after that; None where it was not.

    A grant that settled at once is one decision with its settlement, so that an objection goes about both.
    """
    settled = settled_by(case)
    return SETTLED_LATER if settled is not None and Settlement.objects.filter(act=settled).exists() else None


def not_settled_later(case: Case) -> Texts | None:
    """Give the sentence why no settlement can become higher: the grant has none of its own; None where it has."""
    return None if settled_later(case) else NOT_SETTLED_LATER


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
    ensure_answer_not_awaited(case, found, today)
    return found


def ensure_answer_not_awaited(case: Case, question: DeliveryQuestion, today: date) -> None:
    """Raise DecisionRefused while there is time to answer a question: its day is not over, and no report came after it."""
    report = last_delivery(case.pk)
    if report is None or report.act.number < question.act.number:
        why = still_waits(given_by(question.act, question.until, acts_of(case.pk)), today, ANSWERING)
        if why is not None:
            raise DecisionRefused(why, code="waiting")


def ensure_checked_out(case: Case, settled: CaseAct, today: date) -> None:
    """Raise DecisionRefused while somebody who was asked about a settled grant still has time to answer."""
    rows = DeliveryQuestion.objects.select_related("act").filter(case=case, act__number__gt=settled.number)
    found = rows.order_by("-number").first()
    if found is not None:
        ensure_answer_not_awaited(case, found, today)


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


def undisturbed_grants() -> Q:
    """Give the condition that no payment of a grant is suspended and no intent was sent since, as `disturbed` reads it of a case; of decisions."""
    suspended = STOPS["payments_suspended"]
    since = f"case__{suspended.by}_at"
    lifted = [Q(**{f"case__{one}_at__gt": F(since)}) for one in suspended.until]
    granted = Greatest(*(f"case__{one}_at" for one in GIVING))
    return Q(Q(**{f"{since}__isnull": True}), *lifted, _connector=Q.OR) & (
        Q(case__intent_notified_at__isnull=True) | Q(case__intent_notified_at__lte=granted)
    )


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
