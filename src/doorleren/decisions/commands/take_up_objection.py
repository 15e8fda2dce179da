"""Taking up the objection that waits longest, once another was answered or withdrawn: the site does so, in the same transaction.

Several objections can be open in one case. Without this act the case would look as if none was.
"""

from datetime import datetime, timedelta

from doorleren.audit.acts import SITE
from doorleren.cases.commands.perform import perform
from doorleren.cases.models import CaseAct
from doorleren.decisions.objections import objection_open

NEXT = timedelta(microseconds=1)
"""It comes after the answer: of moments that are equal none is later."""


def take_up_next(case: int, *, at: datetime) -> CaseAct | None:
    """Take up the next objection; give the act, None where none is open. Only for the commands that answer or withdraw one."""
    found = objection_open(case)
    if found is None:
        return None
    return perform(case, "objection_taken_up", by=SITE, at=at + NEXT, details={"objection": found.number})
