"""The page of a round says what there is of everything: money, places, its parts and its components."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from doorleren.rounds.commands.open_gate import close_gate
from doorleren.rounds.pot import Ceiling
from doorleren.rounds.standing import Use
from tests.rounds.made import US, a_round, announced
from tests.web.rounds.test_public import real, stand

pytestmark = pytest.mark.django_db


def test_a_round_with_only_a_number(visit: Any) -> None:
    """Where places are counted and not money, the page tells all of them, how many are used and left, and shows a bar."""
    row = real(a_round(announced(number=22_000, apart={"small": Ceiling(None, 2_000)})))
    stand(row, received=6_700, placed=6_666, cents=0)
    _, page = visit(f"/rounds/{row.pk}")
    assert page.faults == []
    for words in (
        "Nog plaats voor 15.334 van 22.000 aanvragen",
        "Plaatsen gebruikt 6.666 (30%)",
        "kleine bedrijven 2.000 van 2.000 aanvragen (0% gebruikt)",
        "iedereen 13.334 van 20.000 aanvragen (33% gebruikt)",
    ):
        assert words in page.words, words
    assert 'value="6666" max="22000"' in page.page
    assert "Nog in de pot" not in page.words
    _, listed = visit("/rounds")
    assert "Nog plaats voor 15.334 van 22.000 aanvragen." in listed.words


@pytest.mark.parametrize("cents", [None, 1000_00], ids=["no ceiling in money", "money left"])
def test_when_the_places_are_gone(visit: Any, cents: int | None) -> None:
    """Where the number binds, the pages say that the places are taken, and not that the money has run out."""
    row = real(a_round(announced(cents=cents, number=10)))
    stand(row, received=10, placed=10, cents=100_00)
    close_gate(row.pk, by=US, at=datetime.now(UTC), ended="ceiling")
    for address in (f"/rounds/{row.pk}", "/rounds"):
        _, page = visit(address)
        assert "alle plaatsen zijn vergeven" in page.words.lower()
        assert "omdat alle plaatsen vergeven zijn" in page.words
        assert "het geld is op" not in page.words.lower()


def test_of_what_the_pot_consists(visit: Any) -> None:
    """The components that were announced stand on the page of the round with their money and aim; without any it says nothing."""
    parts = (({"nl": "advies", "en": "advice"}, 400_00, 8), ({"nl": "les"}, 600_00, None))
    _, page = visit(f"/rounds/{real(a_round(replace(announced(cents=1000_00), components=parts))).pk}")
    assert page.faults == []
    assert "Verdeling advies: € 400 (doel: 8) les: € 600" in page.words.replace("\xa0", " ")
    _, other = visit(f"/rounds/{real(a_round(announced(cents=1000_00))).pk}")
    assert "Verdeling" not in other.words


def test_set_apart_is_shown_by_kind(visit: Any) -> None:
    """What is left for a kind of applicant stands apart from what is left for everybody."""
    row = real(a_round(announced(cents=1000_00, apart={"small": Ceiling(300_00)})))
    _, page = visit(f"/rounds/{row.pk}")
    assert "kleine bedrijven € 300 van € 300 (0% gebruikt)" in page.words.replace("\xa0", " ")


@pytest.mark.parametrize(
    ("total", "used", "left", "percent"),
    [(3, 2, 1, 66), (1000, 999, 1, 99), (7, 7, 0, 100), (5, 6, -1, 120), (0, 0, 0, 100), (22_000, 0, 22_000, 0)],
)
def test_a_percentage_is_rounded_down(total: int, used: int, left: int, percent: int) -> None:
    """A hundred per cent is told only where nothing is left; a ceiling of nothing is used up."""
    use = Use(total, used)
    assert (use.left, use.percent) == (left, percent)
