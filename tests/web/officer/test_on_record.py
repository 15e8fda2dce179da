"""What our own decisions say of earlier grants, on the page of a case: beside the condition that looks at it, with what was answered."""

from pathlib import Path
from typing import Any

from doorleren.people.models import RoleKind
from tests.applications.made import a_round
from tests.decisions import made
from tests.decisions.made import a_case
from tests.decisions.objecting import granted, next_moment
from tests.decisions.test_on_record import NOBODY_YET, again, yearly_text
from tests.web.officer.cases_made import scheme_known
from tests.web.officer.desk import Desk, with_role


def test_both_answers_stand_beside_the_condition(settings: Any, tmp_path: Path, db: None) -> None:
    """Who said that nothing was granted: the official reads that, what our decisions say, and that the assessment rests on those."""
    with scheme_known(settings, tmp_path, yearly_text()) as library:
        round_ = a_round(library, opened=True)
        staff, desk = made.officials(round_.body), Desk(with_role(RoleKind.ASSESSOR, "Fatima", round_.body))
        first = a_case(library, round_, **NOBODY_YET)
        granted(first, library, staff)
        second = again(library, round_, first)
        made.automatic(second, library, at=next_moment(second))
        page = desk.open(f"/officer/cases/{second.reference}")
        for words in (
            "(uit onze eigen besluiten)",
            "(van uzelf)",
            "volgens onze eigen besluiten; de aanvrager gaf minder op",
        ):
            assert words in page.words, words
        page = desk.open(f"/officer/cases/{second.reference}/assess")
        assert "volgens onze eigen besluiten" in page.words
