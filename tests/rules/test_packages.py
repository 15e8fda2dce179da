"""Packages in files: components that together are the sum, rounds that take from one of them, and what is refused."""

from fractions import Fraction
from pathlib import Path

import pytest

from doorleren.rules.faults import SchemeFault
from doorleren.rules.library import open_library
from doorleren.rules.packages import in_package_of, read_packages, written_package
from tests.applications import made

FILE = """
[source]
order = { cite = "Besluit leerpakket", weight = "binding" }

[[package]]
id = "leerpakket"
name = { nl = "Leerpakket", en = "Learning package" }
money = 1000.50
source = "order"
[[package.component]]
id = "advice"
nl = "advies"
money = 400
source = "assumption: what is over"
target = 20
target_source = "order, art. 2"
[[package.component.round]]
scheme = "adviesproef"
id = "lente"
money = 300
source = "order, art. 3"
[[package.component]]
id = "training"
nl = "scholing"
en = "training"
money = 600.50
target = 50
target_most = 80
target_source = "order"
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
    taken = in_package_of(found, "adviesproef", "lente")
    assert taken is not None
    assert (taken.component.id, taken.round.money) == ("advice", 300)
    assert in_package_of(found, "adviesproef", "zomer") is None
    told = written_package(found[0])
    assert (told["cents"], [one["cents"] for one in told["components"]]) == (1000_50, [400_00, 600_50])
    assert told["components"][1]["target_most"] == 80
    assert "adviesproef" not in str(told)
    advice = told["components"][0]
    assert (told["source"]["cite"], advice["source"]["weight"]) == ("Besluit leerpakket", "assumption")
    assert advice["target_source"] == {"cite": "Besluit leerpakket, art. 2", "weight": "binding"}
    assert str(taken.round.source) == "Besluit leerpakket, art. 3"


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
        ('target_source = "order, art. 2"\n', "", "target_source: given None"),
        ("target = 20\n", "", "target_source: given 'order, art. 2'"),
        ('source = "order, art. 3"\n', "", "source: given None"), ('"order, art. 3"', '"rumour"', "source: given 'rumour'"),
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


OWN = """
[[package]]
id = "proefpakket"
name = "Proefpakket"
money = 1000
source = "assumption: a trial"
[[package.component]]
id = "all"
nl = "alles"
money = 1000
source = "assumption: a trial"
[[package.component.round]]
scheme = "proefregeling"
id = "voorjaar"
"""
FITS = ("ceiling_money = 100000", "ceiling_money = 1000"), ("money = 40000", "money = 400")
"""What makes the ceiling of the trial scheme the money of the component, and its ring-fenced part fit in that."""
NONE = 'ceiling_money = 1000\nring_fenced = { for = "employer", money = 400 }', "ceiling_count = 5"
GIVEN = 'id = "voorjaar"\n', 'id = "voorjaar"\nmoney = 1000\nsource = "assumption: all"\n'


def own(folder: Path, scheme: tuple[str, str], package: tuple[str, str]) -> None:
    """Check an extra folder with the trial scheme and a package, each with something replaced."""
    text = made.FILE
    for before, after in (*FITS, scheme):
        assert before in text
        text = text.replace(before, after)
    assert package[0] in OWN
    kept(folder, OWN.replace(*package))
    made.library(folder, text).check_extra()


@pytest.mark.parametrize(
    ("scheme", "package"), [(("", ""), ("", "")), (NONE, GIVEN)], ids=["its own", "of the package"]
)
def test_a_package_of_an_extra_folder(scheme: tuple[str, str], package: tuple[str, str], tmp_path: Path) -> None:
    """A round with one ceiling, of its scheme or of the package, that fits its component is no fault."""
    own(tmp_path, scheme, package)


@pytest.mark.parametrize(
    ("scheme", "package", "said"),
    [
        (("", ""), ('"proefregeling"', '"proefregling"'), "scheme: given 'proefregling'"),
        (("", ""), ('"voorjaar"', '"vorjaar"'), "round of proefregeling, id: given 'vorjaar', allowed is voorjaar"),
        (("", ""), GIVEN, "money: given two ceilings, allowed is one"), (NONE, ("", ""), "money: given none, allowed is one"),
        (("ceiling_money = 1000", "ceiling_money = 1000.01"), ("", ""), "given 1000.01 euros together, allowed is 1000.00"),
    ],
)  # fmt: skip
def test_a_wrong_package_stops_the_start(
    scheme: tuple[str, str], package: tuple[str, str], said: str, tmp_path: Path
) -> None:
    """What is checked at the start names the round that is not there, has no ceiling or two, or takes more than its component has."""
    with pytest.raises(SchemeFault, match=rf"packages\.toml.*{said}"):
        own(tmp_path, scheme, package)
