"""From what was delivered to a settlement: reports and their confirmation, samples by lot, a question and an intent before less."""

from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from doorleren.applications.evidence.queries import pieces_of
from doorleren.applications.models import Application
from doorleren.cases.models import Case
from doorleren.cases.refusing import CaseRefused
from doorleren.core.days import day_of
from doorleren.decisions.commands.amend import amend
from doorleren.decisions.commands.ask_delivery import ask_delivery, intend_to_settle
from doorleren.decisions.commands.check_delivery import choose_check, draw_sample, drawn_again
from doorleren.decisions.commands.decide import grant
from doorleren.decisions.commands.report_delivery import Done, report_delivery, say_of_delivery
from doorleren.decisions.commands.settle import Weighed, settle_as_granted, settle_lower
from doorleren.decisions.delivered import choices_left, draw, enough_done, lacking
from doorleren.decisions.models import Check, Delivery, Settlement
from doorleren.decisions.refusing import DecisionRefused
from doorleren.letters.models import Letter
from doorleren.letters.queries import content_of
from doorleren.people.access import NotAllowed
from doorleren.people.models import Person, RoleKind
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.decisions import made
from tests.decisions.made import a_case, by
from tests.decisions.objecting import Staff, applicant, drawn, granted, next_moment, said, went
from tests.people import made as people

PROVEN = (
    made.HARD.replace('kind = "grant_settle"', 'kind = "grant_settle"\ndelivered = "enough"').replace(
        "[[parameter]]",
        '[[parameter]]\nid = "enough"\nunit = "share"\nvalues = [{ from = 2026-01-01, value = 0.8, source = "order" }]\n[[parameter]]',
        1,
    )
    + """
[[evidence]]
id = "attendance"
nl = "de lijst van aanwezigheid"
stage = "settlement"
types = ["pdf"]
source = "order, art. 5"
"""
)
"""The scheme of the tests that asks attendance of 80 per cent afterwards."""
DONE = Done(date(2026, 3, 12), date(2026, 3, 12), 10, 8, ("attendance",))
AFTER = 210
"""Days after which the activities of the tests are over."""


@pytest.fixture
def known(tmp_path: Path) -> Library:
    """The library with the scheme that asks proof."""
    return made.library(tmp_path, PROVEN)


@pytest.fixture
def case(known: Library, round_: Round, staff: Staff) -> Case:
    """A case that was granted."""
    one = a_case(known, round_)
    granted(one, known, staff)
    return one


def reported(case: Case, done: Done = DONE, **given: Any) -> Delivery:
    """Let the applicant report."""
    at = next_moment(case)
    return report_delivery(case.pk, done, **({"by": applicant(case, at), "at": at, "party": True} | given))


def a_provider(case: Case) -> Person:
    """Let an organisation report in a case, and give who acts for it."""
    who, organisation = people.person(name="Opleider"), people.organisation("87654321")
    people.role(who, RoleKind.PROVIDER, organisation=organisation)
    people.mandate(who, organisation)
    Application.objects.filter(pk=int(case.subject_id)).update(
        reporter_kind="organisation", reporter_number=organisation.pk
    )
    return who


@pytest.mark.parametrize(("planned", "realised", "required", "enough"), [
    (10, 8, Fraction(4, 5), True), (10, 7, Fraction(4, 5), False), (10, 10, None, True), (10, 9, None, False),
    (3, 2, Fraction(2, 3), True),
])  # fmt: skip
def test_enough_done(planned: int, realised: int, required: Fraction | None, enough: bool) -> None:
    """The share of the scheme counts, to the unit; where it names none everything must be done."""
    assert enough_done(planned, realised, required) is enough


def test_lacking_and_choice() -> None:
    """Evidence lacks in the order of the file; a fifth of all checks is always by lot."""
    assert lacking(("a", "b", "c"), ("b",)) == ("a", "c")
    assert [choices_left(2, chosen) for chosen in (0, 7, 8, 9)] == [8, 1, 0, 0]
    assert choices_left(0, 0) == 0


def test_draw_depends_on_the_seed_alone() -> None:
    """The same seed draws the same from a list in any order; over many seeds each is drawn about as often as another."""
    references = [f"DL-{number}" for number in range(10)]
    assert draw(references, "a" * 64, 3) == draw(references[::-1], "a" * 64, 3)
    counts = [sum(one in draw(references, f"{seed:064x}", 3) for seed in range(600)) for one in references]
    assert all(120 < count < 240 for count in counts), counts


def test_later_evidence_is_asked_once_granted(known: Library, round_: Round, staff: Staff) -> None:
    """What the scheme asks afterwards can be handed in once it was granted, and not before."""
    one = a_case(known, round_)
    application = Application.objects.get(pk=int(one.subject_id))
    assert [piece.asked.now for piece in pieces_of(application)] == [False]
    granted(one, known, staff)
    assert [piece.asked.now for piece in pieces_of(application)] == [True]


def test_settled_as_granted_on_a_whole_report(case: Case, staff: Staff) -> None:
    """Enough was done, proven and for oneself: settled at the cent of the grant, with a letter."""
    report = reported(case)
    assert report.own_word is True
    at = next_moment(case)
    row = settle_as_granted(case.pk, by=by(staff["decider"], at), at=at)
    assert (row.kind, row.granted_cents, row.settled_cents, row.delivery, row.ex_officio) == (
        "settled_as_granted", 69_995, 69_995, report, False,
    )  # fmt: skip
    assert "699,95" in said(row.act)
    assert Case.objects.get(pk=case.pk).state == "settled"


def test_what_an_official_typed_waits_for_who_it_was_for(case: Case, staff: Staff) -> None:
    """A report that came by post or telephone is not settled on until whom it was for confirms it, who applied and reports here."""
    at = next_moment(case)
    report = report_delivery(case.pk, DONE, by=by(staff["assessor"], at), at=at)
    assert report.own_word is False
    at = next_moment(case)
    with pytest.raises(DecisionRefused, match="niet bevestigd"):
        settle_as_granted(case.pk, by=by(staff["decider"], at), at=at)
    with pytest.raises(NotAllowed):
        say_of_delivery(case.pk, confirmed=True, by=by(staff["assessor"], at), at=at)
    say_of_delivery(case.pk, confirmed=True, by=applicant(case, at), at=at)
    assert settle_as_granted(case.pk, by=by(staff["decider"], at), at=at).delivery == report


@pytest.mark.parametrize(("done", "why"), [
    (Done(DONE.started_on, DONE.ended_on, 10, 7, ("attendance",)), "minder gedaan"),
    (Done(DONE.started_on, DONE.ended_on, 10, 10), "ontbreekt bewijs"),
], ids=["too little", "no proof"])  # fmt: skip
def test_what_a_report_lacks(done: Done, why: str, case: Case, staff: Staff) -> None:
    """A report that lacks something is not settled as granted by itself; an official who says why may do so."""
    reported(case, done)
    at = next_moment(case)
    with pytest.raises(DecisionRefused, match=why):
        settle_as_granted(case.pk, by=by(staff["decider"], at), at=at)
    row = settle_as_granted(case.pk, words="de docent was ziek", by=by(staff["decider"], at), at=at)
    assert row.settled_cents == 69_995


@pytest.mark.parametrize(("done", "why"), [
    (Done(DONE.started_on, date(2026, 3, 11), 10, 8), "begonnen eerst"),
    (Done(DONE.started_on, date(2030, 1, 1), 10, 8), "uiterlijk vandaag"),
    (Done(DONE.started_on, DONE.ended_on, 0, 0), "Gepland is 1"),
    (Done(DONE.started_on, DONE.ended_on, 10, -1), "Gepland is 1"),
    (Done(DONE.started_on, DONE.ended_on, 10, 8, ("diploma",)), "Kies uit: attendance"),
    (Done(DONE.started_on, DONE.ended_on, 10, 8, (), (99,)), "andere aanvraag"),
], ids=["days", "future", "planned", "realised", "evidence", "document"])  # fmt: skip
def test_reports_that_are_refused(done: Done, why: str, case: Case) -> None:
    """What cannot be is refused with the field, and nothing is kept."""
    with pytest.raises(DecisionRefused, match=why):
        reported(case, done)
    assert not Delivery.objects.exists()


def test_reported_by_one_confirmed_by_another(case: Case, staff: Staff) -> None:
    """The provider reports, the participant confirms; neither in the place of the other, and nobody twice."""
    provider = a_provider(case)
    at = next_moment(case)
    with pytest.raises(NotAllowed):
        reported(case)
    report = report_delivery(case.pk, DONE, by=people.signed_in(provider, at=at), at=at, party=True)
    assert report.own_word is False
    with pytest.raises(DecisionRefused, match="niet bevestigd"):
        settle_as_granted(case.pk, by=by(staff["decider"], at), at=at)
    with pytest.raises(NotAllowed):
        say_of_delivery(case.pk, confirmed=True, by=people.signed_in(provider, at=at), at=at)
    with pytest.raises(DecisionRefused, match="wat er niet klopt"):
        say_of_delivery(case.pk, confirmed=False, by=applicant(case, at), at=at)
    say_of_delivery(case.pk, confirmed=True, by=applicant(case, at), at=at)
    with pytest.raises(DecisionRefused, match="niets dat u"):
        say_of_delivery(case.pk, confirmed=True, by=applicant(case, at), at=at)
    at = next_moment(case)
    assert settle_as_granted(case.pk, by=by(staff["decider"], at), at=at).delivery == report


def test_a_denial_settles_nothing_by_itself(case: Case, staff: Staff) -> None:
    """Where the participant denies, it is not settled as granted, and less only by question, intent and weighing."""
    provider = a_provider(case)
    at = next_moment(case)
    report_delivery(case.pk, DONE, by=people.signed_in(provider, at=at), at=at, party=True)
    say_of_delivery(case.pk, confirmed=False, words="Ik was er nooit.", by=applicant(case, at), at=at)
    at = next_moment(case)
    decider = by(staff["decider"], at)
    with pytest.raises(DecisionRefused, match="niet bevestigd"):
        settle_as_granted(case.pk, by=decider, at=at)
    with pytest.raises(DecisionRefused, match="Vraag eerst"):
        settle_lower(case.pk, 0, Weighed("niet gevolgd", "afgewogen"), by=decider, at=at)
    with pytest.raises(DecisionRefused, match="Vraag eerst"):
        intend_to_settle(case.pk, 0, "niet gevolgd", until=day_of(at) + timedelta(days=14), by=decider, at=at)


def asked(case: Case, staff: Staff) -> None:
    """Ask what was done, with two weeks to answer; while the letter was not sent nothing can follow on it."""
    drawn(case, staff)
    at = next_moment(case)
    until = day_of(at) + timedelta(days=14)
    row = ask_delivery(
        case.pk, "Bent u geweest?", evidence=["attendance"], until=until, by=by(staff["assessor"], at), at=at
    )
    late = next_moment(case, 15)
    with pytest.raises(DecisionRefused, match=r"‘vraag over wat er is gedaan’ van .* is nog niet verzonden"):
        intend_to_settle(
            case.pk, 0, "niet gevolgd", until=day_of(late) + timedelta(days=14), by=by(staff["decider"], late), at=late
        )
    went(row.act)


@pytest.mark.parametrize(("cents", "kind"), [(40_000, "settled_lower"), (0, "settled_at_nil")])
def test_less_after_question_intent_and_weighing(cents: int, kind: str, case: Case, staff: Staff) -> None:
    """Each step waits for the one before it; the settlement is never below what was announced, and its interests are weighed."""
    asked(case, staff)
    letter = content_of(Letter.objects.get(template="proof_asked"))
    assert "de lijst van aanwezigheid" in [line for piece in letter.pieces for line in piece.lines]
    at = next_moment(case)
    until = day_of(at) + timedelta(days=30)
    with pytest.raises(DecisionRefused, match="nog tijd om te antwoorden"):
        intend_to_settle(case.pk, cents, "niet gevolgd", until=until, by=by(staff["decider"], at), at=at)
    at = next_moment(case, 15)
    with pytest.raises(DecisionRefused, match="Laat eerst weten"):
        settle_lower(case.pk, cents, Weighed("x", "y"), by=by(staff["decider"], at), at=at)
    act = intend_to_settle(case.pk, cents, "u was er niet", until=until, by=by(staff["decider"], at), at=at)
    assert "U was er niet." in said(act)
    went(act)
    weighed = Weighed("u was er niet", "u had geen andere inkomsten nodig")
    with pytest.raises(CaseRefused, match="nog tijd voor een zienswijze"):
        settle_lower(case.pk, cents, weighed, by=by(staff["decider"], at), at=at)
    at = next_moment(case, 16)
    for wrong in (69_995, cents - 1):
        with pytest.raises(DecisionRefused, match="Kies een bedrag"):
            settle_lower(case.pk, wrong, weighed, by=by(staff["decider"], at), at=at)
    with pytest.raises(DecisionRefused, match="belangen hebt afgewogen"):
        settle_lower(case.pk, cents, Weighed("u was er niet", " "), by=by(staff["decider"], at), at=at)
    with pytest.raises(NotAllowed):
        settle_lower(case.pk, cents, weighed, by=by(staff["paymaster"], at), at=at)
    row = settle_lower(case.pk, cents, weighed, by=by(staff["decider"], at), at=at)
    assert (row.kind, row.settled_cents, row.weighed) == (kind, cents, True)
    assert "geen andere inkomsten" in said(row.act)


def test_ex_officio_waits_for_the_sample(case: Case, known: Library, round_: Round, staff: Staff) -> None:
    """Without a report only after the activities, once a sample was drawn, and not for who was drawn."""
    others = [a_case(known, round_, name) for name in ("Omar", "Els", "Piet")]
    for one in others:
        granted(one, known, staff)
    cases = [case, *others]
    at = next_moment(case)
    with pytest.raises(DecisionRefused, match="nog niet voorbij"):
        settle_as_granted(case.pk, by=by(staff["decider"], at), at=at)
    at = next_moment(case, AFTER)
    with pytest.raises(DecisionRefused, match="steekproef"):
        settle_as_granted(case.pk, by=by(staff["decider"], at), at=at)
    for size in (0, 5):
        with pytest.raises(DecisionRefused, match="van 1 tot en met 4"):
            draw_sample(round_.pk, size, by=by(staff["assessor"], at), at=at)
    sample = draw_sample(round_.pk, 1, by=by(staff["assessor"], at), at=at)
    references = [one.reference for one in cases]
    assert drawn_again(sample, references)
    assert not drawn_again(sample, references[:3])
    drawn = Check.objects.get().case_id
    for one in cases:
        at = next_moment(one, AFTER)
        if one.pk == drawn:
            with pytest.raises(DecisionRefused, match="nog niet verantwoord"):
                settle_as_granted(one.pk, by=by(staff["decider"], at), at=at)
        else:
            assert settle_as_granted(one.pk, by=by(staff["decider"], at), at=at).ex_officio is True
    assert Settlement.objects.count() == 3


def test_chosen_checks_stay_in_proportion(case: Case, round_: Round, staff: Staff) -> None:
    """An official chooses a case by a code, and only while a fifth of all checks is by lot."""
    at = next_moment(case)
    assessor = by(staff["assessor"], at)
    with pytest.raises(DecisionRefused, match="Geef een code"):
        choose_check(case.pk, "Nadia is verdacht", by=assessor, at=at)
    with pytest.raises(DecisionRefused, match="vijfde"):
        choose_check(case.pk, "many-at-once", by=assessor, at=at)
    with pytest.raises(NotAllowed):
        choose_check(case.pk, "many-at-once", by=by(staff["paymaster"], at), at=at)


def test_a_sample_is_for_officials_of_the_body(case: Case, round_: Round, staff: Staff) -> None:
    """Nobody else draws a sample, and a drawn seed cannot be given: it is made by the act itself."""
    at = next_moment(case)
    with pytest.raises(NotAllowed):
        draw_sample(round_.pk, 1, by=applicant(case, at), at=at)
    one = draw_sample(round_.pk, 1, by=by(staff["assessor"], at), at=at)
    assert len(one.seed) == 64


def test_an_unknown_last_day_is_asked(known: Library, round_: Round, staff: Staff) -> None:
    """Where nothing says when the activities end, settling ex officio says what to do, and the amended grant has a term."""
    one = a_case(known, round_)
    made.assessed(one, known, staff["assessor"], at=next_moment(one))
    at = next_moment(one)
    row = grant(one.pk, by=by(staff["decider"], at), at=at)
    at = next_moment(one, 1)
    decider = by(staff["decider"], at)
    with pytest.raises(DecisionRefused, match="Wijzig het besluit en noem die dag"):
        settle_as_granted(one.pk, by=decider, at=at)
    until, weighed = day_of(at) + timedelta(days=7), Weighed("die dag volgt uit uw offerte", "")
    amend(one.pk, "own-request", row.amount_cents, weighed, activities_until=until, by=decider, at=at)
    at = next_moment(one, 10)
    with pytest.raises(DecisionRefused, match="steekproef"):
        settle_as_granted(one.pk, by=by(staff["decider"], at), at=at)
