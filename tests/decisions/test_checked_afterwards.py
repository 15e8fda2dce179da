"""A grant that settled at once is checked afterwards: drawn or chosen, asked, reported, and withdrawn by people alone (Awb 4:49)."""

from datetime import timedelta
from pathlib import Path

import pytest

from doorleren.applications.delivering import awaited_for, granted_to_report
from doorleren.applications.evidence.queries import pieces_of
from doorleren.applications.models import Application
from doorleren.cases.commands.close_case import close_case, reopen_case
from doorleren.cases.models import Case
from doorleren.cases.recording import moments_of
from doorleren.cases.refusing import CaseRefused
from doorleren.cases.rules import why_not
from doorleren.core.days import day_of
from doorleren.decisions.commands.ask_delivery import ask_delivery, intend_to_settle
from doorleren.decisions.commands.check_delivery import choose_check, draw_sample, drawn_again, to_draw_from
from doorleren.decisions.commands.note_talk import note_talk
from doorleren.decisions.commands.report_delivery import report_delivery, say_of_delivery
from doorleren.decisions.commands.revoke import intend_to_revoke, revoke
from doorleren.decisions.delivering import open_to_report, word_awaited
from doorleren.decisions.models import Check, DeliveryQuestion, Revocation
from doorleren.decisions.refusing import DecisionRefused
from doorleren.payments.commands.close_cases import why_open
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.decisions import made
from tests.decisions.made import a_case, by
from tests.decisions.objecting import Staff, applicant, drawn, granted, next_moment, objected, said, went
from tests.decisions.test_recovering import WEIGHED
from tests.decisions.test_settling import DONE, PROVEN, a_provider
from tests.people import made as people

DIRECT = PROVEN.replace('kind = "grant_settle"', 'kind = "direct"')
"""The scheme of the tests, under which a grant settles in its own decision, with proof for who is asked."""
FOUND = "facts-after-settlement"


@pytest.fixture
def known(tmp_path: Path) -> Library:
    """The library with that scheme."""
    return made.library(tmp_path, DIRECT)


@pytest.fixture
def case(known: Library, round_: Round, staff: Staff) -> Case:
    """A case that was granted, and settled at once."""
    one = a_case(known, round_)
    granted(one, known, staff)
    one.refresh_from_db()
    assert (one.state, one.settled_at) == ("settled", one.decided_at)
    return one


def asked(case: Case, staff: Staff, reason: str = "", days: int = 14) -> DeliveryQuestion:
    """Ask what was done; the letter goes out."""
    at = next_moment(case)
    until = day_of(at) + timedelta(days=days)
    row = ask_delivery(
        case.pk,
        "Wie deed mee?",
        evidence=["attendance"],
        until=until,
        reason=reason,
        by=by(staff["assessor"], at),
        at=at,
    )
    went(row.act)
    case.refresh_from_db()
    return row


def intended(case: Case, staff: Staff, days: int = 0) -> None:
    """Tell that all of it is to be withdrawn; the letter goes out."""
    at = next_moment(case, days)
    until = day_of(at) + timedelta(days=14)
    went(intend_to_revoke(case.pk, FOUND, 0, "er was niets", until=until, by=by(staff["decider"], at), at=at))


def test_drawn_asked_and_reported(case: Case, staff: Staff, round_: Round) -> None:
    """Who is drawn is asked by letter, gives proof and reports; the amount stays as it is, and nothing follows by itself."""
    application = Application.objects.get(pk=int(case.subject_id))
    assert not [one for one in pieces_of(application) if one.asked.now]
    at = next_moment(case)
    sample = draw_sample(round_.pk, 1, by=by(staff["assessor"], at), at=at)
    assert drawn_again(sample, [case.reference])
    assert granted_to_report(application.applicant_number, (), 9) == []
    assert not open_to_report([case])
    question = asked(case, staff)
    assert "Wie deed mee?" in said(question.act)
    assert "de lijst van aanwezigheid" in said(question.act)
    assert [one.asked.evidence.id for one in pieces_of(application) if one.asked.now] == ["attendance"]
    assert granted_to_report(application.applicant_number, (), 9) == [application]
    assert open_to_report([case]) == {case.pk}
    at = next_moment(case)
    report = report_delivery(case.pk, DONE, by=applicant(case, at), at=at, party=True)
    assert report.own_word is True
    case.refresh_from_db()
    assert (case.state, case.settled_at, Revocation.objects.count()) == ("settled", case.decided_at, 0)


def test_whom_it_was_for_says_whether_it_is_right(case: Case, staff: Staff) -> None:
    """What a provider reports afterwards waits for the participant too; a no changes nothing and leads to a question."""
    provider = a_provider(case)
    drawn(case, staff)
    asked(case, staff)
    at = next_moment(case)
    row = report_delivery(case.pk, DONE, by=people.signed_in(provider, at=at), at=at, party=True)
    case.refresh_from_db()
    person = Application.objects.get(pk=int(case.subject_id)).applicant_number
    assert word_awaited(case) == row
    assert [str(one.pk) for one in awaited_for(person, (), 9)] == [case.subject_id]
    say_of_delivery(case.pk, confirmed=False, words="Ik was er niet.", by=applicant(case, at), at=at)
    case.refresh_from_db()
    assert (case.state, Revocation.objects.count()) == ("settled", 0)
    assert asked(case, staff).number == 2


def test_nothing_is_reported_unasked(case: Case, staff: Staff) -> None:
    """A settled case takes no report before somebody asked, neither by its acts nor after a note about something else."""
    at = next_moment(case)
    why = why_not("delivery_proven", moments_of(case))
    assert why is not None
    assert "daarna is niets gevraagd" in why["nl"]
    note_talk(case.pk, "phone", "belde over iets anders", by=by(staff["assessor"], at), at=at)
    at = next_moment(case)
    with pytest.raises(DecisionRefused, match="daarna is niets gevraagd"):
        report_delivery(case.pk, DONE, by=applicant(case, at), at=at, party=True)
    case.refresh_from_db()
    assert not open_to_report([case])


def test_withdrawn_on_what_came_out(case: Case, staff: Staff) -> None:
    """While there is time to answer no notice goes out; then notice, its view, and a decision of a person on Awb 4:49."""
    drawn(case, staff)
    asked(case, staff)
    with pytest.raises(DecisionRefused, match="nog tijd om te antwoorden"):
        intended(case, staff)
    at = next_moment(case, 15)
    with pytest.raises(DecisionRefused, match="nog moet worden vastgesteld"):
        intend_to_settle(case.pk, 0, "x", until=day_of(at) + timedelta(days=14), by=by(staff["decider"], at), at=at)
    intended(case, staff, 15)
    at = next_moment(case)
    with pytest.raises(CaseRefused, match="nog tijd voor een zienswijze"):
        revoke(case.pk, WEIGHED, by=by(staff["decider"], at), at=at)
    at = next_moment(case, 15)
    row = revoke(case.pk, WEIGHED, by=by(staff["decider"], at), at=at)
    assert (row.ground, row.act.ground, row.lost_cents) == (FOUND, "Awb, art. 4:49", 69_995)
    case.refresh_from_db()
    assert case.state == "revoked"
    assert not open_to_report([case])
    with pytest.raises(DecisionRefused):
        asked(case, staff)


def test_an_answer_ends_the_waiting(case: Case, staff: Staff) -> None:
    """Once a report came, notice can be given before the last day to answer."""
    drawn(case, staff)
    asked(case, staff)
    at = next_moment(case)
    report_delivery(case.pk, DONE, by=applicant(case, at), at=at, party=True)
    intended(case, staff)


def test_who_can_be_drawn(case: Case, known: Library, round_: Round, staff: Staff) -> None:
    """Closed cases too, for five years after the decision; not one that was withdrawn, is objected to, or is checked already."""
    others = [a_case(known, round_, name) for name in ("Omar", "Els", "Piet")]
    for one in others:
        granted(one, known, staff)
    closed, objecting, withdrawn = others
    at = next_moment(closed)
    close_case(closed.pk, by=by(staff["assessor"], at), at=at)
    objected(objecting)
    intended(withdrawn, staff)
    at = next_moment(withdrawn, 15)
    revoke(withdrawn.pk, WEIGHED, by=by(staff["decider"], at), at=at)
    last = day_of(made.AT).replace(year=day_of(made.AT).year + 5)
    assert to_draw_from(round_.pk, today=last) == [case, closed]
    assert to_draw_from(round_.pk, today=last + timedelta(days=1)) == []
    drawn(case, staff)
    assert to_draw_from(round_.pk, today=last) == []


def test_a_closed_case_is_opened_first(case: Case, staff: Staff) -> None:
    """Who was drawn after the closing is asked once the case is open again."""
    at = next_moment(case)
    close_case(case.pk, by=by(staff["assessor"], at), at=at)
    drawn(case, staff)
    with pytest.raises(DecisionRefused, match="Open haar eerst opnieuw"):
        asked(case, staff)
    at = next_moment(case)
    reopen_case(case.pk, reason="new_facts", by=by(staff["assessor"], at), at=at)
    asked(case, staff)
    assert open_to_report([case]) == {case.pk}


def test_not_after_five_years(case: Case, staff: Staff) -> None:
    """Once it can no longer be withdrawn nobody is asked or chosen any more."""
    drawn(case, staff)
    at = next_moment(case, 5 * 366)
    with pytest.raises(DecisionRefused, match="langer dan vijf jaar"):
        ask_delivery(case.pk, "?", until=day_of(at) + timedelta(days=9), by=by(staff["assessor"], at), at=at)
    with pytest.raises(DecisionRefused, match="langer dan vijf jaar"):
        choose_check(case.pk, "signal", by=by(staff["assessor"], at), at=at)


def test_a_check_keeps_the_case_open(case: Case, staff: Staff) -> None:
    """The site does not close a case that is checked and of which no report came; of one that nobody checks it asks other things."""
    at = next_moment(case, 200)
    before = why_open(case, at)
    drawn(case, staff)
    asked(case, staff)
    at = next_moment(case, 200)
    assert (before, why_open(case, at)) == ("ledger", "question")
    report_delivery(case.pk, DONE, by=applicant(case, at), at=at, party=True)
    at = next_moment(case, 200)
    assert why_open(case, at) == "ledger"


@pytest.mark.parametrize("scheme", [DIRECT, PROVEN], ids=["settled at once", "settled ex officio"])
def test_asking_is_choosing(scheme: str, tmp_path: Path, db: None) -> None:
    """Whoever asks in a case that was not drawn chooses it, for a reason; a fifth stays by lot, so that one without a draw is refused."""
    known = made.library(tmp_path / "again", scheme)
    round_ = made.applications.a_round(known, opened=True)
    staff = made.officials(round_.body)
    cases = [a_case(known, round_, name) for name in ("Nadia", "Omar", "Els", "Piet", "Ada", "Ali")]
    for one in cases:
        granted(one, known, staff)
    with pytest.raises(DecisionRefused, match="vijfde") as refused:
        asked(cases[0], staff, "signal")
    assert (refused.value.code, Check.objects.count(), DeliveryQuestion.objects.count()) == ("random", 0, 0)
    at = next_moment(cases[0])
    draw_sample(round_.pk, 1, by=by(staff["assessor"], at), at=at)
    lot = Check.objects.get().case_id
    rest = [one for one in cases if one.pk != lot]
    with pytest.raises(DecisionRefused, match="Geef een code"):
        asked(rest[0], staff)
    for one in rest[:4]:
        asked(one, staff, "signal")
    with pytest.raises(DecisionRefused, match="vijfde"):
        asked(rest[4], staff, "signal")
    asked(next(one for one in cases if one.pk == lot), staff)
    asked(rest[0], staff)
    chosen = Check.objects.filter(sample=None)
    assert {(one.reason, one.chosen_by) for one in chosen} == {("signal", staff["assessor"])}
    assert (chosen.count(), Check.objects.count()) == (4, 5)


def test_a_question_about_a_report_chooses_nothing(tmp_path: Path, db: None) -> None:
    """Where a report came by itself, the question is about that report, and no draw is needed."""
    other = made.library(tmp_path / "again", PROVEN)
    round_ = made.applications.a_round(other, opened=True)
    staff, one = made.officials(round_.body), a_case(other, round_)
    granted(one, other, staff)
    at = next_moment(one)
    report_delivery(one.pk, DONE, by=applicant(one, at), at=at, party=True)
    asked(one, staff)
    assert not Check.objects.exists()
