"""Packages in files: components that together are the sum, rounds that take from one of them, and what is refused."""

from fractions import Fraction
from pathlib import Path

import pytest

from doorleren.rules.faults import SchemeFault
from doorleren.rules.library import open_library
from doorleren.rules.packages import place_in, read_packages, written_package

FILE = """
[[package]]
id = "leerpakket"
name = { nl = "Leerpakket", en = "Learning package" }
money = 1000.50
source = "order"
[[package.component]]
id = "advice"
nl = "advies"
money = 400
target = 20
source = "order"
[[package.component.round]]
scheme = "adviesproef"
id = "lente"
money = 300
[[package.component]]
id = "training"
nl = "scholing"
en = "training"
money = 600.50
target = 50
target_most = 80
source = "order"
[[package.component.round]]
scheme = "scholingsproef"
id = "lente"
"""


def kept(folder: Path, text: str = FILE) -> Path:
    """Write the file."""
    path = folder / "packages.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_package_is_read(tmp_path: Path) -> None:
    """Sums are exact, targets may be a range, a round is found by its scheme and name, and only the split is announced."""
    found = read_packages(kept(tmp_path))
    assert [(one.id, one.money) for one in found[0].components] == [("advice", 400), ("training", Fraction("600.5"))]
    place = place_in(found, "adviesproef", "lente")
    assert place is not None
    assert (place.component.id, place.round.money) == ("advice", 300)
    assert place_in(found, "adviesproef", "zomer") is None
    told = written_package(found[0])
    assert (told["cents"], [one["cents"] for one in told["components"]]) == (1000_50, [400_00, 600_50])
    assert told["components"][1]["target_most"] == 80
    assert "adviesproef" not in str(told)


def test_without_a_file_there_are_none(tmp_path: Path) -> None:
    """A folder without packages has none."""
    assert read_packages(tmp_path / "packages.toml") == ()


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("money = 400\n", "money = 400.01\n", "component: given '1000.51 together', allowed is 1000.5"),
        ("money = 400\n", "money = -400\n", "money: given -400"), ("money = 400\n", "money = 400.001\n", "whole cents"),
        ("target = 20\n", "target = -1\n", "target: given -1"), ("target_most = 80", "target_most = 49", "not below target"),
        ('id = "training"', 'id = "advice"', "each of them once"), ("target = 20\n", "aim = 20\n", "aim: given 20"),
        ('scheme = "scholingsproef"', 'scheme = "adviesproef"', "each of them once"),
        ('id = "lente"\nmoney = 300', 'money = 300', "id: given None"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(before: str, after: str, said: str, tmp_path: Path) -> None:
    """Components that are not the sum to the cent, and what is no amount or stands there twice, are refused with the key."""
    with pytest.raises(SchemeFault, match=said.replace("(", "\\(")):
        read_packages(kept(tmp_path, FILE.replace(before, after)))


def test_no_round_takes_from_two(tmp_path: Path) -> None:
    """The packages of all folders count together: a round of one may not stand in another."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        kept(tmp_path / name, FILE if name == "one" else FILE.replace('id = "leerpakket"', 'id = "tweede"'))
    with pytest.raises(SchemeFault, match="takes its money from two components"):
        _ = open_library((tmp_path / "one", tmp_path / "two")).packages
