"""Destroying what two officials agreed on, case by case: it can stop anywhere and go on, and nothing is done twice."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from doorleren.applications.evidence.storage import Store
from doorleren.applications.retention.commands.destroy_account import destroy_unused_accounts
from doorleren.applications.retention.commands.destroy_application import destroy_unsubmitted
from doorleren.applications.retention.commands.destroy_case import destroy_case
from doorleren.applications.retention.commands.destroy_refused_rows import destroy_refused_rows
from doorleren.applications.retention.refusing import NOT_RELEASED, DestructionRefused
from doorleren.audit.acts import SITE
from doorleren.audit.models import Act
from doorleren.cases.models import DestructionItem, DestructionList
from doorleren.cases.refusing import CaseRefused
from doorleren.core.days import day_of

LONGEST_SILENCE = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a list: how many cases were destroyed, how many stayed because something changed, how many are left to do."""

    destroyed: int
    left: int
    to_do: int


def run_destruction(number: int, *, store: Store, at: datetime, most: int | None = None) -> Report:
    """Destroy the cases of a released list, each in a transaction of its own; give how the list stands then.

    A case of which the retention no longer has ended (it was opened again) stays, with the reason. Raises
    DestructionRefused for a list that nobody released, DoesNotExist.
    """
    row = DestructionList.objects.get(pk=number)
    if row.released_at is None:
        raise DestructionRefused(NOT_RELEASED)
    details = {"list": row.pk, "proposed_by": row.proposed_by_id, "released_by": row.released_by_id}
    for item in _to_do(row).values_list("pk", flat=True)[:most]:
        with transaction.atomic():
            one = DestructionItem.objects.select_for_update().get(pk=item)
            if one.act is None and not one.left:
                _end(one, store, at, details)
    return report_of(row)


def run_released(*, store: Store, at: datetime) -> int:
    """Destroy what is left of every released list; give how many cases went. For the site, again and again."""
    waiting = DestructionList.objects.filter(
        released_at__isnull=False, items__act__isnull=True, items__left=""
    ).distinct()
    return sum(run_destruction(row.pk, store=store, at=at).destroyed for row in waiting)


def run_daily(*, store: Store, at: datetime) -> tuple[int, int, int]:
    """Destroy what is due by rule alone: what nobody submitted, accounts without a file, refused rows of bundles. Gives how many of each.

    Nothing where the clock seems to have jumped. Of rows how many bundles they were in.
    """
    if not clock_is_right(at):
        return 0, 0, 0
    on = day_of(at)
    unsubmitted = destroy_unsubmitted(on, store=store, by=SITE, at=at)
    bundles = destroy_refused_rows(on, by=SITE, at=at)
    return len(unsubmitted), len(destroy_unused_accounts(on, by=SITE, at=at)), len(bundles)


def clock_is_right(at: datetime) -> bool:
    """Say whether the clock does not seem to have jumped: somebody did something here within `LONGEST_SILENCE` before `at`."""
    last = Act.objects.order_by("-id").values_list("at", flat=True).first()
    return last is not None and at - last <= LONGEST_SILENCE


def report_of(row: DestructionList) -> Report:
    """Count what came of a list."""
    items = row.items.all()
    return Report(items.filter(act__isnull=False).count(), items.exclude(left="").count(), _to_do(row).count())


def _to_do(row: DestructionList) -> QuerySet[DestructionItem]:
    return DestructionItem.objects.filter(list=row, act__isnull=True, left="").order_by("number")


def _end(one: DestructionItem, store: Store, at: datetime, details: dict[str, int | None]) -> None:
    try:
        with transaction.atomic():
            one.act = destroy_case(one.case_id, store=store, at=at, details=details)
    except CaseRefused:
        one.left = "refused-by-the-case"
    except DestructionRefused:
        one.left = "not-due-any-more"
    one.save(update_fields=["act", "left"])
