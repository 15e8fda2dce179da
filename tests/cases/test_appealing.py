"""An appeal names the act that it is against, and only the annulment of a decision on the grant itself makes room for another one."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from doorleren.audit.models import Act
from doorleren.cases.acts import ACTS
from doorleren.cases.appeals import appeals_running, none_running, nothing_to_appeal, to_appeal
from doorleren.cases.commands.close_case import close_case
from doorleren.cases.commands.note_appeal import ENDS, note_appeal, note_judgment
from doorleren.cases.models import Case, CaseAct
from doorleren.cases.queries import acts_of, terms_of_case
from doorleren.cases.recording import moments_of
from doorleren.cases.refusing import CaseRefused
from doorleren.cases.rules import state_of, why_not
from doorleren.cases.terms.appealing import (
    ANNULLED,
    ANSWERS,
    GRANTING,
    LATE,
    MAY_BE_APPEALED,
    Appeal,
    appealable,
    appeals_of,
)
from doorleren.cases.terms.facts import CaseFacts, Done, Life
from doorleren.core.texts import Texts
from tests.cases.made import DAY, Staff, a_case, by, version

pytestmark = pytest.mark.django_db

SETTLED = (LATE, "assessed", "granted", "paid", "settled_as_granted")
"""A grant that came late, and was paid and settled."""
BESIDE: dict[str, tuple[str, ...]] = {
    LATE: (), "recovery_decided": ("recovery_decided",), "penalty_fixed": ("penalty_fixed",),
    "payment_suspended": ("payment_suspended",), "payment_released": ("payment_suspended", "payment_released"),
    "objection_upheld": ("objection_upheld", "settled_as_granted"),
    "objection_partly_upheld": ("objection_partly_upheld", "settled_as_granted"),
    **{one: (one,) for one in ("debt_objection_upheld", "objection_rejected", "objection_inadmissible")},
}  # fmt: skip
"""What comes after that by kind of act that is no decision on the grant itself; before an answer an objection comes."""
WARNED = ("assessed", "granted", "intent_notified", "view_received")
ON_THE_GRANT: dict[str, tuple[str, ...]] = {
    "granted": ("assessed", "granted"), "partly_granted": ("assessed", "partly_granted"), "refused": ("assessed", "refused"),
    "amended": ("assessed", "granted", "amended"), "revoked": (*WARNED, "revoked"),
    "budget_reservation_invoked": ("assessed", "granted", "budget_reservation_invoked"),
    "settled_as_granted": ("assessed", "granted", "paid", "settled_as_granted"),
    "settled_lower": (*WARNED, "settled_lower"), "settled_at_nil": (*WARNED, "settled_at_nil"),
}  # fmt: skip
"""A life that ends in each decision on the grant; leaving out waits for a day and is tried by itself."""
NEXT = {"settled_as_granted": "settled_as_granted", "settled_lower": "settled_lower", "settled_at_nil": "settled_lower"}
"""What can be decided once a decision is annulled, where that is not granting."""


def settled_with(case: Case, staff: Staff, kind: str) -> CaseAct:
    """Bring a case to a grant that is settled, with an act of another kind, and give that act."""
    staff.do(case, *SETTLED)
    if kind in ANSWERS:
        staff.do(case, "objection_received", details={"against": last(case, "settled_as_granted").number})
        staff.do(case, BESIDE[kind][0], details={"objection": 1})
        staff.do(case, *BESIDE[kind][1:]) if BESIDE[kind][1:] else None
    elif BESIDE[kind]:
        staff.do(case, *BESIDE[kind])
    return last(case, kind)


def last(case: Case, act: str) -> CaseAct:
    """Give the last act of a kind."""
    return CaseAct.objects.filter(case=case, act=act).order_by("-number")[0]


def noted(case: Case, staff: Staff, against: int) -> CaseAct:
    """Note an appeal."""
    at = later(case)
    return note_appeal(case.pk, against, by=by(staff.assessor, at), at=at)


def judged(case: Case, staff: Staff, judgment: str = ANNULLED, appeal: int | None = None) -> CaseAct:
    """Note how an appeal ended."""
    at = later(case)
    row = note_judgment(case.pk, judgment, by=by(staff.assessor, at), at=at, appeal=appeal)
    case.refresh_from_db()
    return row


def later(case: Case) -> datetime:
    """Give the next moment of a case."""
    case.refresh_from_db()
    return case.last_act_at + timedelta(minutes=1)


@contextmanager
def no_trigger() -> Iterator[None]:
    """Let the database look at nothing for a while, as before there was a trigger."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = origin")


def forbidden(case: Case) -> list[Texts | None]:
    """Say why what could be decided of a grant that is not settled cannot be done."""
    return [why_not(one, moments_of(case)) for one in ("granted", "amended", "settled_lower", "progress_reported")]


def standing(case: Case) -> str:
    """Give the state of a case, whether or not an objection runs."""
    return state_of(moments_of(case), without="objection")


def test_each_kind_of_act_is_tried() -> None:
    """What one may appeal is either a decision on the grant or something beside it, and none is left untried."""
    assert set(BESIDE) | set(GRANTING) == set(MAY_BE_APPEALED)
    assert not set(BESIDE) & set(GRANTING)
    assert set(ON_THE_GRANT) == set(GRANTING) - {"left_out"}


@pytest.mark.parametrize("kind", BESIDE)
def test_annulling_something_beside_the_grant_leaves_it_settled(kind: str, case: Case, staff: Staff) -> None:
    """A settled grant stays settled, whatever else a court annuls; the objection of an answer is in hand again, by the site."""
    act = settled_with(case, staff, kind)
    assert act.number in {one.number for one in to_appeal(case)}
    before = forbidden(case)
    appeal = noted(case, staff, act.number)
    row = judged(case, staff)
    assert (row.act, standing(case), forbidden(case)) == ("appeal_ended", "settled", before)
    assert all(before[1:])
    assert row.details == {"judgment": ANNULLED, "appeal": appeal.number, "against": act.number}
    taken = CaseAct.objects.filter(case=case, act="objection_taken_up", number__gt=row.number)
    assert [(one.by_kind, one.details) for one in taken] == [("site", {"objection": 1})] * (kind in ANSWERS)
    assert case.state == ("objection" if kind in ANSWERS else "settled")
    assert act.number not in {one.number for one in to_appeal(case)}
    about = {"subject_kind": "case", "subject_id": str(case.pk)}
    assert Act.objects.filter(**about, act="appeal_ended").count() == 1


@pytest.mark.parametrize("kind", ON_THE_GRANT)
def test_annulling_a_decision_on_the_grant_makes_room(kind: str, case: Case, staff: Staff) -> None:
    """It is the act that lets another decision be taken in the place of the one that was annulled; no other end of an appeal is."""
    staff.do(case, *ON_THE_GRANT[kind])
    before, following = standing(case), NEXT.get(kind, "granted")
    for one in ENDS:
        noted(case, staff, last(case, kind).number)
        assert judged(case, staff, one).act == "appeal_ended"
        assert standing(case) == before
    assert why_not(following, moments_of(case)) is not None
    noted(case, staff, last(case, kind).number)
    assert judged(case, staff).act == "judgment_noted"
    assert why_not(following, moments_of(case)) is None
    assert standing(case) not in ("settled", "revoked")


def test_without_the_rule_a_settled_grant_is_lost(case: Case, staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: with the rule taken away the database refuses; with its trigger away too a penalty unsettles the grant."""
    noted(case, staff, settled_with(case, staff, "penalty_fixed").number)
    monkeypatch.setattr(Appeal, "overturns", True)
    with pytest.raises(IntegrityError, match="cases_judgment_overturns"), transaction.atomic():
        judged(case, staff)
    with no_trigger():
        assert (judged(case, staff).act, standing(case)) == ("judgment_noted", "granted")


@pytest.mark.parametrize(("which", "said"), [
    ("nothing", "handeling 99"), ("assessed", "geen beroep open"), ("open", "geen beroep open"), ("answered", "geen beroep open"),
])  # fmt: skip
def test_what_cannot_be_appealed(which: str, said: str, case: Case, staff: Staff) -> None:
    """No act, one that is no decision, one with an open appeal, one of which the objection was answered: refused, with what can be."""
    answer = settled_with(case, staff, "objection_rejected")
    against = {"nothing": 99, "answered": last(case, "settled_as_granted").number, "open": last(case, LATE).number}
    noted(case, staff, against["open"])
    with pytest.raises(CaseRefused, match=said) as refused:
        noted(case, staff, against.get(which) or last(case, which).number)
    assert f"Kies uit: {answer.number}, {last(case, 'granted').number}." in refused.value.texts["nl"]
    assert (refused.value.act, refused.value.field) == ("appeal_noted", "against")
    assert CaseAct.objects.filter(case=case, act="appeal_noted").count() == 1


def test_nothing_to_appeal(case: Case, staff: Staff) -> None:
    """Before a decision there is nothing, nor after the only one was annulled; and where the law gives no objection there is no appeal."""
    with pytest.raises(CaseRefused, match="niets waartegen beroep mogelijk is"):
        noted(case, staff, 1)
    staff.do(case, "assessed", "refused")
    assert nothing_to_appeal(case) is None
    noted(case, staff, last(case, "refused").number)
    judged(case, staff)
    assert nothing_to_appeal(case) is not None
    elsewhere = a_case(version("outside-awb"))
    staff.do(elsewhere, "assessed", "refused")
    with pytest.raises(CaseRefused, match="deze regeling staat geen beroep open"):
        noted(elsewhere, staff, last(elsewhere, "refused").number)


def test_a_judgment_says_which_appeal(case: Case, staff: Staff) -> None:
    """Of several one is named; a wrong or missing choice says what can be chosen, and without an open one there is none to end."""
    settled_with(case, staff, "penalty_fixed")
    assert none_running(case) is not None
    with pytest.raises(CaseRefused, match="geen beroep"):
        judged(case, staff)
    first, second = (noted(case, staff, last(case, one).number) for one in ("penalty_fixed", "settled_as_granted"))
    for wrong in (None, 1):
        with pytest.raises(CaseRefused, match=f"Kies uit: {first.number}, {second.number}") as refused:
            judged(case, staff, appeal=wrong)
        assert refused.value.field == "appeal"
    with pytest.raises(CaseRefused, match="Kies hoe het beroep afliep"):
        judged(case, staff, "founded", first.number)
    judged(case, staff, "unfounded", first.number)
    assert [one.number for one in appeals_running(case)] == [second.number]
    assert none_running(case) is None
    row = judged(case, staff)
    assert (row.act, row.details["appeal"]) == ("judgment_noted", second.number)


def test_an_appeal_of_before_is_about_the_decision(case: Case, staff: Staff) -> None:
    """A row that names no act is read as before: its annulment makes room, and the database takes the judgment about it."""
    staff.do(case, "assessed", "granted", "paid", "settled_as_granted")
    with no_trigger():
        staff.do(case, "appeal_noted")
    (appeal,) = appeals_running(case)
    assert (appeal.against, appeal.overturns) == (None, True)
    row = judged(case, staff)
    assert (row.act, row.details) == ("judgment_noted", {"judgment": ANNULLED, "appeal": appeal.number})
    assert standing(case) == "granted"


def test_an_end_of_before_ended_all_appeals_before_it() -> None:
    """An end that names no appeal, as was written before, leaves none open; one that comes after it is."""
    ends = ((1, "granted", {}), (2, "appeal_noted", {}), (3, "appeal_noted", {}), (4, "appeal_ended", {"judgment": "unfounded"}),
            (5, "appeal_noted", {"against": 1}))  # fmt: skip
    life = Life(CaseFacts(DAY, None, ""), [Done(number, act, DAY, details) for number, act, details in ends])
    assert [one.number for one in appeals_of(life) if one.ended is None] == [5]
    assert appealable(life) == []


def test_an_objection_that_is_in_hand_is_not_pushed_aside(case: Case, staff: Staff) -> None:
    """An answer is annulled while another objection is in hand: that stays so, and the annulled one waits for its turn."""
    act = settled_with(case, staff, "objection_rejected")
    noted(case, staff, act.number)
    staff.do(case, "objection_received", details={"against": last(case, "settled_as_granted").number})
    judged(case, staff)
    assert case.state == "objection"
    assert not CaseAct.objects.filter(case=case, act="objection_taken_up").exists()


def test_a_closed_case_opens_for_its_objection(case: Case, staff: Staff) -> None:
    """While an appeal runs nobody closes; a case that was closed then, as could be before, is opened again: somebody must decide on the objection."""
    noted(case, staff, settled_with(case, staff, "objection_rejected").number)
    at = later(case)
    with pytest.raises(CaseRefused, match="Er loopt een beroep"):
        close_case(case.pk, by=by(staff.assessor, at), at=at)
    staff.do(case, "closed")
    judged(case, staff)
    assert [one.act for one in acts_of(case.pk)][-3:] == ["appeal_ended", "reopened", "objection_taken_up"]
    assert (case.state, last(case, "reopened").details) == ("objection", {"reason": "judgment"})


def test_the_term_to_appeal_ends_with_the_appeal_against_it(case: Case, staff: Staff) -> None:
    """The six weeks to appeal an answer are used by an appeal against that answer, and not by one against something else."""
    answer = settled_with(case, staff, "objection_rejected")
    staff.do(case, "dispatched", details={"of": answer.number})

    def ended() -> date | None:
        return next(one.ended_on for one in terms_of_case(case) if one.id == "appeal")

    noted(case, staff, last(case, LATE).number)
    assert ended() is None
    noted(case, staff, answer.number)
    assert ended() == DAY


def raw(case: Case, act: str, details: dict[str, Any]) -> CaseAct:
    """Write a row without any rule of ours."""
    number = CaseAct.objects.filter(case=case).count() + 1
    return CaseAct.objects.create(
        case=case,
        number=number,
        act=act,
        at=case.last_act_at,
        happened_on=DAY,
        by_kind="site",
        details=details,
        ground="x",
    )


@pytest.mark.parametrize("kind", [one for one in ACTS if one not in ("appeal_noted", "judgment_noted", "appeal_ended")])
def test_the_database_knows_what_an_appeal_is_against(kind: str, case: Case) -> None:
    """It takes an appeal against each kind of act that one may appeal, and no other; and an annulment that overturns only of a decision on the grant."""
    act = raw(case, kind, {})

    def takes(name: str, details: dict[str, Any]) -> bool:
        try:
            with transaction.atomic():
                raw(case, name, details)
                transaction.set_rollback(True)
        except IntegrityError as error:
            assert "cases_appeal_names" in str(error) or "cases_judgment_overturns" in str(error)  # noqa: PT017
            return False
        return True

    assert takes("appeal_noted", {"against": act.number}) is (kind in MAY_BE_APPEALED)
    assert not takes("appeal_noted", {})
    if kind in MAY_BE_APPEALED:
        told = {"appeal": raw(case, "appeal_noted", {"against": act.number}).number, "against": act.number}
        assert takes("appeal_ended", told)
        assert takes("judgment_noted", told) is (kind in GRANTING)


@pytest.mark.parametrize("act", ["judgment_noted", "appeal_ended"])
@pytest.mark.parametrize("change", [{"appeal": 1}, {"appeal": 99}, {"against": 1}, {"appeal": None}, {"appeal": "3"}])
def test_the_database_knows_which_appeal_a_judgment_is_about(act: str, change: dict[str, Any], case: Case) -> None:
    """A judgment that names no appeal of the case, or another act than that is against, is refused."""
    granted = raw(case, "granted", {})
    told = {"appeal": raw(case, "appeal_noted", {"against": granted.number}).number, "against": granted.number}
    with pytest.raises(IntegrityError, match="cases_judgment_names"), transaction.atomic():
        raw(case, act, told | change)
    raw(case, act, told)
