"""Noting that the letter of an act was sent: the day on which terms begin. Ground: Awb 3:40-3:41 (recalled), 6:8.

Called by whatever sends letters, once the channel has proven it. A dispatch that failed is not noted, and starts nothing.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from doorleren.audit.acts import SITE, Detail, Party
from doorleren.cases import refusing
from doorleren.cases.commands.perform import perform
from doorleren.cases.commands.perform_many import ActsTogether
from doorleren.cases.given_days import DISPATCHED, goes_by_letter
from doorleren.cases.locking import locked_case
from doorleren.cases.models import CaseAct
from doorleren.cases.refusing import CaseRefused
from doorleren.people.signed_in import SignedIn


def note_dispatch(
    case: int, *, of: int, on: date, by: SignedIn | Party, at: datetime, letter: str = "", channel: str = ""
) -> CaseAct:
    """Note that the letter of act number `of` was sent on a day. `letter`, `channel`: codes of what was sent and how.

    The same letter noted twice is once. Raises NotAllowed, or CaseRefused for an act without a letter.
    """
    with transaction.atomic():
        held = locked_case(case)
        rows = list(CaseAct.objects.filter(Q(number=of) | Q(act=DISPATCHED), case=case).order_by("number"))
        before = _noted_before(rows, of, on, letter)
        if before is not None:
            return before
        return perform(case, DISPATCHED, by=by, at=at, on=on, details=_details(of, letter, channel), held=held)


def put_dispatch(
    acts: ActsTogether, case: int, *, of: int, on: date, at: datetime, letter: str = "", channel: str = ""
) -> None:
    """Put the same, by the site, on one of many cases that the caller locked. Raises as `note_dispatch`."""
    if _noted_before(acts.rows(case), of, on, letter) is None:
        acts.put(case, DISPATCHED, by=SITE, at=at, on=on, details=_details(of, letter, channel))


def _noted_before(rows: Sequence[CaseAct], of: int, on: date, letter: str) -> CaseAct | None:
    """Give the act by which a letter was noted before; `rows`: acts of the case, in order. Raises CaseRefused."""
    about = next((one for one in rows if one.number == of), None)
    if about is None or not goes_by_letter(about):
        raise CaseRefused(refusing.NO_LETTER, DISPATCHED, "of")
    if on < about.happened_on:
        raise CaseRefused(refusing.SENT_TOO_SOON, DISPATCHED, "on")
    sent = (one for one in rows if one.act == DISPATCHED)
    return next((one for one in sent if (one.details.get("of"), one.details.get("letter")) == (of, letter)), None)


def _details(of: int, letter: str, channel: str) -> dict[str, Detail]:
    return {"of": of, "letter": letter, "channel": channel}
