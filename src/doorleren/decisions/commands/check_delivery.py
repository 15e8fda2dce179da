"""Choosing which cases are checked: before they are settled many at once (ex officio, or as claimed), or after they settled at once.

By lot, or by an official for a reason; who asks in a case where proof is only given when asked, chooses it. A draw leaves its seed and the hash of its list, so that anybody can draw it again (`drawn_again`). At least a fifth of all
checks of a round is by lot. Ground: Kaderregeling art. 6.1, proof only when it is asked; Awb 4:49 for what is final; the share is an assumption of ours.
"""

import re
import secrets
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q

from doorleren.audit.acts import Party, record
from doorleren.cases.acts import SETTLING
from doorleren.cases.locking import locked_case
from doorleren.cases.models import REVOKED, Case
from doorleren.cases.models.guards import stands_in_sql
from doorleren.cases.recording import party_of
from doorleren.cases.stops import OVERTURNED, said
from doorleren.core.days import day_of
from doorleren.decisions.checkable import last_day_to_withdraw, not_checkable
from doorleren.decisions.delivered import choices_left, digest_of, draw
from doorleren.decisions.models import GIVING, Check, Decision, Sample
from doorleren.decisions.models.delivery import REASON
from doorleren.decisions.queries import decision_in_force
from doorleren.decisions.refusing import DecisionRefused, refused
from doorleren.people.access import Thing, ensure
from doorleren.people.signed_in import SignedIn
from doorleren.rounds.models import Allocation, Round
from doorleren.rules.frameworks import WITH_GRANT

PREPARE = "prepare_case"
EX_OFFICIO, ON_DELIVERY = "ex_officio", "on_delivery"
MANY_AT_ONCE = (EX_OFFICIO, ON_DELIVERY)
"""Ways to settle that a batch can, without those that were drawn."""


ASKING_STOPPED = tuple(one for one in SETTLING if one != "settled")
"""What stops asking about a grant; of one that was settled `not_checkable` says why, as one that settled at once can be asked about."""
STOPPED = (*ASKING_STOPPED, "objection_open", "objection_in_hand")
"""What stops the choice of a case to check: nothing stands, or an objection runs."""
OPEN_TO_CHECK = ("granted", "settled")
NOT_OPEN = said(
    "In deze zaak is niets toegekend, of zij wordt al gecontroleerd.",
    "Nothing was granted in this case, or it is checked already.",
)


def to_draw_from(round_: int, *, today: date) -> list[Case]:
    """Give the cases of a round that are not checked yet: those that a batch could settle, and those that settled at once.

    The latter as long as they can be withdrawn (Awb 4:49), also where they were closed meanwhile; who is drawn is asked once they
    are open again.
    """
    last = Decision.objects.filter(round=round_, kind__in=GIVING, replaced_by=None)
    told = list(last.values_list("case", "settle_how", "decided_on"))
    many = [case for case, how, _day in told if how in MANY_AT_ONCE]
    at_once = [case for case, how, day in told if how == WITH_GRANT and today <= last_day_to_withdraw(day)]
    settled = stands_in_sql("settled", OVERTURNED) & ~REVOKED & Q(state__in=("settled", "closed"))
    fitting = Q(pk__in=many, state="granted") | Q(pk__in=at_once) & settled
    return list(Case.objects.filter(fitting, delivery_check=None).order_by("pk"))


def rounds_to_check(bodies: set[int], *, today: date) -> list[Round]:
    """Give the rounds of bodies in which grants settled at once and can still be withdrawn, and nothing was ever drawn; the newest first."""
    found = Decision.objects.filter(
        replaced_by=None,
        kind__in=GIVING,
        settle_how=WITH_GRANT,
        case__body__in=bodies,
        case__state__in=("settled", "closed"),
    ).filter(~Exists(Sample.objects.filter(round=OuterRef("round"))))
    last = dict(found.values_list("round").annotate(last=Max("decided_on")))
    fitting = [round_ for round_, day in last.items() if today <= last_day_to_withdraw(day)]
    return list(Round.objects.filter(pk__in=fitting).select_related("version").order_by("-pk"))


def draw_sample(round_: int, size: int, *, by: SignedIn, at: datetime) -> Sample:
    """Draw so many cases of a round to check. Raises NotAllowed, DecisionRefused for a size that cannot be drawn."""
    with transaction.atomic():
        Allocation.objects.select_for_update().get(pk=round_)
        row = Round.objects.get(pk=round_)
        ensure(by, PREPARE, Thing("cases", "", body=row.body_id), at=at)
        cases = {one.reference: one for one in to_draw_from(round_, today=day_of(at))}
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
        if (why := not_checkable(held, day_of(at))) is not None:
            raise DecisionRefused(why, code="not_open")
        last = decision_in_force(case)
        if last is None or last.round_id is None or held.state not in OPEN_TO_CHECK:
            raise DecisionRefused(NOT_OPEN, code="not_open")
        return keep_choice(held, last.round_id, reason, by=by, at=at)


def keep_choice(held: Case, round_: int, reason: str, *, by: SignedIn, at: datetime) -> Check:
    """Keep that an official chose a locked case of a round to check, and why. Raises DecisionRefused, also for one choice too many."""
    if not re.fullmatch(REASON, reason, re.ASCII):
        raise refused("reason", "Geef een code waarom u deze zaak controleert: kleine letters en streepjes.",
                      "Give a code why you check this case: small letters and hyphens.", "reason")  # fmt: skip
    Allocation.objects.select_for_update().get(pk=round_)
    if Check.objects.filter(case=held).exists():
        raise DecisionRefused(NOT_OPEN, code="not_open")
    if not choices_left(*checks_of(round_)):
        raise refused("random", "Ten minste een vijfde van alle controles gaat bij loting. Trek eerst een steekproef.",
                      "At least a fifth of all checks is drawn by lot. Draw a sample first.")  # fmt: skip
    row = Check.objects.create(case=held, round_id=round_, reason=reason, chosen_by_id=by.person, at=at)
    record("chose_check", party_of(held), by=by.party, at=at, details={"round": round_})
    return row


def checks_of(round_: int) -> tuple[int, int]:
    """Give how many cases of a round are checked: drawn by lot, and chosen by officials."""
    checks = Check.objects.filter(round=round_)
    return checks.filter(sample__isnull=False).count(), checks.filter(sample=None).count()


def drawn_again(sample: Sample, references: list[str]) -> bool:
    """Say whether a sample is what its seed gives for the list that could be drawn. False for another list."""
    found = Check.objects.filter(sample=sample).order_by("place").values_list("case__reference", flat=True)
    return digest_of(references) == sample.list_digest and draw(references, sample.seed, sample.size) == tuple(found)
