"""Deciding anew after a court has annulled: a term from the judgment, or until the day that the court named, with notices and a penalty of its own."""

from datetime import date
from typing import Any

import pytest

from doorleren.cases.appeals import appeals_running
from doorleren.cases.commands.note_appeal import note_appeal, note_judgment
from doorleren.cases.models import Case
from doorleren.cases.queries import terms_of_case
from doorleren.cases.refusing import CaseRefused
from doorleren.cases.terms import CaseTerm, Life, due_of, notices_of, terms_of
from doorleren.cases.terms.anew import ANEW, ANSWERING_ANEW
from doorleren.cases.terms.default import deciding_on, overdue, penalties_fixed
from doorleren.core.days import day_of
from tests.cases.made import Staff, by, day
from tests.cases.test_appealing import last, later, settled_with
from tests.cases.test_terms import LAW, life

ANSWERED = (
    ("assessed", "3-3"), ("refused", "3-3"), ("sent", "3-4"), ("objection_received", "3-20", {"against": 3}),
    ("objection_rejected", "5-1", {"objection": 1}), ("sent", "5-2"),
)  # fmt: skip
"""An objection (act 5) that was answered (act 6)."""
JUDGED = (
    *ANSWERED, ("appeal_noted", "5-20", {"against": 6}),
    ("appeal_ended", "7-1", {"judgment": "annulled", "appeal": 8, "against": 6}), ("objection_taken_up", "7-1", {"objection": 1}),
)  # fmt: skip
"""The court annulled that answer (act 9)."""
OVERTURNED = (
    ("assessed", "3-3"), ("refused", "3-3"), ("sent", "3-4"), ("appeal_noted", "3-20", {"against": 3}),
    ("judgment_noted", "7-1", {"judgment": "annulled", "appeal": 5, "against": 3}),
)  # fmt: skip
"""The court annulled the decision itself (act 6)."""


def anew(found: Life) -> CaseTerm:
    """Give the term for deciding anew."""
    return next(one for one in terms_of(found, LAW) if one.id in (ANEW, ANSWERING_ANEW))


def with_day(acts: Any, until: str) -> Any:
    """Let the judgment among these acts name a day."""
    return [
        (name, on, {**rest[0], "until": until} if rest and "judgment" in rest[0] else rest[0] if rest else {})
        for name, on, *rest in acts
    ]


@pytest.mark.parametrize(("acts", "key", "about", "until"), [
    (JUDGED, ANSWERING_ANEW, 9, "8-12"),  # six weeks
    (OVERTURNED, ANEW, 6, "8-26"),        # eight weeks
])  # fmt: skip
def test_it_runs_from_the_judgment(acts: Any, key: str, about: int, until: str) -> None:
    """The term of the law runs again from the judgment, and is what is due; how long the law leaves open, and the calculation says so."""
    found = life(*acts)
    term = anew(found)
    assert (term.id, term.about, term.start, term.last, term.ended_on) == (key, about, day("7-1"), day(until), None)
    assert term.steps[0].source.startswith("assumption: ")
    assert due_of(terms_of(found, LAW)) == term


@pytest.mark.parametrize(("acts", "ended"), [
    ((*JUDGED, ("objection_rejected", "7-20", {"objection": 1})), None),
    ((*JUDGED, ("objection_rejected", "7-20", {"objection": 1}), ("sent", "7-21")), "7-21"),
    ((*JUDGED, ("objection_withdrawn", "7-20", {"objection": 1})), "7-20"),
    ((*OVERTURNED, ("assessed", "7-15"), ("granted", "7-20"), ("sent", "7-21")), "7-21"),
    ((*OVERTURNED, ("withdrawn", "7-20")), "7-20"),
])  # fmt: skip
def test_it_ends_when_it_was_decided_anew(acts: Any, ended: str | None) -> None:
    """What was decided before the judgment ends nothing; the letter of the next decision does, or that nothing is left to decide."""
    assert anew(life(*acts)).ended_on == (day(ended) if ended else None)


@pytest.mark.parametrize("acts", [JUDGED, OVERTURNED])
def test_the_court_names_a_day(acts: Any) -> None:
    """Where the judgment names a day that is the last one, by its article and without an assumption."""
    term = anew(life(*with_day(acts, "2026-07-15")))
    assert (term.last, [one.source for one in term.steps]) == (day("7-15"), ["Awb, art. 8:72(4)"])


@pytest.mark.parametrize("judgment", ["unfounded", "court_decided"])
def test_no_term_without_an_annulment(judgment: str) -> None:
    """An appeal that ends otherwise leaves nothing to decide anew."""
    acts = [(name, on, {**rest[0], "judgment": judgment} if rest and "judgment" in rest[0] else rest[0] if rest else {})
            for name, on, *rest in ANSWERED + JUDGED[6:8]]  # fmt: skip
    assert not {one.id for one in terms_of(life(*acts), LAW)} & {ANEW, ANSWERING_ANEW}


def test_each_time_has_its_own_notice_and_penalty() -> None:
    """Of an objection answered too late twice both notices count, each with its own days; the first penalty stays as it was."""
    late = (
        *ANSWERED[:4], ("declared_in_default", "6-1", {"objection": 1}), ("objection_rejected", "6-20", {"objection": 1}),
        ("sent", "6-20"), ("penalty_fixed", "6-22", {"notice": 6}), ("appeal_noted", "6-25", {"against": 7}),
        ("appeal_ended", "7-1", {"judgment": "annulled", "appeal": 10, "against": 7}), ("objection_taken_up", "7-1", {"objection": 1}),
    )  # fmt: skip
    told = life(*late)
    assert list(overdue(told, terms_of(told, LAW), day("8-12"))) == []
    assert list(overdue(told, terms_of(told, LAW), day("8-13"))) == [1]
    again = life(*late, ("declared_in_default", "8-13", {"objection": 1}))
    terms = terms_of(again, LAW)
    found = notices_of(again, terms)
    assert [(one.done.number, one.matter, one.term_ended) for one in found] == [
        (6, (1, 0), day("5-27")), (13, (1, 11), day("8-12")),
    ]  # fmt: skip
    assert {key: one.number for key, one in penalties_fixed(again, found).items()} == {(1, 0): 9}
    assert list(overdue(again, terms, day("8-20"))) == []
    assert deciding_on(again, terms, day("6-30"))[1].id == "objection-decision"


@pytest.mark.django_db
def test_no_day_where_nothing_is_decided_anew(case: Case, staff: Staff) -> None:
    """Where a court annuls what leaves the grant as it is, a day to decide by is refused, and nothing is noted."""
    act = settled_with(case, staff, "payment_suspended")
    at = later(case)
    note_appeal(case.pk, act.number, by=by(staff.assessor, at), at=at)
    at = later(case)
    with pytest.raises(CaseRefused):
        note_judgment(case.pk, "annulled", by=by(staff.assessor, at), at=at, until=date(2027, 1, 4))
    assert appeals_running(case)


@pytest.mark.django_db
def test_by_the_commands(case: Case, staff: Staff) -> None:
    """A judgment that annuls with a day puts the case on the lists by that day; a day that no judgment can name is refused by its name."""
    staff.do(case, "assessed", "refused")
    staff.do(case, "dispatched", details={"of": last(case, "refused").number})
    at = later(case)
    note_appeal(case.pk, last(case, "refused").number, by=by(staff.assessor, at), at=at)
    at = later(case)
    today = day_of(at)
    for judgment, until in (("annulled", today), ("annulled", date(2020, 1, 1)), ("unfounded", date(2027, 1, 4))):
        with pytest.raises(CaseRefused) as refused:
            note_judgment(case.pk, judgment, by=by(staff.assessor, at), at=at, until=until)
        assert (refused.value.field, f"{until:%d-%m-%Y}" in str(refused.value)) == ("until", True)
    note_judgment(case.pk, "annulled", by=by(staff.assessor, at), at=at, until=date(2027, 1, 4))
    case.refresh_from_db()
    assert (case.due_on, case.due_term) == (date(2027, 1, 4), ANEW)
    assert {one.id: one.last for one in terms_of_case(case)}[ANEW] == date(2027, 1, 4)
