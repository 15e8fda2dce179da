"""Asking to complete an application: which parts are lacking, and until when. Ground: Awb 4:5(1).

The term for deciding stands still from the day after the letter was sent (`note_dispatch`), not before.
"""

from collections.abc import Sequence
from datetime import date, datetime

from doorleren.cases import refusing
from doorleren.cases.commands.perform import perform
from doorleren.cases.models import CaseAct
from doorleren.cases.refusing import CaseRefused
from doorleren.people.signed_in import SignedIn


def ask_to_complete(case: int, *, until: date, parts: Sequence[str], by: SignedIn, at: datetime) -> CaseAct:
    """Ask for named parts (codes: ids of evidence or facts), with a last day of its own. Raises NotAllowed or CaseRefused."""
    if not parts:
        raise CaseRefused(refusing.EMPTY_PARTS, "asked_to_complete", "parts")
    details = {"until": until.isoformat(), **{f"part_{number}": part for number, part in enumerate(parts, 1)}}
    return perform(case, "asked_to_complete", by=by, at=at, details=details)
