"""Who acts for an applicant: a guardian, an administrator or the heirs. Letters of the case go to them, by post. Awb 2:1 (recalled).

Name and address are sealed with the case, and stand in its letters. The last that was noted counts.
"""

from dataclasses import dataclass

from django.db.models import Q

from doorleren.cases.models import Case, CaseAct
from doorleren.cases.stops import After, said
from doorleren.core.texts import Texts
from doorleren.decisions.said_with_acts import words_with
from doorleren.people.file_keys import Destroyed

NOTED = ("guardian_noted", "death_noted")
ENDED = "representing_ended"
"""What the note of an official says who ends it."""
NOBODY = said("Niemand treedt op voor de aanvrager.", "Nobody acts for the applicant.")
HEIRS = said(
    "De aanvrager is overleden. Noteer wie nu voor de erven optreedt, en beëindig dit niet.",
    "The applicant died. Note who acts for the heirs now, and do not end this.",
)


REPRESENTED = After(("guardian_noted", "death_noted"), NOBODY)
"""What must have happened before somebody stops acting for the applicant."""


@dataclass(frozen=True, slots=True)
class Representative:
    """Who acts for the applicant, with the lines of their address."""

    name: str
    address: tuple[str, ...]


def representative_of(case: Case) -> Representative | None:
    """Give who acts for the applicant of a case; None where nobody does, and nothing is read where none was noted."""
    if case.guardian_noted_at is None and case.death_noted_at is None:
        return None
    asked = Q(act__in=NOTED) | Q(act="contact_noted", details__what=ENDED)
    for act in CaseAct.objects.filter(asked, case=case.pk).select_related("case").order_by("-number"):
        if act.act not in NOTED:
            return None
        try:
            told = words_with(act)
        except Destroyed:
            return None
        if told:
            name, _, address = told.partition("\n")
            return Representative(name, tuple(line for line in address.splitlines() if line))
    return None


def why_not_ended(case: Case) -> Texts | None:
    """Give the sentence why there is no representation to end; None where there is one. For heirs another is noted instead."""
    if case.death_noted_at is not None:
        return HEIRS
    return NOBODY if representative_of(case) is None else None
