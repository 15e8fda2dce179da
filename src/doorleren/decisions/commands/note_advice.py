"""Noting the advice that an adviser or a committee gave on an application. Awb 3:5 (recalled). It decides nothing."""

from datetime import date, datetime

from django.db import transaction

from doorleren.cases.commands.perform import perform
from doorleren.cases.locking import locked_case
from doorleren.cases.models import CaseAct
from doorleren.decisions.refusing import refused
from doorleren.decisions.said_with_acts import ensure_said, keep_words
from doorleren.people.signed_in import SignedIn

ADVICE = ("positive", "negative", "mixed")
WHAT = {"nl": "Schrijf op wat het advies is.", "en": "Write down what the advice is."}


def note_advice(case: int, advice: str, words: str, *, by: SignedIn, at: datetime, on: date | None = None) -> CaseAct:
    """Note an advice of `ADVICE` with its words, on the day that it came in. Raises NotAllowed, CaseRefused, DecisionRefused."""
    with transaction.atomic():
        locked_case(case)
        if advice not in ADVICE:
            raise refused("advice", f"Kies uit: {', '.join(ADVICE)}.", f"Choose from: {', '.join(ADVICE)}.", "advice")
        told = ensure_said(words, "words", WHAT)
        act = perform(case, "advised", by=by, at=at, on=on, details={"advice": advice})
        keep_words(act, told, at=at)
    return act
