"""Imports and foreign keys point down. import-linter says so in `make check`; here, that it looks everywhere."""

import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from tests.repository.sources import PACKAGE, ROOT, imports, name_of, python

CONTRACTS = {
    contract["type"]: contract
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
}
FORBIDDEN_IN_THE_CORE = set(CONTRACTS["forbidden"]["forbidden_modules"])


def ranks() -> dict[str, int]:
    """How high each package stands; what stands on one line has the same rank."""
    lines = reversed(CONTRACTS["layers"]["layers"])
    return {name.strip(" ()"): rank for rank, line in enumerate(lines) for name in line.replace(":", "|").split("|")}


def test_every_package_has_its_place() -> None:
    """Every package and module directly under doorleren stands in the layers, or is the way in."""
    found = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or any(path.rglob("*.py"))}
    assert found - set(ranks()) - {"__init__", "__main__"} == set()


def test_the_layers_are_those_of_the_design() -> None:
    """The order of the layers is the one that how-it-fits and the design give."""
    order = sorted(ranks(), key=ranks().__getitem__)
    wanted = (
        "core rules finder audit people letters schemes cases register rounds applications decisions payments desks"
    )
    assert [name for name in order if name in wanted.split()] == wanted.split()
    assert ranks()["web"] == ranks()["cli"] < ranks()["server"]


@pytest.mark.parametrize("package", ["core", "rules", "finder"])
def test_the_core_is_pure(package: str) -> None:
    """core, rules and finder import no web, database, clock, setting or network."""
    found = {
        f"{name_of(path)}: {name}"
        for path in python(f"src/doorleren/{package}")
        for name in imports(path)
        if name.split(".")[0] in FORBIDDEN_IN_THE_CORE
    }
    assert found == set()
    assert {"django", "psycopg", "socket", "time"} <= FORBIDDEN_IN_THE_CORE


def points_up(source: str, target: str) -> bool:
    """Whether a table of one module refers to a table of a package that stands above or beside it."""
    places = ranks()
    mine, other = (name.split(".")[1] for name in (source, target))
    return mine != other and places[other] >= places[mine]


def relations() -> list[tuple[str, str, str]]:
    """Every relation between two tables of ours: the field, the module it is in, the module it points to."""
    found = []
    for model in apps.get_models():
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if isinstance(field, models.ForeignKey | models.ManyToManyField) and isinstance(target, type):
                found.append((str(field), model.__module__, target.__module__))
    return [row for row in found if all(module.startswith("doorleren.") for module in row[1:])]


def test_foreign_keys_point_down() -> None:
    """No table refers to a table of a package above or beside its own."""
    assert [field for field, source, target in relations() if points_up(source, target)] == []


def test_a_foreign_key_up_is_seen() -> None:
    """The rule about foreign keys can fail: up and beside are wrong, down and within are right."""
    assert points_up("doorleren.cases.models", "doorleren.rounds.models")
    assert points_up("doorleren.monitor.models", "doorleren.simulation.models")
    assert not points_up("doorleren.rounds.models", "doorleren.cases.models")
    assert not points_up("doorleren.cases.models", "doorleren.cases.acts")


def test_no_empty_rooms() -> None:
    """A package appears when the first thing in it works: none is empty."""
    packages = [folder for folder in PACKAGE.iterdir() if folder.is_dir() and folder.name != "__pycache__"]
    assert [folder.name for folder in packages if not substance(folder)] == []


def substance(folder: Path) -> list[Path]:
    """The Python files that hold something."""
    return [path for path in folder.rglob("*.py") if path.read_text().strip() and path.name != "__init__.py"]
