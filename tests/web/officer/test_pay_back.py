"""Paying back what was paid too much, on the pages of officials: who sees it, who does it, and that looking writes nothing."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from doorleren.payments.balances import standing_of
from doorleren.payments.refunds import REFUND
from tests.payments.lifting import collected, sums
from tests.web.officer.desk import counts
from tests.web.officer.paying_desks import LIST, Till, a_till

pytestmark = pytest.mark.django_db


@pytest.fixture
def small(db: None, settings: Any, tmp_path: Path) -> Iterator[Till]:
    """A body with one granted case."""
    with a_till(settings, tmp_path, 1) as made:
        yield made


def test_paid_back_from_the_money_of_the_case(small: Till) -> None:
    """The page of the bank lists it, the money of the case offers it to who pays and to nobody else; told before and after, it is to be paid."""
    case = small.scene.cases[0]
    place = f"/officer/cases/{case.reference}/money"
    due = sums(case, "payable")[0]
    collected(case, 2_050)
    for desk in (small.wim, small.eva):
        desk.send(f"/officer/cases/{case.reference}/look", why="asked")
    before = counts()
    assert "20,50" in small.wim.open(f"{LIST}/bank").words
    assert "€ 20,50 te veel betaald" in small.wim.open(place).words
    assert "Zet klaar om terug te betalen" in small.wim.open(place).words
    page = small.eva.open(place)
    assert ("te veel betaald" in page.words, "Zet klaar" in page.words) == (True, False)
    assert small.eva.client.post(f"{place}/pay-back").status_code == 403
    page = small.wim.open(f"{place}/pay-back")
    assert "€ 20,50 komt klaar te staan om terug te betalen aan Nadia 0." in page.words
    assert "Dit kunt u niet terugdraaien." in page.words
    page = small.wim.send(f"{place}/pay-back", cents="2049")
    assert (small.wim.status, "Het bedrag is intussen veranderd." in page.words) == (409, True)
    assert counts() == before
    small.wim.send(f"{place}/pay-back", cents="2050")
    assert (small.wim.status, small.wim.place) == (302, f"{place}?done=paid_back")
    assert "Het bedrag staat klaar om terug te betalen." in small.wim.open(small.wim.place).words
    assert "te veel betaald" not in small.wim.open(place).words
    assert sums(case, "suspense", "payable") == [0, due]
    assert standing_of(REFUND, str(case.pk)).amount("payable") == 2_050
    small.wim.send(f"{place}/pay-back", cents="2050")
    assert small.wim.status == 409
    assert standing_of(REFUND, str(case.pk)).amount("payable") == 2_050
    assert "terug te betalen" in small.wim.open(place).words


def test_the_ledger_of_a_case_stands_in_order_of_days(small: Till) -> None:
    """What was posted later about an earlier day stands before what was posted of a later day."""
    case, today = small.scene.cases[0], datetime.now(UTC)
    collected(case, 1_050, today)
    collected(case, 2_050, today - timedelta(days=3))
    small.wim.send(f"/officer/cases/{case.reference}/look", why="asked")
    page = small.wim.open(f"/officer/cases/{case.reference}/money")
    lines = page.words.partition("Regels in het grootboek")[2]
    assert 0 < lines.index("€ 20,50") < lines.index("€ 10,50")
