"""An advance in parts on the pages: of the money of a case for officials, and of the decision in one's own file."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from doorleren.cases.models import Case
from doorleren.payments.jobs import follow_all
from doorleren.people.models import Person, RoleKind
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from doorleren.web.surroundings import now
from tests.applications.made import a_round
from tests.decisions.made import UNTIL
from tests.decisions.test_advances import LARGE, given
from tests.web.applicant.filed import Filed
from tests.web.officer.cases_made import scheme_known
from tests.web.officer.desk import Desk, counts, with_role
from tests.web.provider.visitor import Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_(settings: Any, tmp_path: Path) -> Iterator[tuple[Library, Round]]:
    """A round of large grants, on a site that knows its scheme."""
    with scheme_known(settings, tmp_path, LARGE) as library:
        yield library, a_round(library, opened=True)


def looking(case: Case) -> Desk:
    """Give an official of the body who said why they look."""
    desk = Desk(with_role(RoleKind.ASSESSOR, "Fatima", case.body))
    desk.send(f"/officer/cases/{case.reference}/look", why="asked")
    return desk


def test_the_parts_are_shown(round_: tuple[Library, Round]) -> None:
    """Both pages show each part with its amount, from when, and how it stands; before and after the ledger has them; looking writes nothing."""
    filed = Filed(*round_)
    decision = given(*round_, filed.staff, UNTIL, "Omar", **{"training.price": 4_900_001})
    filed.case, filed.place = decision.case, f"/applications/{decision.case.subject_id}/file"
    filed.send(decision.act)
    who = Visitor(Person.objects.get(pk=int(decision.payee_id)))
    at = f"/officer/cases/{decision.case.reference}"
    desk = looking(decision.case)
    for stands, mine in (("nog niet zover", "komt nog"), ("in het grootboek", "toegekend")):
        begun = counts()
        page = desk.open(f"{at}/money")
        for words in ("Voorschot in delen", "€ 7.000", "€ 7.000,01", "12 september 2026", stands):
            assert words in page.words, (words, page.words)
        page = who.open(f"{filed.place}/decision")
        for words in ("Uw voorschot, in delen", "Deel 7, vanaf 12 september 2026", mine):
            assert words in page.words, (words, page.words)
        assert counts() == begun
        follow_all(now)


def test_without_parts_nothing_is_shown(round_: tuple[Library, Round]) -> None:
    """A grant that is paid at once has no table of parts on either page."""
    filed = Filed(*round_)
    decision = filed.decided()
    assert (
        "Voorschot in delen" not in looking(decision.case).open(f"/officer/cases/{decision.case.reference}/money").words
    )
    assert "in delen" not in filed.nadia.open(f"{filed.place}/decision").words
