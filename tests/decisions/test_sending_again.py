"""A letter that came back is sent again: as it was, once for each time, and the terms run anew only where the address was wrong."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from doorleren.applications.models import Application
from doorleren.audit.models import Act
from doorleren.cases.commands.note import note_post_returned
from doorleren.cases.models import Case, CaseAct
from doorleren.cases.queries import terms_of_case
from doorleren.cases.refusing import CaseRefused
from doorleren.cases.terms import CaseTerm
from doorleren.core.days import day_of
from doorleren.decisions.commands.decide import grant
from doorleren.decisions.commands.note_representative import note_guardian_of
from doorleren.decisions.commands.retry_letter import retry_letter
from doorleren.decisions.commands.send_again import none_back, send_again, ways_again
from doorleren.decisions.failed_letters import failed_letters
from doorleren.decisions.jobs import note_dispatches
from doorleren.decisions.models import Decision
from doorleren.decisions.refusing import DecisionRefused
from doorleren.letters.jobs import send_waiting
from doorleren.letters.models import Channel, Dispatch, Letter
from doorleren.letters.queries import pdf_of
from doorleren.letters.ways import NotSent
from doorleren.people.access import NotAllowed
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.applications.test_constraints import entered
from tests.decisions.made import UNTIL, YES, a_case, assessed, by
from tests.decisions.objecting import Staff, applicant, next_moment


class Broken:
    """A way that takes nothing."""

    def send(self, letter: Letter, pdf: bytes, turn: int) -> None:
        raise NotSent("folder-not-writable")


@pytest.fixture(autouse=True)
def outbox(settings: Any, tmp_path: Path) -> Path:
    """Letters go to a folder of this test."""
    settings.DOORLEREN_OUTBOX = tmp_path / "outbox"
    return tmp_path / "outbox"


@pytest.fixture
def decision(known: Library, round_: Round, staff: Staff) -> Decision:
    """A grant of which the letter went out the same day."""
    case = a_case(known, round_)
    assessed(case, known, staff["assessor"], YES, at=next_moment(case))
    at = next_moment(case)
    made = grant(case.pk, by=by(staff["decider"], at), at=at, activities_until=UNTIL)
    sent_by_itself(case)
    return made


def sent_by_itself(case: Case) -> None:
    """Let the site send what waits, and note it."""
    at = next_moment(case)
    send_waiting(lambda: at)
    note_dispatches(now=lambda: at)


def back(decision: Decision, staff: Staff, days: int = 10, of: int | None = None, on: date | None = None) -> CaseAct:
    """Note that the letter of the decision came back, so many days after the last act."""
    at = next_moment(decision.case, days)
    number = decision.act.number if of is None else of
    return note_post_returned(decision.case_id, of=number, by=by(staff["assessor"], at), at=at, on=on)


def again(decision: Decision, staff: Staff, returned: int, **named: Any) -> Dispatch:
    """Send it again a week later, by post in a new envelope and because the address was wrong if nothing else is said."""
    at = next_moment(decision.case, 7)
    told = {"channel": "print", "why": "wrong_address", "envelope": True, "by": by(staff["assessor"], at)} | named
    return send_again(decision.case_id, returned, at=at, **told)


def objection(decision: Decision) -> CaseTerm:
    """Give the term for objecting to the decision."""
    return next(one for one in terms_of_case(Case.objects.get(pk=decision.case_id)) if one.id == "objection")


def test_the_order(decision: Decision, staff: Staff) -> None:
    """Nothing is sent again before it is noted as back, what was not sent cannot be back, and each return is answered once."""
    with pytest.raises(CaseRefused, match="Er is geen brief teruggekomen"):
        again(decision, staff, decision.act.number)
    opened = CaseAct.objects.get(case=decision.case, act="opened")
    with pytest.raises(CaseRefused, match="geen brief"):
        back(decision, staff, of=opened.number)
    with pytest.raises(CaseRefused, match="vóór de dag waarop hij is verzonden"):
        back(decision, staff, on=decision.act.happened_on - timedelta(days=1))
    first = back(decision, staff)
    assert none_back(first.case) is None
    with pytest.raises(CaseRefused, match="al als teruggekomen genoteerd"):
        back(decision, staff)
    assert again(decision, staff, first.number).sent
    for number in (first.number, decision.act.number):
        with pytest.raises(CaseRefused, match="Er is geen brief teruggekomen"):
            again(decision, staff, number)
    second = back(decision, staff)
    assert again(decision, staff, second.number, why="not_taken").turn == 3
    assert none_back(Case.objects.get(pk=decision.case_id)) is not None


def test_what_was_not_sent_is_not_back(known: Library, round_: Round, staff: Staff) -> None:
    """A letter that still waits to be sent cannot be noted as come back."""
    case = a_case(known, round_)
    assessed(case, known, staff["assessor"], YES, at=next_moment(case))
    at = next_moment(case)
    made = grant(case.pk, by=by(staff["decider"], at), at=at, activities_until=UNTIL)
    with pytest.raises(CaseRefused, match="nog niet verzonden"):
        back(made, staff)


def test_it_goes_as_it_was(decision: Decision, staff: Staff, outbox: Path) -> None:
    """What goes again is the same PDF with the same hash, as a file of its own, so that who fetches it sends it; with one act and one entry."""
    letter = decision.act.letter.letter
    entries = Act.objects.count()
    note = back(decision, staff)
    made = again(decision, staff, note.number)
    assert (made.letter_id, made.turn, made.channel, made.sent) == (letter.pk, 2, "print", True)
    kept = Letter.objects.get(pk=letter.pk)
    assert (kept.digest, Letter.objects.count()) == (letter.digest, 1)
    (first,), (second,) = (list((outbox / name).iterdir()) for name in ("message-box", "print"))
    assert first.read_bytes() == second.read_bytes() == pdf_of(kept)
    assert first.name != second.name
    assert Act.objects.count() == entries + 2
    told = CaseAct.objects.filter(case=decision.case, act="dispatched").latest("number")
    assert told.details == {
        "of": decision.act.number, "letter": str(letter.pk), "channel": "print", "returned": note.number, "why": "wrong_address",
        "envelope": True,
    }  # fmt: skip
    sent_by_itself(decision.case)
    assert Dispatch.objects.filter(sent=True).count() == 2


@pytest.mark.parametrize(("why", "moved"), [("wrong_address", True), ("not_taken", False)])
def test_when_the_term_runs_anew(decision: Decision, staff: Staff, why: str, moved: bool) -> None:
    """The term for objecting runs from the new dispatch where the address was wrong, else from the first; its first step says so."""
    first = objection(decision)
    made = again(decision, staff, back(decision, staff).number, why=why)
    found = objection(decision)
    assert found.start == (day_of(made.at) if moved else first.start)
    assert (found.last == first.last) == (not moved)
    assert found.steps[1:] == first.steps or moved
    assert ("telt" if moved else "blijft tellen") in found.steps[0].text["nl"]
    assert "3:41(1)" in found.steps[0].source


def test_an_attempt_that_fails_starts_nothing(decision: Decision, staff: Staff, settings: Any) -> None:
    """Where it does not go out, the attempt and one entry are kept, the term stays and it is among what failed, until it goes after all."""
    ways = settings.DOORLEREN_LETTER_WAYS
    first, note, body = objection(decision), back(decision, staff), decision.case.body_id
    acts, entries = CaseAct.objects.count(), Act.objects.count()
    settings.DOORLEREN_LETTER_WAYS = dict.fromkeys(ways, f"{__name__}.Broken")
    made = again(decision, staff, note.number)
    assert (made.sent, made.reason, made.turn) == (False, "folder-not-writable", 2)
    assert (CaseAct.objects.count(), Act.objects.count()) == (acts, entries + 1)
    assert objection(decision) == first
    (failed,) = failed_letters((body,))
    assert (failed.letter.pk, failed.again) == (made.letter_id, True)
    at = next_moment(decision.case, 8)
    with pytest.raises(DecisionRefused, match="al weg"):
        retry_letter(made.letter_id, by=by(staff["assessor"], at), at=at)
    settings.DOORLEREN_LETTER_WAYS = ways
    assert again(decision, staff, note.number, channel="message_box").turn == 2
    assert objection(decision).start != first.start
    assert failed_letters((body,)) == []


@pytest.mark.parametrize(("field", "wrong"), [("why", "lost"), ("channel", "pigeon")])
def test_what_cannot_be_chosen(decision: Decision, staff: Staff, field: str, wrong: str) -> None:
    """Another reason or way is refused, with the field, what was given and what is allowed; nothing is sent."""
    note = back(decision, staff)
    with pytest.raises(DecisionRefused, match=wrong) as refused:
        again(decision, staff, note.number, **{field: wrong})
    assert refused.value.field == field
    assert Dispatch.objects.count() == 1


def test_by_post_with_the_right_envelope(decision: Decision, staff: Staff) -> None:
    """By post after a wrong address it goes only in an envelope with the right one; else none is asked."""
    note = back(decision, staff)
    with pytest.raises(DecisionRefused, match="envelop") as refused:
        again(decision, staff, note.number, envelope=False)
    assert (refused.value.field, Dispatch.objects.count()) == ("envelope", 1)
    assert again(decision, staff, note.number, why="not_taken", envelope=False).sent
    made = again(decision, staff, back(decision, staff).number, channel="message_box", envelope=False)
    assert (made.sent, made.channel) == (True, "message_box")


def _written_by_post(decision: Decision, staff: Staff) -> None:
    """Keep the letter as one that was made to go by post."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE letters_letter DISABLE TRIGGER USER")
        cursor.execute("UPDATE letters_letter SET channel = 'print'")
        cursor.execute("ALTER TABLE letters_letter ENABLE TRIGGER USER")


def _guarded(decision: Decision, staff: Staff) -> None:
    """Note that somebody acts for the applicant from now on."""
    at = next_moment(decision.case)
    note_guardian_of(decision.case_id, "B. Bewind", "Kerkstraat 1\n1234 AB Dorp", by=by(staff["assessor"], at), at=at)


def _on_paper(decision: Decision, staff: Staff) -> None:
    """Keep that an official entered the application, which came on paper."""
    one = Application.objects.get(pk=int(decision.case.subject_id))
    entered(one).save(force_insert=True)


@pytest.mark.parametrize("known_since", [_written_by_post, _guarded, _on_paper])
@pytest.mark.parametrize("channel", ["e_mail", "message_box"])
def test_what_goes_by_post_goes_by_post_again(
    decision: Decision, staff: Staff, channel: str, known_since: Callable[[Decision, Staff], None]
) -> None:
    """A letter that must go by post is sent by no other way, and no other is offered; before that every way is."""
    note = back(decision, staff)
    assert ways_again(Case.objects.get(pk=decision.case_id)) == list(Channel)
    known_since(decision, staff)
    with pytest.raises(DecisionRefused, match="alleen per post") as refused:
        again(decision, staff, note.number, channel=channel)
    assert (refused.value.field, Dispatch.objects.count()) == ("channel", 1)
    assert ways_again(Case.objects.get(pk=decision.case_id)) == [Channel.PRINT]
    assert again(decision, staff, note.number).channel == Channel.PRINT


def test_who_may(decision: Decision, staff: Staff, known: Library, round_: Round) -> None:
    """Somebody without a role in the body is refused before anything is sent."""
    note, at = back(decision, staff), next_moment(decision.case, 7)
    stranger = a_case(known, round_, "Omar")
    with pytest.raises(NotAllowed):
        again(decision, staff, note.number, by=applicant(stranger, at))
    assert Dispatch.objects.count() == 1
