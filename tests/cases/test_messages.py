"""Messages in a case: sealed and only added to; what the database refuses; and what an official may answer."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from doorleren.audit.acts import Party
from doorleren.cases.commands.write_message import answer_message, write_message
from doorleren.cases.messages import document_of, messages_of
from doorleren.cases.models import Case, Message, MessageKind
from doorleren.cases.refusing import CaseRefused
from doorleren.people.access import NotAllowed
from doorleren.people.file_keys import Destroyed, destroy_key
from tests.cases import made
from tests.people import made as people

LATER = made.AT + timedelta(minutes=5)


def asked(case: Case, text: str = "Wanneer hoor ik iets?", kind: MessageKind = MessageKind.QUESTION) -> Message:
    """Let a party write."""
    return write_message(case.pk, kind, text, by=made.by(people.person(name="Nadia"), LATER), at=LATER)


def test_what_is_written_is_sealed(case: Case) -> None:
    """The row and its act hold no word of it; with the key it reads as it was written, without the key it is gone."""
    one = asked(case)
    assert b"hoor" not in bytes(one.text)
    assert one.act.details == {"channel": "own_file", "about": "question", "content": "message-1"}
    assert [each.text for each in messages_of(case.pk)] == ["Wanneer hoor ik iets?"]
    with pytest.raises(ValueError, match="has no document"):
        document_of(one)
    destroy_key(Party("case", str(case.pk)), by=Party("site", ""), at=LATER)
    with pytest.raises(Destroyed):
        messages_of(case.pk)
    with pytest.raises(Destroyed), transaction.atomic():
        asked(case)


def test_an_answer(case: Case, staff: made.Staff) -> None:
    """An official of the body answers a message; somebody without a role may not, and an answer is not answered."""
    one = asked(case)
    at = LATER + timedelta(minutes=1)
    with pytest.raises(NotAllowed):
        answer_message(one.pk, "Morgen.", by=made.by(people.person(name="Piet"), at), at=at)
    answer = answer_message(one.pk, "Morgen.", by=made.by(staff.assessor, at), at=at)
    assert [(each.number, each.answers) for each in messages_of(case.pk)] == [(1, None), (2, 1)]
    with pytest.raises(CaseRefused):
        answer_message(answer.pk, "Nee.", by=made.by(staff.assessor, at), at=at)


def test_a_view_is_an_act_of_its_own(case: Case, staff: made.Staff) -> None:
    """A view is received as such where it was asked, and refused where it was not."""
    with pytest.raises(CaseRefused):
        asked(case, "Ik ben het er niet mee eens.", MessageKind.VIEW)
    staff.do(case, "intent_notified")
    one = write_message(case.pk, MessageKind.VIEW, "Ik ben het er niet mee eens.",
                        by=made.by(people.person(name="Nadia"), LATER), at=LATER)  # fmt: skip
    assert one.act.act == "view_received"


@pytest.mark.parametrize(("change", "name"), [
    ({"number": 1}, "cases_message_once"), ({"number": 0}, "cases_message_number"),
    ({"kind": "gossip"}, "cases_message_kind"), ({"kind": "answer"}, "cases_message_answers"),
    ({"file_kind": "pdf"}, "cases_message_file"),
], ids=["once", "number", "kind", "answers", "file"])  # fmt: skip
def test_what_the_database_refuses(change: dict[str, Any], name: str, case: Case, staff: made.Staff) -> None:
    """A row against a constraint is refused by the database, and the constraint says why in Dutch."""
    asked(case)
    act = staff.do(case, "contact_noted", at=LATER + timedelta(minutes=1))
    row = Message(**({"case": case, "number": 2, "act": act, "kind": "question", "text": b"x"} | change))
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        row.save(force_insert=True)
    one = next(each for each in Message._meta.constraints if each.name == name)
    with pytest.raises(ValidationError) as said:
        one.validate(Message, row)
    assert said.value.messages[0].endswith(".")


@pytest.mark.parametrize("act", ["update", "delete"])
def test_messages_are_insert_only(act: str, case: Case) -> None:
    """A message is never changed and never goes."""
    asked(case)
    rows = Message.objects.filter(case=case)
    with pytest.raises(IntegrityError, match="insert-only"), transaction.atomic():
        rows.update(kind="change") if act == "update" else rows.delete()
