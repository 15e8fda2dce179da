"""Choosing which cases are checked before they are settled many at once (ex officio, or as claimed): by lot, or by an official for a reason.

A draw leaves its seed and the hash of its list, so that anybody can draw it again (`drawn_again`). At least a fifth of all
checks of a round is by lot. Ground: Kaderregeling art. 6.1, proof only when it is asked; the share is an assumption of ours.
"""

import re
import secrets
from datetime import datetime

from django.db import transaction

from doorleren.audit.acts import Party, record
from doorleren.cases.acts import SETTLING
from doorleren.cases.locking import locked_case
from doorleren.cases.models import Case
from doorleren.cases.recording import party_of
from doorleren.decisions.delivered import digest_of, draw, one_more_by_choice
from doorleren.decisions.models import GIVING, Check, Decision, Sample
from doorleren.decisions.models.delivery import REASON
from doorleren.decisions.refusing import refused
from doorleren.people.access import Thing, ensure
from doorleren.people.signed_in import SignedIn
from doorleren.rounds.models import Allocation, Round

PREPARE = "prepare_case"
EX_OFFICIO, ON_DELIVERY = "ex_officio", "on_delivery"
MANY_AT_ONCE = (EX_OFFICIO, ON_DELIVERY)
"""Ways to settle that a batch can, without those that were drawn."""


STOPPED = (*SETTLING, "objection_open", "objection_in_hand")
"""What stops the choice of a case to check: it is settled, or an objection runs."""


def to_draw_from(round_: int) -> list[Case]:
    """Give the cases of a round that a batch could settle and that are not checked yet."""
    last = Decision.objects.filter(round=round_).order_by("case", "-number").distinct("case")
    fitting = [one.case_id for one in last if one.kind in GIVING and one.settle_how in MANY_AT_ONCE]
    return list(Case.objects.filter(pk__in=fitting, state="granted", delivery_check=None).order_by("pk"))


def draw_sample(round_: int, size: int, *, by: SignedIn, at: datetime) -> Sample:
    """Draw so many cases of a round to check. Raises NotAllowed, DecisionRefused for a size that cannot be drawn."""
    with transaction.atomic():
        Allocation.objects.select_for_update().get(pk=round_)
        row = Round.objects.get(pk=round_)
        ensure(by, PREPARE, Thing("cases", "", body=row.body_id), at=at)
        cases = {one.reference: one for one in to_draw_from(round_)}
        if not 0 < size <= len(cases):
            raise refused("size", f"Kies een aantal van 1 tot en met {len(cases)}.",
                          f"Choose a number from 1 to {len(cases)}.", "size")  # fmt: skip
        seed = secrets.token_hex(32)
        sample = Sample.objects.create(
            round=row, seed=seed, list_digest=digest_of(cases), population=len(cases), size=size, drawn_by_id=by.person,
            drawn_at=at,
        )  # fmt: skip
        for place, reference in enumerate(draw(list(cases), seed, size), 1):
            Check.objects.create(case=cases[reference], round=row, sample=sample, place=place, at=at)
        record("drew_sample", Party("round", str(round_)), by=by.party, at=at,
               details={"sample": sample.pk, "size": size, "population": len(cases), "seed": seed,
                        "list": sample.list_digest})  # fmt: skip
    return sample


def choose_check(case: int, reason: str, *, by: SignedIn, at: datetime) -> Check:
    """Choose a case to check, for a reason (a code, such as "many-at-once"). Raises NotAllowed, DecisionRefused."""
    with transaction.atomic():
        held = locked_case(case)
        ensure(by, PREPARE, Thing("case", str(case), body=held.body_id), at=at)
        last = Decision.objects.filter(case=case).order_by("-number").first()
        if last is None or last.round_id is None or held.state != "granted" or Check.objects.filter(case=case).exists():
            raise refused("not_open", "In deze zaak is niets toegekend, of zij wordt al gecontroleerd.",
                          "Nothing was granted in this case, or it is checked already.")  # fmt: skip
        if not re.fullmatch(REASON, reason, re.ASCII):
            raise refused("reason", "Geef een code waarom u deze zaak controleert: kleine letters en streepjes.",
                          "Give a code why you check this case: small letters and hyphens.", "reason")  # fmt: skip
        Allocation.objects.select_for_update().get(pk=last.round_id)
        checks = Check.objects.filter(round=last.round_id)
        at_random = checks.filter(sample__isnull=False).count()
        if not one_more_by_choice(at_random, checks.count() - at_random):
            raise refused("random", "Ten minste een vijfde van alle controles gaat bij loting. Trek eerst een steekproef.",
                          "At least a fifth of all checks is drawn by lot. Draw a sample first.")  # fmt: skip
        row = Check.objects.create(case=held, round_id=last.round_id, reason=reason, at=at)
        record("chose_check", party_of(held), by=by.party, at=at, details={"round": last.round_id})
    return row


def drawn_again(sample: Sample, references: list[str]) -> bool:
    """Say whether a sample is what its seed gives for the list that could be drawn. False for another list."""
    found = Check.objects.filter(sample=sample).order_by("place").values_list("case__reference", flat=True)
    return digest_of(references) == sample.list_digest and draw(references, sample.seed, sample.size) == tuple(found)
