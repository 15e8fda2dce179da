"""A suspended payment ends by itself after thirteen weeks (Awb 4:56): by the site, with its letter, and not a day before."""

from datetime import timedelta

import pytest

from doorleren.audit.models import Act
from doorleren.cases.commands.perform import perform
from doorleren.cases.models import Case, CaseAct
from doorleren.cases.refusing import CaseRefused
from doorleren.decisions.commands.suspend_payment import release_payment, suspend_payment
from doorleren.decisions.lapsing import let_all_lapse, suspended_cases
from doorleren.decisions.refusing import DecisionRefused
from doorleren.payments.payable import stopped
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.cases.made import BATCH
from tests.decisions.made import a_case, by
from tests.decisions.objecting import Staff, granted, next_moment, said, went

WEEKS = 13 * 7


@pytest.mark.parametrize("sent", [True, False], ids=["sent", "not sent"])
def test_thirteen_weeks_and_no_longer(sent: bool, known: Library, round_: Round, staff: Staff) -> None:
    """The site ends it the day after, once, with a letter and an entry; a notice that was not sent makes it last no longer."""
    case = a_case(known, round_)
    granted(case, known, staff)
    at = next_moment(case)
    act = suspend_payment(case.pk, grounds="er is een vermoeden", by=by(staff["decider"], at), at=at)
    if sent:
        went(act)
    last = at + timedelta(days=WEEKS)
    assert (list(suspended_cases()), let_all_lapse(lambda: last).done) == ([case.pk], 0)
    assert stopped(Case.objects.get(pk=case.pk)) == "suspended"
    after = last + timedelta(days=1)
    assert [let_all_lapse(lambda: after).done, let_all_lapse(lambda: after).done, *suspended_cases()] == [1, 0]
    assert stopped(Case.objects.get(pk=case.pk)) is None
    row = case.rows.get(act="payment_released")
    assert (row.by_kind, row.ground) == ("site", "Awb, art. 4:56")
    assert "dertien weken" in said(row)
    assert Act.objects.get(subject_kind="case", subject_id=str(case.pk), act="payment_released").actor_kind == "site"


def test_nobody_but_the_law_ends_it_alone(known: Library, round_: Round, staff: Staff) -> None:
    """A batch does not end it before its time; an official does with a reason."""
    case = a_case(known, round_)
    granted(case, known, staff)
    suspended(case, staff)
    with pytest.raises(CaseRefused, match="nog niet voorbij"):
        perform(case.pk, "payment_released", by=BATCH, at=next_moment(case))
    at = next_moment(case, 50)
    release_payment(case.pk, grounds="het klopt toch", by=by(staff["decider"], at), at=at)
    assert (list(suspended_cases()), let_all_lapse(lambda: at + timedelta(days=60)).done) == ([], 0)


def suspended(case: Case, staff: Staff, suspicion: str = "", days: int = 0) -> CaseAct:
    """Suspend payment so many days later; the notice goes out at once."""
    at = next_moment(case, days)
    told = {"grounds": "er is een vermoeden", "suspicion": suspicion}
    return went(suspend_payment(case.pk, by=by(staff["decider"], at), at=at, **told))


def test_one_suspicion_never_lasts_longer_than_its_weeks(known: Library, round_: Round, staff: Staff) -> None:
    """Suspended again upon the same suspicion, twice, the weeks of the first notice go on; once they are over no more of it is possible."""
    case = a_case(known, round_)
    granted(case, known, staff)
    first = suspended(case, staff)
    for days in (50, 20):
        at = next_moment(case, days)
        release_payment(case.pk, grounds="wij zoeken verder", by=by(staff["decider"], at), at=at)
        again = suspended(case, staff, "same")
        assert (again.details["since"], again.details["until"]) == (first.number, first.details["until"])
    last = first.at + timedelta(days=WEEKS)
    assert let_all_lapse(lambda: last).done == 0
    assert let_all_lapse(lambda: last + timedelta(days=1)).done == 1
    with pytest.raises(DecisionRefused, match="dertien weken voor dit vermoeden zijn voorbij") as over:
        suspended(case, staff, "same")
    assert over.value.field == "suspicion"


def test_another_suspicion_has_its_own_weeks(known: Library, round_: Round, staff: Staff) -> None:
    """Who suspends again must say whether it is another suspicion; of that the weeks begin with its own notice."""
    case = a_case(known, round_)
    granted(case, known, staff)
    suspended(case, staff)
    at = next_moment(case, WEEKS - 5)
    release_payment(case.pk, grounds="het klopt toch", by=by(staff["decider"], at), at=at)
    for wrong in ("", "nieuw"):
        with pytest.raises(DecisionRefused, match="hetzelfde vermoeden"):
            suspended(case, staff, wrong)
    act = suspended(case, staff, "other")
    assert "since" not in act.details
    last = act.at + timedelta(days=WEEKS)
    assert [let_all_lapse(lambda: last).done, let_all_lapse(lambda: last + timedelta(days=1)).done] == [0, 1]
