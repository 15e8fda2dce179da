"""What the page of a case offers where the grant was settled at once, in its own decision."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.applications.made import a_round
from tests.decisions.objecting import granted, objected
from tests.payments.test_direct_grants import DIRECT
from tests.web.officer.case_lives import Life
from tests.web.officer.cases_made import Bureau, scheme_known
from tests.web.officer.test_what_is_offered import offers

pytestmark = pytest.mark.django_db


@pytest.fixture
def direct(settings: Any, tmp_path: Path, db: None) -> Iterator[Life]:
    """A case of which the grant was settled at once, and its officials."""
    with scheme_known(settings, tmp_path, DIRECT) as library:
        life = Life(Bureau(library, a_round(library, opened=True)))
        life.began(3)
        granted(life.case, library, life.staff)
        yield life


@pytest.mark.parametrize(("name", "offered"), [
    ("amend", False), ("budget-reservation", False), ("settle", False), ("intend-lower", False), ("intend-to-revoke", True),
])  # fmt: skip
def test_it_counts_as_settled(name: str, offered: bool, direct: Life) -> None:
    """Nothing is offered that only an unsettled grant allows; the form says that it was settled and has no button."""
    joost = direct.bureau.joost
    assert offers(direct, joost, name) is offered
    page = joost.open(f"{direct.bureau.at}/acts/{name}")
    assert ('name="seen"' in page.page, "De subsidie is al vastgesteld." in page.words) == (offered, not offered)


def test_it_is_withdrawn_on_the_grounds_after_a_settlement(direct: Life) -> None:
    """The form offers the grounds of Awb 4:49 and none of 4:48."""
    joost = direct.bureau.joost
    joost.send(f"{direct.bureau.at}/look", why="asked")
    page = joost.open(f"{direct.bureau.at}/acts/intend-to-revoke")
    assert ('value="facts-after-settlement"' in page.page, 'value="not-done"' in page.page) == (True, False)


def test_an_objection_is_against_one_decision(direct: Life) -> None:
    """One can object to the grant and not apart to its settlement; what is upheld is the grant, with the settlement in it."""
    joost, sanne = direct.bureau.joost, direct.sanne
    joost.send(f"{direct.bureau.at}/look", why="asked")
    page = joost.open(f"{direct.bureau.at}/acts/objection")
    decision = direct.case.decisions.get()
    assert f'value="{decision.act.number}"' in page.page
    assert f'value="{decision.act.number + 1}"' not in page.page
    objected(direct.case)
    assert offers(direct, sanne, "uphold")
    assert not offers(direct, sanne, "uphold-settlement")
