"""Noting what happened around a case: contact, a complaint, a death, a guardian, post that came back. Codes and days only;
what was said lies apart from the record, under `content` (an id of what is kept elsewhere).
"""

from datetime import date, datetime

from doorleren.audit.acts import Detail, Party
from doorleren.cases.commands.perform import perform
from doorleren.cases.models import CaseAct
from doorleren.people.signed_in import SignedIn


def note_contact(
    case: int,
    *,
    channel: str,
    by: SignedIn,
    at: datetime,
    on: date | None = None,
    content: str = "",
    party: bool = False,
) -> CaseAct:
    """Note a call, a message or a visit. Raises NotAllowed or CaseRefused."""
    return perform(case, "contact_noted", by=by, at=at, on=on, party=party, details=_told(content, channel=channel))


def note_complaint(
    case: int, *, by: SignedIn, at: datetime, on: date | None = None, content: str = "", party: bool = False
) -> CaseAct:
    """Note a complaint about how somebody was treated. Raises NotAllowed or CaseRefused."""
    return perform(case, "complaint_received", by=by, at=at, on=on, party=party, details=_told(content))


def note_death(case: int, *, by: SignedIn, at: datetime, on: date | None = None) -> CaseAct:
    """Note that the applicant died; `on` is the day of which word came. Raises NotAllowed or CaseRefused."""
    return perform(case, "death_noted", by=by, at=at, on=on)


def note_guardian(case: int, *, by: SignedIn, at: datetime, on: date | None = None, content: str = "") -> CaseAct:
    """Note that somebody acts for the applicant from now on. Raises NotAllowed or CaseRefused."""
    return perform(case, "guardian_noted", by=by, at=at, on=on, details=_told(content))


def note_post_returned(case: int, *, of: int, by: SignedIn | Party, at: datetime, on: date | None = None) -> CaseAct:
    """Note that the letter of act number `of` came back. Raises NotAllowed or CaseRefused."""
    return perform(case, "post_returned", by=by, at=at, on=on, details={"of": of})


def _told(content: str, **other: Detail) -> dict[str, Detail]:
    return {**other, "content": content} if content else dict(other)
