"""Grants of which what was reserved is paid once it was claimed, and that nobody claimed in time. Reads only.

The last day to claim stands in the act of the grant (settlement_terms.CLAIM). Once it is over the site reminds
(commands/remind_of_claim.py), and after the last day of that letter the grant can be settled at nil (commands/lapse.py).
"""

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from doorleren.cases.given_days import DISPATCHED, RETURNED, GivenDay, given_by, not_in_time, still_waits
from doorleren.cases.models import Case, CaseAct
from doorleren.cases.queries import acts_of
from doorleren.decisions.commands.check_delivery import ON_DELIVERY
from doorleren.decisions.models import GIVING, Decision, Delivery, DeliveryQuestion
from doorleren.decisions.refusing import refused
from doorleren.decisions.settlement_terms import CLAIM
from doorleren.decisions.settling import ANSWERING, ensure_granted

REMINDED = "claim_reminded"
"""What the notice of intent of the site says that goes with a reminder to claim."""


def unclaimed(today: date) -> QuerySet[Decision]:
    """Give the grants in force whose last day to claim is over, in which nothing was reported and nothing paid."""
    reported = Delivery.objects.filter(case=OuterRef("case"))
    rows = Decision.objects.filter(
        replaced_by=None, settle_how=ON_DELIVERY, kind__in=GIVING, case__state="granted", advance_cents=0,
        **{f"act__details__{CLAIM}__lt": today.isoformat()},
    )  # fmt: skip
    return rows.exclude(Exists(reported))


def to_remind(today: date) -> QuerySet[Decision]:
    """Give those of them about which nothing was asked since the grant, but for a reminder of which the last day is over.

    Whether that one went out in time, who reminds asks (`in_time`): if not, another goes.
    """
    asked = DeliveryQuestion.objects.filter(case=OuterRef("case"), act__number__gt=OuterRef("act__number"))
    return unclaimed(today).exclude(Exists(asked.exclude(act__details__what=REMINDED, until__lt=today)))


def reminded(today: date) -> QuerySet[Decision]:
    """Give those of them that were reminded, of which the last day of the reminder is over, and to which nobody answered."""
    asked = DeliveryQuestion.objects.filter(
        case=OuterRef("case"), act__number__gt=OuterRef("act__number"), act__details__what=REMINDED, until__lt=today
    )
    view = CaseAct.objects.filter(case=OuterRef("case"), act="view_received", number__gt=OuterRef("act__number"))
    return unclaimed(today).filter(Exists(asked)).exclude(Exists(view))


def in_time(cases: Collection[int]) -> set[int]:
    """Give those of these cases of which the last reminder went out before its last day, and is not back."""
    return {case for case, given in _reminders(cases).items() if not_in_time(given) is None}


def _reminders(cases: Collection[int]) -> dict[int, GivenDay]:
    """Give by case the last day that its last reminder gave."""
    rows = DeliveryQuestion.objects.filter(case__in=cases, act__details__what=REMINDED).order_by("case", "-number")
    last = {one.case_id: one for one in rows.distinct("case").select_related("act")}
    went: dict[int, list[CaseAct]] = {case: [] for case in last}
    for row in CaseAct.objects.filter(case__in=last, act__in=(DISPATCHED, RETURNED)).order_by("number"):
        went[row.case_id].append(row)
    return {case: given_by(one.act, one.until, went[case]) for case, one in last.items()}


def ensure_to_remind(case: Case, today: date) -> tuple[Decision, date]:
    """Give the same as `ensure_unclaimed`, where nothing was asked yet, or a reminder went out too late. Raises DecisionRefused.

    Also where the reminder came back: another would go to the same address.
    """
    decision, last = ensure_unclaimed(case, today)
    before = _reminders((case.pk,)).get(case.pk)
    why = None if before is None else not_in_time(before)
    if not to_remind(today).filter(pk=decision.pk).exists() or (before is not None and why is None):
        raise refused("reminded", "Hierover is al een brief gestuurd.", "A letter about this was sent already.")
    if before is not None and before.back and why is not None:
        raise refused("returned", why["nl"], why["en"])
    return decision, last


def ensure_unclaimed(case: Case, today: date) -> tuple[Decision, date]:
    """Give the grant of a case that was not claimed in time, and its last day. Raises DecisionRefused for any other.

    Also where the letter of the grant did not go out before that day: nobody had time to claim then.
    """
    decision = ensure_granted(case)
    found = unclaimed(today).select_related("act").filter(pk=decision.pk).first()
    if found is None:
        raise refused("claimed", "Er is gedeclareerd, of de tijd om te declareren is niet voorbij.",
                      "It was claimed, or the time to claim is not over.")  # fmt: skip
    last = date.fromisoformat(str(found.act.details[CLAIM]))
    why = still_waits(given_by(found.act, last, acts_of(case.pk)), today, ANSWERING)
    if why is not None:
        raise refused("not_in_time", why["nl"], why["en"])
    return found, last
