"""Whether what an applicant is asked makes the application incomplete, so that its place follows the completion. Reads only.

Ground: Awb 4:2(2) and 4:5(1); Kaderregeling subsidies OCW, SZW en VWS 2.3. Incomplete is what lacks something that had to come
with the application: a fact that its rules look at, or evidence that is asked when applying. Only an official can tell
whether a part lacks, or is there and asks for an explanation or a better copy; so the official says which (`explains`).
"""

from collections.abc import Collection

from doorleren.cases.models import Case, CaseAct
from doorleren.rules.versions import Version

LACKS, EXPLAINS = "lacks", "explains"
"""What an official says of what is asked: it lacks, or it is there and is to be explained. The act says so of the second."""


def makes_incomplete(version: Version, parts: Collection[str], *, explains: bool) -> bool:
    """Say whether asking for these parts (ids of evidence or facts) says that the application is incomplete.

    Example: the quotation that had to come with it lacks: yes. The same quotation, which cannot be read: no.
    """
    evidence = {one.id: one for one in version.evidence}
    return not explains and any(part not in evidence or evidence[part].with_application for part in parts)


def lacking_asked(case: Case) -> CaseAct | None:
    """Give the last act that asked for what lacks, and was not answered; None where nothing lacks."""
    rows = CaseAct.objects.filter(case=case.pk, act__in=("asked_to_complete", "completed")).order_by("number")
    found = None
    for row in rows:
        if row.act == "completed":
            found = None
        elif not row.details.get(EXPLAINS):
            found = row
    return found
