"""Acts through the commands: what they write, what they refuse, and the day by which the authority must act next."""

from datetime import date, timedelta

import pytest

from doorleren.audit.acts import SITE, NotForTheRecord, Party
from doorleren.audit.models import Act
from doorleren.cases.acts import ACTS
from doorleren.cases.commands.ask_to_complete import ask_to_complete
from doorleren.cases.commands.assign import assign, assign_many, claim
from doorleren.cases.commands.close_case import close_case, reopen_case
from doorleren.cases.commands.complete import complete
from doorleren.cases.commands.extend_decision import extend_decision
from doorleren.cases.commands.forward import forward
from doorleren.cases.commands.give_notice_of_default import give_notice_of_default
from doorleren.cases.commands.note import note_complaint, note_contact, note_death, note_guardian, note_post_returned
from doorleren.cases.commands.note_dispatch import note_dispatch
from doorleren.cases.commands.open_case import open_case
from doorleren.cases.commands.perform import perform
from doorleren.cases.commands.suspend_term import resume_term, suspend_term
from doorleren.cases.commands.withdraw import withdraw
from doorleren.cases.models import Case, CaseAct
from doorleren.cases.queries import acts_of, case_by_reference, terms_of_case
from doorleren.cases.refusing import CaseRefused
from doorleren.core.days import day_of
from doorleren.core.terms import BadTerm
from doorleren.people.access import NotAllowed
from doorleren.people.models import RoleKind
from tests.cases import made
from tests.cases.lives import PATHS
from tests.cases.made import AT, DAY, Staff, by
from tests.people import made as people

LATER = AT + timedelta(hours=1)


def test_opening(case: Case) -> None:
    """A case has a reference, its version's law, its first act, and the day by which it is decided on."""
    assert case_by_reference(case.reference.lower()) == case
    assert (case.framework, case.procedure, case.decision_term) == (
        "kaderregeling-ocw-szw-vws",
        "grant_settle",
        "decision-13",
    )
    assert (case.state, case.due_on, case.due_term) == ("received", date(2026, 6, 1), "decision")
    assert [(row.number, row.act, row.happened_on) for row in acts_of(case.pk)] == [(1, "opened", DAY)]
    assert Act.objects.get(subject_kind="case", subject_id=str(case.pk)).act == "opened"


def test_opening_twice_is_once(case: Case) -> None:
    """The same subject opened again gives the case that there is, and no other act."""
    again = open_case(
        case.version_id,
        Party(case.subject_kind, case.subject_id),
        body=case.body_id,
        received_on=DAY,
        by=SITE,
        at=LATER,
    )
    assert again == case
    assert CaseAct.objects.filter(case=case).count() == 1


@pytest.mark.django_db
def test_opening_otherwise() -> None:
    """A round's end and another term count; a scheme without decisions and an unknown term are refused."""
    longer = made.a_case(round_ended_on=date(2026, 3, 31), decision_term="decision-22")
    assert longer.due_on == date(2026, 9, 1)
    assert made.a_case(made.version("outside-awb", "loan")).due_on is None
    with pytest.raises(CaseRefused, match="geen zaak"):
        made.a_case(made.version(procedure="none"))
    with pytest.raises(BadTerm, match="allowed are"):
        made.a_case(decision_term="decision")


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path[1])
def test_a_whole_life(path: tuple[tuple[str, ...], str], staff: Staff, case: Case) -> None:
    """Whole lives can be done by the people who may, each act with its row, its entry in the record and its moment."""
    acts, state = path
    for act in acts:
        if act in WAITS:
            went(case)
        named = {"against": case.acts} if act == "appeal_noted" else {}  # the answer right before it
        row = staff.do(case, act, at=moment_for(case, act), details=named)
        assert getattr(case, ACTS[act].column) == row.at == case.last_act_at
        assert row.ground == ACTS[act].ground
    assert case.state == state
    sent = [one for act in acts for one in (("dispatched", act) if act in WAITS else (act,))]
    assert [row.act for row in acts_of(case.pk)] == ["opened", *sent]
    assert [one.act for one in Act.objects.filter(subject_kind="case", subject_id=str(case.pk)).order_by("id")] == [
        "opened", *sent,
    ]  # fmt: skip


WAITS = ("left_out", "revoked")
"""Acts that wait for a last day that was given by letter: here the act right before them."""


def went(case: Case) -> None:
    """Note that the letter of the last act was sent the same day."""
    at = moment_for(case, "dispatched")
    note_dispatch(case.pk, of=case.acts, on=day_of(at), by=SITE, at=at)


def moment_for(case: Case, act: str):  # type: ignore[no-untyped-def]
    """Give the next moment: three weeks on where an act waits for a last day that was given."""
    case.refresh_from_db()
    return case.last_act_at + (timedelta(days=21) if act in WAITS else timedelta(minutes=1))


def test_a_refusal_writes_nothing(staff: Staff, case: Case) -> None:
    """An act that the table forbids is refused with its sentence, and neither row nor record nor case changes."""
    with pytest.raises(CaseRefused, match="niet beoordeeld") as refused:
        perform(case.pk, "granted", by=by(staff.decider, LATER), at=LATER)
    assert refused.value.act == "granted"
    assert refused.value.texts["en"]
    case.refresh_from_db()
    assert (case.acts, case.granted_at) == (1, None)
    assert Act.objects.filter(subject_kind="case").count() == 1


def test_time_forbids(staff: Staff, case: Case) -> None:
    """Leaving out before the last day to complete, a clock that went back, and a day to come are refused."""
    staff.do(case, "asked_to_complete")
    went(case)
    for on_day, wrong in ((14, True), (15, False)):
        at = AT + timedelta(days=on_day)
        if wrong:
            with pytest.raises(CaseRefused, match="nog tijd"):
                staff.do(case, "left_out", at=at)
        else:
            staff.do(case, "left_out", at=at)
    with pytest.raises(CaseRefused, match="klok"):
        staff.do(case, "contact_noted", at=AT)


def test_what_came_back_leaves_nobody_out(staff: Staff, case: Case) -> None:
    """An application is not left out while the question came back; sent again as nobody took it, it is, by the days of before."""
    asked = staff.do(case, "asked_to_complete")
    went(case)
    at = AT + timedelta(days=15)
    back = note_post_returned(case.pk, of=asked.number, by=SITE, at=at)
    with pytest.raises(CaseRefused, match="Stuur hem eerst opnieuw"):
        staff.do(case, "left_out", at=at)
    told = {"of": asked.number, "returned": back.number, "why": "not_taken"}
    perform(case.pk, "dispatched", by=SITE, at=at, details=told)
    staff.do(case, "left_out", at=at)
    with pytest.raises(CaseRefused, match="moet nog komen") as refused:
        staff.do(case, "contact_noted", on=date(2026, 5, 1))
    assert refused.value.field == "on"


def test_details_hold_no_content(staff: Staff, case: Case) -> None:
    """Free text is refused, for what was said does not belong in the record."""
    with pytest.raises(NotForTheRecord):
        staff.do(case, "contact_noted", details={"said": "mevrouw belde over haar aanvraag"})
    assert CaseAct.objects.filter(case=case).count() == 1


def test_who_may_act(staff: Staff, case: Case) -> None:
    """Somebody of another body, without a second factor, a party where no party may, and a bare name are refused."""
    stranger = made.official(RoleKind.ASSESSOR, body=people.body("andere"))
    weak = people.signed_in(staff.assessor, second_factor=False, at=LATER)
    for who, party, reason in (
        (by(stranger, LATER), False, "other_place"), (weak, False, "second_factor"), (by(staff.decider, LATER), False, "no_role"),
        (by(stranger, LATER), True, "not_yours"),
    ):  # fmt: skip
        with pytest.raises(NotAllowed) as refused:
            perform(case.pk, "assessed", by=who, at=LATER, party=party)
        assert refused.value.refused.reason == reason
    for party_ in (Party("person", str(staff.assessor.pk)), SITE):
        with pytest.raises(NotAllowed):
            perform(case.pk, "left_out", by=party_, at=LATER)


def test_a_party_of_the_case(staff: Staff, case: Case) -> None:
    """Somebody whom a command above has established as a party may withdraw, and the row names them."""
    nadia = people.person()
    row = withdraw(case.pk, by=people.signed_in(nadia, at=LATER), at=LATER, party=True)
    assert (row.by_kind, row.by_id) == ("person", str(nadia.pk))
    assert (row.case.state, row.case.due_on) == ("withdrawn", None)


def test_terms_start_at_the_dispatch(staff: Staff, case: Case) -> None:
    """Asking to complete changes the due day only once its letter was sent; the same letter twice is once."""
    asked = ask_to_complete(case.pk, until=date(2026, 3, 23), parts=["diploma"], by=by(staff.assessor, LATER), at=LATER)
    assert asked.case.due_on == date(2026, 6, 1)
    sent = note_dispatch(
        case.pk, of=asked.number, on=DAY + timedelta(1), by=SITE, at=LATER + timedelta(days=1), letter="7"
    )
    assert (sent.case.due_on, sent.case.due_term) == (date(2026, 4, 20), "leave-out")
    assert note_dispatch(case.pk, of=asked.number, on=DAY, by=SITE, at=LATER + timedelta(days=2), letter="7") == sent
    at = AT + timedelta(days=8)
    done = complete(case.pk, by=by(staff.assessor, at), at=at)
    assert (done.case.due_on, done.case.state) == (date(2026, 6, 8), "received")
    with pytest.raises(CaseRefused, match="vóór de dag"):
        note_dispatch(case.pk, of=asked.number, on=DAY - timedelta(1), by=SITE, at=at, letter="8")
    for wrong in (1, 99):
        with pytest.raises(CaseRefused, match="geen brief"):
            note_dispatch(case.pk, of=wrong, on=DAY, by=SITE, at=at)


def test_asking_needs_parts_and_a_day(staff: Staff, case: Case) -> None:
    """Asking to complete names what is lacking and a day that is yet to come."""
    for parts, until, field in (([], date(2026, 3, 23), "parts"), (["diploma"], DAY, "until")):
        with pytest.raises(CaseRefused) as refused:
            ask_to_complete(case.pk, until=until, parts=parts, by=by(staff.assessor, LATER), at=LATER)
        assert refused.value.field == field


def test_extending_and_suspending(staff: Staff, case: Case) -> None:
    """The term for deciding is extended to a named day, and stands still by consent until it is resumed."""
    who = by(staff.assessor, LATER)
    row = extend_decision(case.pk, until=date(2026, 7, 15), by=who, at=LATER)
    assert note_dispatch(case.pk, of=row.number, on=DAY, by=SITE, at=LATER).case.due_on == date(2026, 7, 15)
    assert suspend_term(case.pk, reason="consent", by=who, at=LATER).case.due_on is None
    at = LATER + timedelta(days=10)
    assert resume_term(case.pk, by=by(staff.assessor, at), at=at).case.due_on == date(2026, 7, 25)
    with pytest.raises(CaseRefused, match="voorbij"):
        extend_decision(case.pk, until=DAY, by=who, at=at)


def test_assigning(staff: Staff, case: Case) -> None:
    """A case is taken, handed over and given out in bulk to officials of its body only; a refusal stops no other."""
    who = by(staff.assessor, LATER)
    assert claim(case.pk, by=who, at=LATER).case.assigned_to_id == staff.assessor.pk
    assert assign(case.pk, to=staff.decider.pk, by=who, at=LATER).case.assigned_to_id == staff.decider.pk
    with pytest.raises(CaseRefused, match="geen rol"):
        assign(case.pk, to=people.person().pk, by=who, at=LATER)
    other, closed = made.a_case(), made.a_case()
    staff.do(closed, "withdrawn", "closed", at=LATER)
    answers = assign_many([case.pk, other.pk, closed.pk, 10**9], to=staff.assessor.pk, by=who, at=LATER)
    assert {number: str(answer) if answer else None for number, answer in answers.items()} == {
        case.pk: None, other.pk: None, closed.pk: "Deze zaak is gesloten. Open haar eerst opnieuw.",
    }  # fmt: skip


def test_notes_and_the_end(staff: Staff, case: Case) -> None:
    """Contact, a complaint, a death, a guardian and returned post are noted; forwarding, closing and reopening are acts too."""
    who = by(staff.assessor, LATER)
    rows = [
        note_contact(case.pk, channel="telephone", by=who, at=LATER, content="12"), note_complaint(case.pk, by=who, at=LATER),
        note_death(case.pk, by=who, at=LATER, on=DAY), note_guardian(case.pk, by=who, at=LATER),
        give_notice_of_default(case.pk, on=DAY, by=who, at=LATER), forward(case.pk, to="gemeente", by=who, at=LATER),
    ]  # fmt: skip
    note_dispatch(case.pk, of=rows[-1].number, on=day_of(LATER), by=SITE, at=LATER)
    rows += [
        note_post_returned(case.pk, of=rows[-1].number, by=who, at=LATER), close_case(case.pk, by=who, at=LATER),
    ]  # fmt: skip
    assert rows[0].details == {"channel": "telephone", "content": "12"}
    assert rows[-1].case.state == "closed"
    at = LATER + timedelta(seconds=1)
    assert reopen_case(case.pk, reason="new_facts", by=who, at=at).case.state == "forwarded"
    assert {one.id: one.ended_on for one in terms_of_case(rows[-1].case)}["decision"] == DAY


def test_a_penalty_shows_on_the_case(staff: Staff, case: Case) -> None:
    """After a notice of default of a late decision the two weeks are due, before which nothing else is."""
    at = AT + timedelta(days=100)
    row = give_notice_of_default(case.pk, on=day_of(at), by=by(staff.assessor, at), at=at)
    assert (row.case.due_on, row.case.due_term) == (date(2026, 6, 1), "decision")
    assert {one.id for one in terms_of_case(row.case) if one.runs} == {"decision", "default", "penalty-decision"}
