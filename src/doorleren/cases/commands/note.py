"""Noting what happened around a case: contact, a complaint, a death, a guardian, post that came back. Codes and days only;
what was said lies apart from the record, under `content` (an id of what is kept elsewhere).
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from doorleren.audit.acts import Detail, Party
from doorleren.cases import refusing
from doorleren.cases.commands.perform import perform
from doorleren.cases.given_days import RETURNED, goes_by_letter, sendings
from doorleren.cases.locking import locked_case
from doorleren.cases.models import CaseAct
from doorleren.cases.refusing import CaseRefused
from doorleren.cases.returned import underway
from doorleren.core.days import day_of
from doorleren.core.texts import Texts
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
    """Note that the letter of act number `of` came back, once for each time that it was sent. Raises NotAllowed or CaseRefused."""
    with transaction.atomic():
        held = locked_case(case)
        why = _not_back(of, list(CaseAct.objects.filter(case=case).order_by("number")), on or day_of(at))
        if why is not None:
            raise CaseRefused(why[1], RETURNED, why[0])
        return perform(case, RETURNED, by=by, at=at, on=on, details={"of": of}, held=held)


def _not_back(of: int, rows: Sequence[CaseAct], day: date) -> tuple[str, Texts] | None:
    """Give why a letter cannot have come back on a day, after the field that it is about; None where it can."""
    about = next((one for one in rows if one.number == of), None)
    if about is None or not goes_by_letter(about):
        return "of", refusing.NO_LETTER
    sent = sendings(of, rows)
    if not sent:
        return "of", refusing.NOT_SENT_YET
    if about not in underway(rows):
        return "of", refusing.BACK_ALREADY
    return ("on", refusing.BACK_TOO_SOON) if day < sent[-1].happened_on else None


def _told(content: str, **other: Detail) -> dict[str, Detail]:
    return {**other, "content": content} if content else dict(other)
