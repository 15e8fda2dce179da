"""What ends by itself because the law says how long it may last: a suspended payment after thirteen weeks (Awb 4:56).

The site does it once a day, each case in a transaction of its own; a second process that does the same does no harm.
"""

from collections.abc import Callable
from datetime import datetime

from django.db.models import F, Q, QuerySet

from doorleren.cases.models import Case
from doorleren.core.looks import AT_ONCE, Looked, looked
from doorleren.decisions.commands.suspend_payment import let_lapse
from doorleren.decisions.matters import KIND
from doorleren.decisions.one_by_one import one_by_one


def suspended_cases(after: int = 0) -> QuerySet[Case, int]:
    """Give the cases (ids) after one in which payment is suspended now, in order."""
    ended = Q(payment_released_at__isnull=False, payment_released_at__gte=F("payment_suspended_at"))
    rows = Case.objects.filter(
        subject_kind=KIND, payment_suspended_at__isnull=False, destroyed_at__isnull=True, pk__gt=after
    )
    return rows.exclude(ended).order_by("pk").values_list("pk", flat=True)


def let_all_lapse(
    now: Callable[[], datetime], *, after: int = 0, most: int = AT_ONCE, stopped: Callable[[], bool] = lambda: False
) -> Looked:
    """End the suspensions whose weeks are over, of the next cases. The others stay, and what goes wrong is said in the log."""
    found = list(suspended_cases(after)[:most])
    done = one_by_one(
        found, lambda case: let_lapse(case, at=now()), wrong="the suspension of case %s could not end", stopped=stopped,
        refusals=False,
    )  # fmt: skip
    return looked(done, found, most)
