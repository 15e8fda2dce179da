"""Who may decide on many cases at once. What must lie in different hands per case: cases/access.py; rests on people/access.py."""

from datetime import datetime

from doorleren.people.access import Thing, ensure
from doorleren.people.signed_in import SignedIn

DECIDE = "decide_case"
APPOINT, SCORE, FIX, VIEW = "appoint_scorer", "score_application", "fix_scores", "view_committee"
"""What officials do in the committee of a round of their body; what else it asks: committee/scores.py."""


def ensure_may_batch(who: SignedIn | None, body: int, *, at: datetime) -> SignedIn:
    """Give who asks back if they may propose, release, stop or resume a batch of a body: a decider of it. Raises NotAllowed."""
    return ensure(who, DECIDE, Thing("batch", "", body=body), at=at)


def ensure_may_act(who: SignedIn | None, act: str, body: int, *, at: datetime) -> SignedIn:
    """Give who asks back if they may do an act of a committee within a body. Raises NotAllowed."""
    return ensure(who, act, Thing("committee", "", body=body), at=at)
