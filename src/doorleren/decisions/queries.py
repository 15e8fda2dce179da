"""Named reads of assessments and decisions: which one counts, and the file of a case for officials and for its parties."""

from doorleren.decisions.models import Assessment, Decision


def assessment_in_force(case: int) -> Assessment | None:
    """Give the last assessment of a case; None while there is none."""
    return Assessment.objects.select_related("act").filter(case=case).order_by("-number").first()


def assessments_of(case: int) -> list[Assessment]:
    """Give the assessments of a case, in order."""
    return list(Assessment.objects.select_related("act").filter(case=case).order_by("number"))


def decision_in_force(case: int) -> Decision | None:
    """Give the decision that counts: the last one; None while there is none."""
    return Decision.objects.select_related("act").filter(case=case).order_by("-number").first()


def decisions_of(case: int) -> list[Decision]:
    """Give the decisions on a case, in order."""
    return list(Decision.objects.select_related("act").filter(case=case).order_by("number"))
