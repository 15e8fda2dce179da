"""Named reads of appeals: those that are open in a case, and what one can appeal in it now."""

from doorleren.cases.acts import APPEALABLE
from doorleren.cases.frameworks import frameworks
from doorleren.cases.models import Case
from doorleren.cases.queries import acts_of
from doorleren.cases.recording import life_of
from doorleren.cases.stops import said
from doorleren.cases.terms.appealing import Appeal, appealable, appeals_open
from doorleren.cases.terms.facts import Done
from doorleren.core.texts import Texts

NO_APPEAL_HERE = said(
    "Tegen besluiten van deze regeling staat geen beroep open.", "Decisions of this scheme are not open to appeal."
)
NONE_OPEN = said("Er is geen beroep dat nog loopt.", "No appeal is open.")


def to_appeal(case: Case) -> list[Done]:
    """Give the acts of a case that one can appeal now, the last one first."""
    return appealable(life_of(case, acts_of(case.pk)))


def appeals_running(case: Case) -> list[Appeal]:
    """Give the open appeals of a case, in order."""
    return appeals_open(life_of(case, acts_of(case.pk))) if case.appeal_noted_at else []


def none_running(case: Case) -> Texts | None:
    """Give the sentence why no judgment can be noted; None where an appeal is open."""
    return None if appeals_running(case) else NONE_OPEN


def nothing_to_appeal(case: Case) -> Texts | None:
    """Give the sentence why no appeal can be noted: the law gives none, or nothing is left to appeal; None where one can."""
    if not frameworks()[case.framework].objection:
        return NO_APPEAL_HERE
    untouched = case.decided_at and not (case.appeal_noted_at or case.objection_decided_at)
    return None if untouched or to_appeal(case) else APPEALABLE.texts
