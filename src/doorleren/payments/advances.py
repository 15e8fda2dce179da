"""How the parts of an advance stand, and which are to be posted now. Reads only; the postings are made by commands/post_advances.py."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db.models import Exists, OuterRef, Q, QuerySet

from doorleren.cases.models import Case, CaseAct
from doorleren.cases.recording import moments_of
from doorleren.cases.rules import why_not
from doorleren.decisions.advances import ACCEPTED
from doorleren.decisions.models import GIVING, AdvancePart, Decision

How = Literal["given", "due", "later", "progress", "stopped"]
"""In the ledger; to be posted now; its day has not come; its report was not accepted; the case allows no advance as it stands."""

OPEN = ("granted", "objection")
"""States in which an advance may be given; what the acts of the case say of it is asked besides."""


@dataclass(frozen=True, slots=True)
class PartNow:
    """A part of the advance of the grant in force, and how it stands."""

    number: int
    cents: int
    due_on: date | None
    how: How


def parts_now(case: Case, today: date) -> list[PartNow]:
    """Give the parts of the advance of the last decision of a case, as they stand on a day; none where it has no plan."""
    decision = Decision.objects.filter(case=case).order_by("-number").first()
    if decision is None or decision.kind not in GIVING:
        return []
    rows = list(AdvancePart.objects.filter(decision=decision).select_related("followed").order_by("number"))
    if not rows:
        return []
    due = set(due_parts(today).filter(decision=decision).values_list("pk", flat=True))
    open_ = advances_open(case)
    return [PartNow(one.number, one.cents, one.due_on, _how(one, due, open_=open_)) for one in rows]


def due_parts(today: date) -> QuerySet[AdvancePart]:
    """Give the parts that are to be followed by a day: of grants in force that the ledger has, and not followed yet.

    A part that waits for a report is due once an official accepted one after the first grant of its case.
    """
    accepted = CaseAct.objects.filter(case=OuterRef("decision__case"), act="contact_noted", details__what=ACCEPTED)
    rows = AdvancePart.objects.filter(
        followed=None, decision__replaced_by=None, decision__followed__isnull=False, decision__kind__in=GIVING,
        decision__case__state__in=OPEN,
    )  # fmt: skip
    return rows.filter(Q(due_on__lte=today) | (Q(due_on=None) & Exists(accepted)))


def advances_open(case: Case) -> bool:
    """Say whether an advance can be given as the case stands: not settled, revoked or suspended.

    Only a notice of a serious suspicion suspends payment (Awb 4:56): a claim that is open holds nothing up, unless it is set off by
    a decision (4:57, 4:93). What was paid without a ground and is not claimed is taken by an advance first, before anything is paid:
    so a grant that came back after its withdrawal goes on with what its recipient already has.
    """
    return why_not("advance_paid", moments_of(case)) is None


def _how(part: AdvancePart, due: set[int], *, open_: bool) -> How:
    if getattr(part, "followed", None) is not None:
        return "given"
    if not open_:
        return "stopped"
    if part.pk in due:
        return "due"
    return "progress" if part.due_on is None else "later"
