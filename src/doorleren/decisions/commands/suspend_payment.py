"""Suspending payment upon a serious suspicion, by a reasoned notice, for thirteen weeks at most; and ending that. Awb 4:56.

A payment run leaves out a case whose payment is suspended (payments/payable.py). A decision ends it, or the end of the thirteen
weeks: then the site does so, once a day (decisions/lapsing.py). They count from the first notice of a suspicion: who suspends again says
whether it is the same one, which goes on within those weeks (`since`, the act of that notice), or another, of which they begin.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from doorleren.audit.acts import SITE, Detail
from doorleren.cases.commands.perform import perform
from doorleren.cases.frameworks import law_of_terms
from doorleren.cases.given_days import sent_on
from doorleren.cases.models import CaseAct
from doorleren.cases.queries import acts_of
from doorleren.core.days import day_of
from doorleren.decisions.commands.write_letter import write_letter
from doorleren.decisions.matters import matter_held
from doorleren.decisions.refusing import DecisionRefused, refused
from doorleren.decisions.said_with_acts import ensure_said
from doorleren.people.signed_in import SignedIn

SUSPICION = {
    "nl": "Schrijf op welk ernstig vermoeden u hebt (Awb artikel 4:56).",
    "en": "Write down which serious suspicion you have (Awb 4:56).",
}
LAPSED = "de dertien weken waarin wij de betaling mochten opschorten, zijn voorbij (Awb artikel 4:56)"
SAME, OTHER = "same", "other"
"""Whether payment is suspended again upon the suspicion of before, or upon another."""
WHICH = {
    "nl": "De betaling is al eerder opgeschort. Zeg of het om hetzelfde vermoeden gaat of om een ander (Awb artikel 4:56).",
    "en": "Payment was suspended before. Say whether it is the same suspicion or another (Awb 4:56).",
}
ENDED = {"nl": "Schrijf op waarom de betaling doorgaat.", "en": "Write down why payment goes on."}


def suspend_payment(case: int, *, grounds: str, by: SignedIn, at: datetime, suspicion: str = "") -> CaseAct:
    """Suspend payment; the letter says the suspicion (`grounds`) and the last day. Gives the act.

    `suspicion`: SAME or OTHER than before, needed where payment was suspended before. Raises NotAllowed, CaseRefused, DecisionRefused.
    """
    with transaction.atomic():
        matter = matter_held(case)
        told = ensure_said(grounds, "grounds", SUSPICION)
        since = _first_notice(acts_of(case), suspicion)
        last = _last_day(since, acts_of(case), day_of(at))
        details: dict[str, Detail] = {"until": last.isoformat()}
        if since is not None:
            details["since"] = since.number
        act = perform(case, "payment_suspended", by=by, at=at, details=details)
        write_letter(act, "payment_suspended", {"grounds": told, "suspended_until": last}, matter, at=at)
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


def suspended_before(case: int) -> CaseAct | None:
    """Give the last notice by which payment was suspended in a case; None where there is none."""
    return next((one for one in reversed(acts_of(case)) if one.act == "payment_suspended"), None)


def _first_notice(acts: Sequence[CaseAct], suspicion: str) -> CaseAct | None:
    """Give the first notice of the suspicion that goes on; None for the first or another suspicion."""
    notices = {one.number: one for one in acts if one.act == "payment_suspended"}
    if not notices or suspicion == OTHER:
        return None
    if suspicion != SAME:
        raise DecisionRefused(WHICH, "suspicion", "suspicion")
    last = notices[max(notices)]
    return notices[int(str(last.details.get("since", last.number)))]


def _last_day(since: CaseAct | None, acts: Sequence[CaseAct], today: date) -> date:
    """Give the last day, as it would be if the notice was sent today. Raises DecisionRefused where the weeks of the suspicion are over."""
    first = today if since is None else sent_on(since, acts) or since.happened_on
    last = law_of_terms().reckon("payment-suspension", first).last
    if last < today:
        raise refused("over", f"De dertien weken voor dit vermoeden zijn voorbij: zij liepen tot en met {last:%d-%m-%Y} (Awb artikel 4:56).",
                      f"The thirteen weeks of this suspicion are over: they ran until {last} (Awb 4:56).", "suspicion")  # fmt: skip
    return last
