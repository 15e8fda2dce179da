"""A suspended payment ends by itself after thirteen weeks (Awb 4:56): by the site, with its letter, and not a day before."""

from datetime import timedelta

import pytest

from doorleren.audit.models import Act
from doorleren.cases.commands.perform import perform
from doorleren.cases.models import Case
from doorleren.cases.refusing import CaseRefused
from doorleren.decisions.commands.suspend_payment import release_payment, suspend_payment
from doorleren.decisions.lapsing import let_all_lapse, suspended_cases
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
    """A batch does not end it before its time, an official does with a reason; suspended anew, the weeks count anew."""
    case = a_case(known, round_)
    granted(case, known, staff)
    at = next_moment(case)
    suspend_payment(case.pk, grounds="er is een vermoeden", by=by(staff["decider"], at), at=at)
    with pytest.raises(CaseRefused, match="nog niet voorbij"):
        perform(case.pk, "payment_released", by=BATCH, at=next_moment(case))
    at = next_moment(case, 50)
    release_payment(case.pk, grounds="het klopt toch", by=by(staff["decider"], at), at=at)
    at = next_moment(case)
    suspend_payment(case.pk, grounds="toch weer", by=by(staff["decider"], at), at=at)
    assert (list(suspended_cases()), let_all_lapse(lambda: at + timedelta(days=60)).done) == ([case.pk], 0)
