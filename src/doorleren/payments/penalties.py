"""The penalty for a late decision, as money: what it is called in the ledger, and who gets it. Reads only."""

from collections.abc import Collection
from datetime import datetime

from doorleren.applications.models import Application
from doorleren.cases.models import Case
from doorleren.decisions.matters import KIND
from doorleren.decisions.models import FixedPenalty

PENALTY = "penalty"
"""The kind of subject of a penalty in the ledger; its id is that of the case."""


def who_is_owed(cases: Collection[int]) -> dict[int, tuple[str, str, datetime]]:
    """Give for each case who applied (kind, id), who gets the penalty, and when it was fixed last."""
    if not cases:
        return {}
    fixed = FixedPenalty.objects.filter(act__case__in=cases).order_by("act").values_list("act__case", "act__at")
    applied = applicants_of(cases)
    return {case: (*applied[case], at) for case, at in fixed if case in applied}


def applicants_of(cases: Collection[int]) -> dict[int, tuple[str, str]]:
    """Give for each case who applied (kind, id)."""
    about = dict(Case.objects.filter(pk__in=cases, subject_kind=KIND).values_list("pk", "subject_id"))
    rows = Application.objects.filter(pk__in=[int(one) for one in about.values()])
    applied = {
        str(pk): (kind, str(number))
        for pk, kind, number in rows.values_list("pk", "applicant_kind", "applicant_number")
    }
    return {case: applied[number] for case, number in about.items() if number in applied}
