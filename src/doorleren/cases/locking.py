"""Locking cases until the end of a transaction, so that two acts on one case follow each other. Every command locks them here.

Rows that name a case (a payment line, a hand in it) do not wait for its lock: who writes them may hold the record already, and
who has locked the case asks the record next.
"""

from collections.abc import Sequence

from django.db.models import QuerySet

from doorleren.cases.models import Case


def locked_case(case: int) -> Case:
    """Wait until nobody else has locked a case, lock it, and give it as it is then, with its body. Raises Case.DoesNotExist."""
    return to_lock().get(pk=case)


def locked_cases(numbers: Sequence[int]) -> dict[int, Case]:
    """Lock those of these cases that nobody else has locked, and give them by number, with their bodies."""
    return {one.pk: one for one in to_lock(waiting=False).filter(pk__in=numbers).order_by("pk")}


def to_lock(*, waiting: bool = True) -> QuerySet[Case]:
    """Give all cases, for a question that locks those it finds: several in the order of their numbers, so that two who do so
    do not wait for each other. `waiting=False`: leave out what somebody else has locked."""
    return Case.objects.select_for_update(of=("self",), no_key=True, skip_locked=not waiting).select_related("body")
