"""Different hands: who did one thing in a case may not do another, whatever their roles, batches and deputies."""

from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorleren.audit.acts import SITE
from doorleren.cases.access import BARRED, DUTIES, barred, ensure_may_list, ensure_may_view, hands_of, may
from doorleren.cases.acts import ACTS, Duty
from doorleren.cases.commands.perform import perform
from doorleren.cases.models import Case
from doorleren.cases.refusing import CaseRefused
from doorleren.people.access import NotAllowed
from doorleren.people.models import RoleKind
from tests.cases import made
from tests.cases.made import AT, BATCH, Staff, by
from tests.people import made as people

LATER = AT + timedelta(hours=1)
ALL = (RoleKind.ASSESSOR, RoleKind.DECIDER, RoleKind.PAYMASTER)
ALL_DUTIES: tuple[Duty, ...] = tuple(BARRED)


@given(st.lists(st.tuples(st.sampled_from(ALL_DUTIES), st.frozensets(st.integers(1, 4), min_size=1)), max_size=12))
def test_nobody_does_two_of_three(asked: list[tuple[Duty, frozenset[int]]]) -> None:
    """Whatever people try in whatever order, alone or together, nobody has two of assessing, deciding and paying."""
    hands: dict[Duty, frozenset[int]] = {}
    for duty, people_ in asked:
        if barred(duty, hands, people_) is None:
            hands[duty] = hands.get(duty, frozenset()) | people_
    for one, other in (
        ("assess", "decide"),
        ("assess", "pay"),
        ("decide", "pay"),
        ("enter", "assess"),
        ("enter", "decide"),
    ):
        if (one, other) == ("enter", "assess") or (one, other) == ("enter", "decide"):
            continue
        assert not hands.get(one, frozenset()) & hands.get(other, frozenset())  # type: ignore[call-overload]


def test_the_table_of_duties_is_whole() -> None:
    """Every act with a duty is in the table, every duty has a row, and the three that matter exclude each other."""
    assert set(DUTIES.values()) == set(BARRED)
    assert {name for name, act in ACTS.items() if act.demand in ("assess_case", "decide_case", "decide_objection", "pay_case")
            and act.duty is None} == set()  # fmt: skip
    for one, other in product(("assess", "decide", "pay"), repeat=2):
        assert (other in BARRED[one]) == (one != other)  # type: ignore[index]


@pytest.mark.parametrize(("first", "then", "reason"), [
    (("assessed",), "granted", "assessed_it"), (("assessed",), "refused", "assessed_it"),
    (("entered",), "assessed", "entered_it"),
])  # fmt: skip
def test_one_person_with_every_role(first: tuple[str, ...], then: str, reason: str, case: Case) -> None:
    """Somebody with all roles at once does one of these acts and is refused the other, with the reason."""
    who = made.official(*ALL)
    for act in first:
        perform(case.pk, act, by=by(who, LATER), at=LATER)
    case.refresh_from_db()
    answer = may(by(who, LATER), then, case, at=LATER)
    assert not answer
    assert getattr(answer, "reason", "") == reason
    with pytest.raises(NotAllowed):
        perform(case.pk, then, by=by(who, LATER), at=LATER)
    assert may(by(made.official(*ALL), LATER), then, case, at=LATER)


def test_who_entered_it(staff: Staff) -> None:
    """Who entered a paper application neither assesses nor decides, and the case knows it from its opening."""
    case = made.a_case(entered_by=staff.assessor.pk)
    assert hands_of(case.pk) == {"enter": frozenset({staff.assessor.pk})}
    assert not may(by(staff.assessor, LATER), "assessed", case, at=LATER)
    assert may(by(made.official(RoleKind.ASSESSOR), LATER), "assessed", case, at=LATER)


def test_paying(staff: Staff, case: Case) -> None:
    """Neither who assessed nor who decided pays."""
    for kind in (RoleKind.PAYMASTER,):
        for who in (staff.assessor, staff.decider):
            people.role(who, kind)
    staff.do(case, "assessed", "granted")
    for who in (staff.assessor, staff.decider):
        with pytest.raises(NotAllowed):
            perform(case.pk, "paid", by=by(who, LATER), at=LATER)
    staff.do(case, "paid")


def test_an_objection_is_for_others(staff: Staff, case: Case) -> None:
    """An objection is heard and decided by somebody who took no part in the decision, and that one decides anew."""
    staff.do(case, "assessed", "refused", "objection_received")
    for act in ("heard", "objection_upheld"):
        assert not may(by(staff.decider, LATER), act, case, at=LATER)
    staff.do(case, "heard", "objection_upheld")
    moment = case.last_act_at + timedelta(minutes=1)
    row = perform(case.pk, "granted", by=by(staff.reviewer, moment), at=moment)
    assert row.case.state == "granted"


def test_a_deputy(staff: Staff, case: Case) -> None:
    """Deciding in the name of who assessed is refused too: both names count."""
    staff.do(case, "assessed")
    at = case.last_act_at + timedelta(minutes=1)
    with pytest.raises(NotAllowed):
        perform(case.pk, "granted", by=by(staff.decider, at), at=at, details={"on_behalf_of": staff.assessor.pk})
    perform(case.pk, "granted", by=by(staff.decider, at), at=at, details={"on_behalf_of": staff.reviewer.pk})
    assert hands_of(case.pk)["decide"] == {staff.decider.pk, staff.reviewer.pk}


def test_a_batch_needs_two_people(staff: Staff, case: Case) -> None:
    """A batch decides in the name of one who proposes and another who releases, neither of whom assessed or pays."""
    perform(case.pk, "assessed", by=SITE, at=LATER)
    decider, reviewer = staff.decider.pk, staff.reviewer.pk
    for told in ({}, {"proposed_by": decider}, {"proposed_by": decider, "released_by": decider}):
        with pytest.raises(CaseRefused, match="twee mensen"):
            perform(case.pk, "granted", by=BATCH, at=LATER, details=told)
    perform(case.pk, "granted", by=BATCH, at=LATER, details={"proposed_by": decider, "released_by": reviewer})
    payment = {"proposed_by": reviewer, "released_by": staff.paymaster.pk}
    with pytest.raises(NotAllowed):
        perform(case.pk, "paid", by=BATCH, at=LATER, details=payment)


@pytest.mark.parametrize("kind", list(RoleKind))
def test_who_may_look(kind: RoleKind, case: Case) -> None:
    """Officials who assess, decide, pay or audit in the body may look at its cases and lists; nobody else may."""
    who = by(made.official(kind) if kind in ALL or kind in (RoleKind.AUDITOR,) else with_role(kind), LATER)
    fine = kind in (*ALL, RoleKind.AUDITOR)
    for ask in (lambda: ensure_may_view(who, case, at=LATER), lambda: ensure_may_list(who, case.body_id, at=LATER)):
        if fine:
            assert ask() == who
        else:
            with pytest.raises(NotAllowed):
                ask()


def with_role(kind: RoleKind):  # type: ignore[no-untyped-def]
    """Make a person with a role in its own place."""
    who = people.person()
    people.role(who, kind)
    return who
