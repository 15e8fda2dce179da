"""Who acts for an applicant: a guardian, an administrator or the heirs. Letters of the case go to them, by post. Awb 2:1 (recalled).

Name and address are sealed with the case, and stand in its letters. The last that was noted counts.
"""

from dataclasses import dataclass

from doorleren.cases.models import Case, CaseAct
from doorleren.decisions.said_with_acts import words_with
from doorleren.people.file_keys import Destroyed

NOTED = ("guardian_noted", "death_noted")


@dataclass(frozen=True, slots=True)
class Representative:
    """Who acts for the applicant, with the lines of their address."""

    name: str
    address: tuple[str, ...]


def representative_of(case: Case) -> Representative | None:
    """Give who acts for the applicant of a case; None where nobody does, and nothing is read where none was noted."""
    if case.guardian_noted_at is None and case.death_noted_at is None:
        return None
    for act in CaseAct.objects.filter(case=case.pk, act__in=NOTED).select_related("case").order_by("-number"):
        try:
            told = words_with(act)
        except Destroyed:
            return None
        if told:
            name, _, address = told.partition("\n")
            return Representative(name, tuple(line for line in address.splitlines() if line))
    return None
