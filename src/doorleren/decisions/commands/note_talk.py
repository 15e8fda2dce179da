"""Noting a talk or a complaint with what was said: kept apart from the record, sealed with the case, and gone with it.

Who it is about can have it with their own data (web/people/export/own_words.py), so it is a record and no scratch pad.
"""

from datetime import date, datetime

from django.db import transaction

from doorleren.cases.commands.note import note_complaint, note_contact
from doorleren.cases.models import CaseAct
from doorleren.core.texts import Texts
from doorleren.decisions.refusing import refused
from doorleren.decisions.said_with_acts import ensure_said, keep_words
from doorleren.people.signed_in import SignedIn

CHANNELS = ("phone", "message", "visit", "letter")
"""How there was contact."""
TALK: Texts = {"nl": "Schrijf op wat er is gezegd of geschreven.", "en": "Write down what was said or written."}
COMPLAINT: Texts = {"nl": "Schrijf op wat de klacht is.", "en": "Write down what the complaint is."}


def note_talk(case: int, channel: str, words: str, *, by: SignedIn, at: datetime, on: date | None = None) -> CaseAct:
    """Note a call, a message or a visit by a channel of `CHANNELS`. Raises NotAllowed, CaseRefused, DecisionRefused by field."""
    if channel not in CHANNELS:
        allowed = ", ".join(CHANNELS)
        raise refused("channel", f"Kies uit: {allowed}.", f"Choose from: {allowed}.", "channel")
    told = ensure_said(words, "words", TALK)
    with transaction.atomic():
        act = note_contact(case, channel=channel, by=by, at=at, on=on)
        keep_words(act, told, at=at)
    return act


def is_talk(act: CaseAct) -> bool:
    """Say whether an act is a talk or a complaint that was noted, and not another note in the case."""
    return act.act == "complaint_received" or (act.act == "contact_noted" and "channel" in act.details)


def note_complaint_of(case: int, words: str, *, by: SignedIn, at: datetime, on: date | None = None) -> CaseAct:
    """Note a complaint about how somebody was treated (Awb 9:1), in their words. Raises as `note_talk`."""
    told = ensure_said(words, "words", COMPLAINT)
    with transaction.atomic():
        act = note_complaint(case, by=by, at=at, on=on)
        keep_words(act, told, at=at)
    return act
