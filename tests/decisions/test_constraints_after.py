"""What the tables of objection, delivery, settlement and recovery refuse, in the database, with a Dutch sentence."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction

from doorleren.cases.models import Case, CaseAct
from doorleren.core.days import day_of
from doorleren.decisions.models import (
    ActWords,
    AdvancePart,
    Check,
    CostShare,
    Decision,
    Delivery,
    DeliveryQuestion,
    DeliveryWord,
    FixedPenalty,
    Hearing,
    Objection,
    ObjectionDecision,
    Recovery,
    RecoveryStep,
    Revocation,
    Sample,
    Settlement,
)
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.decisions.made import AT, a_case
from tests.decisions.objecting import Staff, granted
from tests.people import made as people

DAY, HASH = day_of(AT), "a" * 64
TABLES = (
    Objection, Hearing, ObjectionDecision, Delivery, DeliveryQuestion, Sample, Check, Settlement, Recovery, RecoveryStep,
    FixedPenalty, CostShare, Revocation, AdvancePart,
)  # fmt: skip
NAMES = sorted(one.name for table in TABLES for one in table._meta.constraints)


class Rows:
    """Rows that are right, not saved, each with an act of its own; what is given makes one wrong."""

    def __init__(self, case: Case, decision: Decision) -> None:
        """Keep the case that they are about."""
        self.case, self.decision, self.acts = case, decision, case.acts

    def act(self, name: str = "contact_noted", **details: Any) -> CaseAct:
        """Give a row of an act that nothing else points at."""
        self.acts += 1
        return CaseAct.objects.create(
            case=self.case,
            number=self.acts,
            act=name,
            at=AT,
            happened_on=DAY,
            by_kind="site",
            ground="x",
            details=details,
        )

    def objection(self, **other: Any) -> Objection:
        """An objection in time."""
        told = {"case": self.case, "number": 1, "act": self.act(), "against": self.decision.act, "received_on": DAY}
        return Objection(**told | {"last_day": DAY, "late": False, "content": b"x"} | other)

    def hearing(self, **other: Any) -> Hearing:
        """A hearing after a week."""
        told = {"objection": kept(self.objection()), "act": self.act(), "heard_on": DAY, "content": b"x"}
        return Hearing(**told | {"inspect_from": DAY - timedelta(days=7)} | other)

    def answer(self, **other: Any) -> ObjectionDecision:
        """An objection that was rejected without a hearing."""
        told = {
            "objection": kept(self.objection()),
            "act": self.act(),
            "outcome": "objection_rejected",
            "content": b"x",
        }
        return ObjectionDecision(**told | {"without_hearing": "waived"} | other)

    def upheld(self, **other: Any) -> ObjectionDecision:
        """One that was upheld, with a new decision."""
        told = {"outcome": "objection_upheld", "instead": self.act(), "decision": self.decision, "awarded_cents": 5}
        return self.answer(**told | other)

    def delivery(self, **other: Any) -> Delivery:
        """A report."""
        told = {"case": self.case, "number": 1, "act": self.act(), "started_on": DAY, "ended_on": DAY, "planned": 10}
        return Delivery(**told | {"realised": 8, "own_word": True, "content": b"x"} | other)

    def word(self, **other: Any) -> DeliveryWord:
        """What was said of a report."""
        told = {"delivery": kept(self.delivery()), "confirmed": True, "by": people.person(), "at": AT, "content": b"x"}
        return DeliveryWord(**told | other)

    def question(self, **other: Any) -> DeliveryQuestion:
        """A question."""
        told = {"case": self.case, "number": 1, "act": self.act(), "asked_on": DAY, "until": DAY + timedelta(days=1)}
        return DeliveryQuestion(**told | other)

    def sample(self, **other: Any) -> Sample:
        """A draw of two out of ten."""
        told = {"round": self.decision.round, "seed": HASH, "list_digest": HASH, "population": 10, "size": 2}
        return Sample(**told | {"drawn_by": people.person(), "drawn_at": AT} | other)

    def check(self, **other: Any) -> Check:
        """A check that was drawn."""
        told = {"case": self.case, "round": self.decision.round, "sample": kept(self.sample()), "place": 1, "at": AT}
        return Check(**told | other)

    def settlement(self, **other: Any) -> Settlement:
        """A settlement as granted, ex officio."""
        told = {
            "case": self.case,
            "number": 1,
            "act": self.act(),
            "kind": "settled_as_granted",
            "decision": self.decision,
        }
        told |= {"granted_cents": 5, "settled_cents": 5, "ex_officio": True, "weighed": False, "settled_on": DAY}
        return Settlement(**told | {"content": b"x"} | other)

    def recovery(self, **other: Any) -> Recovery:
        """A recovery of 5 cents out of 10."""
        told = {
            "case": self.case,
            "number": 1,
            "act": self.act(),
            "basis": self.act(),
            "paid_cents": 10,
            "due_cents": 5,
        }
        return Recovery(**told | {"cents": 5, "weighed": True, "pay_by": DAY, "content": b"x"} | other)

    def step(self, **other: Any) -> RecoveryStep:
        """A reminder."""
        told = {"recovery": kept(self.recovery()), "act": self.act(), "step": "reminded", "cents": 5, "pay_by": DAY}
        return RecoveryStep(**told | {"weighed": False, "content": b"x"} | other)

    def share(self, **other: Any) -> CostShare:
        """What a participant pays of the cost of a grant."""
        return CostShare(**{"decision": self.decision, "payer": "participant", "cents": 5} | other)

    def part(self, **other: Any) -> AdvancePart:
        """A part of an advance, from a day."""
        return AdvancePart(**{"decision": self.decision, "number": 1, "cents": 5, "due_on": DAY} | other)

    def revocation(self, **other: Any) -> Revocation:
        """A grant that was withdrawn."""
        told = {
            "act": self.act(),
            "decision": self.decision,
            "intent": self.act(),
            "ground": "not-done",
            "lost_cents": 5,
        }
        return Revocation(**told | {"weighed": True} | other)

    def words(self, **other: Any) -> ActWords:
        """The words of an act."""
        return ActWords(**{"act": self.act(), "content": b"x"} | other)

    def penalty(self, **other: Any) -> FixedPenalty:
        """A penalty of a day."""
        told = {"act": self.act(), "notice": self.act(), "first_on": DAY, "last_on": DAY, "days": 1, "cents": 2300}
        return FixedPenalty(**told | other)


def kept(row: Any) -> Any:
    """Save a row and give it."""
    row.save(force_insert=True)
    return row


@pytest.fixture
def rows(known: Library, round_: Round, staff: Staff) -> Rows:
    """Rows about a case that was granted."""
    case = a_case(known, round_)
    decision = granted(case, known, staff)
    case.refresh_from_db()
    return Rows(case, decision)


def _wrong_answers(rows: Rows) -> dict[str, Any]:
    """Give by constraint how an answer to an objection breaks it."""
    return {
        "decisions_objected_once": lambda: _answered_again(rows, number=1),
        "decisions_objected_number": lambda: rows.answer(number=0),
        "decisions_objected_outcome": lambda: rows.answer(outcome="objection_forgotten"),
        "decisions_objected_reason": lambda: rows.answer(reason="late"),
        "decisions_objected_heard": lambda: rows.answer(without_hearing=""),
        "decisions_objected_instead": lambda: rows.upheld(instead=None),
        "decisions_objected_lifted": lambda: rows.answer(lifted_cents=1),
        "decisions_objected_awarded": lambda: rows.upheld(decision=None),
        "decisions_objected_within_room": lambda: rows.upheld(room_cents=4),
        "decisions_objected_above": lambda: rows.upheld(above_ceiling_cents=6),
    }


def wrong(name: str, rows: Rows) -> models.Model:
    """Give a row that breaks one constraint and no other."""
    day = timedelta(days=1)
    made: dict[str, Any] = {
        "decisions_objection_once": lambda: kept(rows.objection()) and rows.objection(),
        "decisions_objection_number": lambda: rows.objection(number=0),
        "decisions_objection_late": lambda: rows.objection(late=True),
        "decisions_hearing_inspected": lambda: rows.hearing(inspect_from=DAY),
        **_wrong_answers(rows),
        "decisions_delivery_once": lambda: kept(rows.delivery()) and rows.delivery(),
        "decisions_delivery_number": lambda: rows.delivery(number=0),
        "decisions_delivery_units": lambda: rows.delivery(planned=0),
        "decisions_delivery_days": lambda: rows.delivery(ended_on=DAY - day),
        "decisions_question_once": lambda: kept(rows.question()) and rows.question(),
        "decisions_question_until": lambda: rows.question(until=DAY),
        "decisions_sample_hashed": lambda: rows.sample(seed="known beforehand"),
        "decisions_sample_size": lambda: rows.sample(size=11),
        "decisions_check_why": lambda: rows.check(reason="many-at-once"),
        "decisions_check_place": lambda: _same_place(rows),
        "decisions_settlement_once": lambda: (
            kept(rows.settlement(number=2, replaces=kept(rows.settlement()))) and rows.settlement(number=1)
        ),
        "decisions_settlement_number": lambda: rows.settlement(number=2),
        "decisions_settlement_amount": lambda: rows.settlement(settled_cents=4),
        "decisions_settlement_intent": lambda: rows.settlement(kind="settled_lower", settled_cents=4, weighed=True),
        "decisions_settlement_weighed": lambda: rows.settlement(
            kind="settled_lower", settled_cents=4, intent=rows.act()
        ),
        "decisions_settlement_proven": lambda: rows.settlement(ex_officio=False),
        "decisions_recovery_once": lambda: kept(rows.recovery()) and rows.recovery(),
        "decisions_recovery_one_of_a_basis": lambda: rows.recovery(number=2, basis=kept(rows.recovery()).basis),
        "decisions_recovery_cents": lambda: rows.recovery(cents=6),
        "decisions_recovery_weighed": lambda: rows.recovery(weighed=False),
        "decisions_recovery_instalments": lambda: rows.recovery(instalments=0),
        "decisions_recoverystep_whole": lambda: rows.step(step="waived", pay_by=None),
        "decisions_recoverystep_cents": lambda: rows.step(cents=0),
        "decisions_revocation_weighed": lambda: rows.revocation(weighed=False),
        "decisions_revocation_cents": lambda: rows.revocation(lost_cents=0),
        "decisions_penalty_once": lambda: rows.penalty(notice=kept(rows.penalty()).notice),
        "decisions_penalty_days": lambda: rows.penalty(cents=0),
    }
    return (made | _wrong_debt(rows))[name]()


def _wrong_debt(rows: Rows) -> dict[str, Any]:
    return {
        "decisions_recoverystep_fee": lambda: rows.step(step="writ", pay_by=None, fee_cents=8),
        "decisions_recoverystep_waived": lambda: rows.step(waived_cents=1),
        "decisions_recoverystep_instalments": lambda: rows.step(instalments=2),
        "decisions_recoverystep_against": lambda: rows.step(step="set_off", pay_by=None),
        "decisions_share_once": lambda: kept(rows.share()) and rows.share(),
        "decisions_share_known": lambda: rows.share(cents=-1),
        "decisions_advance_once": lambda: kept(rows.part()) and rows.part(),
        "decisions_advance_cents": lambda: rows.part(cents=0),
        "decisions_advance_when": lambda: rows.part(after="progress"),
    }


def _same_place(rows: Rows) -> Check:
    first = kept(rows.check())
    other = Case.objects.get(pk=rows.case.pk)
    other.pk = 10**9
    return Check(case=other, round=first.round, sample=first.sample, place=first.place, at=AT)


def _answered_again(rows: Rows, number: int = 2, judgment: str = "annulled") -> ObjectionDecision:
    """Give a second answer to an objection, after a judgment on the first."""
    first = kept(rows.answer(act=rows.act("objection_rejected")))
    assert isinstance(first, ObjectionDecision)
    appeal = rows.act("appeal_noted", against=first.act.number)
    rows.act("appeal_ended", appeal=appeal.number, against=first.act.number, judgment=judgment)
    told = {"outcome": "objection_rejected", "without_hearing": "waived", "content": b"x", "number": number}
    return ObjectionDecision(objection=first.objection, act=rows.act("objection_rejected"), **told)


def test_an_objection_is_answered_again_only_after_an_annulment(rows: Rows) -> None:
    """The database takes a second answer where a court annulled the first, and not where the first stands."""
    again = _answered_again(rows, judgment="unfounded")
    with pytest.raises(IntegrityError, match="decisions_answered_again"), transaction.atomic():
        again.save(force_insert=True)
    answer = again.objection.answers.get().act.number
    appeal = rows.act("appeal_noted", against=answer)
    rows.act("appeal_ended", appeal=appeal.number, against=answer, judgment="annulled")
    kept(again)


@pytest.mark.parametrize("name", NAMES)
def test_refused_by_the_database(name: str, rows: Rows) -> None:
    """Each constraint refuses a row that breaks it alone, also past the model, and says so in Dutch."""
    row = wrong(name, rows)
    sentence = next(str(one.violation_error_message) for one in row._meta.constraints if one.name == name)
    with pytest.raises(ValidationError) as told:
        row.validate_constraints()
    assert sentence in told.value.messages
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        row.save(force_insert=True)


def test_nobody_chose_what_was_drawn(rows: Rows) -> None:
    """The database refuses a check that was drawn by lot and names somebody who chose it; one that was chosen may."""
    with pytest.raises(IntegrityError, match="decisions_check_why"), transaction.atomic():
        rows.check(chosen_by=people.person()).save(force_insert=True)
    kept(rows.check(sample=None, place=None, reason="signal", chosen_by=people.person()))


@pytest.mark.parametrize("kind", [
    "objection", "hearing", "answer", "upheld", "delivery", "word", "question", "sample", "check", "settlement", "recovery", "step",
    "penalty", "share", "part", "revocation", "words",
])  # fmt: skip
def test_right_rows_stay(kind: str, rows: Rows) -> None:
    """A row that is right is taken (so that the others are refused for what is wrong), and is neither changed nor deleted."""
    row = kept(getattr(rows, kind)())
    table = row._meta.db_table
    for statement in (f"UPDATE {table} SET {row._meta.pk.column} = {row._meta.pk.column}", f"DELETE FROM {table}"):
        with pytest.raises(IntegrityError, match="insert-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
