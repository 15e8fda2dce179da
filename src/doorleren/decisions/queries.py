"""Named reads of assessments and decisions: which one counts, and the file of a case for officials and for its parties."""

from collections.abc import Iterable
from typing import TypeVar

from doorleren.audit.rows import rows_of
from doorleren.cases.models import CaseAct
from doorleren.decisions.models import Assessment, Decision

IN_ORDER = "case_id = %s ORDER BY number"
Row = TypeVar("Row", Assessment, Decision)


def assessment_in_force(case: int) -> Assessment | None:
    """Give the last assessment of a case; None while there is none."""
    return Assessment.objects.select_related("act").filter(case=case).order_by("-number").first()


def assessments_of(case: int, acts: Iterable[CaseAct] | None = None) -> list[Assessment]:
    """Give the assessments of a case, in order, with their acts; `acts`: all acts of the case, where they were read."""
    if acts is not None:
        return _with_acts(rows_of(Assessment, IN_ORDER, [case]), acts)
    return list(Assessment.objects.select_related("act").filter(case=case).order_by("number"))


def decision_in_force(case: int) -> Decision | None:
    """Give the decision that counts: the last one; None while there is none."""
    return Decision.objects.select_related("act").filter(case=case).order_by("-number").first()


def decisions_of(case: int, acts: Iterable[CaseAct] | None = None) -> list[Decision]:
    """Give the decisions on a case, in order, with their acts; `acts`: all acts of the case, where they were read."""
    if acts is not None:
        return _with_acts(rows_of(Decision, IN_ORDER, [case]), acts)
    return list(Decision.objects.select_related("act").filter(case=case).order_by("number"))


def _with_acts(rows: list[Row], acts: Iterable[CaseAct]) -> list[Row]:
    """Give rows their acts; without those of an act that came after the acts were read."""
    by_number = {one.pk: one for one in acts}
    known = [row for row in rows if row.act_id in by_number]
    for row in known:
        row.act = by_number[row.act_id]
    return known
