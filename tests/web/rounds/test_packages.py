"""The public page of a round tells of which package its money is a part, and what was given of each component."""

from pathlib import Path
from typing import Any

import pytest

from doorleren.rounds.commands.allocate import allocate
from doorleren.rules.packages import in_package_of, read_packages
from doorleren.web import known
from tests.rounds.made import AT, a_round, tickets
from tests.rounds.test_packages import a_round as in_package
from tests.rules.test_packages import kept

pytestmark = pytest.mark.django_db


def test_the_page_of_a_round_shows_its_package(visit: Any, tmp_path: Path) -> None:
    """The sum, the components with their targets, which one is this round's, what was given, and the other rounds of it."""
    found = read_packages(kept(tmp_path))
    training = in_package_of(found, "scholingsproef", "lente")
    row, other = in_package(training, 500_00), in_package(training, 100_00)
    tickets(row, [(250_00, "")] * 3)
    while allocate(row.pk, at=AT):
        pass
    status, page = visit(f"/rounds/{row.pk}")
    assert (status, page.faults) == (200, [])
    for said in (
        "Leerpakket",
        "1.000,50",
        "advies",
        "doel: 20",
        "doel: 50 tot 80",
        "dit tijdvak hoort hierbij",
        "Tot nu toe gebruikt",
        "aanname (in het Engels): what is over",
        "Besluit leerpakket, art. 2",
    ):
        assert said in page.words, said
    assert f"/rounds/{other.pk}" in page.links
    assert f"Oefening {other.pk}" in page.words
    assert "Bedrag van dit tijdvak" not in page.words
    status, page = visit(f"/en/rounds/{row.pk}")
    assert (status, "Learning package" in page.words) == (200, True)


def test_a_ceiling_of_the_package_has_its_source(visit: Any, tmp_path: Path) -> None:
    """Of a round whose ceiling the package gives, the page says where that amount comes from."""
    advice = in_package_of(read_packages(kept(tmp_path)), "adviesproef", "lente")
    _, page = visit(f"/rounds/{in_package(advice, 300_00).pk}")
    assert "Bedrag van dit tijdvak" in page.words
    assert "Besluit leerpakket, art. 3" in page.words


def test_without_a_package_there_is_none(visit: Any) -> None:
    """A round that takes from no package says nothing of one."""
    _, page = visit(f"/rounds/{a_round().pk}")
    assert "Pakket" not in page.words


def test_the_page_of_a_scheme_shows_the_package_of_its_rounds(visit: Any) -> None:
    """Each shipped round of a package says on the page of its scheme from which package its money comes."""
    package = known.library().packages[0]
    for one in {each.scheme for part in package.components for each in part.rounds}:
        status, page = visit(f"/schemes/{one}?on=2020-09-10")
        assert (status, page.faults) == (200, [])
        assert package.name["nl"] in page.words, one
        assert "aanname: 22.000 adviezen" in page.words, one
