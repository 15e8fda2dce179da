"""Cases open by themselves for what was submitted; the rules assess them; what went out by post is noted on them."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import OperationalError, connection, transaction

from doorleren.applications.commands.withdraw_application import withdraw_application
from doorleren.cases.models import Case, CaseAct
from doorleren.cases.queries import terms_of_case
from doorleren.cli import case as command
from doorleren.cli.program import _parser
from doorleren.core.days import day_of
from doorleren.decisions.commands.decide import grant
from doorleren.decisions.commands.open_cases import follow_withdrawals, open_cases
from doorleren.decisions.jobs import assess_waiting, note_dispatches
from doorleren.decisions.models import ActLetter, Assessment
from doorleren.letters.models import Dispatch
from doorleren.people.models import Person
from doorleren.rounds.commands.allocate import allocate
from doorleren.rounds.commands.open_gate import close_gate
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.applications.made import US, WHOLE, a_round, answer, draft
from tests.decisions import made
from tests.decisions.made import AT, a_case, applied, assessed, by, later
from tests.people import made as people


def test_a_case_for_each_that_has_a_place(known: Library, round_: Round) -> None:
    """Who submitted gets a case of the round's body, once; a draft and what was withdrawn get none."""
    one, gone = applied(known, round_), applied(known, round_, "Omar")
    drafted = people.person(name="Els")
    answer(known, draft(known, round_, drafted), drafted, WHOLE)
    who = Person.objects.get(name="Omar")
    withdraw_application(gone.pk, by=people.signed_in(who), at=AT)
    assert [open_cases(at=AT), open_cases(at=AT)] == [1, 0]
    case = Case.objects.get()
    assert (case.subject_kind, case.subject_id, case.body) == ("application", str(one.pk), round_.body)
    assert (case.received_on, case.decision_term) == (date(2026, 3, 10), "decision-13")
    assert case.round_ended_on == date(2026, 4, 30)


def test_a_closed_round_counts_from_its_closing(known: Library, round_: Round) -> None:
    """Where the term counts from the end of the round, that is the day on which it was closed."""
    applied(known, round_)
    close_gate(round_.pk, by=US, at=datetime(2026, 3, 20, 9, tzinfo=UTC), ended="act")
    open_cases(at=AT)
    assert Case.objects.get().round_ended_on == date(2026, 3, 20)


def test_without_an_order_it_does_not_wait(known: Library, round_: Round) -> None:
    """Where each is judged on itself there is a place as soon as it came in, while the round is open, and so a case."""
    Round.objects.filter(pk=round_.pk).update(order="none")
    one = applied(known, Round.objects.get(pk=round_.pk))
    assert open_cases(at=AT) == 0
    assert allocate(round_.pk, at=AT) == 1
    assert open_cases(at=AT) == 1
    assert Case.objects.get().subject_id == str(one.pk)


def test_the_weeks_of_the_scheme_itself(tmp_path: Path, db: None) -> None:
    """A scheme that sets its own weeks for deciding is held to those, with its own source in the calculation."""
    own = 'kind = "grant_settle"\ndecision_term = "weeks"\ndecision_from = "receipt"\n[[parameter]]\nid = "weeks"\nunit = "week"\n'
    own += 'values = [{ from = 2026-01-01, value = 5, source = "order" }]'
    known = made.library(tmp_path, made.HARD.replace('kind = "grant_settle"\nbudget_reservation = true', own))
    case = a_case(known, a_round(known, opened=True))
    assert (case.due_on, case.due_term) == (date(2026, 4, 14), "decision")
    term = next(one for one in terms_of_case(case) if one.id == "decision")
    assert (term.kind, term.last) == ("", date(2026, 4, 14))
    assert "Staatscourant 2026, 1" in {step.source for step in term.steps}


@pytest.mark.parametrize(("law", "opened"), [("awb", 1), ("unheard-of", 0)])
def test_another_framework(law: str, opened: int, tmp_path: Path, db: None) -> None:
    """Under a framework that counts from receipt a case has no end of the round; under none that we know there is no case."""
    known = made.library(tmp_path, made.HARD.replace("kaderregeling-ocw-szw-vws", law))
    applied(known, a_round(known, opened=True))
    assert open_cases(at=AT) == opened
    assert [case.round_ended_on for case in Case.objects.all()] == [None] * opened


def test_rehearsals_only_where_they_are_asked(known: Library, round_: Round) -> None:
    """A round to practise with has no cases, but in the demo."""
    applied(known, round_)
    Round.objects.update(rehearsal=True)
    assert open_cases(at=AT) == 0
    assert open_cases(at=AT, rehearsals=True) == 1


def test_one_round_waits_for_no_other(known: Library, round_: Round) -> None:
    """Who opens the cases of one round does not wait for who opens those of another, as who opens all does; and opens no other."""
    Round.objects.filter(pk=round_.pk).update(code="first")
    own = a_round(known, opened=True)
    others, one = applied(known, round_), applied(known, own, "Omar")
    keeper = connection.copy()
    try:
        with keeper.cursor() as elsewhere, connection.cursor() as here:
            elsewhere.execute("SELECT pg_advisory_lock(hashtext(%s))", [f"case application {others.pk}"])
            here.execute("SET LOCAL lock_timeout = '200ms'")
            assert open_cases(at=AT, only=own.pk) == 1
            assert Case.objects.get().subject_id == str(one.pk)
            with pytest.raises(OperationalError, match="lock timeout"), transaction.atomic():
                open_cases(at=AT)
    finally:
        keeper.close()
    assert open_cases(at=AT) == 1


def test_who_withdraws_ends_the_case(known: Library, round_: Round) -> None:
    """When what was submitted is withdrawn its case ends with it, on that day and once; other cases go on."""
    case, other = a_case(known, round_), a_case(known, round_, "Omar")
    who = Person.objects.get(name="Nadia")
    withdraw_application(int(case.subject_id), by=people.signed_in(who, at=later()), at=later())
    assert [follow_withdrawals(at=later(2)), follow_withdrawals(at=later(3))] == [1, 0]
    case.refresh_from_db()
    other.refresh_from_db()
    assert (case.state, other.state) == ("withdrawn", "received")
    assert CaseAct.objects.get(case=case, act="withdrawn").happened_on == day_of(later())


def test_from_the_command_line(known: Library, round_: Round, capsys: pytest.CaptureFixture[str]) -> None:
    """`doorleren case open` opens what waits and says how many; what has its case is left alone."""
    applied(known, round_)
    for opened in (1, 0):
        assert command.run(_parser().parse_args(["case", "open", "--json"])) == 0
        assert json.loads(capsys.readouterr().out) == {"opened": opened}


def test_the_rules_assess_once(known: Library, round_: Round, staff: dict[str, Person]) -> None:
    """What just came in is assessed by the rules, once; what an official assessed already is left alone."""
    first, second = a_case(known, round_), a_case(known, round_, "Omar")
    assessed(second, known, staff["assessor"])
    assert [assess_waiting(known, now=later), assess_waiting(known, now=later)] == [1, 0]
    one = Assessment.objects.get(case=first)
    assert (one.automatic, one.clear, one.amount_cents) == (True, True, 69995)
    act = CaseAct.objects.get(case=first, act="assessed")
    assert (act.by_kind, act.details["rules"], act.details["automatic"]) == ("site", one.rules_digest, True)


def test_evidence_needs_a_reader(tmp_path: Path, db: None) -> None:
    """Where a document must be read the assessment by the rules is not clear, so no batch can hold it."""
    known = made.library(tmp_path, made.UNDER_LAW)
    case = a_case(known, a_round(known, opened=True))
    assess_waiting(known, now=later)
    assert Assessment.objects.get(case=case).clear is False


def test_a_dispatch_is_noted_once(known: Library, round_: Round, staff: dict[str, Person]) -> None:
    """A letter that did not go out starts nothing; once it did, its day is noted on the case, one time."""
    case = a_case(known, round_)
    assessed(case, known, staff["assessor"])
    one = grant(case.pk, by=by(staff["decider"]), at=AT)
    letter = ActLetter.objects.get(act=one.act)
    Dispatch.objects.create(letter=letter.letter, channel="message_box", at=AT, sent=False, reason="no-answer")
    assert note_dispatches(now=later) == 0
    sent_at = AT + timedelta(days=1)
    Dispatch.objects.create(letter=letter.letter, channel="message_box", at=sent_at, sent=True)
    moment = AT + timedelta(days=2)
    assert [note_dispatches(now=lambda: moment), note_dispatches(now=lambda: moment)] == [1, 0]
    act = CaseAct.objects.get(case=case, act="dispatched")
    assert (act.happened_on, act.details["of"], act.details["letter"]) == (
        day_of(sent_at),
        one.act.number,
        str(letter.letter_id),
    )
