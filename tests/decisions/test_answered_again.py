"""A court annuls the answer to an objection: that objection waits again, and is answered again as it was the first time."""

from pathlib import Path

import pytest

from doorleren.cases.commands.note_appeal import note_appeal, note_judgment
from doorleren.cases.models import Case
from doorleren.cases.terms.appealing import ANNULLED
from doorleren.decisions.commands.amend import amend
from doorleren.decisions.commands.decide_objection import reject, uphold
from doorleren.decisions.commands.receive_objection import withdraw_objection
from doorleren.decisions.late_wins import left_now
from doorleren.decisions.matters import matter_of
from doorleren.decisions.models import ObjectionDecision
from doorleren.decisions.objections import objections_open
from doorleren.decisions.refusing import DecisionRefused
from doorleren.letters.models import Letter
from doorleren.people.models import RoleKind
from doorleren.rounds.commands.fill_freed import fill_freed
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.decisions.made import YES, a_case, assessed, by
from tests.decisions.objecting import WHY, Staff, applicant, granted, next_moment, objected, refused, said, went
from tests.decisions.test_objecting import tight
from tests.decisions.test_recovering import WEIGHED
from tests.people import made as people

pytestmark = pytest.mark.django_db


def rejected(case: Case, staff: Staff) -> ObjectionDecision:
    """Reject the objection that is in hand, and send the letter."""
    at = next_moment(case)
    answer = reject(case.pk, WHY, by=by(staff["second"], at), at=at)
    went(answer.act)
    return answer


def judged(case: Case, staff: Staff, answer: ObjectionDecision, judgment: str = ANNULLED) -> None:
    """Let a court decide on an appeal against an answer."""
    at = next_moment(case)
    note_appeal(case.pk, answer.act.number, by=by(staff["assessor"], at), at=at)
    at = next_moment(case)
    note_judgment(case.pk, judgment, by=by(staff["assessor"], at), at=at)
    case.refresh_from_db()


@pytest.fixture
def contested(known: Library, round_: Round, staff: Staff) -> tuple[Case, ObjectionDecision]:
    """A case that was refused, with an objection against that, and the answer that rejects it."""
    case = a_case(known, round_)
    refused(case, known, staff)
    objected(case)
    return case, rejected(case, staff)


def test_it_is_upheld_after_the_judgment(
    contested: tuple[Case, ObjectionDecision], known: Library, staff: Staff
) -> None:
    """Assessed anew the grant that was asked is given on the same objection, within the ceiling of then; both answers stay, each with its letter."""
    case, first = contested
    judged(case, staff, first)
    assert (case.state, objections_open(case.pk)) == ("objection", [first.objection])
    assessed(case, known, staff["assessor"], YES, at=next_moment(case))
    at = next_moment(case)
    answer = uphold(case.pk, WHY, by=by(staff["second"], at), at=at)
    case.refresh_from_db()
    assert (case.state, objections_open(case.pk)) == ("granted", [])
    assert [one.number for one in first.objection.answers.order_by("number")] == [1, 2]
    assert answer.awarded_cents > 0
    assert Letter.objects.filter(act__act__in=(first.act, answer.act)).count() == 2
    assert "in beroep gaan bij de rechtbank" in said(answer.act)
    judged(case, staff, answer, "unfounded")
    assert case.state == "granted"


def test_it_is_rejected_again(contested: tuple[Case, ObjectionDecision], staff: Staff) -> None:
    """Nothing was overturned meanwhile: rejected once more, the decision stands as it did, and that answer can be appealed too."""
    case, first = contested
    judged(case, staff, first)
    second = rejected(case, staff)
    case.refresh_from_db()
    assert (second.number, case.state) == (2, "refused")
    judged(case, staff, second)
    assert objections_open(case.pk) == [first.objection]


def test_without_an_annulment_it_stays_answered(contested: tuple[Case, ObjectionDecision], staff: Staff) -> None:
    """Every other end of the appeal leaves the objection answered."""
    case, first = contested
    judged(case, staff, first, "unfounded")
    assert (case.state, objections_open(case.pk)) == ("refused", [])
    at = next_moment(case)
    with pytest.raises(DecisionRefused, match="geen bezwaar"):
        reject(case.pk, WHY, by=by(staff["second"], at), at=at)


def test_it_can_be_withdrawn(contested: tuple[Case, ObjectionDecision], staff: Staff) -> None:
    """Who objected takes it back after the judgment, and the decision stands."""
    case, first = contested
    judged(case, staff, first)
    at = next_moment(case)
    withdraw_objection(case.pk, by=applicant(case, at), at=at, party=True)
    case.refresh_from_db()
    assert (case.state, objections_open(case.pk)) == ("refused", [])


def test_what_went_above_the_ceiling_stays_above_it(tmp_path: Path, db: None) -> None:
    """Upheld above the ceiling, lowered since, annulled and upheld again: the pot counts what all answers put above it, and loses nothing by the last."""
    known, (nadia, omar, els), staff = tight(tmp_path)
    refused(nadia, known, staff)
    fill_freed(Round.objects.get().pk, at=next_moment(nadia))
    for one in (omar, els):
        granted(one, known, staff)
    objected(nadia)
    assert answered(nadia, known, staff, "second").above_ceiling_cents == 69_995
    before = left_now(matter_of(els))
    assert before is not None
    assert (before.unused, before.cents) == (0, 0)
    at = next_moment(nadia)
    amend(nadia.pk, "own-request", 40_000, WEIGHED, by=by(staff["decider"], at), at=at)
    assert left_now(matter_of(els)) == before
    judged(nadia, staff, ObjectionDecision.objects.get(objection__case=nadia))
    staff["third"] = people.person(name="third")
    people.role(staff["third"], RoleKind.DECIDER, body=nadia.body)
    again = answered(nadia, known, staff, "third")
    assert (again.number, again.awarded_cents, again.above_ceiling_cents) == (2, 69_995, 29_995)
    assert left_now(matter_of(els)) == before


def answered(case: Case, known: Library, staff: Staff, who: str) -> ObjectionDecision:
    """Assess anew and uphold the objection that is in hand, and send the letter."""
    assessed(case, known, staff["assessor"], YES, at=next_moment(case))
    at = next_moment(case)
    answer = uphold(case.pk, WHY, by=by(staff[who], at), at=at)
    went(answer.act)
    return answer
