"""What somebody paid too much: paid back once, by two people, and only once nothing more is asked of them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from doorleren.audit.models import Act
from doorleren.cases.models import Case
from doorleren.payments.balances import standing_of
from doorleren.payments.checking import check_ledger
from doorleren.payments.commands.pay_back import pay_back
from doorleren.payments.models import PaymentLine
from doorleren.payments.refunds import REFUND
from doorleren.payments.refusing import PaymentRefused
from doorleren.payments.too_much import paid_too_much, paid_too_much_to
from doorleren.people.access import NotAllowed
from tests.decisions import made
from tests.decisions.made import by
from tests.decisions.objecting import Staff, next_moment
from tests.decisions.test_recovering import paid
from tests.payments.lifting import collected, recovered, sums
from tests.payments.paying import Scene, entry, statement
from tests.payments.test_bank import LATER, imported, ordered
from tests.payments.test_loans import LENT, STOPPED, came_in, lent, taken_back

__all__ = ["lent", "ordered"]
pytestmark = pytest.mark.django_db


def test_a_loan_repaid_too_much(lent: tuple[Staff, Case]) -> None:
    """Of 1,020 euros that came in on a loan of 1,000, 20 is paid back: once, recorded, and the ledger holds."""
    staff, case = lent
    came_in(case, LENT - 1, staff)
    assert paid_too_much(case.pk) == 0
    came_in(case, 2_001, staff)
    assert (paid_too_much(case.pk), paid_too_much_to([case.body_id], 9)) == (2_000, {case.pk: 2_000})
    at = next_moment(case)
    with pytest.raises(NotAllowed):
        pay_back(case.pk, by=by(staff["decider"], at), at=at)
    assert pay_back(case.pk, by=by(staff["paymaster"], at), at=at) == 2_000
    assert sums(case, "suspense", "payable", "loan", "received") == [0, 0, 0, 0]
    assert standing_of(REFUND, str(case.pk)).amount("payable") == 2_000
    row = Act.objects.get(act="paid_back")
    assert (row.subject_kind, row.subject_id, row.details) == ("case", str(case.pk), {"cents": 2_000})
    with pytest.raises(PaymentRefused, match="niet te veel aan ons betaald"):
        pay_back(case.pk, by=by(staff["paymaster"], at), at=at)
    assert paid_too_much_to([case.body_id], 9) == {}


def test_not_while_more_is_asked(lent: tuple[Staff, Case]) -> None:
    """Repaid too much, and then lowered: what was paid out without a ground is settled first, by decision and receipt; then it is paid back."""
    staff, case = lent
    paid(case, staff)
    taken_back(staff, case, 60_000, STOPPED)
    came_in(case, 60_500, staff)
    assert sums(case, "loan", "undue", "suspense") == [0, 40_000, 500]
    assert (paid_too_much(case.pk), paid_too_much_to([case.body_id], 9)) == (0, {})
    recovered(case, staff, 40_000, collects=39_999)
    assert paid_too_much(case.pk) == 0
    collected(case, 1)
    assert paid_too_much(case.pk) == 500


def test_what_came_back_of_our_own_is_no_such_money(scene: Scene, ordered: list[PaymentLine]) -> None:
    """A payment that the bank sent back stands on suspense too, and is not paid back as money of somebody: only what came in is."""
    one, case = ordered[0], scene.cases[0]
    imported(scene, statement(entry(one.end_to_end, one.cents, debit=False, back="AC04")))
    assert (paid_too_much(case.pk), paid_too_much_to([scene.body.pk], 9)) == (0, {})
    collected(case, 500)
    assert paid_too_much_to([scene.body.pk], 9) == {case.pk: 500}
    assert pay_back(case.pk, by=scene.by("paymaster", 20), at=LATER + timedelta(minutes=10)) == 500
    assert sums(case, "suspense", "payable") == [one.cents, 0]
    assert standing_of(REFUND, str(case.pk)).amount("payable") == 500
    assert check_ledger().breaks == ()


def test_the_list_asks_as_much_for_three_cases_as_for_one(scene: Scene) -> None:
    """Three cases in which too much was paid are found with as many questions as one, at most so many, and only of one's own bodies."""
    asked = []
    for place, case in enumerate(scene.cases, 1):
        collected(case, 100 * place, made.AT)
        with CaptureQueriesContext(connection) as told:
            assert len(paid_too_much_to([scene.body.pk], 9)) == place
        asked.append(len(told))
    assert asked == asked[:1] * 3
    assert paid_too_much_to([scene.body.pk], 2) == {scene.cases[0].pk: 100, scene.cases[1].pk: 200}
    assert paid_too_much_to([scene.body.pk + 1], 9) == {}
