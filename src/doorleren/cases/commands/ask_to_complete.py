"""Asking to complete an application: which parts are lacking, and until when. Ground: Awb 4:5(1).

The term for deciding stands still from the day after the letter was sent (`note_dispatch`), not before.
"""

from collections.abc import Sequence
from datetime import date, datetime

from doorleren.audit.acts import Detail
from doorleren.cases import refusing
from doorleren.cases.commands.perform import perform
from doorleren.cases.models import CaseAct
from doorleren.cases.refusing import CaseRefused
from doorleren.people.signed_in import SignedIn


def ask_to_complete(
    case: int, *, until: date, parts: Sequence[str], by: SignedIn, at: datetime, explains: bool = False
) -> CaseAct:
    """Ask for named parts (codes: ids of evidence or facts), with a last day of its own. Raises NotAllowed or CaseRefused.

    `explains`: they are there, and something about them is to be explained.
    """
    if not parts:
        raise CaseRefused(refusing.EMPTY_PARTS, "asked_to_complete", "parts")
    details: dict[str, Detail] = {
        "until": until.isoformat(),
        **{f"part_{number}": part for number, part in enumerate(parts, 1)},
    }
    if explains:
        details["explains"] = True
    return perform(case, "asked_to_complete", by=by, at=at, details=details)
