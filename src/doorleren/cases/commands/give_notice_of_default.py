"""Noting a notice of default: somebody says that a decision is late. Ground: Awb 4:17(3).

Two weeks after it the penalty begins, if the term was over when it came (cases/terms/default.py).
"""

from datetime import date, datetime

from doorleren.cases.commands.perform import perform
from doorleren.cases.models import CaseAct
from doorleren.people.signed_in import SignedIn


def give_notice_of_default(case: int, *, on: date, by: SignedIn, at: datetime, party: bool = False) -> CaseAct:
    """Note the notice, on the day that it was received. Raises NotAllowed or CaseRefused."""
    return perform(case, "declared_in_default", by=by, at=at, on=on, party=party)
