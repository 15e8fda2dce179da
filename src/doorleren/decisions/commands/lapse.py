"""Letting lapse what was reserved and never claimed, many grants at once: each is settled at nil, with its letter. Awb 4:46(2).

Proposed by one official, released by another and worked off as a batch of decisions is (release_batch.py, run_batch.py). On it
are grants of which nothing was paid, that were reminded by a letter that went out in time, and to which nobody answered. The
ledger releases what they held. One grant alone is settled at nil as any other (settle.py).
"""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from doorleren.core.days import day_of
from doorleren.decisions.commands.propose_batch import MOST, Line, Preview
from doorleren.decisions.commands.propose_settling import law_digest, propose_ahead
from doorleren.decisions.commands.settle import Weighed, settle_now
from doorleren.decisions.matters import matter_held
from doorleren.decisions.models import Batch, BatchItem, Settlement
from doorleren.decisions.models.batch import LAPSED
from doorleren.decisions.refusing import DecisionRefused, refused
from doorleren.decisions.settling import answered, intent_after
from doorleren.decisions.unclaimed import ensure_unclaimed, in_time, reminded
from doorleren.people.signed_in import SignedIn
from doorleren.rounds.models import Round

NOTHING = {
    "nl": "Er is niets gereserveerd dat nu kan vervallen.",
    "en": "Nothing that was reserved can lapse now.",
}
WEIGHED = Weighed(
    "u hebt niet gedeclareerd wat voor u was gereserveerd, ook niet na onze herinnering",
    "u kreeg na de laatste dag nog tijd om te declareren of om te zeggen wat u ervan vindt, en u hoeft niets terug te betalen",
)


def lapsing_ahead(round_: Round, *, today: date, most: int = MOST) -> Preview:
    """Say which grants of a round a batch would let lapse now; writes nothing. `left`: those that are not on it."""
    rows = reminded(today).filter(round=round_).order_by("case").values_list("case", "assessment")
    waits = BatchItem.objects.filter(case=OuterRef("case"), pending=True, batch__withdrawn_at=None)
    found = list(rows.exclude(Exists(waits)))
    sent = in_time([case for case, _ in found])
    lines = [Line(case, assessment, LAPSED, 0) for case, assessment in found if assessment is not None and case in sent]
    lines = lines[:most]
    return Preview(tuple(lines), law_digest(), len(found) - len(lines), {})


def propose_lapsing(round_: int, *, by: SignedIn, at: datetime, most: int = MOST) -> Batch:
    """Propose what `lapsing_ahead` shows. Raises NotAllowed, DecisionRefused where nothing can lapse."""
    return propose_ahead(
        round_, lambda found: lapsing_ahead(found, today=day_of(at), most=most), NOTHING, {"lapses": True}, by=by, at=at
    )


def lapse_listed(item: BatchItem, *, at: datetime) -> Settlement:
    """Settle at nil as a batch lists it, for its two people; asked again, so not where it was claimed or answered meanwhile.

    Raises NotAllowed, CaseRefused, DecisionRefused.
    """
    with transaction.atomic():
        matter, today = matter_held(item.case_id), day_of(at)
        decision, _ = ensure_unclaimed(matter.case, today)
        if not reminded(today).filter(pk=decision.pk).exists():
            raise refused("disturbed", "In deze zaak loopt iets dat iemand moet bekijken.",
                          "Something in this case is to be looked at by a person.")  # fmt: skip
        try:
            intent = intent_after(answered(matter.case, decision, today))
        except DecisionRefused as why:
            raise DecisionRefused(why.texts, code="not_in_time") from why
        return settle_now(matter, decision, None, LAPSED, 0, WEIGHED, intent, item, at)


def rounds_to_lapse(bodies: set[int], *, today: date) -> list[Round]:
    """Give the rounds of bodies in which something can lapse, the newest first."""
    numbers = set(reminded(today).filter(case__body__in=bodies).values_list("round", flat=True).distinct())
    return list(Round.objects.filter(pk__in=numbers).select_related("version").order_by("-pk"))
