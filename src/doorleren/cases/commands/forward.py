"""Forwarding what came to the wrong authority to the right one, with word to who sent it. Ground: Awb 2:3 (recalled)."""

from datetime import datetime

from doorleren.cases.commands.perform import perform
from doorleren.cases.models import CaseAct
from doorleren.people.signed_in import SignedIn


def forward(case: int, *, to: str, by: SignedIn, at: datetime) -> CaseAct:
    """Forward to a body (its code, here or elsewhere); the case ends here. Raises NotAllowed or CaseRefused."""
    return perform(case, "forwarded", by=by, at=at, details={"to": to})
