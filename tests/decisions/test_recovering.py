"""After a settlement below what was paid: recovery, reminder and waiver."""

from datetime import timedelta
from functools import partial

import pytest

from doorleren.cases.commands.perform import perform
from doorleren.cases.models import Case
from doorleren.cases.terms.objecting import LIFTED
from doorleren.core.days import day_of
from doorleren.decisions.commands.amend import amend, invoke_budget_reservation
from doorleren.decisions.commands.ask_delivery import ask_delivery, intend_to_settle
from doorleren.decisions.commands.collect import fix_interest
from doorleren.decisions.commands.decide_objection import uphold
from doorleren.decisions.commands.lift_recovery import debt_so_far, lift_above
from doorleren.decisions.commands.recover import decide_recovery, remind, waive
from doorleren.decisions.commands.settle import Weighed, settle_lower
from doorleren.decisions.commands.uphold_settlement import uphold_settlement
from doorleren.decisions.models import Recovery
from doorleren.decisions.refusing import DecisionRefused
from doorleren.decisions.settling import settlement_in_force
from doorleren.letters.models import Letter
from doorleren.letters.queries import content_of
from doorleren.people.access import NotAllowed
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.decisions.made import a_case, by
from tests.decisions.objecting import WHY, Staff, drawn, granted, next_moment, objected, said, went

WEIGHED = Weighed("u was er niet", "u kunt het in delen terugbetalen")


def paid(case: Case, staff: Staff) -> None:
    """Note that the advance was paid."""
    at = next_moment(case)
    perform(case.pk, "advance_paid", by=by(staff["paymaster"], at), at=at)


def settled_at(cents: int, case: Case, staff: Staff) -> None:
    """Ask, announce and settle at so many cents."""
    drawn(case, staff)
    at = next_moment(case)
    until = day_of(at) + timedelta(days=14)
    went(ask_delivery(case.pk, "Bent u geweest?", until=until, by=by(staff["assessor"], at), at=at).act)
    at = next_moment(case, 15)
    until = day_of(at) + timedelta(days=14)
    went(intend_to_settle(case.pk, cents, "u was er niet", until=until, by=by(staff["decider"], at), at=at))
    at = next_moment(case, 15)
    settle_lower(case.pk, cents, WEIGHED, by=by(staff["decider"], at), at=at)


@pytest.fixture
def case(known: Library, round_: Round, staff: Staff) -> Case:
    """A case of which 699.95 was paid, and that was settled at 400.00."""
    one = a_case(known, round_)
    granted(one, known, staff)
    paid(one, staff)
    settled_at(40_000, one, staff)
    return one


def test_recovered_to_the_cent(case: Case, staff: Staff) -> None:
    """What was paid above the settlement can come back, weighed, in instalments; to the cent, once, with a letter."""
    at = next_moment(case)
    decider = by(staff["decider"], at)
    for cents in (0, 29_996):
        with pytest.raises(DecisionRefused, match="tot en met € 299,95"):
            decide_recovery(case.pk, cents, WEIGHED, paid_cents=69_995, by=decider, at=at)
    for weighed in (Weighed("x", " "), Weighed("", "y")):
        with pytest.raises(DecisionRefused, match="afgewogen"):
            decide_recovery(case.pk, 1, weighed, paid_cents=69_995, by=decider, at=at)
    with pytest.raises(DecisionRefused, match="delen"):
        decide_recovery(case.pk, 1, WEIGHED, paid_cents=69_995, instalments=61, by=decider, at=at)
    with pytest.raises(NotAllowed):
        decide_recovery(case.pk, 1, WEIGHED, paid_cents=69_995, by=by(staff["paymaster"], at), at=at)
    row = decide_recovery(case.pk, 29_995, WEIGHED, paid_cents=69_995, instalments=6, by=decider, at=at)
    assert (row.cents, row.paid_cents, row.due_cents, row.instalments) == (29_995, 69_995, 40_000, 6)
    for words in ("299,95", "in 6 delen", "in delen terugbetalen"):
        assert words in said(row.act)
    at = next_moment(case)
    with pytest.raises(DecisionRefused, match="al teruggevorderd"):
        decide_recovery(case.pk, 1, WEIGHED, paid_cents=69_995, by=by(staff["decider"], at), at=at)


@pytest.mark.parametrize("left", [40_000, 0])
def test_recovered_after_the_budget_fell_short(left: int, known: Library, round_: Round, staff: Staff) -> None:
    """What was paid above a grant that came down for lack of budget, to nothing too, can be recovered as after any other change."""
    one = a_case(known, round_)
    granted(one, known, staff)
    paid(one, staff)
    at = next_moment(one)
    decider = by(staff["decider"], at)
    with pytest.raises(DecisionRefused, match="geen besluit waaruit volgt"):
        decide_recovery(one.pk, 1, WEIGHED, paid_cents=69_995, by=decider, at=at)
    row = invoke_budget_reservation(one.pk, left, "er is te weinig", adopted_on=day_of(at), by=decider, at=at)
    at = next_moment(one)
    decider = by(staff["decider"], at)
    found = decide_recovery(one.pk, 69_995 - left, WEIGHED, paid_cents=69_995, by=decider, at=at)
    assert (found.basis, found.due_cents, found.cents) == (row.act, left, 69_995 - left)


def test_of_two_recoveries_what_is_left_is_counted_once(known: Library, round_: Round, staff: Staff) -> None:
    """Recovered after each of two changes; of 699.95 paid 600 may be kept after all: 99.95 is left to recover, of the first, and no more."""
    one = a_case(known, round_)
    granted(one, known, staff)
    paid(one, staff)
    for cents, less in ((40_000, 29_995), (20_000, 20_000)):
        at = next_moment(one)
        row = amend(one.pk, "own-request", cents, WEIGHED, by=by(staff["decider"], at), at=at)
        went(row.act)
        at = next_moment(one)
        decide_recovery(one.pk, less, WEIGHED, paid_cents=69_995, by=by(staff["decider"], at), at=at)
    at = next_moment(one)
    second = by(staff["second"], at)
    act = perform(one.pk, "contact_noted", by=second, at=at, details={"what": LIFTED})
    assert lift_above(act.case, 60_000, act, "u mag meer houden", second, at) == 40_000
    stands = [debt_so_far(recovery).stands for recovery in Recovery.objects.filter(case=one).order_by("number")]
    assert stands == [9_995, 0]


@pytest.mark.parametrize(("cents", "outcome"), [(69_995, "objection_upheld"), (50_000, "objection_partly_upheld")])
def test_an_objection_against_a_settlement(cents: int, outcome: str, case: Case, staff: Staff) -> None:
    """A settlement that was too low is replaced by a higher one, up to the grant, by somebody else; the court is next."""
    objected(case)
    at = next_moment(case)
    reviewer = by(staff["second"], at)
    with pytest.raises(DecisionRefused, match="niet over het besluit op de aanvraag"):
        uphold(case.pk, WHY, by=reviewer, at=at)
    for wrong in (40_000, 69_996):
        with pytest.raises(DecisionRefused, match="boven € 400,00 tot en met € 699,95"):
            uphold_settlement(case.pk, wrong, WHY, by=reviewer, at=at)
    with pytest.raises(NotAllowed):
        uphold_settlement(case.pk, cents, WHY, by=by(staff["decider"], at), at=at)
    answer = uphold_settlement(case.pk, cents, WHY, by=reviewer, at=at)
    now = settlement_in_force(case.pk)
    assert now is not None
    assert (answer.outcome, answer.instead, now.settled_cents, now.number) == (outcome, now.act, cents, 2)
    assert "in beroep gaan bij de rechtbank" in said(now.act)


def test_nothing_comes_back_by_itself(case: Case, staff: Staff) -> None:
    """A settlement below what was paid recovers nothing; and after five years nothing can be recovered."""
    assert not Recovery.objects.exists()
    at = next_moment(case, 5 * 366)
    with pytest.raises(DecisionRefused, match="vijf jaar"):
        decide_recovery(case.pk, 29_995, WEIGHED, paid_cents=69_995, by=by(staff["decider"], at), at=at)


def test_nothing_to_recover_without_a_decision(known: Library, round_: Round, staff: Staff) -> None:
    """While no decision says that too much was paid, nothing is recovered."""
    one = a_case(known, round_)
    granted(one, known, staff)
    paid(one, staff)
    at = next_moment(one)
    with pytest.raises(DecisionRefused, match="geen besluit"):
        decide_recovery(one.pk, 1, WEIGHED, paid_cents=69_995, by=by(staff["decider"], at), at=at)


def test_reminded_and_waived(case: Case, staff: Staff) -> None:
    """A reminder waits for the day to pay; what is given up is weighed, and no more than what is recovered."""
    at = next_moment(case)
    with pytest.raises(DecisionRefused, match="geen terugvordering"):
        remind(case.pk, 1, by=by(staff["assessor"], at), at=at)
    row = decide_recovery(case.pk, 29_995, WEIGHED, paid_cents=69_995, by=by(staff["decider"], at), at=at)
    at = next_moment(case, 60)
    for command, who in ((partial(remind, case.pk, 29_995), "assessor"), (partial(fix_interest, case.pk), "decider")):
        with pytest.raises(DecisionRefused, match=r"‘terugvordering besloten’ van .* is nog niet verzonden"):
            command(by=by(staff[who], at), at=at)
    went(row.act)
    at = next_moment(case)
    with pytest.raises(DecisionRefused, match="nog tijd om te betalen"):
        remind(case.pk, 29_995, by=by(staff["assessor"], at), at=at)
    with pytest.raises(DecisionRefused, match="afgewogen"):
        waive(case.pk, 9_995, " ", by=by(staff["decider"], at), at=at)
    with pytest.raises(NotAllowed):
        waive(case.pk, 9_995, "schulden", by=by(staff["assessor"], at), at=at)
    waive(case.pk, 9_995, "er zijn schulden", by=by(staff["decider"], at), at=at)
    at = next_moment(case, (row.pay_by - day_of(at)).days + 1)
    for cents in (0, 20_001):
        with pytest.raises(DecisionRefused, match="tot en met € 200,00"):
            remind(case.pk, cents, by=by(staff["assessor"], at), at=at)
    step = remind(case.pk, 20_000, by=by(staff["assessor"], at), at=at)
    assert step.pay_by == day_of(at) + timedelta(days=14)
    assert "200,00" in content_of(Letter.objects.get(template="reminded")).subject
