"""The last day of the activities: counted from what the application says, in single, automatic and late-won grants alike."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from doorleren.cases.models import Case
from doorleren.cases.queries import terms_of_case
from doorleren.core.days import day_of
from doorleren.decisions.activities import Activities, activities_of, last_day
from doorleren.decisions.commands.amend import amend, invoke_budget_reservation
from doorleren.decisions.commands.check_delivery import draw_sample
from doorleren.decisions.commands.decide import grant
from doorleren.decisions.commands.decide_objection import uphold
from doorleren.decisions.commands.propose_batch import preview
from doorleren.decisions.commands.run_batch import run_batch
from doorleren.decisions.commands.settle import Weighed, settle_as_granted
from doorleren.decisions.last_days import Lacking, without_a_last_day
from doorleren.decisions.models import Check, Decision
from doorleren.decisions.refusing import DecisionRefused
from doorleren.decisions.sealed import Content
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.decisions import made
from tests.decisions.made import YES, a_case, assessed, automatic, by
from tests.decisions.objecting import WHY, Staff, next_moment, objected, refused, said
from tests.decisions.test_batches import released

LASTING = made.HARD.replace("budget_reservation = true\n", 'longer_decision = "decision-22"\n').replace(
    "[[track.condition]]",
    """[[track.condition]]
id = "begins"
when = "applies(training.starts_on)"
nl = "de opleiding heeft een eerste dag"
source = "order"
[[track.condition]]
id = "short"
when = "training.duration_months <= 12"
nl = "de opleiding duurt hoogstens een jaar"
source = "order"
[[track.condition]]""",
    1,
)
"""The scheme of the tests that asks when a training starts and how long it lasts; decided on in 22 weeks, without a reservation."""
STARTS, ENDS = date(2026, 4, 7), date(2026, 10, 6)
TOLD = {"training.starts_on": STARTS, "training.duration_months": 6_000_000}


@pytest.fixture
def known(tmp_path: Path) -> Library:
    """The library with that scheme."""
    return made.library(tmp_path, LASTING)


@pytest.fixture
def case(known: Library, round_: Round) -> Case:
    """A case of a training from 7 April, for six months."""
    return a_case(known, round_, **TOLD)


@pytest.mark.parametrize(("facts", "found"), [
    ({}, Activities()),
    ({"training.duration_months": 3_000_000}, Activities()),
    ({"training.starts_on": date(2027, 1, 7)}, Activities(date(2027, 1, 7))),
    ({"training.starts_on": date(2027, 1, 7), "training.duration_months": 2_500_000}, Activities(date(2027, 1, 7), date(2027, 3, 22))),
    ({"training.starts_on": date(2027, 1, 31), "training.duration_months": 1_000_000}, Activities(date(2027, 1, 31), date(2027, 2, 27))),
    ({"training.starts_on": date(2027, 1, 7), "training.duration_months": 1}, Activities(date(2027, 1, 7), date(2027, 1, 7))),
], ids=["nothing", "no start", "no end", "broken month", "end of a month", "least"])  # fmt: skip
def test_counted_from_the_facts(facts: dict[str, object], found: Activities) -> None:
    """The last day is the first plus the months, less a day; it is kept as it was, and a day before the first is refused."""
    assert activities_of(facts) == found
    kept = Content(told={"activities": found.written()})
    assert last_day(kept, None) == found.ends
    if found.starts is not None:
        assert last_day(kept, found.starts) == found.starts
        with pytest.raises(DecisionRefused, match="U gaf 20-11-2026 als laatste dag") as why:
            last_day(kept, date(2026, 11, 20))
        assert why.value.field == "ends_on"


def settlement_from(case: Case) -> date | None:
    """Give the day from which the term for settling counts."""
    return next((one.start for one in terms_of_case(Case.objects.get(pk=case.pk)) if one.id == "settlement"), None)


def test_a_single_grant_and_another_last_day(case: Case, known: Library, staff: Staff) -> None:
    """What the application says is taken where the official says nothing, an earlier day than the start is refused also when amended."""
    assert case.decision_term == "decision-22"
    assessed(case, known, staff["assessor"])
    at = next_moment(case)
    decider = by(staff["decider"], at)
    with pytest.raises(DecisionRefused, match="U gaf 06-04-2026"):
        grant(case.pk, by=decider, at=at, activities_until=STARTS - timedelta(days=1))
    row = grant(case.pk, by=decider, at=at)
    assert row.activities_until == ENDS
    assert settlement_from(case) == ENDS
    assert "6 oktober 2026" in said(row.act)
    weighed = Weighed("u vroeg het", "")
    with pytest.raises(DecisionRefused, match="U gaf 06-04-2026"):
        amend(case.pk, "own-request", row.amount_cents, weighed, activities_until=date(2026, 4, 6), by=decider, at=at)
    with pytest.raises(DecisionRefused, match="niet toegekend onder het voorbehoud"):
        invoke_budget_reservation(case.pk, 0, "te weinig", adopted_on=day_of(at), by=decider, at=at)


def test_what_a_batch_knows_of_last_days(case: Case, known: Library, round_: Round) -> None:
    """Of a grant in a batch whose application tells the last day of its activities nobody is warned."""
    automatic(case, known)
    lines = preview(round_, ("honest",)).lines
    assert without_a_last_day(lines, at=next_moment(case)) == Lacking(0, len(lines), every=True)
    assert len(lines) == 1


def test_automatic_and_late_won_grants_can_be_settled(
    case: Case, known: Library, round_: Round, staff: Staff
) -> None:  # fmt: skip
    """A batch and an objection that is won set the last day too, so that what nobody reports on is settled ex officio after it."""
    automatic(case, known)
    batch = released(round_, staff)
    assert run_batch(batch.pk, now=made.later) == 1
    won = a_case(known, round_, "Omar", **TOLD)
    refused(won, known, staff)
    objected(won)
    assessed(won, known, staff["assessor"], YES, at=next_moment(won))
    at = next_moment(won)
    uphold(won.pk, WHY, by=by(staff["second"], at), at=at)
    others = [a_case(known, round_, name, **TOLD) for name in ("Els", "Piet", "Kim")]
    for one in others:
        assessed(one, known, staff["assessor"], at=next_moment(one))
        grant(one.pk, by=by(staff["decider"], next_moment(one)), at=next_moment(one))
    at = next_moment(won, 240)
    draw_sample(round_.pk, 1, by=by(staff["assessor"], at), at=at)
    settled = 0
    for one in (case, won):
        decision = Decision.objects.filter(case=one).latest("number")
        assert (decision.activities_until, settlement_from(one)) == (ENDS, ENDS)
        if not Check.objects.filter(case=one).exists():
            moment = at + timedelta(minutes=1)
            settled += settle_as_granted(one.pk, by=by(staff["decider"], moment), at=moment).ex_officio
    assert settled >= 1
