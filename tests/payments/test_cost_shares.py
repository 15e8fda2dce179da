"""Who pays what of the cost follows what was settled: in proportion, to the cent, and again where a settlement changes."""

from fractions import Fraction

import pytest

from doorleren.cases.models import Case
from doorleren.core.money import half_up
from doorleren.decisions.commands.uphold_settlement import uphold_settlement
from doorleren.decisions.figures import shares, shares_of_case
from doorleren.decisions.models import CostShare, Decision, Settlement
from tests.decisions.made import by
from tests.decisions.objecting import WHY, Staff, next_moment, objected
from tests.decisions.test_recovering import settled_at
from tests.payments.test_afterwards import GRANTED, SETTLED

pytestmark = pytest.mark.django_db
OWN = 30_005


def test_settled_lower_and_higher_again(life: tuple[Staff, Case]) -> None:
    """As decided until it is settled; settled lower everybody's share comes down alike, and comes up with an objection that is upheld."""
    staff, case = life
    decision = Decision.objects.get(case=case)
    told = {"government": GRANTED, "employer": OWN}
    CostShare.objects.create(decision=decision, payer="employer", cents=OWN)
    assert {payer: shares_of_case(case.pk).get(payer) for payer in told} == told
    settled_at(SETTLED, case, staff)
    for settled in (SETTLED, 50_000):
        found = shares_of_case(case.pk)
        assert (found["government"], found["employer"]) == (settled, half_up(Fraction(OWN * settled, GRANTED)))
        assert shares(case.body_id) == {case.scheme: dict(found)}
        if settled == SETTLED:
            objected(case, against=Settlement.objects.get(case=case).act.number)
            at = next_moment(case)
            uphold_settlement(case.pk, 50_000, WHY, by=by(staff["second"], at), at=at)
