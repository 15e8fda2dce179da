"""Proposing to settle many grants at once as granted, after a sample that they were not drawn in: ex officio, or as claimed.

Ground: Awb 4:46(1) and 4:47; Kaderregeling subsidies OCW, SZW en VWS, ch. 7. Released by another official and worked off as a batch of
decisions is (release_batch.py, run_batch.py). What a person should look at is not on the list.
"""

import hashlib
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from doorleren.audit.acts import Detail
from doorleren.cases.models import Case
from doorleren.core.days import day_of
from doorleren.core.texts import Texts
from doorleren.decisions.access import ensure_may_batch
from doorleren.decisions.commands.check_delivery import EX_OFFICIO, ON_DELIVERY
from doorleren.decisions.commands.propose_batch import MOST, Line, Preview, keep_batch
from doorleren.decisions.commands.settle import not_whole
from doorleren.decisions.matters import matters_of
from doorleren.decisions.models import GIVING, Batch, BatchItem, Decision, Delivery, DeliveryQuestion, Sample
from doorleren.decisions.models.batch import SETTLED
from doorleren.decisions.refusing import DecisionRefused
from doorleren.decisions.settling import disturbed, undisturbed_grants
from doorleren.people.signed_in import SignedIn
from doorleren.rounds.models import Round
from doorleren.shipped import folder

NOTHING = {
    "nl": "Er is niets dat nu samen kan worden vastgesteld.",
    "en": "There is nothing that can be settled together now.",
}
CLAIMS_AT_ONCE = 1000
"""How many reports are looked at for one list: each is read on its own, with its documents."""


def settling_ahead(round_: Round, *, today: date, most: int = MOST) -> Preview:
    """Say which grants of a round a batch would settle now; writes nothing.

    On it: grants that are settled ex officio, whose activities are over, of which no report came; and those that are paid on
    delivery, of which the report is whole. A sample could have drawn them and did not, and nothing in them asks a person.
    `left`: those that are due, and are not on it.
    """
    over = {one.case_id: one for one in _grants(round_) if _is_over(one, today)} | _claimed(round_)
    taken = set(
        BatchItem.objects.filter(pending=True, batch__withdrawn_at=None, case__in=over).values_list("case", flat=True)
    )
    cases = list(Case.objects.filter(pk__in=set(over) - taken, state="granted"))
    last = Sample.objects.filter(round=round_).order_by("-drawn_at").first()
    apart = disturbed([one for one in cases if over[one.pk].settle_how == EX_OFFICIO]) | disturbed(
        [one for one in cases if over[one.pk].settle_how == ON_DELIVERY], reported=True
    )
    lines = [
        Line(one.case_id, one.assessment_id, SETTLED, one.amount_cents)
        for case in sorted(cases, key=lambda case: case.pk)
        if case.pk not in apart and (one := over[case.pk]).assessment_id is not None
        and last is not None and last.drawn_at >= one.act.at
    ]  # fmt: skip
    return Preview(tuple(lines[:most]), law_digest(), len(cases) - len(lines[:most]), {})


def propose_settling(round_: int, *, by: SignedIn, at: datetime, most: int = MOST) -> Batch:
    """Propose what `settling_ahead` shows. Raises NotAllowed, DecisionRefused where nothing is to be settled so."""
    return propose_ahead(
        round_,
        lambda found: settling_ahead(found, today=day_of(at), most=most),
        NOTHING,
        {"settles": True},
        by=by,
        at=at,
    )


def propose_ahead(
    round_: int, ahead: Callable[[Round], Preview], nothing: Texts, details: Mapping[str, Detail], *, by: SignedIn, at: datetime
) -> Batch:  # fmt: skip
    """Propose the settling of what is ahead in a round. Raises NotAllowed, and DecisionRefused (`nothing`) where that is nothing."""
    with transaction.atomic():
        found = Round.objects.select_for_update(no_key=True).get(pk=round_)  # settlements and claims of it go on
        ensure_may_batch(by, found.body_id, at=at)
        shown = ahead(found)
        if not shown.lines:
            raise DecisionRefused(nothing, code="empty")
        return keep_batch(Batch(round=found, settles=True), shown, details, by=by, at=at)


def rounds_to_settle(bodies: set[int], *, today: date) -> list[Round]:
    """Give the rounds of bodies in which grants are due that a batch could settle, the newest first."""
    numbers = set(_due(bodies, today).values_list("round", flat=True).distinct())
    return list(Round.objects.filter(pk__in=numbers).select_related("version").order_by("-pk"))


def rounds_drawn(bodies: set[int], *, today: date) -> set[int]:
    """Give the rounds of bodies in which a draw passed over something that is due, so that `settling_ahead` may list it.

    Left out is what a person must look at first: a payment is suspended, or an intent was sent. No report is read for it: whether one
    is whole the list alone says.
    """
    waits = BatchItem.objects.filter(case=OuterRef("case"), pending=True, batch__withdrawn_at=None)
    asked = DeliveryQuestion.objects.filter(case=OuterRef("case"))
    reported = Exists(Delivery.objects.filter(case=OuterRef("case")))
    rows = _due(bodies, today).filter(
        _drawn(), ~Exists(waits), ~Exists(asked), undisturbed_grants(), case__delivery_check=None
    )
    rows = rows.filter(
        Q(settle_how=EX_OFFICIO) & ~reported
        | Q(settle_how=ON_DELIVERY) & Exists(_reports().filter(case=OuterRef("case")))
    )
    return set(rows.values_list("round", flat=True).distinct())


def rounds_to_draw(bodies: set[int], *, today: date) -> set[int]:
    """Give the rounds of bodies in which something is due that no draw could have chosen yet."""
    rows = _due(bodies, today).filter(~_drawn(), case__delivery_check=None)
    return set(rows.values_list("round", flat=True).distinct())


@lru_cache(maxsize=1)
def law_digest() -> str:
    """Give the hash of the law by which is settled: the file of the frameworks."""
    return hashlib.sha256((folder("law") / "frameworks.toml").read_bytes()).hexdigest()


def _grants(round_: Round, how: str = EX_OFFICIO) -> QuerySet[Decision]:
    rows = Decision.objects.filter(round=round_, replaced_by=None, settle_how=how, kind__in=GIVING)
    return rows.select_related("act").defer("content")


def _due(bodies: set[int], today: date) -> QuerySet[Decision]:
    """Give the grants of bodies that a batch could settle by now: their activities are over, or they were claimed."""
    rows = Decision.objects.filter(replaced_by=None, kind__in=GIVING, case__state="granted", case__body__in=bodies)
    over = Q(settle_how=EX_OFFICIO, activities_until__lt=today)
    return rows.filter(over | Q(settle_how=ON_DELIVERY) & Exists(Delivery.objects.filter(case=OuterRef("case"))))


def _drawn() -> Exists:
    """Say of a grant whether a sample of its round was drawn since, so that it could have been chosen."""
    return Exists(Sample.objects.filter(round=OuterRef("round"), drawn_at__gte=OuterRef("act__at")))


def _reports() -> QuerySet[Delivery]:
    """Give the last report of each case, where whom it was for told or confirmed it."""
    later = Delivery.objects.filter(case=OuterRef("case"), number__gt=OuterRef("number"))
    return Delivery.objects.filter(~Exists(later), Q(own_word=True) | Q(word__confirmed=True))


def _is_over(decision: Decision, today: date) -> bool:
    return decision.activities_until is not None and decision.activities_until < today


def _claimed(round_: Round) -> dict[int, Decision]:
    """Give, by case, the grants that are paid on delivery and of which the last report is whole; of the first so many confirmed ones."""
    grants = {one.case_id: one for one in _grants(round_, ON_DELIVERY).filter(case__state="granted")}
    reports = _reports().filter(case__in=grants)
    last = {one.case_id: one for one in reports.select_related("act", "case", "word").order_by("case")[:CLAIMS_AT_ONCE]}
    matters = matters_of([one.case for one in last.values()])
    return {
        case: grants[case] for case, report in last.items()
        if case in matters and not_whole(matters[case], grants[case], report) is None
    }  # fmt: skip
