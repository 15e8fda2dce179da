"""Suspending payment upon a serious suspicion, by a reasoned notice, for thirteen weeks at most; and ending that. Awb 4:56.

A payment run leaves out a case whose payment is suspended (payments/payable.py). A decision ends it, or the end of the thirteen
weeks: then the site does so, once a day (decisions/lapsing.py).
"""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from doorleren.audit.acts import SITE
from doorleren.cases.commands.perform import perform
from doorleren.cases.frameworks import law_of_terms
from doorleren.cases.models import CaseAct
from doorleren.core.days import day_of
from doorleren.decisions.commands.write_letter import write_letter
from doorleren.decisions.matters import matter_held
from doorleren.decisions.said_with_acts import ensure_said
from doorleren.people.signed_in import SignedIn

SUSPICION = {
    "nl": "Schrijf op welk ernstig vermoeden u hebt (Awb artikel 4:56).",
    "en": "Write down which serious suspicion you have (Awb 4:56).",
}
LAPSED = "de dertien weken waarin wij de betaling mochten opschorten, zijn voorbij (Awb artikel 4:56)"
ENDED = {"nl": "Schrijf op waarom de betaling doorgaat.", "en": "Write down why payment goes on."}


def suspend_payment(case: int, *, grounds: str, by: SignedIn, at: datetime) -> CaseAct:
    """Suspend payment; the letter says the suspicion (`grounds`) and the last day. Gives the act.

    Raises NotAllowed, CaseRefused, DecisionRefused.
    """
    with transaction.atomic():
        matter = matter_held(case)
        values = suspension_values(ensure_said(grounds, "grounds", SUSPICION), day_of(at))
        details = {"until": values["suspended_until"].isoformat()}
        act = perform(case, "payment_suspended", by=by, at=at, details=details)
        write_letter(act, "payment_suspended", values, matter, at=at)
    return act


def release_payment(case: int, *, grounds: str, by: SignedIn, at: datetime) -> CaseAct:
    """End the suspension; the letter says why. Gives the act. Raises as `suspend_payment`."""
    with transaction.atomic():
        matter = matter_held(case)
        told = ensure_said(grounds, "grounds", ENDED)
        act = perform(case, "payment_released", by=by, at=at)
        write_letter(act, "payment_released", {"grounds": told}, matter, at=at)
    return act


def let_lapse(case: int, *, at: datetime) -> CaseAct:
    """Let the site end a suspension whose thirteen weeks are over, as the law does; the letter says so. Gives the act.

    Raises CaseRefused while they are not over, or nothing is suspended; DecisionRefused.
    """
    with transaction.atomic():
        matter = matter_held(case)
        act = perform(case, "payment_released", by=SITE, at=at, held=matter.case)
        write_letter(act, "payment_released", {"grounds": LAPSED}, matter, at=at)
    return act


def suspension_values(grounds: str, today: date) -> dict[str, Any]:
    """Give what the letter names of its own: the suspicion, and the last day as it would be if it was sent on a day."""
    return {"grounds": grounds, "suspended_until": law_of_terms().reckon("payment-suspension", today).last}
