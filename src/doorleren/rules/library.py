"""All schemes that are known, from the project's folder and from those that DOORLEREN_SCHEMES names.

A folder holds `<scheme-id>/<version>.toml`; a scheme found later replaces one of the same id. Parsed files are
kept as they are until asked for, and a version is settled once per day.
"""

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property, partial
from pathlib import Path
from typing import Any, TypeVar

from doorleren.rules.faults import SchemeFault
from doorleren.rules.files import Fragments, merged, read_toml, read_version
from doorleren.rules.law import LawTables, load_law
from doorleren.rules.packages import FILE, Package, RoundInPackage, read_packages, rounds_in
from doorleren.rules.settled import Settled, check_version, settle
from doorleren.rules.versions import Scheme, Version
from doorleren.rules.vocabulary import Vocabulary, load_vocabulary
from doorleren.shipped import folder

Made = TypeVar("Made")

BESIDE = frozenset({"cases.toml", "rules.toml"})
"""Files in a scheme's folder that are no versions."""


@dataclass
class Library:
    """The schemes of some folders, with the vocabulary and dated law they are read with."""

    folders: Sequence[Path]
    vocabulary: Vocabulary
    law: LawTables
    _settled: dict[tuple[str, str, date], Settled] = field(default_factory=dict)
    _schemes: dict[str, Scheme] = field(default_factory=dict)
    _fragments: dict[Path, Mapping[str, Any]] = field(default_factory=dict)

    @cached_property
    def places(self) -> dict[str, list[Path]]:
        """Give the files of each scheme's versions, by scheme id; a later folder replaces a scheme wholly."""
        found: dict[str, list[Path]] = {}
        for number, place in enumerate(self.folders):
            inner = {path.name: version_files(path) for path in place.iterdir() if is_scheme_folder(path)}
            found.update({name: files for name, files in inner.items() if files})
            if number:
                found.update(loose_versions(place))
        return dict(sorted(found.items()))

    @cached_property
    def packages(self) -> tuple[Package, ...]:
        """Give the packages of all folders. Raises SchemeFault if a file is wrong, or a round is in two of them."""
        found = tuple(one for place in self.folders for one in read_packages(place / FILE))
        taken = [(one.round.scheme, one.round.code) for one in rounds_in(found)]
        for one in taken:
            if taken.count(one) > 1:
                raise SchemeFault(f"{FILE}: round {one[1]!r} of {one[0]!r} takes its money from two components")
        return found

    @property
    def schemes(self) -> dict[str, Scheme]:
        """Give all schemes by id. Raises SchemeFault if a file is wrong."""
        return {name: self.scheme(name) for name in self.places}

    def scheme(self, name: str) -> Scheme:
        """Give one scheme. Raises KeyError if there is none of that id, SchemeFault if a file is wrong."""
        if name not in self._schemes:
            self._schemes[name] = self._scheme(name, self.places[name])
        return self._schemes[name]

    def settled(self, version: Version, day: date) -> Settled:
        """Give a version settled for a day, kept for the next question. Raises SchemeFault."""
        key = (version.id, version.version, day)
        if key not in self._settled:
            if len(self._settled) > 4096:
                self._settled.clear()
            self._settled[key] = settle(version, day, self.vocabulary, self.law)
        return self._settled[key]

    def in_force(self, day: date) -> list[Settled]:
        """Give all versions in force on a day, settled, in the order of their ids."""
        found = (scheme.on(day) for scheme in self.schemes.values())
        return [self.settled(version, day) for version in found if version is not None]

    def check_extra(self) -> None:
        """Read the schemes and packages of the extra folders on every day that counts. Raises SchemeFault if a file is wrong."""
        for name, files in self.places.items():
            if not files[0].is_relative_to(self.folders[0]):
                for version in self.scheme(name).versions:
                    check_version(version, self.vocabulary, self.law)
        if len(self.folders) > 1:
            check_packages(self)

    def _scheme(self, name: str, files: Sequence[Path]) -> Scheme:
        versions = sorted((self._version(path) for path in files), key=lambda version: version.starts)
        for version in versions:
            if version.id != name:
                raise SchemeFault(f"{version.path}: id is {version.id!r}, but the folder is {name!r}")
        for earlier, later in itertools.pairwise(versions):
            if earlier.ends is None or earlier.ends >= later.starts:
                raise SchemeFault(
                    f"{earlier.path}: in_force.to must lie before {later.starts}, where {later.path} begins"
                )
        return Scheme(name, tuple(versions))

    def _version(self, path: Path) -> Version:
        return self._read(path, lambda content, fragment, where: read_version(content, where, fragment))

    def resolved(self, version: Version) -> dict[str, Any]:
        """Give the parsed file of a version with its fragments merged into it, as its hash is taken. Raises SchemeFault."""
        path = next(path for path in self.places[version.id] if f"{path.parent.name}/{path.name}" == version.path)
        return self._read(path, merged)

    def _read(self, path: Path, make: Callable[[dict[str, Any], Fragments, str], Made]) -> Made:
        where = f"{path.parent.name}/{path.name}"
        try:
            return make(read_toml(path), partial(self._fragment, path.parent, where), where)
        except SchemeFault as fault:
            raise SchemeFault(str(fault) if where in str(fault) else f"{where}: {fault}") from fault

    def _fragment(self, own: Path, where: str, name: str) -> Mapping[str, Any]:
        """Find a fragment in the scheme's folder, else in the last folder that shares one of that name."""
        name = name.removeprefix("_")
        shared = (folder / "_shared" / f"{name}.toml" for folder in reversed(self.folders))
        for place in (own / f"_{name}.toml", *shared):
            if place.exists():
                if place not in self._fragments:
                    self._fragments[place] = read_toml(place)
                return self._fragments[place]
        raise SchemeFault(f"{where}, use: there is no fragment {name!r} in the scheme's folder or in _shared")


def check_packages(library: Library) -> None:
    """Hold the packages against the rounds they name: each exists, has one ceiling in money, and fits its component. Raises SchemeFault."""
    taken: dict[tuple[str, str], Fraction] = {}
    for one in rounds_in(library.packages):
        key = (one.package.id, one.component.id)
        taken[key] = taken.get(key, Fraction(0)) + _ceiling(library, one)
        if taken[key] > one.component.money:
            raise SchemeFault(
                f"{FILE}, package {key[0]}, component {key[1]}: round: given {float(taken[key]):.2f} euros together, "
                f"allowed is {float(one.component.money):.2f}, its money"
            )


def _ceiling(library: Library, one: RoundInPackage) -> Fraction:
    """Give the ceiling in money of a round of a package, which the scheme or the package gives it. Raises SchemeFault."""
    where, named = f"{FILE}, package {one.package.id}, component {one.component.id}", one.round
    if named.scheme not in library.places:
        raise SchemeFault(
            f"{where}, round, scheme: given {named.scheme!r}, allowed is the id of a scheme that is there"
        )
    rounds = [each for version in library.scheme(named.scheme).versions for each in version.rounds]
    found = [each.ceiling_money for each in rounds if each.id == named.code]
    if not found:
        known = ", ".join(dict.fromkeys(each.id for each in rounds)) or "nothing, for it has no rounds"
        raise SchemeFault(f"{where}, round of {named.scheme}, id: given {named.code!r}, allowed is {known}")
    told = [each for each in (found[-1], named.money) if each is not None]
    if len(told) != 1:
        raise SchemeFault(
            f"{where}, round {named.code} of {named.scheme}, money: given {'two ceilings' if told else 'none'}, "
            "allowed is one ceiling: ceiling_money in the scheme's file or money here"
        )
    return told[0]


def is_scheme_folder(path: Path) -> bool:
    """Say whether a path is a folder that may hold a scheme."""
    return path.is_dir() and not path.name.startswith(("_", "."))


def version_files(folder: Path) -> list[Path]:
    """Give the files of a scheme's versions, without fragments, cases and rules."""
    return sorted(path for path in folder.glob("*.toml") if path.name not in BESIDE and not path.name.startswith("_"))


def loose_versions(folder: Path) -> dict[str, list[Path]]:
    """Give versions that lie in an extra folder itself, by the id that they name."""
    found: dict[str, list[Path]] = {}
    for path in version_files(folder):
        content = read_toml(path)
        if "in_force" in content and isinstance(content.get("id"), str):
            found.setdefault(content["id"], []).append(path)
    return found


def open_library(extra: Iterable[Path] = ()) -> Library:
    """Open the project's own schemes and those of extra folders. Raises SchemeFault if a folder is absent."""
    folders = [folder("schemes"), *extra]
    for one in folders:
        if not one.is_dir():
            raise SchemeFault(f"{one}: there is no such folder of schemes")
    return Library(folders, load_vocabulary(folders[0] / "facts.toml"), load_law(folder("law")))


def parameter_of(library: Library, scheme: str, parameter: str, day: date) -> Fraction:
    """Give the number a scheme's parameter has on a day. Raises SchemeFault if there is none."""
    version = library.scheme(scheme).on(day)
    history = version.parameters.get(parameter) if version else None
    dated = history.on(day) if history else None
    if dated is None or not isinstance(dated.value, Fraction):
        raise SchemeFault(f"{scheme}: no number {parameter!r} on {day}")
    return dated.value
