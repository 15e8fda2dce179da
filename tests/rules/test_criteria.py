"""The criteria of a scheme's file: read in their order with scale, weight and threshold; what is wrong is refused by name."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from doorleren.rounds.announced import announced_of, read, written
from doorleren.rules.faults import SchemeFault
from doorleren.rules.library import open_library
from doorleren.rules.versions import Version
from tests.applications import made

RANKING = made.FILE.replace('ring_fenced = { for = "employer", money = 40000 }', 'order = "ranking"\nties = "criteria"')
CRITERION = """
[[criterion]]
id = "quality"
nl = "kwaliteit"
en = "quality"
weight = 2.5
scale = { from = 1, to = 5 }
threshold = 3
source = "order, art. 9"
"""


def version(folder: Path, text: str) -> Version:
    """Read a version from a file of its own."""
    made.library(folder, text)
    found = open_library([folder]).scheme(made.SCHEME).on(date(2026, 3, 1))
    assert found is not None
    return found


def test_criteria_and_ties_are_read(tmp_path: Path) -> None:
    """Exact weights, the scale, the threshold and the source; the round announces how ties are settled, and reads that back."""
    found = version(tmp_path, RANKING + CRITERION)
    one = found.criteria[0]
    assert (one.id, one.weight, one.least, one.most, one.threshold) == ("quality", Fraction(5, 2), 1, 5, Fraction(3))
    assert (one.says("en"), str(one.citation)) == ("quality", "Staatscourant 2026, 1, art. 9")
    announced = announced_of(found.rounds[0])
    assert (announced.ties, read(written(announced))) == ("criteria", announced)
    assert "ties" not in written(announced_of(version(tmp_path / "plain", made.FILE).rounds[0]))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (RANKING + CRITERION + CRITERION, r"criterion: given 'quality', allowed is each id once"),
        (RANKING + CRITERION.replace("to = 5", "to = 1"), r"scale: given '1 to 1'"),
        (RANKING + CRITERION.replace("2.5", "0"), r"weight: given '0', allowed is a number above 0"),
        (RANKING + CRITERION.replace("threshold = 3", "threshold = 6"), r"threshold: given '6'.*above 1, at most 5"),
        (RANKING + CRITERION.replace("threshold", "treshold"), r"treshold"),
        (RANKING + CRITERION.replace('source = "order, art. 9"', ""), r"source"),
        (RANKING.replace('"criteria"', '"age"'), r"ties: given 'age', allowed is draw, criteria"),
        (RANKING.replace('order = "ranking"\n', ""), r"ties: given 'criteria', allowed is nothing, for order is arrival"),
    ],
    ids=["twice", "scale", "weight", "threshold", "misspelt", "source", "ties", "no-ranking"],
)  # fmt: skip
def test_what_is_wrong_is_refused(text: str, fault: str, tmp_path: Path) -> None:
    """The fault names the key, what was given and what is allowed."""
    with pytest.raises(SchemeFault, match=fault):
        version(tmp_path, text)
