"""Objecting to the answer to a request to correct: nothing starts before a letter was sent, and another person decides."""

from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from doorleren.applications.corrections.commands.answer_correction import (
    New,
    Told,
    correct,
    refuse_correction,
    tell_receivers,
)
from doorleren.applications.corrections.commands.ask_correction import take_back_correction
from doorleren.applications.corrections.commands.object_to_answer import (
    Heard,
    OnPaper,
    Ruling,
    decide_objection,
    enter_objection,
    object_to_answer,
    take_more_time,
    withdraw_objection,
)
from doorleren.applications.corrections.refusing import CorrectionRefused
from doorleren.applications.corrections.sealed import said_in
from doorleren.applications.corrections.standing import open_about, open_at, standing_of
from doorleren.applications.corrections.told import appeal_term, deciding_term, objecting_term, told_of
from doorleren.applications.models import Answer, CorrectionAct, CorrectionRequest, CorrectionStep
from doorleren.audit.acts import checked
from doorleren.audit.models import Act
from doorleren.core.days import day_of
from doorleren.letters.jobs import send_waiting
from doorleren.letters.models import Dispatch
from doorleren.people.access import NotAllowed
from doorleren.people.models import Person
from doorleren.rules.library import Library
from tests.applications.corrections.conftest import Ask
from tests.applications.corrections.test_acts import NOBODY, PRICE, last_letter
from tests.decisions import made

Staff = dict[str, Person]
UNHEARD = Heard("waived")
WRITTEN = "Mijn factuur zegt 650 euro."
SENT = made.later(60)
"""The letter of an answer goes out on the day of the answer, Thursday 12 March 2026: one can object until 23 April."""
LAST, DECIDED_BY, EXTENDED_TO = date(2026, 4, 23), date(2026, 6, 4), date(2026, 7, 16)


@pytest.fixture(autouse=True)
def outbox(settings: Any, tmp_path: Path) -> Path:
    """A place where letters go."""
    settings.DOORLEREN_OUTBOX = tmp_path / "outbox"
    return tmp_path / "outbox"


@pytest.fixture
def refused(ask: Ask, staff: Staff) -> CorrectionRequest:
    """A request that a decider refused, of which the letter was not sent yet."""
    request, at = ask(), made.later()
    refuse_correction(request.pk, "right", "De factuur klopt.", seen=1, by=made.by(staff["decider"], at), at=at)
    return request


@pytest.fixture
def contested(refused: CorrectionRequest) -> CorrectionRequest:
    """The same, sent, with an objection of Nadia a day later."""
    send_waiting(lambda: SENT)
    at = SENT + timedelta(days=1)
    object_to_answer(refused.pk, WRITTEN, by=made.by(refused.person, at), at=at)
    return refused


def test_no_term_starts_before_the_letter_was_sent(refused: CorrectionRequest, outbox: Path) -> None:
    """A letter that did not go out tells nothing and starts nothing; the term runs from the day of the proof, not from the answer."""
    nadia, at = refused.person, made.later(30)
    outbox.write_text("not a folder")
    assert send_waiting(lambda: at) == (0, 1)
    assert [one.sent for one in Dispatch.objects.all()] == [False]
    standing = standing_of(refused)
    assert standing.end is not None
    assert (objecting_term(standing), deciding_term(standing)) == (None, None)
    [known] = told_of([standing])
    assert [one.step for one in known.steps] == ["asked"]
    with pytest.raises(CorrectionRefused, match="zodra de brief"):
        object_to_answer(refused.pk, WRITTEN, by=made.by(nadia, at), at=at)
    outbox.unlink()
    sent = made.AT + timedelta(days=20)
    assert send_waiting(lambda: sent) == (1, 0)
    term = objecting_term(standing)
    assert term is not None
    assert (term.start, term.last) == (day_of(sent), date(2026, 5, 13))
    assert [one.step for one in told_of([standing])[0].steps] == ["asked", "refused"]


def test_the_terms_are_those_of_the_awb(contested: CorrectionRequest, staff: Staff, known: Library) -> None:
    """Six weeks to object from the sending, six to decide from the end of those, six more once, six to appeal from the next sending."""
    standing = standing_of(contested)
    objecting, deciding = objecting_term(standing), deciding_term(standing)
    assert objecting is not None
    assert deciding is not None
    assert (objecting.last, deciding.last, standing.due_on) == (LAST, DECIDED_BY, DECIDED_BY)
    assert (objecting.term.id, deciding.term.id) == ("objection", "objection-decision")
    assert [one.due for one in open_at([contested.body_id])] == [DECIDED_BY]
    assert list(open_about()) == [contested]
    at = SENT + timedelta(days=50)
    by = made.by(staff["assessor"], at)
    take_more_time(contested.pk, "Wij zoeken de factuur.", seen=3, by=by, at=at)
    assert standing_of(contested).due_on == EXTENDED_TO
    assert [one.step for one in told_of([standing_of(contested)])[0].steps] == ["asked", "refused", "objected"]
    assert last_letter(contested)[0] == "correction_more_time"
    with pytest.raises(CorrectionRefused, match="maar één keer"):
        take_more_time(contested.pk, "Nog meer.", seen=4, by=by, at=at)
    at = SENT + timedelta(days=60)
    ruling = Ruling(CorrectionAct.REJECTED, "De factuur is van iets anders.", UNHEARD)
    decide_objection(contested.pk, ruling, seen=4, library=known, by=made.by(staff["second"], at), at=at)
    assert appeal_term(standing_of(contested)) is None
    send_waiting(lambda: at)
    appeal = appeal_term(standing_of(contested))
    assert appeal is not None
    assert (appeal.start, appeal.term.id) == (day_of(at), "appeal")
    assert list(open_about()) == []


def test_another_person_decides_and_corrects(contested: CorrectionRequest, staff: Staff, known: Library) -> None:
    """Not who refused, nor who only assesses; upheld it adds the answer, tells how to appeal, and others can be told."""
    at = SENT + timedelta(days=10)
    heard = Heard("heard", day_of(at))
    ruling = Ruling(CorrectionAct.UPHELD, "De factuur zegt het ook.", heard, PRICE, Told(("Voorbeeldopleider",)))
    do = partial(decide_objection, contested.pk, library=known, at=at)
    with pytest.raises(NotAllowed, match="decided_it"):
        do(ruling, seen=3, by=made.by(staff["decider"], at))
    for name, why in (("assessor", "no_role"), ("paymaster", "no_role")):
        with pytest.raises(NotAllowed, match=why):
            do(ruling, seen=3, by=made.by(staff[name], at))
    second = made.by(staff["second"], at)
    with pytest.raises(CorrectionRefused, match="intussen"):
        do(ruling, seen=2, by=second)
    do(ruling, seen=3, by=second)
    assert Answer.objects.get(correction=contested).cents == 650_00
    template, words = last_letter(contested)
    assert template == "correction_upheld"
    for said in ("650 euro", "Voorbeeldopleider", "Wij hoorden u op 22 maart 2026", "in beroep gaan bij de rechtbank"):
        assert said in words
    assert "U kunt bezwaar maken" not in words
    tell_receivers(contested.pk, Told(("Een ander loket",)), seen=4, by=second, at=at)
    acts = Act.objects.filter(subject_kind="correction", subject_id=str(contested.pk)).order_by("id")
    assert [one.act for one in acts] == [
        "correction_asked", "correction_refused", "correction_objected", "correction_upheld", "receivers_told",
    ]  # fmt: skip
    assert acts[2].details == {"until": DECIDED_BY.isoformat(), "late": False}
    assert checked().broken is None
    with pytest.raises(CorrectionRefused, match="geen bezwaar"):
        do(ruling, seen=5, by=second)


@pytest.mark.parametrize(
    ("ruling", "field"),
    [
        (Ruling(CorrectionAct.REJECTED, "", UNHEARD), "words"),
        (Ruling(CorrectionAct.REJECTED, "Nee.", Heard("")), "heard"),
        (Ruling(CorrectionAct.REJECTED, "Nee.", Heard("fully_upheld")), "heard"),
        (Ruling(CorrectionAct.INADMISSIBLE, "Nee.", Heard("manifestly_unfounded")), "heard"),
        (Ruling(CorrectionAct.REJECTED, "Nee.", Heard("heard")), "heard_on"),
        (Ruling(CorrectionAct.REJECTED, "Nee.", Heard("heard", date(2026, 3, 12))), "heard_on"),
        (Ruling(CorrectionAct.REJECTED, "Nee.", Heard("heard", date(2027, 1, 1))), "heard_on"),
        (Ruling(CorrectionAct.UPHELD, "Ja.", UNHEARD), "new"),
        (Ruling(CorrectionAct.UPHELD_IN_PART, "Ja.", UNHEARD, New("650 euro", 650_00), Told()), "told"),
        (Ruling(CorrectionAct.UPHELD, "Ja.", UNHEARD, New("699,95 euro", 699_95), NOBODY), "new"),
    ],
    ids=["no words", "heard unsaid", "upheld only", "unfounded only", "no day", "before it", "ahead", "no value", "nobody told",
         "the same value"],
)  # fmt: skip
def test_a_decision_that_lacks_something_is_refused_by_field(
    contested: CorrectionRequest, staff: Staff, known: Library, ruling: Ruling, field: str
) -> None:
    """Each names its field, and nothing is kept of it."""
    at = SENT + timedelta(days=10)
    with pytest.raises(CorrectionRefused) as said:
        decide_objection(contested.pk, ruling, seen=3, library=known, by=made.by(staff["second"], at), at=at)
    assert said.value.field == field
    assert standing_of(contested).last == 3
    assert not Answer.objects.filter(correction=contested).exists()


def test_what_came_in_time_is_treated(contested: CorrectionRequest, staff: Staff, known: Library) -> None:
    """An objection within the term is not put aside as inadmissible, also where nobody needs to be heard; nothing is kept of it."""
    at = SENT + timedelta(days=10)
    ruling = Ruling(CorrectionAct.INADMISSIBLE, "Nee.", Heard("manifestly_inadmissible"))
    with pytest.raises(CorrectionRefused, match="kwam op tijd"):
        decide_objection(contested.pk, ruling, seen=3, library=known, by=made.by(staff["second"], at), at=at)
    assert standing_of(contested).last == 3


def test_an_objection_from_paper_and_one_that_came_late(refused: CorrectionRequest, staff: Staff) -> None:
    """An official enters it with its days; by post it is in time for a week after the term, later it is kept as late."""
    send_waiting(lambda: SENT)
    at = SENT + timedelta(days=60)
    by = made.by(staff["assessor"], at)
    with pytest.raises(CorrectionRefused, match="20000 tekens"):
        enter_objection(refused.pk, "x" * 20_001, OnPaper(LAST), seen=2, by=by, at=at)
    for paper, field in (
        (OnPaper(None), "received_on"), (OnPaper(date(2026, 3, 11)), "received_on"), (OnPaper(date(2026, 5, 12)), "received_on"),
        (OnPaper(date(2026, 4, 30), date(2026, 5, 1)), "posted_on"),
    ):  # fmt: skip
        with pytest.raises(CorrectionRefused) as said:
            enter_objection(refused.pk, WRITTEN, paper, seen=2, by=by, at=at)
        assert said.value.field == field
    for paper, late in (
        (OnPaper(LAST), False), (OnPaper(LAST + timedelta(days=7), LAST), False), (OnPaper(LAST + timedelta(days=8), LAST), True),
        (OnPaper(LAST + timedelta(days=1)), True),
    ):  # fmt: skip
        with transaction.atomic():
            step = enter_objection(refused.pk, WRITTEN * 100, paper, seen=2, by=by, at=at)
            assert (said_in(step)["late"], step.until) == (late, DECIDED_BY)
            transaction.set_rollback(True)


def test_once_and_withdrawn(contested: CorrectionRequest, staff: Staff, known: Library) -> None:
    """One objects once and withdraws only what is one's own; after that nothing is decided, and the answer stays."""
    at = SENT + timedelta(days=2)
    nadia, second = made.by(contested.person, at), made.by(staff["second"], at)
    with pytest.raises(CorrectionRefused, match="al bezwaar"):
        object_to_answer(contested.pk, WRITTEN, by=nadia, at=at)
    for act in (partial(withdraw_objection, contested.pk), partial(object_to_answer, contested.pk, WRITTEN)):
        with pytest.raises(NotAllowed, match="not_yours"):
            act(by=second, at=at)
    withdraw_objection(contested.pk, by=nadia, at=at)
    ruling = Ruling(CorrectionAct.REJECTED, "Nee.", UNHEARD)
    for act in (
        partial(withdraw_objection, contested.pk, by=nadia), partial(take_more_time, contested.pk, "Veel werk.", seen=4, by=second),
        partial(decide_objection, contested.pk, ruling, seen=4, library=known, by=second),
    ):  # fmt: skip
        with pytest.raises(CorrectionRefused, match="geen bezwaar"):
            act(at=at)
    assert standing_of(contested).end is not None
    assert list(open_about()) == []


def test_what_was_taken_back_is_no_answer(ask: Ask) -> None:
    """To one's own taking back one cannot object."""
    request, at = ask(), made.later()
    by = made.by(request.person, at)
    take_back_correction(request.pk, by=by, at=at)
    with pytest.raises(CorrectionRefused, match="geen antwoord"):
        object_to_answer(request.pk, WRITTEN, by=by, at=at)


def test_the_database_holds_the_order_by_itself(refused: CorrectionRequest, ask: Ask) -> None:
    """No objection before an answer or to a request taken back, no decision without an objection, and no second one."""
    given = {"by_kind": "person", "by_id": "1", "at": made.AT, "content": b"x"}
    until = {"step": "objected", "until": LAST}
    other = ask()

    def refuses(match: str, request: CorrectionRequest, **step: Any) -> None:
        with pytest.raises(IntegrityError, match=match), transaction.atomic():
            CorrectionStep.objects.create(request=request, **(given | step))

    order = "applications_correction_in_order"
    refuses(order, other, number=2, **until)
    CorrectionStep.objects.create(request=other, **(given | {"number": 2, "step": "taken_back", "content": None}))
    refuses(order, other, number=3, **until)
    for step in ("objection_upheld", "objection_in_part", "objection_rejected", "inadmissible"):
        refuses(order, refused, number=3, step=step)
    refuses(order, refused, number=3, step="told")
    refuses(order, refused, number=3, step="objection_withdrawn", content=None)
    refuses(order, refused, number=3, step="objection_extended", until=LAST)
    CorrectionStep.objects.create(request=refused, **given, number=3, **until)
    CorrectionStep.objects.create(request=refused, **given, number=4, step="objection_upheld")
    refuses("applications_correction_objection_ended_once", refused, number=5, step="objection_rejected")
    refuses(order, refused, number=5, step="objection_extended", until=LAST)
    CorrectionStep.objects.create(request=refused, **given, number=5, step="told")


def test_every_name_that_was_told_is_kept(ask: Ask, staff: Staff, known: Library) -> None:
    """Of forty names forty are kept, counted in the record and written in the letter: none is dropped in silence."""
    request, at = ask(), made.later()
    names = tuple(f"Organisatie {number}" for number in range(1, 41))
    step = correct(request.pk, PRICE, Told(names), seen=1, library=known, by=made.by(staff["decider"], at), at=at)
    assert said_in(step)["told"] == list(names)
    assert Act.objects.get(act="corrected").details["told"] == 40
    assert all(name in last_letter(request)[1] for name in names)
