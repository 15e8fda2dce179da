"""Money that was reserved and claimed later: nothing is owed before the claim, all after it, and what lapses is released for good."""

from pathlib import Path

import pytest

from doorleren.decisions.commands.settle import settle_as_granted
from doorleren.decisions.models import Settlement
from doorleren.payments.balances import round_money
from doorleren.payments.checking import check_ledger
from doorleren.payments.jobs import follow_all
from tests.applications.made import a_round
from tests.decisions import made
from tests.decisions.made import a_case, by
from tests.decisions.objecting import granted, next_moment
from tests.decisions.test_unclaimed import LAPSES, RESERVED, lapsed, reminded, reported
from tests.payments.lifting import sums

pytestmark = pytest.mark.django_db
GRANTED = 69_995


def test_owed_once_claimed_and_released_once_lapsed(tmp_path: Path) -> None:
    """Of two grants nothing is owed; then one is claimed and owed whole, and of the other the obligation is released."""
    known = made.library(tmp_path, RESERVED)
    round_ = a_round(known, opened=True)
    staff = made.officials(round_.body)
    claims, never = (a_case(known, round_, name) for name in ("Nadia", "Omar"))
    for case in (claims, never):
        granted(case, known, staff)
        assert sums(case, "obligation", "advance", "payable") == [GRANTED, 0, 0]
    reported(claims)
    at = next_moment(claims)
    settle_as_granted(claims.pk, by=by(staff["decider"], at), at=at)
    reminded([never])
    lapsed(round_, staff)
    assert Settlement.objects.get(case=never).kind == "settled_at_nil"
    follow_all(lambda: LAPSES)
    assert sums(claims, "obligation", "settled", "payable") == [0, GRANTED, GRANTED]
    assert sums(never, "obligation", "settled", "payable", "released", "reserved") == [0, 0, 0, GRANTED, 0]
    told = round_money(round_.pk)
    assert (told.released, told.reserved) == (GRANTED, 0)
    assert check_ledger().breaks == ()
