"""Settling many grants ex officio: a list by one official, released by another, without what a person should look at."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from doorleren.cases.models import Case
from doorleren.core.days import day_of
from doorleren.decisions.commands import settle as settling
from doorleren.decisions.commands.ask_delivery import ask_delivery
from doorleren.decisions.commands.check_delivery import draw_sample
from doorleren.decisions.commands.decide import grant
from doorleren.decisions.commands.propose_batch import digest_now, take_out
from doorleren.decisions.commands.propose_settling import (
    propose_settling,
    rounds_drawn,
    rounds_to_draw,
    rounds_to_settle,
    settling_ahead,
)
from doorleren.decisions.commands.release_batch import release_batch
from doorleren.decisions.commands.report_delivery import report_delivery
from doorleren.decisions.commands.revoke import intend_to_revoke
from doorleren.decisions.commands.run_batch import progress_of, run_batch
from doorleren.decisions.commands.suspend_payment import release_payment, suspend_payment
from doorleren.decisions.models import Batch, BatchItem, Check, Settlement
from doorleren.decisions.refusing import DecisionRefused
from doorleren.people.access import NotAllowed
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.decisions import made
from tests.decisions.made import UNTIL, YES, a_case, assessed, by
from tests.decisions.objecting import Staff, applicant, granted, next_moment, said
from tests.decisions.test_settling import DONE, PROVEN

AFTER: datetime = made.AT + timedelta(days=230)
"""When the activities of the tests are over."""
MINUTE = timedelta(minutes=1)


@pytest.fixture
def known(tmp_path: Path) -> Library:
    """The library with the scheme that asks proof afterwards, where a case is drawn."""
    return made.library(tmp_path, PROVEN)


@pytest.fixture
def cases(known: Library, round_: Round, staff: Staff) -> list[Case]:
    """Five cases that were granted; one of them was drawn to be checked, and is the last."""
    found = [a_case(known, round_, name) for name in ("Nadia", "Omar", "Els", "Piet", "Ada")]
    for one in found:
        granted(one, known, staff)
    at = AFTER - timedelta(days=20)
    draw_sample(round_.pk, 1, by=by(staff["assessor"], at), at=at)
    drawn = Check.objects.get().case_id
    return sorted(found, key=lambda one: (one.pk == drawn, one.pk))


def proposed(round_: Round, staff: Staff, at: datetime = AFTER) -> Batch:
    """Propose what can be settled."""
    return propose_settling(round_.pk, by=by(staff["decider"], at), at=at)


def released(batch: Batch, staff: Staff, at: datetime = AFTER) -> Batch:
    """Release it by another."""
    return release_batch(batch.pk, digest_now(batch), by=by(staff["second"], at), at=at)


def worked_off(batch: Batch) -> int:
    """Work it off."""
    return run_batch(batch.pk, now=lambda: AFTER + MINUTE)


def test_settled_by_two_people_without_the_sample(cases: list[Case], round_: Round, staff: Staff) -> None:
    """All but what was drawn is settled as granted, by both officials, with its letter; asked again nothing happens twice."""
    shown = settling_ahead(round_, today=day_of(AFTER))
    assert [one.case for one in shown.lines] == [one.pk for one in cases[:4]]
    assert (shown.cents, shown.left) == (4 * 69_995, 1)
    batch = proposed(round_, staff)
    with pytest.raises(NotAllowed):
        release_batch(batch.pk, digest_now(batch), by=by(staff["decider"], AFTER), at=AFTER)
    released(batch, staff)
    assert [worked_off(batch), worked_off(batch)] == [4, 0]
    rows = list(Settlement.objects.select_related("act"))
    assert {(one.case_id, one.kind, one.settled_cents, one.ex_officio) for one in rows} == {
        (one.pk, "settled_as_granted", 69_995, True) for one in cases[:4]
    }
    told = rows[0].act.details
    assert (told["proposed_by"], told["released_by"]) == (staff["decider"].pk, staff["second"].pk)
    assert "699,95" in said(rows[0].act)
    cases[4].refresh_from_db()
    assert cases[4].state == "granted"
    assert Batch.objects.get().finished_at is not None


def test_nothing_before_the_end_or_the_sample(known: Library, round_: Round, staff: Staff) -> None:
    """No list before the activities are over, nor before a sample was drawn since the grants; and none by who may not decide."""
    granted(a_case(known, round_), known, staff)
    assert rounds_to_settle({round_.body_id}, today=UNTIL) == []
    with pytest.raises(DecisionRefused, match="niets dat nu samen"):
        proposed(round_, staff, made.AT + timedelta(days=2))
    assert rounds_to_settle({round_.body_id}, today=day_of(AFTER)) == [round_]
    assert told(round_) == (False, True)
    assert settling_ahead(round_, today=day_of(AFTER)).left == 1
    with pytest.raises(DecisionRefused, match="niets dat nu samen"):
        proposed(round_, staff)
    with pytest.raises(NotAllowed):
        propose_settling(round_.pk, by=by(staff["assessor"], AFTER), at=AFTER)


def told(round_: Round, at: datetime = AFTER) -> tuple[bool, bool]:
    """Say of a round, without its list, whether a batch can settle something and whether a sample must be drawn first."""
    bodies, today = {round_.body_id}, day_of(at)
    return round_.pk in rounds_drawn(bodies, today=today), round_.pk in rounds_to_draw(bodies, today=today)


def test_told_without_the_list(known: Library, cases: list[Case], round_: Round, staff: Staff) -> None:
    """Drawn, a round has something to settle until it waits in a batch; what was granted after the draw must be drawn from first."""
    assert told(round_, made.AT) == (False, False), "nothing is due"
    assert told(round_) == (True, False)
    assert rounds_drawn({round_.body_id + 1}, today=day_of(AFTER)) == set(), "of another body"
    batch = proposed(round_, staff)
    assert told(round_) == (False, False), "all that was drawn from waits"
    late = a_case(known, round_, "Noa")
    assessed(late, known, staff["assessor"], YES, at=AFTER)
    grant(late.pk, by=by(staff["decider"], AFTER + MINUTE), at=AFTER + MINUTE, activities_until=UNTIL)
    assert told(round_) == (False, True)
    take_out(batch.pk, [cases[0].pk], by=by(staff["second"], AFTER), at=AFTER)
    assert told(round_) == (True, True)


@pytest.mark.parametrize("asks", ["question", "report", "suspension", "intent"])
def test_what_leads_to_nothing_is_not_told(asks: str, cases: list[Case], round_: Round, staff: Staff) -> None:
    """Where something asks a person in every case that was not drawn, or its payment is suspended, there is nothing to settle, as the list says."""
    for one in cases[:4]:
        assert told(round_) == (True, False)
        at = next_moment(one)
        if asks == "report":
            report_delivery(one.pk, DONE, by=applicant(one, at), at=at, party=True)
        elif asks == "suspension":
            suspend_payment(one.pk, grounds="er is een signaal", by=by(staff["decider"], at), at=at)
        elif asks == "intent":
            until = day_of(at) + timedelta(days=14)
            intend_to_revoke(
                one.pk, "not-done", 0, "het ging niet door", until=until, by=by(staff["decider"], at), at=at
            )
        else:
            until = day_of(at) + timedelta(days=9)
            ask_delivery(one.pk, "bent u?", until=until, reason="signal", by=by(staff["assessor"], at), at=at)
    assert (told(round_), settling_ahead(round_, today=day_of(AFTER)).lines) == ((False, False), ())


def test_a_payment_that_goes_on_is_settled(cases: list[Case], round_: Round, staff: Staff) -> None:
    """Once a suspended payment goes on, its round has something to settle again, as the list says."""
    for one in cases[:4]:
        at = next_moment(one)
        suspend_payment(one.pk, grounds="er is een signaal", by=by(staff["decider"], at), at=at)
    assert told(round_) == (False, False)
    at = next_moment(cases[0])
    release_payment(cases[0].pk, grounds="het klopt", by=by(staff["decider"], at), at=at)
    assert told(round_) == (True, False)
    assert [one.case for one in settling_ahead(round_, today=day_of(AFTER)).lines] == [cases[0].pk]


def test_what_a_person_should_look_at_is_not_on_the_list(cases: list[Case], round_: Round, staff: Staff) -> None:
    """A question, a suspended payment and a report keep a case off the list; it is counted as left."""
    at = next_moment(cases[0])
    until = day_of(at) + timedelta(days=9)
    ask_delivery(cases[0].pk, "bent u?", until=until, reason="signal", by=by(staff["assessor"], at), at=at)
    at = next_moment(cases[1])
    suspend_payment(cases[1].pk, grounds="er is een vermoeden", by=by(staff["decider"], at), at=at)
    at = next_moment(cases[2])
    report_delivery(cases[2].pk, DONE, by=applicant(cases[2], at), at=at, party=True)
    shown = settling_ahead(round_, today=day_of(AFTER))
    assert ([one.case for one in shown.lines], shown.left) == ([cases[3].pk], 4)


@pytest.mark.parametrize("looks", [True, False], ids=["looks", "does_not_look"])
def test_a_suspension_after_the_release_leaves_the_case_to_a_person(
    looks: bool, cases: list[Case], round_: Round, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What came up between release and work is left for a person, the others go on; negative control: without the look it was settled."""
    if not looks:
        monkeypatch.setattr(settling, "ensure_undisturbed", lambda *_, **__: None)
    batch = released(proposed(round_, staff), staff)
    suspend_payment(cases[0].pk, grounds="er is een vermoeden", by=by(staff["decider"], AFTER), at=AFTER)
    worked_off(batch)
    item = BatchItem.objects.get(case=cases[0])
    assert (item.left, item.decided_at is None) == (("disturbed", True) if looks else ("", False))
    assert progress_of(batch.pk).decided == 4 - looks


def test_a_report_after_the_release_leaves_the_case_to_a_person(cases: list[Case], round_: Round, staff: Staff) -> None:
    """A report that came in after the release, whole or not, is for a person to look at; the others are settled."""
    batch = released(proposed(round_, staff), staff)
    report_delivery(cases[0].pk, DONE, by=applicant(cases[0], AFTER), at=AFTER, party=True)
    worked_off(batch)
    assert (BatchItem.objects.get(case=cases[0]).left, progress_of(batch.pk).decided) == ("disturbed", 3)


def test_a_case_is_taken_out_and_waits_in_one_list(cases: list[Case], round_: Round, staff: Staff) -> None:
    """What waits in a list is in no other; what was taken out of one can be."""
    batch = proposed(round_, staff)
    with pytest.raises(DecisionRefused, match="niets dat nu samen"):
        proposed(round_, staff)
    assert take_out(batch.pk, [cases[0].pk], by=by(staff["second"], AFTER), at=AFTER) == 1
    assert proposed(round_, staff).items.get().case_id == cases[0].pk
