"""Reporting how the activities go, while they run. Kaderregeling art. 5.5 and 5.7. Nothing follows from it by itself."""

from datetime import date, datetime

from django.db import transaction

from doorleren.cases.commands.perform import perform
from doorleren.cases.models import CaseAct
from doorleren.decisions.commands.receive_objection import ensure_party
from doorleren.decisions.matters import matter_held
from doorleren.decisions.said_with_acts import ensure_said, keep_words
from doorleren.people.signed_in import SignedIn

HOW = {"nl": "Schrijf op hoe het gaat met de activiteiten.", "en": "Write down how the activities go."}


def report_progress(
    case: int, words: str, *, by: SignedIn, at: datetime, on: date | None = None, party: bool = False
) -> CaseAct:  # fmt: skip
    """Keep a report of progress: of a party (`party`, checked here), or entered by an official for the day that it came in.

    Gives the act. Raises NotAllowed, CaseRefused, DecisionRefused.
    """
    with transaction.atomic():
        matter = matter_held(case)
        if party:
            ensure_party(matter.application, by, at)
        told = ensure_said(words, "words", HOW)
        act = perform(case, "progress_reported", by=by, at=at, on=None if party else on, party=party)
        keep_words(act, told, at=at)
    return act
