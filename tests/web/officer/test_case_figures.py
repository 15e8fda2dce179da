"""The page with the figures of cases: of the own body, by scheme, with who pays what; for who treats, checks or makes policy, and nobody else."""

from pathlib import Path

import pytest

from doorleren.people.models import RoleKind
from tests.applications.made import a_round
from tests.decisions import made
from tests.decisions.objecting import granted, refused
from tests.people import made as people
from tests.web.officer.desk import Desk, counts, with_role

pytestmark = pytest.mark.django_db
ADDRESS = "/officer/figures"


def test_figures_and_shares(tmp_path: Path) -> None:
    """An official of the body sees the numbers, also of who was refused, and the shares of its schemes; one of another body sees none of them; nothing is written."""
    known = made.library(tmp_path)
    round_ = a_round(known, opened=True)
    staff = made.officials(round_.body)
    granted(made.a_case(known, round_), known, staff)
    refused(made.a_case(known, round_, "Omar"), known, staff)
    desk = Desk(with_role(RoleKind.POLICY_MAKER, "Ada", body=round_.body))
    before = counts()
    page = desk.open(ADDRESS)
    assert desk.status == 200
    for words in ("Wie welk deel van de kosten betaalt", "de overheid, via deze regeling", "(100%)"):
        assert words in page.words
    counted = (
        "Aangevraagd 2 Verleend 1 Afgewezen 1 Afgewezen: het geld was op 0 Niet in behandeling genomen 0 Begonnen 0"
    )
    assert counted in page.words
    assert counts() == before
    other = Desk(with_role(RoleKind.AUDITOR, "Bo", body=people.body("other")))
    assert "Er zijn nog geen zaken." in other.open(ADDRESS).words


@pytest.mark.parametrize("kind", [RoleKind.ADMINISTRATOR, RoleKind.DESK_ADVISER, RoleKind.PROVIDER, None], ids=str)
def test_not_for_others(kind: RoleKind | None) -> None:
    """Who does not treat, check or make policy sees no figures."""
    desk = Desk(people.person() if kind is None else with_role(kind, "Els"))
    desk.open(ADDRESS)
    assert desk.status == 403


def test_signing_in_first() -> None:
    """A visitor is led to the sign-in."""
    desk = Desk(None)
    desk.open(ADDRESS)
    assert desk.status == 302
