"""Correcting an evident slip in a decision: a name, a sum that was written wrong. What was decided does not change.

No article says so; a decision that changes is an amendment (amend.py), against which one can object.
"""

from datetime import datetime

from django.db import transaction

from doorleren.cases.commands.perform import perform
from doorleren.cases.models import CaseAct
from doorleren.decisions.commands.write_letter import write_letter
from doorleren.decisions.matters import matter_held
from doorleren.decisions.said_with_acts import ensure_said
from doorleren.people.signed_in import SignedIn

WHICH = {"nl": "Schrijf op welke fout u herstelt.", "en": "Write down which slip you correct."}


def correct_slip(case: int, words: str, *, by: SignedIn, at: datetime) -> CaseAct:
    """Correct a slip by letter; the words stand in it alone. Gives the act. Raises NotAllowed, CaseRefused, DecisionRefused."""
    with transaction.atomic():
        matter = matter_held(case)
        told = ensure_said(words, "words", WHICH)
        act = perform(case, "slip_corrected", by=by, at=at)
        write_letter(act, "slip_corrected", {"grounds": told}, matter, at=at)
    return act
