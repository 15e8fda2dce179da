"""Reads of the advance of a grant: its plan as it was kept, and whether a report of progress was accepted since the grant."""

from datetime import date

from doorleren.cases.models import CaseAct
from doorleren.decisions.advance_plan import Part, Plan
from doorleren.decisions.models import GIVING, Decision

ACCEPTED = "progress_accepted"
"""What the note of an official says who accepts a report of progress."""


def plan_kept(decision: Decision) -> Plan:
    """Give the plan of a decision as it was kept: its parts, or what is paid at once."""
    if decision.advance_cents is None:
        return Plan(None)
    rows = decision.advance_parts.order_by("number")
    parts = tuple(Part(one.number, one.cents, one.due_on, one.after) for one in rows)
    if parts or not decision.advance_cents:
        return Plan(parts)
    return Plan((Part(1, decision.advance_cents, decision.decided_on),), decision.decided_on)


def begun(case: int, starts: date | None) -> date | None:
    """Give from when the plan of a grant that is given anew counts: its first day as told, else the day of the first grant."""
    if starts is not None:
        return starts
    rows = Decision.objects.filter(case=case, kind__in=GIVING).order_by("number")
    return rows.values_list("decided_on", flat=True).first()


def report_to_accept(case: int) -> CaseAct | None:
    """Give the last report of progress since the first grant that was not accepted; None where there is none."""
    granted = CaseAct.objects.filter(case=case, act__in=GIVING).order_by("number").first()
    if granted is None:
        return None
    rows = CaseAct.objects.filter(case=case, act="progress_reported", number__gt=granted.number)
    last = rows.order_by("-number").first()
    return None if last is None or accepted(case, after=last.number) else last


def accepted(case: int, *, after: int = 0) -> bool:
    """Say whether a report of progress was accepted, after an act of the case where one is given."""
    notes = CaseAct.objects.filter(case=case, act="contact_noted", details__what=ACCEPTED, number__gt=after)
    return notes.exists()
