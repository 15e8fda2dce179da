"""Proposing to settle many grants ex officio at once: as granted, without a report, after a sample that they were not drawn in.

Ground: Awb 4:47; Kaderregeling subsidies OCW, SZW en VWS, ch. 7. Released by another official and worked off as a batch of
decisions is (release_batch.py, run_batch.py). What a person should look at is not on the list.
"""

import hashlib
from datetime import date, datetime
from functools import lru_cache

from django.db import transaction

from doorleren.audit.acts import record
from doorleren.cases.models import Case
from doorleren.core.days import day_of
from doorleren.decisions.access import ensure_may_batch
from doorleren.decisions.commands.check_delivery import EX_OFFICIO
from doorleren.decisions.commands.propose_batch import MOST, Line, Preview, party_of
from doorleren.decisions.models import GIVING, Batch, BatchItem, Decision, Sample
from doorleren.decisions.models.batch import SETTLED
from doorleren.decisions.refusing import refused
from doorleren.decisions.settling import disturbed
from doorleren.people.signed_in import SignedIn
from doorleren.rounds.models import Round
from doorleren.shipped import folder


def settling_ahead(round_: Round, *, today: date, most: int = MOST) -> Preview:
    """Say which grants of a round a batch would settle now; writes nothing.

    On it: grants that are settled ex officio, whose activities are over, of which no report came, that a sample could have
    drawn and did not, and in which nothing asks a person. `left`: those whose activities are over, and that are not on it.
    """
    over = {
        one.case_id: one for one in _grants(round_) if one.activities_until is not None and one.activities_until < today
    }
    taken = set(
        BatchItem.objects.filter(pending=True, batch__withdrawn_at=None, case__in=over).values_list("case", flat=True)
    )
    cases = list(Case.objects.filter(pk__in=set(over) - taken, state="granted"))
    last = Sample.objects.filter(round=round_).order_by("-drawn_at").first()
    apart = disturbed(cases)
    lines = [
        Line(one.case_id, one.assessment_id, SETTLED, one.amount_cents)
        for case in sorted(cases, key=lambda case: case.pk)
        if case.pk not in apart and (one := over[case.pk]).assessment_id is not None
        and last is not None and last.drawn_at >= one.act.at
    ]  # fmt: skip
    return Preview(tuple(lines[:most]), law_digest(), len(cases) - len(lines[:most]), {})


def propose_settling(round_: int, *, by: SignedIn, at: datetime, most: int = MOST) -> Batch:
    """Propose what `settling_ahead` shows. Raises NotAllowed, DecisionRefused where nothing is to be settled so."""
    with transaction.atomic():
        found = Round.objects.select_for_update(no_key=True).get(pk=round_)  # settlements of it go on
        ensure_may_batch(by, found.body_id, at=at)
        shown = settling_ahead(found, today=day_of(at), most=most)
        if not shown.lines:
            raise refused("empty", "Er is niets dat nu ambtshalve kan worden vastgesteld.",
                          "There is nothing that can be settled ex officio now.")  # fmt: skip
        batch = Batch.objects.create(
            body_id=found.body_id, round=found, settles=True, rules_digest=shown.rules_digest,
            list_digest=shown.digest, proposed_by_id=by.person, proposed_at=at,
        )  # fmt: skip
        BatchItem.objects.bulk_create([
            BatchItem(batch=batch, number=number, case_id=one.case, assessment_id=one.assessment, kind=one.kind, cents=one.cents)
            for number, one in enumerate(shown.lines, 1)
        ], batch_size=2000)  # fmt: skip
        record("proposed", party_of(batch), by=by.party, at=at, details={
            "cases": len(shown.lines), "cents": shown.cents, "list": shown.digest, "rules": shown.rules_digest, "settles": True,
        })  # fmt: skip
    return batch


def rounds_to_settle(bodies: set[int], *, today: date) -> list[Round]:
    """Give the rounds of bodies in which activities of grants that are settled ex officio are over, the newest first."""
    rows = Decision.objects.filter(
        replaced_by=None, settle_how=EX_OFFICIO, kind__in=GIVING, activities_until__lt=today, case__state="granted",
        case__body__in=bodies,
    )  # fmt: skip
    numbers = set(rows.values_list("round", flat=True).distinct())
    return list(Round.objects.filter(pk__in=numbers).select_related("version").order_by("-pk"))


@lru_cache(maxsize=1)
def law_digest() -> str:
    """Give the hash of the law by which is settled: the file of the frameworks."""
    return hashlib.sha256((folder("law") / "frameworks.toml").read_bytes()).hexdigest()


def _grants(round_: Round) -> list[Decision]:
    rows = Decision.objects.filter(round=round_, replaced_by=None, settle_how=EX_OFFICIO, kind__in=GIVING)
    return list(rows.select_related("act").defer("content"))
