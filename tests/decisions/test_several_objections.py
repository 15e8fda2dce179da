"""Several objections in one case: each is registered with its own day and term, and they are answered one after another."""

from dataclasses import replace
from datetime import timedelta

import pytest

from doorleren.cases.commands.note_dispatch import note_dispatch
from doorleren.cases.commands.perform import perform
from doorleren.cases.models import Case, CaseAct
from doorleren.cases.queries import terms_of_case
from doorleren.cases.recording import moments_of
from doorleren.cases.refusing import CaseRefused
from doorleren.cases.rules import why_not
from doorleren.core.days import day_of
from doorleren.decisions.commands import decide_objection
from doorleren.decisions.commands.decide_objection import dismiss, reject, uphold
from doorleren.decisions.commands.extend_objection import extend_objection
from doorleren.decisions.commands.hear_objection import call_to_hearing, hear_objection
from doorleren.decisions.commands.receive_objection import withdraw_objection
from doorleren.decisions.commands.repair_objection import ask_to_repair, repair_objection
from doorleren.decisions.commands.suspend_payment import OTHER, release_payment, suspend_payment
from doorleren.decisions.commands.uphold_debts import uphold_suspension
from doorleren.decisions.models import Objection
from doorleren.decisions.objections import objection_open, objections_open
from doorleren.decisions.refusing import DecisionRefused
from doorleren.decisions.settling import contested
from doorleren.letters.models import Letter
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.decisions.made import YES, a_case, assessed, by
from tests.decisions.objecting import WHY, Staff, applicant, granted, next_moment, objected, said, went


def two(known: Library, round_: Round, staff: Staff) -> tuple[Case, Objection, Objection]:
    """Let somebody object to a grant, and three days later, on paper, to the suspension of its payment."""
    case = a_case(known, round_)
    first = objected(case, against=granted(case, known, staff).act.number)
    act = suspended(case, staff)
    at = next_moment(case, 3)
    day = day_of(at) - timedelta(days=1)
    second = objected(
        case, 3, by=by(staff["assessor"], at), party=False, against=act.number, received_on=day, posted_on=day
    )
    return case, first, second


def suspended(case: Case, staff: Staff, suspicion: str = "") -> CaseAct:
    """Suspend the payment of a grant, and send the letter; `suspicion`: whether it is another one, where that was done before."""
    at, who = next_moment(case), staff["decider"]
    return went(suspend_payment(case.pk, grounds="er is een vermoeden", suspicion=suspicion, by=by(who, at), at=at))


def state(case: Case) -> str:
    """Give the state as the database has it."""
    case.refresh_from_db()
    return case.state


def test_one_against_another_decision_is_registered(known: Library, round_: Round, staff: Staff) -> None:
    """It has its own day, its own last day and its own letter; against the same decision there is one at a time."""
    case, first, second = two(known, round_, staff)
    assert (first.number, second.number, second.late) == (1, 2, False)
    assert second.received_on == second.act.happened_on < day_of(second.act.at)
    letters = Letter.objects.filter(act__act__in=(first.act, second.act))
    assert letters.count() == 2
    assert [one.number for one in objections_open(case.pk)] == [1, 2]
    for one in (first, second):
        with pytest.raises(DecisionRefused, match="al een bezwaar tegen dit besluit"):
            objected(case, against=one.against.number)


def test_each_has_its_own_term(known: Library, round_: Round, staff: Staff) -> None:
    """Each decision has its term for objecting, each objection that for deciding on it, from its own decision; both are counted."""
    case = a_case(known, round_)
    grant = granted(case, known, staff)
    first = objected(case, against=grant.act.number)
    at = next_moment(case, 9)
    act = suspend_payment(case.pk, grounds="er is een vermoeden", by=by(staff["decider"], at), at=at)
    went(act)
    second = objected(case, against=act.number)
    case.refresh_from_db()
    terms = {(one.id, one.about): one for one in terms_of_case(case)}
    assert {name for name, about in terms if name.startswith("objection")} == {"objection", "objection-decision"}
    for decision, row in ((grant.act, first), (act, second)):
        assert terms["objection", decision.number].last == row.last_day
        assert terms["objection", decision.number].ended_on == row.received_on
        assert terms["objection-decision", row.act.number].runs
    early, late = (terms["objection-decision", one.act.number].last for one in (first, second))
    assert early is not None
    assert late is not None
    assert early < late
    assert (case.due_on, case.due_term) == (early, "objection-decision")
    assert f"{late.day} " in said(second.act)


def test_answered_one_after_another(known: Library, round_: Round, staff: Staff) -> None:
    """An answer says to which it is; after the first the case is still under objection, with the next in hand, and is not closed; after the last it is not."""
    case, first, second = two(known, round_, staff)
    assert objection_open(case.pk) == first
    at = next_moment(case)
    with pytest.raises(DecisionRefused, match=r"Kies uit: 1 \(.+\), 2 \("):
        reject(case.pk, WHY, by=by(staff["second"], at), at=at)
    answer = reject(case.pk, replace(WHY, objection=1), by=by(staff["second"], at), at=at)
    assert answer.objection == first
    assert (state(case), objection_open(case.pk)) == ("objection", second)
    taken = CaseAct.objects.get(case=case, act="objection_taken_up")
    assert (taken.details, taken.by_kind) == ({"objection": 2}, "site")
    assert why_not("closed", moments_of(case)) is not None
    at = next_moment(case)
    with pytest.raises(CaseRefused, match="bezwaar"):
        perform(case.pk, "closed", by=by(staff["assessor"], at), at=at)
    at = next_moment(case)
    assert reject(case.pk, WHY, by=by(staff["second"], at), at=at).objection == second
    assert (state(case), objection_open(case.pk)) == ("granted", None)
    assert why_not("closed", moments_of(case)) is None


def test_without_taking_up_the_next_would_be_lost(
    known: Library, round_: Round, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: were the next not taken up, the case would look free of objections and nothing could be done on it."""
    monkeypatch.setattr(decide_objection, "take_up_next", lambda case, at: None)
    case, _, second = two(known, round_, staff)
    at = next_moment(case)
    reject(case.pk, replace(WHY, objection=1), by=by(staff["second"], at), at=at)
    assert (state(case), objection_open(case.pk)) == ("granted", second)
    at = next_moment(case)
    with pytest.raises(CaseRefused, match="is al beslist"):
        reject(case.pk, WHY, by=by(staff["second"], at), at=at)


def test_another_than_the_first_can_be_answered_first(known: Library, round_: Round, staff: Staff) -> None:
    """An official can choose; what is not open cannot be chosen, and the sentence names what can."""
    case, first, second = two(known, round_, staff)
    at = next_moment(case)
    with pytest.raises(DecisionRefused, match=r"Kies uit: 1 \(.+\), 2 \(") as wrong:
        reject(case.pk, replace(WHY, objection=3), by=by(staff["second"], at), at=at)
    assert wrong.value.field == "objection"
    answer = dismiss(case.pk, "no_interest", replace(WHY, objection=2), by=by(staff["second"], at), at=at)
    assert answer.objection == second
    assert (state(case), objection_open(case.pk)) == ("objection", first)


def test_each_is_upheld_on_its_own_decision(known: Library, round_: Round, staff: Staff) -> None:
    """One against a suspension is not about the grant; while one against the grant waits, nothing is settled, whichever is in hand."""
    case = a_case(known, round_)
    grant = granted(case, known, staff)
    at = next_moment(case)
    row = objected(case, against=grant.act.number)
    act = suspended(case, staff)
    objected(case, against=act.number)
    assessed(case, known, staff["assessor"], YES, at=next_moment(case))
    at = next_moment(case)
    with pytest.raises(DecisionRefused, match="geeft niet meer"):
        uphold(case.pk, replace(WHY, objection=1), by=by(staff["second"], at), at=at)
    with pytest.raises(DecisionRefused, match="niet over het besluit op de aanvraag"):
        uphold(case.pk, replace(WHY, objection=2), by=by(staff["second"], at), at=at)
    case.refresh_from_db()
    assert contested(case) is not None
    reject(case.pk, replace(WHY, objection=row.number), by=by(staff["second"], at), at=at)
    case.refresh_from_db()
    assert (case.state, contested(case)) == ("objection", None)


def test_a_suspension_that_is_objected_to_ends(known: Library, round_: Round, staff: Staff) -> None:
    """Upheld, payment goes on and the letter opens appeal; not once the suspension has ended, and not for one against something else."""
    case, first, second = two(known, round_, staff)
    at = next_moment(case)
    with pytest.raises(DecisionRefused, match="niet over een opschorting"):
        uphold_suspension(case.pk, replace(WHY, objection=first.number), by=by(staff["second"], at), at=at)
    answer = uphold_suspension(case.pk, replace(WHY, objection=second.number), by=by(staff["second"], at), at=at)
    assert answer.instead is not None
    assert (answer.instead.act, state(case), objections_open(case.pk)) == ("payment_released", "objection", [first])
    assert "in beroep gaan bij de rechtbank" in said(answer.instead)
    assert "terug" not in said(answer.act)
    went(answer.instead)
    assert answer.instead.number not in {one.about for one in terms_of_case(case) if one.id == "objection"}
    third = objected(case, against=suspended(case, staff, OTHER).number)
    at = next_moment(case)
    release_payment(case.pk, grounds="het is opgehelderd", by=by(staff["decider"], at), at=at)
    at = next_moment(case)
    with pytest.raises(DecisionRefused, match="die nog duurt"):
        uphold_suspension(case.pk, replace(WHY, objection=third.number), by=by(staff["second"], at), at=at)


def test_withdrawing_one_of_several(known: Library, round_: Round, staff: Staff) -> None:
    """Which one is said; the other stays in hand, and the one that went cannot be withdrawn again."""
    case, first, second = two(known, round_, staff)
    at = next_moment(case)
    who = applicant(case, at)
    with pytest.raises(DecisionRefused, match=r"meer dan één bezwaar\. Kies uit: 1 \(.+\), 2 \("):
        withdraw_objection(case.pk, by=who, at=at, party=True)
    withdraw_objection(case.pk, by=who, at=at, party=True, objection=2)
    assert (state(case), objections_open(case.pk)) == ("objection", [first])
    at = next_moment(case)
    with pytest.raises(DecisionRefused, match="Kies uit: 1"):
        withdraw_objection(case.pk, by=applicant(case, at), at=at, party=True, objection=2)
    withdraw_objection(case.pk, by=applicant(case, at), at=at, party=True)
    assert (state(case), objections_open(case.pk)) == ("granted", [])
    ended = {one.about: one.ended_on for one in terms_of_case(case) if one.id == "objection-decision"}
    assert ended == {first.act.number: day_of(at), second.act.number: day_of(at)}


def test_what_is_asked_of_one_leaves_the_other(known: Library, round_: Round, staff: Staff) -> None:
    """A question, more time and a hearing belong to one objection: the term of the other runs on, and nobody was heard about it."""
    case, first, second = two(known, round_, staff)
    case.refresh_from_db()
    before = {one.about: one.last for one in terms_of_case(case) if one.id == "objection-decision"}
    at = next_moment(case)
    asked = ask_to_repair(
        case.pk,
        "wat is uw grond?",
        until=day_of(at) + timedelta(days=60),
        by=by(staff["assessor"], at),
        at=at,
        objection=2,
    )
    went(asked)
    at = next_moment(case)
    went(extend_objection(case.pk, "wij wachten op een advies", by=by(staff["assessor"], at), at=at, objection=2))
    at = next_moment(case)
    called = call_to_hearing(case.pk, heard_at=at + timedelta(days=20), by=by(staff["second"], at), at=at, objection=2)
    at = next_moment(case)
    note_dispatch(case.pk, of=called.number, on=day_of(at), by=by(staff["assessor"], at), at=at)
    case.refresh_from_db()
    after = {one.about: one.last for one in terms_of_case(case) if one.id == "objection-decision"}
    assert after[first.act.number] == before[first.act.number]
    assert after[second.act.number] > before[second.act.number]  # type: ignore[operator]
    at = next_moment(case, 21)
    with pytest.raises(DecisionRefused, match="Nodig eerst uit"):
        hear_objection(case.pk, "er is gesproken", by=by(staff["second"], at), at=at, objection=1)
    heard = hear_objection(case.pk, "er is gesproken", by=by(staff["second"], at), at=at, objection=2)
    assert heard.objection == second
    with pytest.raises(DecisionRefused, match="Hoor eerst"):
        reject(case.pk, replace(WHY, without_hearing="", objection=1), by=by(staff["second"], at), at=at)


def test_one_is_asked_to_be_repaired_at_a_time(known: Library, round_: Round, staff: Staff) -> None:
    """While somebody has time to repair one, another is not asked: what comes in is about the one asked, and only that is repaired."""
    case, first, second = two(known, round_, staff)
    at = next_moment(case)
    until, who = day_of(at) + timedelta(days=14), by(staff["assessor"], at)
    went(ask_to_repair(case.pk, "wat is uw grond?", until=until, by=who, at=at, objection=first.number))
    at = next_moment(case)
    with pytest.raises(DecisionRefused, match=f"een ander bezwaar, tot en met {until:%d-%m-%Y}"):
        ask_to_repair(case.pk, "wat is uw grond?", until=until, by=who, at=at, objection=second.number)
    repair_objection(case.pk, by=applicant(case, at), at=at, party=True)
    at = next_moment(case)
    until = day_of(at) + timedelta(days=14)
    went(ask_to_repair(case.pk, "wat is uw grond?", until=until, by=who, at=at, objection=second.number))
    at = next_moment(case, 20)
    unanswered = replace(WHY, without_hearing="manifestly_inadmissible", objection=first.number)
    with pytest.raises(DecisionRefused, match="volgt niet uit"):
        dismiss(case.pk, "not_repaired", unanswered, by=by(staff["second"], at), at=at)
    told = replace(unanswered, objection=second.number)
    answer = dismiss(case.pk, "not_repaired", told, by=by(staff["second"], at), at=at)
    assert (answer.objection, objections_open(case.pk)) == (second, [first])


def test_an_answer_to_the_last_question_leaves_the_one_before(known: Library, round_: Round, staff: Staff) -> None:
    """Once the day of a first question is over another can be asked; what comes in then repairs that one, and the first stays unrepaired."""
    case, first, second = two(known, round_, staff)
    for row in (first, second):
        at = next_moment(case, 15)
        until, who = day_of(at) + timedelta(days=14), by(staff["assessor"], at)
        went(ask_to_repair(case.pk, "wat is uw grond?", until=until, by=who, at=at, objection=row.number))
    at = next_moment(case)
    repair_objection(case.pk, by=applicant(case, at), at=at, party=True)
    at = next_moment(case, 20)
    unanswered = replace(WHY, without_hearing="manifestly_inadmissible", objection=first.number)
    with pytest.raises(DecisionRefused, match="volgt niet uit"):
        dismiss(
            case.pk, "not_repaired", replace(unanswered, objection=second.number), by=by(staff["second"], at), at=at
        )
    assert dismiss(case.pk, "not_repaired", unanswered, by=by(staff["second"], at), at=at).objection == first
