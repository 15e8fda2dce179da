"""Objections: received in time or late, heard with the file open, and decided by somebody else, against the pot of then."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from doorleren.applications.models import Application
from doorleren.cases.commands.assign import assign
from doorleren.cases.models import Case
from doorleren.cases.queries import terms_of_case
from doorleren.core.days import day_of
from doorleren.decisions.commands.decide_objection import Heard, dismiss, reject, uphold
from doorleren.decisions.commands.hear_objection import call_to_hearing, hear_objection
from doorleren.decisions.commands.receive_objection import receive_objection, withdraw_objection
from doorleren.decisions.commands.repair_objection import ask_to_repair, repair_objection
from doorleren.decisions.contested import FirstPot, Late, late_win
from doorleren.decisions.law_of_objection import law_of_objection
from doorleren.decisions.models import Decision, Objection
from doorleren.decisions.objections import words_of
from doorleren.decisions.queries import decision_in_force
from doorleren.decisions.refusing import DecisionRefused
from doorleren.people.access import NotAllowed
from doorleren.people.models import RoleKind
from doorleren.rounds.commands.fill_freed import fill_freed
from doorleren.rounds.models import Place, Round
from doorleren.rounds.queries import pot_of
from doorleren.rules.library import Library
from tests.applications.made import a_round
from tests.decisions import made
from tests.decisions.made import YES, a_case, assessed, by
from tests.decisions.objecting import (
    NO,
    WHY,
    Staff,
    applicant,
    granted,
    next_moment,
    objected,
    refused,
    said,
    went,
)
from tests.people import made as people

# --- the pot of then, pure


@pytest.mark.parametrize(("pot", "room"), [
    (FirstPot(None, 0, 0, 0), None),
    (FirstPot(100_000, 0, 0, 69_995), 69_995),
    (FirstPot(100_000, 30_005, 69_995, 0), 0),
    (FirstPot(100_000, 30_005, 50_000, 0), 19_995),
    (FirstPot(100_000, 30_005, 90_000, 0), 0),
])  # fmt: skip
def test_room_of_then(pot: FirstPot, room: int | None) -> None:
    """Who had a place had its money; who stood outside had what was neither granted nor anybody else's."""
    assert pot.room == room


@pytest.mark.parametrize(("asked", "before", "pot", "left", "partly", "won"), [
    (69_995, 0, FirstPot(100_000, 0, 0, 69_995), 0, False, Late(69_995, 69_995, cut=False)),
    (69_995, 0, FirstPot(100_000, 0, 0, 69_995), 20_000, False, Late(69_995, 49_995, cut=False)),
    (69_995, 0, FirstPot(100_000, 0, 0, 69_995), 80_000, False, Late(69_995, 0, cut=False)),
    (69_995, 30_005, FirstPot(100_000, 0, 0, 69_995), 0, False, Late(69_995, 39_990, cut=False)),
    (69_995, 0, FirstPot(100_000, 60_000, 0, 0), 100_000, True, Late(40_000, 0, cut=True)),
    (69_995, 0, FirstPot(100_000, 60_000, 0, 0), 100_000, False, Late(0, 0, cut=True)),
    (69_995, 0, FirstPot(100_000, 100_000, 0, 0), 100_000, True, Late(0, 0, cut=True)),
    (69_995, 0, FirstPot(None, 0, 0, 0), None, False, Late(69_995, 0, cut=False)),
    (69_995, 0, FirstPot(100_000, 0, 0, 69_995), -5, False, Late(69_995, 69_995, cut=False)),
])  # fmt: skip
def test_late_win(asked: int, before: int, pot: FirstPot, left: int | None, partly: bool, won: Late) -> None:
    """The room of then says how much, what is left today says how much of that goes above the ceiling; to the cent."""
    assert late_win(scheme=90_000, asked=asked, before=before, pot=pot, left_now=left, partly=partly) == won


@pytest.mark.parametrize(("received", "posted", "late"), [
    (date(2026, 4, 23), None, False), (date(2026, 4, 24), None, True),
    (date(2026, 4, 30), date(2026, 4, 23), False), (date(2026, 5, 1), date(2026, 4, 23), True),
    (date(2026, 4, 24), date(2026, 4, 24), True),
])  # fmt: skip
def test_late(received: date, posted: date | None, late: bool) -> None:
    """Six weeks to the day; by post a week more for what was posted in time."""
    assert law_of_objection().is_late(date(2026, 4, 23), received, posted) is late


# --- receiving


def test_received_from_the_applicant(known: Library, round_: Round, staff: Staff) -> None:
    """The applicant objects; the words are sealed, the last day is counted from the dispatch, and a letter confirms it."""
    case = a_case(known, round_)
    decision = refused(case, known, staff)
    row = objected(case)
    assert (row.number, row.against, row.last_day, row.late) == (1, decision.act, date(2026, 4, 23), False)
    assert words_of(row) == "Ik betaalde pas later."
    assert b"betaalde" not in bytes(row.content)
    assert "4 juni 2026" in said(row.act)
    assert Case.objects.get(pk=case.pk).state == "objection"


def test_received_late_is_received(known: Library, round_: Round, staff: Staff) -> None:
    """An objection after the last day is received as late, by post too; what was posted in time is not late."""
    one, two = (a_case(known, round_, name) for name in ("Nadia", "Omar"))
    for case in (one, two):
        refused(case, known, staff)
    came = objected(one, days=43)
    deciding = next(term for term in terms_of_case(one) if term.about == came.act.number)
    assert (came.late, deciding.start) == (True, came.received_on)
    at = next_moment(two, days=45)
    on_paper = {"by": by(staff["assessor"], at), "at": at, "party": False}
    row = objected(two, days=45, **on_paper, received_on=date(2026, 4, 24), posted_on=date(2026, 4, 23))
    assert (row.late, row.received_on) == (False, date(2026, 4, 24))


def test_nobody_else_objects(known: Library, round_: Round, staff: Staff) -> None:
    """Only who is a party objects as one; an official of another body or without a role does not enter it."""
    case, other = a_case(known, round_), a_case(known, round_, "Omar")
    refused(case, known, staff)
    at = next_moment(case)
    with pytest.raises(NotAllowed):
        receive_objection(case.pk, "x", by=applicant(other, at), at=at, party=True)
    with pytest.raises(NotAllowed):
        receive_objection(case.pk, "x", by=applicant(other, at), at=at)
    assert not Objection.objects.exists()


def test_what_cannot_be_objected_to(known: Library, round_: Round, staff: Staff) -> None:
    """Nothing decided, no words, a preparatory act, and an objection that is open already: each is refused with a sentence."""
    case = a_case(known, round_)
    at = next_moment(case)
    with pytest.raises(DecisionRefused, match="geen bezwaar open"):
        objected(case)
    refused(case, known, staff)
    at = next_moment(case)
    with pytest.raises(DecisionRefused, match="Schrijf waarom"):
        receive_objection(case.pk, "  ", by=applicant(case, at), at=at, party=True)
    with pytest.raises(DecisionRefused, match="Kies uit: 5"):
        objected(case, against=1)
    objected(case)
    with pytest.raises(DecisionRefused, match="al een bezwaar"):
        objected(case)


def test_withdrawn(known: Library, round_: Round, staff: Staff) -> None:
    """An objection that was withdrawn is not decided on, and another can come."""
    case = a_case(known, round_)
    refused(case, known, staff)
    objected(case)
    at = next_moment(case)
    withdraw_objection(case.pk, by=applicant(case, at), at=at, party=True)
    at = next_moment(case)
    with pytest.raises(DecisionRefused, match="geen bezwaar"):
        reject(case.pk, WHY, by=by(staff["second"], at), at=at)
    assert objected(case).number == 2


# --- hearing


def test_hearing_with_the_file_open_for_a_week(known: Library, round_: Round, staff: Staff) -> None:
    """A hearing is called so that the file lies open for a week before; it is kept once it was held, and not before."""
    case = a_case(known, round_)
    refused(case, known, staff)
    objected(case)
    at = next_moment(case)
    reviewer = by(staff["second"], at)
    with pytest.raises(DecisionRefused, match="week ter inzage"):
        call_to_hearing(case.pk, heard_at=datetime(2026, 3, 19, 9, tzinfo=UTC), by=reviewer, at=at)
    act = call_to_hearing(case.pk, heard_at=datetime(2026, 3, 20, 9, tzinfo=UTC), by=reviewer, at=at)
    assert "20 maart 2026 om 10.00 uur" in said(act)
    assert "13 maart 2026" in said(act)
    heard = datetime(2026, 3, 20, 10, tzinfo=UTC)
    with pytest.raises(DecisionRefused, match="nog niet verzonden"):
        hear_objection(case.pk, "verslag", by=by(staff["second"], heard), at=heard)
    went(act)
    with pytest.raises(DecisionRefused, match="nog niet geweest"):
        hear_objection(case.pk, "verslag", by=by(staff["second"], at), at=at)
    at = datetime(2026, 3, 20, 10, tzinfo=UTC)
    with pytest.raises(DecisionRefused, match="wat er op de hoorzitting"):
        hear_objection(case.pk, " ", by=by(staff["second"], at), at=at)
    for name in ("assessor", "decider"):
        with pytest.raises(NotAllowed):
            hear_objection(case.pk, "verslag", by=by(staff[name], at), at=at)
    row = hear_objection(case.pk, "De aanvrager liet een paspoort zien.", by=by(staff["second"], at), at=at)
    assert words_of(row) == "De aanvrager liet een paspoort zien."
    at = next_moment(case)
    answer = reject(case.pk, Heard("het blijft zo"), by=by(staff["second"], at), at=at)
    assert (answer.hearing, answer.without_hearing) == (row, "")


# --- deciding


def test_upheld_within_what_is_left(known: Library, round_: Round, staff: Staff) -> None:
    """A new decision takes the place of the refusal, with the pot of the first; the letters open appeal and no objection."""
    case = a_case(known, round_)
    first = refused(case, known, staff)
    objected(case)
    assessed(case, known, staff["assessor"], YES, at=next_moment(case))
    at = next_moment(case)
    answer = uphold(case.pk, WHY, by=by(staff["second"], at), at=at)
    new = decision_in_force(case.pk)
    assert new is not None
    assert (new.number, new.replaces, new.kind, new.amount_cents) == (2, first, "granted", 69_995)
    assert (answer.outcome, answer.decision, answer.instead) == ("objection_upheld", new, new.act)
    assert (answer.room_cents, answer.awarded_cents, answer.above_ceiling_cents) == (69_995, 69_995, 0)
    assert Case.objects.get(pk=case.pk).state == "granted"
    for words in ("uw bankafschrift", "699,95", "in beroep gaan bij de rechtbank"):
        assert words in said(answer.act)
    assert "bezwaar maken" not in said(new.act)
    case.refresh_from_db()
    theirs = [(one.id, one.runs) for one in terms_of_case(case) if one.whose == "party"]
    assert theirs == [("objection", False), ("appeal", False)]  # objected to, and not sent yet
    with pytest.raises(DecisionRefused, match="Kies uit: 5"):
        objected(case, against=new.act.number)


def tight(tmp_path: Path) -> tuple[Library, list[Case], Staff]:
    """Open a round of 1,000 euros in which the second gets 300.05 and the third stands outside."""
    known = made.library(tmp_path, made.TIGHT)
    round_ = a_round(known, opened=True)
    return known, [a_case(known, round_, name) for name in ("Nadia", "Omar", "Els")], made.officials(round_.body)


def test_a_late_win_goes_above_the_ceiling(tmp_path: Path, db: None) -> None:
    """The pot had room at the first decision and others have it now: granted to the cent above the ceiling (Awb 4:25(3))."""
    known, (nadia, omar, els), staff = tight(tmp_path)
    refused(nadia, known, staff)
    fill_freed(Round.objects.get().pk, at=next_moment(nadia))
    assert [granted(one, known, staff).amount_cents for one in (omar, els)] == [69_995, 30_005]
    objected(nadia)
    assessed(nadia, known, staff["assessor"], YES, at=next_moment(nadia))
    at = next_moment(nadia)
    above = uphold(nadia.pk, WHY, by=by(staff["second"], at), at=at)
    assert (above.room_cents, above.left_now_cents, above.awarded_cents, above.above_ceiling_cents) == (
        69_995,
        0,
        69_995,
        69_995,
    )
    assert sum(Decision.objects.filter(replaces__isnull=True).values_list("amount_cents", flat=True)) == 100_000


def test_a_late_win_takes_what_is_left_and_nobody_else_gets_it(tmp_path: Path, db: None) -> None:
    """What a refusal set free and nobody waits for is granted within the ceiling, once: who comes after that finds the pot empty."""
    known, (nadia, omar, els), staff = tight(tmp_path)
    granted(omar, known, staff)
    refused(els, known, staff, "ceiling")
    refused(nadia, known, staff)
    objected(nadia)
    assessed(nadia, known, staff["assessor"], YES, at=next_moment(nadia))
    at = next_moment(nadia)
    within = uphold(nadia.pk, WHY, by=by(staff["second"], at), at=at)
    assert (within.left_now_cents, within.awarded_cents, within.above_ceiling_cents) == (69_995, 69_995, 0)
    pieter = Application.objects.get(pk=int(a_case(known, Round.objects.get(), "Pieter").subject_id))
    place = Place.objects.get(ticket__key=pieter.key)
    assert (place.outcome, pot_of(Round.objects.get()).total().cents) == ("outside", 100_000)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1)], ids=["decided last", "decided first"])
def test_a_ceiling_that_was_reached_still_refuses(order: tuple[int, ...], tmp_path: Path, db: None) -> None:
    """Who stood outside a pot that others had a claim to gets nothing by objecting, whichever of them was decided on first."""
    known = made.library(tmp_path, made.TIGHT)
    round_ = a_round(known, opened=True)
    cases, staff = [a_case(known, round_, name) for name in ("Nadia", "Omar", "Els")], made.officials(round_.body)
    for place in order:
        if place == 2:
            refused(cases[place], known, staff, "ceiling")
        else:
            granted(cases[place], known, staff)
    els = cases[2]
    objected(els)
    assessed(els, known, staff["assessor"], YES, at=next_moment(els))
    at = next_moment(els)
    with pytest.raises(DecisionRefused, match="plafond was al bereikt"):
        uphold(els.pk, WHY, by=by(staff["second"], at), at=at)
    answer = reject(els.pk, replace(WHY, without_hearing="manifestly_unfounded"), by=by(staff["second"], at), at=at)
    assert (answer.outcome, answer.decision, answer.awarded_cents) == ("objection_rejected", None, 0)
    assert Case.objects.get(pk=els.pk).state == "refused"


def test_who_took_part_does_not_decide(known: Library, round_: Round, staff: Staff) -> None:
    """Neither who decided first nor who assessed decides on the objection, whatever roles they have."""
    case = a_case(known, round_)
    people.role(staff["assessor"], RoleKind.DECIDER, body=round_.body)
    refused(case, known, staff)
    objected(case)
    for name in ("assessor", "decider", "paymaster"):
        at = next_moment(case)
        with pytest.raises(NotAllowed):
            reject(case.pk, WHY, by=by(staff[name], at), at=at)
    assert Case.objects.get(pk=case.pk).state == "objection"


def test_what_an_answer_needs(known: Library, round_: Round, staff: Staff) -> None:
    """Reasons, a hearing or why there was none, and an assessment made anew: without one of them nothing is decided."""
    case = a_case(known, round_)
    refused(case, known, staff)
    objected(case)
    at = next_moment(case)
    reviewer = by(staff["second"], at)
    for heard, why in (
        (Heard(" ", "waived"), "waarom u zo"),
        (Heard("x"), "Hoor eerst"),
        (Heard("x", "busy"), "Hoor eerst"),
    ):
        with pytest.raises(DecisionRefused, match=why):
            reject(case.pk, heard, by=reviewer, at=at)
    with pytest.raises(DecisionRefused, match="opnieuw beoordelen"):
        uphold(case.pk, WHY, by=reviewer, at=at)
    assessed(case, known, staff["assessor"], NO, at=at)
    at = next_moment(case)
    with pytest.raises(DecisionRefused, match="voorwaarde niet vervuld"):
        uphold(case.pk, WHY, by=by(staff["second"], at), at=at)


def test_no_more_than_before_is_not_upheld(known: Library, round_: Round, staff: Staff) -> None:
    """An objection against a grant that leads to the same amount is not upheld."""
    case = a_case(known, round_)
    granted(case, known, staff)
    objected(case)
    assessed(case, known, staff["assessor"], YES, at=next_moment(case))
    at = next_moment(case)
    with pytest.raises(DecisionRefused, match="niet meer dan"):
        uphold(case.pk, WHY, by=by(staff["second"], at), at=at)


def test_late_and_not_repaired(known: Library, round_: Round, staff: Staff) -> None:
    """Late is inadmissible unless excused, and only what is late; what was asked to repair and was not, only after its day."""
    case = a_case(known, round_)
    refused(case, known, staff)
    objected(case, days=50)
    at = next_moment(case)
    reviewer = by(staff["second"], at)
    with pytest.raises(DecisionRefused, match="te verontschuldigen"):
        reject(case.pk, WHY, by=reviewer, at=at)
    with pytest.raises(DecisionRefused, match="volgt niet uit"):
        dismiss(case.pk, "not_repaired", WHY, by=reviewer, at=at)
    with pytest.raises(DecisionRefused, match="bestaat niet"):
        dismiss(case.pk, "boring", WHY, by=reviewer, at=at)
    late = Heard("u schreef niet waarom het later kwam", "manifestly_inadmissible")
    answer = dismiss(case.pk, "late", late, by=reviewer, at=at)
    assert (answer.outcome, answer.reason, answer.instead) == ("objection_inadmissible", "late", None)
    assert "later kwam" in said(answer.act)


def test_repair(known: Library, round_: Round, staff: Staff) -> None:
    """What lacks is asked by letter until a day; a reply ends it, silence after the day makes the objection inadmissible."""
    one, two = (a_case(known, round_, name) for name in ("Nadia", "Omar"))
    unanswered = Heard("er kwam geen antwoord", "manifestly_inadmissible")
    for case in (one, two):
        refused(case, known, staff)
        objected(case)
        at = next_moment(case)
        until = day_of(at) + timedelta(days=14)
        act = ask_to_repair(case.pk, "Waarom bent u het niet eens?", until=until, by=by(staff["assessor"], at), at=at)
        assert "Waarom bent u het niet eens?" in said(act)
        at = next_moment(case, 20)
        with pytest.raises(DecisionRefused, match="volgt niet uit"):  # its letter was not sent
            dismiss(case.pk, "not_repaired", unanswered, by=by(staff["second"], at), at=at)
        went(act)
    at = next_moment(one)
    repair_objection(one.pk, by=applicant(one, at), at=at, party=True)
    for case, days, allowed in ((one, 20, False), (two, 1, False), (two, 20, True)):
        at = next_moment(case, days)
        if allowed:
            assert (
                dismiss(case.pk, "not_repaired", unanswered, by=by(staff["second"], at), at=at).reason == "not_repaired"
            )
        else:
            with pytest.raises(DecisionRefused, match="volgt niet uit"):
                dismiss(case.pk, "not_repaired", unanswered, by=by(staff["second"], at), at=at)


def test_assigned_during_objection(known: Library, round_: Round, staff: Staff) -> None:
    """A case under objection can be given to another official, who takes no part by that alone."""
    case = a_case(known, round_)
    refused(case, known, staff)
    objected(case)
    at = next_moment(case)
    assign(case.pk, to=staff["second"].pk, by=by(staff["decider"], at), at=at)
    at = next_moment(case)
    assert reject(case.pk, WHY, by=by(staff["second"], at), at=at).outcome == "objection_rejected"
