"""What a list of cases to destroy is as it was proposed: its hash, and reading it."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from doorleren.cases.models import DestructionItem, DestructionList

VIEW, PROPOSE, RELEASE = "view_destruction", "propose_destruction", "destroy_case"


def digest_of(body: int, due_by: date, items: Iterable[tuple[int, date]]) -> str:
    """Give the hash of a list: body, day, and each case with the last day of its retention, in order."""
    told = [body, due_by.isoformat(), [[case, until.isoformat()] for case, until in items]]
    return hashlib.sha256(json.dumps(told, separators=(",", ":")).encode()).hexdigest()


def items_to_do(body: int) -> QuerySet[DestructionItem]:
    """Give what stands on a list of a body and still waits: for a colleague, or for the site to destroy it."""
    return DestructionItem.objects.filter(list__body=body, list__withdrawn_at__isnull=True, act__isnull=True, left="")


def digest_now(row: DestructionList) -> str:
    """Give the hash of a list as its rows have it now."""
    items = row.items.order_by("number").values_list("case", "kept_until")
    return digest_of(row.body_id, row.due_by, items)
