"""The words that go with an act and stand in no letter: sealed under the case's key, and read back."""

from datetime import datetime

from doorleren.cases.models import CaseAct
from doorleren.core.texts import Texts
from doorleren.decisions.models import ActWords
from doorleren.decisions.refusing import DecisionRefused
from doorleren.decisions.sealed import Content, seal, words_sealed

LONGEST = 10_000
"""Characters of the words of one act."""


def ensure_said(words: str, field: str, texts: Texts) -> str:
    """Give words without the blanks around them. Raises DecisionRefused with the sentence for none, or for too many."""
    told = words.strip()
    if not told:
        raise DecisionRefused(texts, field, field)
    if len(told) > LONGEST:
        raise DecisionRefused({
            "nl": f"Houd het bij {LONGEST} tekens. U vulde er {len(told)} in.",
            "en": f"Keep to {LONGEST} characters. You filled in {len(told)}.",
        }, field, "too_long")  # fmt: skip
    return told


def keep_words(act: CaseAct, words: str, *, at: datetime) -> ActWords:
    """Keep the words of an act, in its transaction. Raises Destroyed."""
    return ActWords.objects.create(act=act, content=seal(Content(words=words), act.case, name_of(act), at))


def words_with(act: CaseAct) -> str:
    """Give the words of an act; empty where it has none. Raises Destroyed, DoesNotOpen."""
    row = ActWords.objects.filter(act=act).first()
    return "" if row is None else words_sealed(row.content, act, "act")


def name_of(act: CaseAct) -> str:
    """Name what the words of an act are sealed under."""
    return f"act-{act.number}"
