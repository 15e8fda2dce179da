"""Packages: one sum of money for rounds of several schemes, split over components that together are it. Pure; read from `packages.toml`.

Source of the idea: one package for advice and training with a target of each (catalogue C22).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from doorleren.core.texts import Texts
from doorleren.rules.components import ensure_whole, read_component, read_euros, read_number
from doorleren.rules.files import read_toml
from doorleren.rules.shape import Part
from doorleren.rules.sources import read_citation, read_sources
from doorleren.rules.versions import Citation, Source

FILE = "packages.toml"


@dataclass(frozen=True, slots=True)
class RoundOfComponent:
    """A round that takes its money from a component; `money` (euros, with its source) is its ceiling where its scheme names none."""

    scheme: str
    code: str
    money: Fraction | None = None
    source: Citation | None = None


@dataclass(frozen=True, slots=True)
class PackageComponent:
    """What of a package has its own purpose: euros, how many it is meant to reach (`target`, to `target_most`), its rounds."""

    id: str
    text: Texts
    money: Fraction
    source: Citation
    target: int | None = None
    target_most: int | None = None
    target_source: Citation | None = None
    rounds: tuple[RoundOfComponent, ...] = ()


@dataclass(frozen=True, slots=True)
class Package:
    """A sum of money (euros) over the rounds of several schemes."""

    id: str
    name: Texts
    money: Fraction
    source: Citation
    components: tuple[PackageComponent, ...]


@dataclass(frozen=True, slots=True)
class RoundInPackage:
    """Where a round takes its money: the package, its component, and the round as it stands there."""

    package: Package
    component: PackageComponent
    round: RoundOfComponent


def read_packages(path: Path) -> tuple[Package, ...]:
    """Read a file of packages; nothing where there is none. Raises SchemeFault, also where components are not the whole."""
    if not path.exists():
        return ()
    content = Part(read_toml(path), path.name)
    sources = read_sources(content)
    found = tuple(_package(one, sources) for one in content.parts("package"))
    content.finish()
    return found


def rounds_in(packages: tuple[Package, ...]) -> Iterator[RoundInPackage]:
    """Give every round of every package with where it stands."""
    for package in packages:
        for component in package.components:
            for one in component.rounds:
                yield RoundInPackage(package, component, one)


def in_package_of(packages: tuple[Package, ...], scheme: str, code: str) -> RoundInPackage | None:
    """Give where a round of a scheme takes its money; None where it is in no package."""
    return next((one for one in rounds_in(packages) if (one.round.scheme, one.round.code) == (scheme, code)), None)


def written_package(package: Package) -> dict[str, Any]:
    """Write what is announced of a package as JSON: its sum and its components with their sources, not which rounds there will be."""
    return {
        "id": package.id, "name": dict(package.name), "cents": int(package.money * 100),
        "source": written_source(package.source),
        "components": [
            {
                "id": one.id, "text": dict(one.text), "cents": int(one.money * 100),
                "source": written_source(one.source), "target": one.target, "target_most": one.target_most,
                "target_source": written_source(one.target_source),
            }
            for one in package.components
        ],
    }  # fmt: skip


def written_source(told: Citation | None) -> dict[str, str] | None:
    """Write a source as JSON; None where there is none."""
    return None if told is None else {"cite": told.cite, "weight": told.weight}


def _package(part: Part, sources: Mapping[str, Source]) -> Package:
    components = tuple(_component(one, sources) for one in part.parts("component"))
    money, name, source = read_euros(part, "money"), part.texts("name"), read_citation(part, sources)
    found = Package(part.required("id", str), name, money, source, components)
    part.finish()
    ensure_whole(part, (one.money for one in components), money, "money")
    for key, names in (
        ("component", [one.id for one in components]),
        ("round", [(one.round.scheme, one.round.code) for one in rounds_in((found,))]),
    ):
        if len(set(names)) != len(names):
            part.refuse(key, names, "each of them once")
    return found


def _component(part: Part, sources: Mapping[str, Source]) -> PackageComponent:
    rounds = tuple(_round(one, sources) for one in part.parts("round"))
    told, most = read_component(part), read_number(part, "target_most")
    if most is not None and (told.target is None or most < told.target):
        part.refuse("target_most", most, "a number that is not below target")
    found = PackageComponent(
        part.required("id", str),
        told.text,
        told.money,
        read_citation(part, sources),
        told.target,
        most,
        None if told.target is None else read_citation(part, sources, "target_source"),
        rounds,
    )
    part.finish()
    return found


def _round(part: Part, sources: Mapping[str, Source]) -> RoundOfComponent:
    money, source = (
        (read_euros(part, "money"), read_citation(part, sources)) if "money" in part.content else (None, None)
    )
    found = RoundOfComponent(part.required("scheme", str), part.required("id", str), money, source)
    part.finish()
    return found
