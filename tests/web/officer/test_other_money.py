"""Other money on the page of a case: what was said, what our own decisions say, and what it leaves, before it is decided."""

from pathlib import Path
from typing import Any

from doorleren.people.models import RoleKind
from tests.applications.made import a_round
from tests.decisions import made
from tests.decisions.made import a_case
from tests.decisions.test_perhaps_same_costs import OTHER as OTHER_SCHEME
from tests.decisions.test_perhaps_same_costs import both_known, second
from tests.decisions.test_undertakings import CAP, OTHER, OURS, applied, granted
from tests.web.officer.cases_made import scheme_known
from tests.web.officer.desk import Desk, with_role


def test_aid_and_what_it_leaves(settings: Any, tmp_path: Path, db: None) -> None:
    """What a firm said, what we granted to the firms it named, and how much is left stand together; once it is decided no more."""
    with scheme_known(settings, tmp_path, made.HARD + CAP) as library:
        round_ = a_round(library, opened=True)
        staff, desk = made.officials(round_.body), Desk(with_role(RoleKind.ASSESSOR, "Fatima", round_.body))
        granted(applied(library, round_, OTHER), library, staff)
        case = applied(library, round_, OURS, aid=50_00, linked=OTHER)
        for place in ("", "/assess"):
            words = desk.open(f"/officer/cases/{case.reference}{place}").words
            for said in (
                "Ander geld", "de-minimissteun in drie jaar", "door ons verleend in drie jaar, met verbonden bedrijven",
                "150 over, en alleen dat kan worden verleend", OTHER,
            ):  # fmt: skip
                assert said in words, said
        alone = applied(library, round_, "90000064", aid=200_00)
        words = desk.open(f"/officer/cases/{alone.reference}").words
        assert "Ander geld" in words
        assert "alleen dat kan worden verleend" not in words
        granted(case, library, staff)
        assert "door ons verleend in drie jaar" not in desk.open(f"/officer/cases/{case.reference}").words


def test_perhaps_the_same_costs(settings: Any, tmp_path: Path, db: None) -> None:
    """That there is a grant of a scheme with which this one does not go together is told; without one that there is none."""
    both_known(tmp_path, made.SCHEME)
    with scheme_known(settings, tmp_path) as library:
        case, _staff = second(library)
        desk = Desk(with_role(RoleKind.ASSESSOR, "Fatima", case.body))
        words = desk.open(f"/officer/cases/{case.reference}").words
        assert "ja, niet te zeggen waarvoor" in words
        assert "kijk of het om dezelfde kosten gaat" in words
        stranger = a_case(library, a_round(library, OTHER_SCHEME), "Bo", **{"training.paid_by_other": 0})
        words = desk.open(f"/officer/cases/{stranger.reference}").words
        assert "al geld van zo'n regeling" in words
        assert "kijk of het om dezelfde kosten gaat" not in words
