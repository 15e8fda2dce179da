"""An objection goes about what takes the place of the decision that it names too, and suspends nothing. Awb 6:16 and 6:19."""

from dataclasses import replace
from datetime import timedelta

import pytest

from doorleren.cases.models import Case, CaseAct
from doorleren.core.days import day_of
from doorleren.decisions.commands.amend import amend
from doorleren.decisions.commands.decide_objection import dismiss, reject, uphold
from doorleren.decisions.commands.revoke import intend_to_revoke, revoke
from doorleren.decisions.commands.settle import Weighed
from doorleren.decisions.commands.uphold_revocation import uphold_revocation
from doorleren.decisions.commands.uphold_settlement import uphold_settlement
from doorleren.decisions.joining import Edge, followed, goes_about, joined
from doorleren.decisions.models import Decision, Objection
from doorleren.decisions.objections import objections_open
from doorleren.decisions.queries import decision_in_force
from doorleren.decisions.refusing import DecisionRefused
from doorleren.people.access import NotAllowed
from doorleren.people.models import RoleKind
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.decisions.made import YES, a_case, assessed, by
from tests.decisions.objecting import WHY, Staff, granted, next_moment, objected, said, went
from tests.people import made as people

GRANTED, LESS = 69_995, 40_000
WEIGHED = Weighed("er is minder gedaan", "u kreeg de tijd om dit te laten weten")
ALSO = "gaat ook over dit nieuwe besluit"


@pytest.mark.parametrize(("edges", "found"), [
    ((), set()),
    (((3, 7),), {7}),
    (((3, 7), (7, 9)), {7, 9}),
    (((7, 9),), set()),
    (((3, 7), (3, 8), (8, 7), (7, 3)), {3, 7, 8}),
])  # fmt: skip
def test_what_takes_the_place_of_a_decision(edges: tuple[Edge, ...], found: set[int]) -> None:
    """Each decision after the one that was named, step by step; not those before it, and no circle is walked for ever."""
    assert followed(3, edges) == found


def told(case: Case, staff: Staff, cents: int) -> None:
    """Tell that a grant is to be withdrawn or lowered, and let the time for a view pass."""
    at = next_moment(case)
    until = day_of(at) + timedelta(days=14)
    went(
        intend_to_revoke(
            case.pk, "not-done", cents, "er is minder gedaan", until=until, by=by(staff["decider"], at), at=at
        )
    )


def lowered(case: Case, staff: Staff) -> Decision:
    """Lower a grant after its notice, and send the letter."""
    told(case, staff, LESS)
    at = next_moment(case, 15)
    row = amend(case.pk, "not-done", LESS, WEIGHED, by=by(staff["decider"], at), at=at)
    went(row.act)
    return row


def withdrawn(case: Case, staff: Staff) -> CaseAct:
    """Withdraw a grant after its notice, and send the letter."""
    told(case, staff, 0)
    at = next_moment(case, 15)
    return went(revoke(case.pk, WEIGHED, by=by(staff["decider"], at), at=at).act)


def upheld(case: Case, known: Library, staff: Staff) -> Decision:
    """Assess anew and uphold the objection that waits longest; give the decision that is in force then."""
    assessed(case, known, staff["assessor"], YES, at=next_moment(case))
    at, first = next_moment(case), objections_open(case.pk)[0]
    uphold(case.pk, replace(WHY, objection=first.number), by=by(staff["second"], at), at=at)
    found = decision_in_force(case.pk)
    assert found is not None
    return found


def names(row: Objection) -> list[str]:
    """Name the acts that an objection goes about besides its own."""
    return [one.act for one in joined([row])[row.pk]]


def test_a_timely_objection_against_what_was_amended(known: Library, round_: Round, staff: Staff) -> None:
    """Objected to after it was lowered, the first grant leads to a decision in the place of the lowered one: no dead end."""
    case = a_case(known, round_)
    first = granted(case, known, staff)
    second = lowered(case, staff)
    row = objected(case, against=first.act.number)
    assert not row.late
    assert names(row) == ["amended"]
    new = upheld(case, known, staff)
    assert (new.replaces, new.amount_cents) == (second, GRANTED)


def test_amended_while_an_objection_runs(known: Library, round_: Round, staff: Staff) -> None:
    """The grant is lowered all the same; its letter says that the objection is about it too, and upholding works on it."""
    case = a_case(known, round_)
    first = granted(case, known, staff)
    row = objected(case, against=first.act.number)
    second = lowered(case, staff)
    case.refresh_from_db()
    assert case.state == "objection"
    assert ALSO in said(second.act)
    assert names(row) == ["amended"]
    assert goes_about(row, second.act_id)
    assert upheld(case, known, staff).replaces == second
    case.refresh_from_db()
    assert case.state == "granted"


def test_without_an_objection_the_letter_says_nothing_of_one(known: Library, round_: Round, staff: Staff) -> None:
    """Nobody objected, or the objection was answered before: then none goes about the change."""
    case = a_case(known, round_)
    row = objected(case, against=granted(case, known, staff).act.number)
    at = next_moment(case)
    reject(case.pk, WHY, by=by(staff["second"], at), at=at)
    assert ALSO not in said(lowered(case, staff).act)
    assert names(row) == []


def test_a_change_that_was_asked_for(known: Library, round_: Round, staff: Staff) -> None:
    """Who asked for less has no interest in objecting to that, and is not told so; the objection can still be upheld."""
    case = a_case(known, round_)
    row = objected(case, against=granted(case, known, staff).act.number)
    at = next_moment(case)
    second = amend(case.pk, "own-request", LESS, WEIGHED, by=by(staff["decider"], at), at=at)
    assert ALSO not in said(second.act)
    assert names(row) == []
    assert upheld(case, known, staff).replaces == second


def test_withdrawn_while_an_objection_runs(known: Library, round_: Round, staff: Staff) -> None:
    """Of a grant that was withdrawn meanwhile nothing is granted until the withdrawal itself falls, by the same objection."""
    case = a_case(known, round_)
    first = granted(case, known, staff)
    row = objected(case, against=first.act.number)
    act = withdrawn(case, staff)
    case.refresh_from_db()
    assert case.state == "objection"
    assert ALSO in said(act)
    assert names(row) == ["revoked"]
    assessed(case, known, staff["assessor"], YES, at=next_moment(case))
    at = next_moment(case)
    second = by(staff["second"], at)
    with pytest.raises(DecisionRefused, match="daarna ingetrokken"):
        uphold(case.pk, WHY, by=second, at=at)
    answer = uphold_revocation(case.pk, WHY, by=second, at=at)
    assert answer.decision is not None
    assert (answer.decision.replaces, answer.decision.amount_cents) == (first, GRANTED)
    case.refresh_from_db()
    assert case.state == "granted"


def test_an_objection_about_something_else(known: Library, round_: Round, staff: Staff) -> None:
    """One against the withdrawal is not about the grant before it, and none is about a settlement that there is not."""
    case = a_case(known, round_)
    first = granted(case, known, staff)
    row = objected(case, against=withdrawn(case, staff).number)
    assert not goes_about(row, first.act_id)
    assessed(case, known, staff["assessor"], YES, at=next_moment(case))
    at = next_moment(case)
    second = by(staff["second"], at)
    with pytest.raises(DecisionRefused, match="niet over het besluit op de aanvraag"):
        uphold(case.pk, WHY, by=second, at=at)
    with pytest.raises(DecisionRefused, match="niet over de vaststelling"):
        uphold_settlement(case.pk, GRANTED, WHY, by=second, at=at)


def test_nothing_granted_is_amended_while_an_objection_runs(known: Library, round_: Round, staff: Staff) -> None:
    """That an objection suspends nothing gives no more than there is: after a withdrawal nothing can be lowered."""
    case = a_case(known, round_)
    objected(case, against=granted(case, known, staff).act.number)
    withdrawn(case, staff)
    at = next_moment(case)
    with pytest.raises(DecisionRefused, match="geen toekenning of vaststelling"):
        amend(case.pk, "own-request", LESS, WEIGHED, by=by(staff["decider"], at), at=at)


def test_what_another_objection_led_to(known: Library, round_: Round, staff: Staff) -> None:
    """Of two objections against a grant and its change, the one that waits goes about what the other led to, and is answered too."""
    case = a_case(known, round_)
    first = granted(case, known, staff)
    second = lowered(case, staff)
    objected(case, against=first.act.number)
    waits = objected(case, against=second.act.number)
    new = upheld(case, known, staff)
    assert (new.replaces, names(waits)) == (second, ["granted"])
    assert ALSO in said(new.on_objection.act)
    third = people.person(name="third")
    people.role(third, RoleKind.DECIDER, body=round_.body)
    at = next_moment(case)
    with pytest.raises(DecisionRefused, match="geeft niet meer"):
        uphold(case.pk, WHY, by=by(third, at), at=at)
    with pytest.raises(NotAllowed):  # who granted on the first objection decided on what the other goes about
        dismiss(case.pk, "no_interest", WHY, by=by(staff["second"], at), at=at)
    dismiss(case.pk, "no_interest", WHY, by=by(third, at), at=at)
    case.refresh_from_db()
    assert case.state == "granted"
