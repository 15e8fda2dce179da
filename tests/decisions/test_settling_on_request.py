"""Settling where the recipient asks for it: not before the request or its term and a reminder, and not without its proofs."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from doorleren.cases.models import Case
from doorleren.cases.queries import terms_of_case
from doorleren.core.days import day_of
from doorleren.decisions.commands.ask_delivery import ask_delivery, intend_to_settle
from doorleren.decisions.commands.report_delivery import Done, report_delivery
from doorleren.decisions.commands.request_settlement import request_settlement
from doorleren.decisions.commands.settle import Weighed, settle_as_granted, settle_lower
from doorleren.decisions.refusing import DecisionRefused
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.decisions import made
from tests.decisions.made import UNTIL, by
from tests.decisions.objecting import Staff, applicant, next_moment, went
from tests.decisions.test_advances import LARGE, given

COSTS = "declaration_of_costs_and_income"
LAST = UNTIL + timedelta(weeks=22)
WEIGHED = Weighed("u gaf minder uit", "u hoeft niets terug te betalen")


@pytest.fixture
def known(tmp_path: Path) -> Library:
    """The library with the scheme of large grants, without evidence of its own."""
    return made.library(tmp_path, LARGE)


@pytest.fixture
def case(known: Library, round_: Round, staff: Staff) -> Case:
    """A case in which 60,000 euros were granted, and the letter went out."""
    decision = given(known, round_, staff, UNTIL)
    went(decision.act)
    return Case.objects.get(pk=decision.case_id)


def reported(case: Case) -> None:
    """Let the applicant report that all was done."""
    at = next_moment(case)
    done = Done(date(2026, 3, 12), date(2026, 3, 12), 10, 10)
    report_delivery(case.pk, done, by=applicant(case, at), at=at, party=True)


def after(case: Case, day: date) -> int:
    """Give how many days after its last act a case is past a day."""
    case.refresh_from_db()
    return (day - day_of(case.last_act_at)).days + 1


def test_settled_after_the_request_with_its_proofs(case: Case, staff: Staff) -> None:
    """First the request, then the proofs of the arrangement: what an official found in order stands in the record, with no ground."""
    reported(case)
    at = next_moment(case)
    decider = by(staff["decider"], at)
    with pytest.raises(DecisionRefused, match=f"nog niet om vaststelling gevraagd.*{LAST:%d-%m-%Y}"):
        settle_as_granted(case.pk, proofs=(COSTS,), by=decider, at=at)
    asked = request_settlement(case.pk, by=applicant(case, at), at=at, party=True)
    assert asked.details["settlement_term"] == "settlement"
    at = next_moment(case)
    decider = by(staff["decider"], at)
    with pytest.raises(DecisionRefused, match="Er ontbreekt: een verklaring over de werkelijke kosten"):
        settle_as_granted(case.pk, by=decider, at=at)
    with pytest.raises(DecisionRefused, match=f"niet nodig: auditors_report. Kies uit: {COSTS}"):
        settle_as_granted(case.pk, proofs=("auditors_report",), by=decider, at=at)
    row = settle_as_granted(case.pk, proofs=(COSTS,), by=decider, at=at)
    assert (row.settled_cents, row.ex_officio, row.act.details["proof_1"]) == (6_000_000, False, COSTS)


def test_one_asks_once(case: Case, staff: Staff) -> None:
    """A second request is refused, of the party and of an official, so that the term of the authority stays where it was."""
    asked = request_settlement(case.pk, by=applicant(case, next_moment(case)), at=next_moment(case), party=True)
    at = next_moment(case) + timedelta(days=30)
    for again in (
        lambda: request_settlement(case.pk, by=applicant(case, at), at=at, party=True),
        lambda: request_settlement(case.pk, by=by(staff["assessor"], at), at=at, on=day_of(at)),
    ):
        with pytest.raises(DecisionRefused, match="al gevraagd"):
            again()
    (term,) = (one for one in terms_of_case(Case.objects.get(pk=case.pk)) if one.id == "settlement")
    assert term.start == asked.happened_on


def test_a_proof_is_set_aside_with_a_ground(case: Case, staff: Staff) -> None:
    """Without the proof it is settled only where an official says why it is not needed; the record names what was set aside."""
    reported(case)
    at = next_moment(case)
    request_settlement(case.pk, by=by(staff["assessor"], at), at=at)
    at = next_moment(case)
    row = settle_as_granted(case.pk, words="de kosten blijken uit de jaarrekening", by=by(staff["decider"], at), at=at)
    assert row.act.details["set_aside_1"] == COSTS


def test_without_a_request_only_after_its_term_and_a_reminder(case: Case, staff: Staff) -> None:
    """Once the term to ask is over and a reminder by letter was not answered, it is settled ex officio; never before."""
    at = next_moment(case, after(case, UNTIL))
    with pytest.raises(DecisionRefused, match="nog niet om vaststelling gevraagd"):
        settle_as_granted(case.pk, words="x", by=by(staff["decider"], at), at=at)
    at = next_moment(case, after(case, LAST))
    with pytest.raises(DecisionRefused, match="Herinner daar eerst aan"):
        settle_as_granted(case.pk, words="x", by=by(staff["decider"], at), at=at)
    until = day_of(at) + timedelta(days=14)
    went(ask_delivery(case.pk, "wat is er gedaan?", until=until, by=by(staff["assessor"], at), at=at).act)
    at = next_moment(case)
    with pytest.raises(DecisionRefused, match="nog tijd"):
        settle_as_granted(case.pk, words="x", by=by(staff["decider"], at), at=at)
    at = next_moment(case, 15)
    with pytest.raises(DecisionRefused, match="Er ontbreekt: een verklaring"):
        settle_as_granted(case.pk, by=by(staff["decider"], at), at=at)
    row = settle_as_granted(case.pk, words="de gemeente liet zien wat er is gedaan", by=by(staff["decider"], at), at=at)
    assert (row.ex_officio, row.delivery) == (True, None)


def test_a_question_before_the_end_of_the_term_is_no_reminder(case: Case, staff: Staff) -> None:
    """Settling lower waits for the request or its term as well, whatever was asked before that."""
    at = next_moment(case, 1)
    until = day_of(at) + timedelta(days=14)
    went(ask_delivery(case.pk, "hoe gaat het?", until=until, by=by(staff["assessor"], at), at=at).act)
    at = next_moment(case, 15)
    until = day_of(at) + timedelta(days=14)
    went(intend_to_settle(case.pk, 0, "er is niets gedaan", until=until, by=by(staff["decider"], at), at=at))
    at = next_moment(case, 15)
    with pytest.raises(DecisionRefused, match="nog niet om vaststelling gevraagd"):
        settle_lower(case.pk, 0, WEIGHED, by=by(staff["decider"], at), at=at)
    at = next_moment(case, after(case, LAST))
    with pytest.raises(DecisionRefused, match="Herinner daar eerst aan"):
        settle_lower(case.pk, 0, WEIGHED, by=by(staff["decider"], at), at=at)


def test_the_term_to_ask_is_a_term_of_the_case(case: Case, staff: Staff) -> None:
    """The case counts the weeks in which the recipient asks, as a term of the party, until the request is there."""
    term = next(one for one in terms_of_case(case) if one.id == "settlement-request")
    assert (term.whose, term.last, term.ended_on) == ("party", LAST, None)
    at = next_moment(case)
    request_settlement(case.pk, by=applicant(case, at), at=at, party=True)
    case.refresh_from_db()
    term = next(one for one in terms_of_case(case) if one.id == "settlement-request")
    assert term.ended_on == day_of(at)
