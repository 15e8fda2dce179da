"""Following the parts of advances in the ledger, each from its day or once its report was accepted. Pulled, a case at a time.

A part gives what all parts up to it come to, less what the ledger has as advance or loan already: so a grant that was given anew, or
amended, pays nothing twice. While payment is suspended its parts wait; after the settlement or a
withdrawal they never come. The key of a part is `advance/3`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Sum

from doorleren.audit.acts import SITE, Party
from doorleren.cases.locking import locked_case
from doorleren.core.days import day_of
from doorleren.core.looks import AT_ONCE
from doorleren.decisions.models import AdvancePart
from doorleren.payments.advances import advances_open, due_parts
from doorleren.payments.balances import standing_of
from doorleren.payments.commands.post import Event, post
from doorleren.payments.models import FollowedAdvance
from doorleren.payments.refusing import PaymentRefused


@dataclass(frozen=True, slots=True)
class Advanced:
    """How many parts were followed, and which wait because their case allows no advance now, or the ledger refuses them.

    `after`: the case after which the next look goes on, so that what waits holds up nobody; None: there is no more.
    """

    followed: int
    waiting: tuple[int, ...]
    after: int | None


def post_advances(
    *, at: datetime, after: int = 0, most: int = AT_ONCE, stopped: Callable[[], bool] = lambda: False
) -> Advanced:
    """Follow the parts that are due of the cases after one, in order, at most so many; one that has to wait holds up no other case."""
    followed, waiting, held = 0, list[int](), set[int]()
    rows = due_parts(day_of(at)).filter(decision__case__gt=after).order_by("decision__case", "number")
    found = list(rows.values_list("pk", "decision__case")[:most])
    for part, case in found:
        if stopped():
            break
        if case not in held and _posted(part, case, at):
            followed += 1
        else:
            held.add(case)
            waiting.append(part)
    cases = [case for _, case in found]
    if len(cases) < most:
        return Advanced(followed, tuple(waiting), None)
    again = followed or cases[0] != cases[-1]  # of the last case parts may be left; where all wait, others come first
    return Advanced(followed, tuple(waiting), cases[-1] - 1 if again else cases[-1])


def _posted(part: int, case: int, at: datetime) -> bool:
    """Follow one part with its case locked; say whether it was done."""
    with transaction.atomic():
        held = locked_case(case)
        one = due_parts(day_of(at)).select_related("decision").filter(pk=part).first()
        standing = standing_of("case", str(case))
        if one is None or not advances_open(held):
            return False
        cents = min(one.cents, _up_to(one) - standing.amount("advance") - standing.loan_to_settle)
        try:
            if cents > 0:
                event = Event(
                    "grant_advance",
                    Party("case", str(case)),
                    cents,
                    f"advance/{part}",
                    held.body_id,
                    one.decision.round_id,
                )
                post(event, by=SITE, at=at)
        except PaymentRefused:
            return False
        FollowedAdvance.objects.create(part=one, at=at)
    return True


def _up_to(part: AdvancePart) -> int:
    """Add up the parts of an advance up to this one."""
    rows = AdvancePart.objects.filter(decision=part.decision_id, number__lte=part.number)
    return int(rows.aggregate(cents=Sum("cents"))["cents"] or 0)
