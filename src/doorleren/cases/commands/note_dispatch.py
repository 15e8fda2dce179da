"""Noting that the letter of an act was sent: the day on which terms begin. Ground: Awb 3:40-3:41 (recalled), 6:8.

Called by whatever sends letters, once the channel has proven it. A dispatch that failed is not noted, and starts nothing.
"""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from doorleren.audit.acts import Detail, Party
from doorleren.cases import refusing
from doorleren.cases.acts import ACTS
from doorleren.cases.commands.perform import perform
from doorleren.cases.models import Case, CaseAct
from doorleren.cases.refusing import CaseRefused
from doorleren.people.signed_in import SignedIn


def note_dispatch(
    case: int, *, of: int, on: date, by: SignedIn | Party, at: datetime, letter: str = "", channel: str = ""
) -> CaseAct:
    """Note that the letter of act number `of` was sent on a day. `letter`, `channel`: codes of what was sent and how.

    The same letter noted twice is once. Raises NotAllowed, or CaseRefused for an act without a letter.
    """
    with transaction.atomic():
        held = Case.objects.select_for_update().get(pk=case)
        rows = list(CaseAct.objects.filter(Q(number=of) | Q(act="dispatched"), case=case).order_by("number"))
        about = next((one for one in rows if one.number == of), None)
        if about is None or not ACTS[about.act].letter:
            raise CaseRefused(refusing.NO_LETTER, "dispatched", "of")
        if on < about.happened_on:
            raise CaseRefused(refusing.SENT_TOO_SOON, "dispatched", "on")
        for before in rows:
            if before.act == "dispatched" and (before.details.get("of"), before.details.get("letter")) == (of, letter):
                return before
        details: dict[str, Detail] = {"of": of, "letter": letter, "channel": channel}
        return perform(case, "dispatched", by=by, at=at, on=on, details=details, held=held)
