"""A talk and a complaint with what was said: kept under the key of the case, told to whom it is for, in no record."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from doorleren.audit.models import Act
from doorleren.cases.models import Case, CaseAct
from doorleren.cases.recording import party_of
from doorleren.decisions.commands.note_talk import is_talk, note_complaint_of, note_talk
from doorleren.decisions.models import ActWords
from doorleren.decisions.refusing import DecisionRefused
from doorleren.decisions.said_with_acts import LONGEST, words_with
from doorleren.people.access import NotAllowed
from doorleren.people.file_keys import Destroyed, destroy_key
from doorleren.people.models import Person
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.applications.made import US
from tests.decisions.made import a_case, by
from tests.decisions.objecting import next_moment
from tests.people import made as people

Staff = dict[str, Person]
SAID = "Mevrouw Zeldenrust belde dat de cursus een week later begint."
Note = Callable[[Case, str, Person, datetime], CaseAct]


def _talk(case: Case, words: str, who: Person, at: datetime) -> CaseAct:
    return note_talk(case.pk, "phone", words, by=by(who, at), at=at)


def _complaint(case: Case, words: str, who: Person, at: datetime) -> CaseAct:
    return note_complaint_of(case.pk, words, by=by(who, at), at=at)


NOTES = {"contact_noted": _talk, "complaint_received": _complaint}


@pytest.mark.parametrize("act", NOTES)
def test_what_was_said_is_kept_sealed(act: str, known: Library, round_: Round, staff: Staff) -> None:
    """The words are read back with the act; they stand in no act, no record and no row as they are, and go with the key of the case."""
    case = a_case(known, round_)
    made = NOTES[act](case, f"  {SAID}\n", staff["assessor"], next_moment(case))
    assert (made.act, words_with(made), is_talk(made)) == (act, SAID, True)
    record = Act.objects.filter(subject_kind="case", subject_id=str(case.pk)).latest("id")
    assert (record.act, "Zeldenrust" in f"{record.details} {made.details}") == (act, False)
    assert b"Zeldenrust" not in bytes(ActWords.objects.get(act=made).content)
    destroy_key(party_of(case), by=US, at=next_moment(case))
    with pytest.raises(Destroyed):
        words_with(made)


@pytest.mark.parametrize("act", NOTES)
@pytest.mark.parametrize("words", ["", " \n ", "x" * (LONGEST + 1)])
def test_words_are_needed_and_bounded(act: str, words: str, known: Library, round_: Round, staff: Staff) -> None:
    """None, blanks, and more than fit are refused at their field, and nothing is noted."""
    case = a_case(known, round_)
    with pytest.raises(DecisionRefused) as wrong:
        NOTES[act](case, words, staff["assessor"], next_moment(case))
    assert wrong.value.field == "words"
    assert not CaseAct.objects.filter(case=case, act=act).exists()


def test_another_channel(known: Library, round_: Round, staff: Staff) -> None:
    """A way of contact that is not in the list is refused with the list."""
    case, at = a_case(known, round_), next_moment(a_case(known, round_, "Omar"))
    with pytest.raises(DecisionRefused, match="Kies uit: phone, message, visit, letter") as wrong:
        note_talk(case.pk, "pigeon", SAID, by=by(staff["assessor"], at), at=at)
    assert wrong.value.field == "channel"


@pytest.mark.parametrize("act", NOTES)
def test_only_officials_note_it(act: str, known: Library, round_: Round, staff: Staff) -> None:
    """Somebody without a role in the body notes nothing, and no words stay."""
    case = a_case(known, round_)
    with pytest.raises(NotAllowed):
        NOTES[act](case, SAID, people.person(name="Vreemde"), next_moment(case))
    assert not ActWords.objects.exists()


@pytest.mark.parametrize(("act", "details", "talk"), [
    ("complaint_received", {}, True), ("contact_noted", {"channel": "visit"}, True), ("contact_noted", {"what": "reminded"}, False),
    ("contact_noted", {}, False), ("advised", {"channel": "letter"}, False),
])  # fmt: skip
def test_what_is_a_talk(act: str, details: dict[str, Any], talk: bool) -> None:
    """A note within the office is no talk, and neither is another act."""
    assert is_talk(CaseAct(act=act, details=details)) is talk
