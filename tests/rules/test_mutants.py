"""A fault in a definition is noticed: changed conditions, parameters and amounts give another answer somewhere.

`make test` tries a part of the changes of every version, `make test-long` all of them.
"""

import sys
import tomllib
from collections import Counter
from dataclasses import replace
from pathlib import Path
from zlib import crc32

import pytest

from doorleren.rules.library import Library, open_library
from doorleren.rules.versions import Version
from tests.rules.mutants import Mutant, expressions, mutants_of, used_parameters, with_condition
from tests.rules.verdict_on_mutants import BY_EXAMPLE, BY_GRID, BY_REASON, NO_MUTANT, SURVIVED, Trial

EVERY = 5
"""In the short run each so many-th mutant is tried."""

LARGEST_SHARE = 0.03
EQUIVALENT = tomllib.loads(Path(__file__).with_name("equivalent_mutants.toml").read_text("utf-8"))["mutant"]
VERSIONS = [(scheme.id, version.version) for scheme in open_library().schemes.values() for version in scheme.versions]


def version_of(library: Library, scheme: str, version: str) -> Version:
    """Find a version by its name."""
    return next(one for one in library.scheme(scheme).versions if one.version == version)


def explained(mutant: Mutant) -> int | None:
    """Give the place in the list of equivalent mutants that gives the reason why nothing notices this one."""
    for place, one in enumerate(EQUIVALENT):
        if (one["scheme"], one["place"]) == (mutant.made.id, mutant.place) and mutant.change.startswith(one["change"]):
            return place
    return None


@pytest.mark.parametrize(("scheme", "version"), VERSIONS)
def test_a_part_of_the_mutants_is_noticed(scheme: str, version: str, library: Library) -> None:
    """Each so many-th mutant of a version is noticed, or stands in the list with the reason why it cannot be."""
    first = crc32(f"{scheme} {version}".encode()) % EVERY
    trial = Trial(library, version_of(library, scheme, version)).run(every=EVERY, first=first)
    assert not [str(mutant) for mutant in trial.outcomes.get(SURVIVED, ()) if explained(mutant) is None]


def test_there_are_many_mutants(library: Library, capsys: pytest.CaptureFixture[str]) -> None:
    """Every version has changes to notice, thousands in all, of which the short run tries each so many-th."""
    counted = {name: sum(1 for _ in mutants_of(version_of(library, *name), library.vocabulary)) for name in VERSIONS}
    with capsys.disabled():
        print(
            f"\n{sum(counted.values())} changes of {len(VERSIONS)} versions, each {EVERY}th is tried", file=sys.stderr
        )
    assert sum(counted.values()) > 2000
    assert [name for name, found in counted.items() if not found] == []


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_every_mutant_is_noticed(library: Library, capsys: pytest.CaptureFixture[str]) -> None:
    """All mutants of all versions are noticed but for the listed ones, at most 3 %; and the list has nothing too many."""
    counted: Counter[str] = Counter()
    survivors: list[Mutant] = []
    for scheme, version in VERSIONS:
        trial = Trial(library, version_of(library, scheme, version)).run()
        counted.update({outcome: len(found) for outcome, found in trial.outcomes.items()})
        survivors += trial.outcomes.get(SURVIVED, [])
    tried = sum(counted.values()) - counted[NO_MUTANT]
    with capsys.disabled():
        print(
            f"\n{tried} mutants of {len(VERSIONS)} versions: {counted[BY_EXAMPLE]} noticed by the worked examples, "
            f"{counted[BY_GRID]} by the grid, {counted[BY_REASON]} by the answer to a condition, "
            f"{counted[SURVIVED]} survive ({counted[SURVIVED] / tried:.1%}); {counted[NO_MUTANT]} changes were none",
            file=sys.stderr,
        )
    assert not [str(mutant) for mutant in survivors if explained(mutant) is None]
    assert counted[SURVIVED] <= LARGEST_SHARE * tried
    used = {explained(mutant) for mutant in survivors}
    assert [one for place, one in enumerate(EQUIVALENT) if place not in used] == []


def test_every_reason_is_written() -> None:
    """Each listed mutant says in a sentence why its meaning is the same."""
    assert [one for one in EQUIVALENT if len(one["why"].split()) < 6] == []


def test_an_equivalent_mutant_survives(library: Library) -> None:
    """The judge does not call everything noticed: a condition written in another way with the same meaning survives."""
    version = version_of(library, *VERSIONS[0])
    condition = next(one for one in version.conditions() if one.when is not None)
    text = f"({condition.when}) or ({condition.when} and employer.employees > 5)"
    made = with_condition(version, condition, replace(condition, when=text))
    assert Trial(library, version).judge(Mutant(made, condition.id, text)) == SURVIVED


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("employer.employees < 50", {"employer.employees <= 50", "employer.employees >= 50", "employer.employees < 51", "employer.employees < 49"}),
        ("employer.sector in {'ict', 'retail'}", {"employer.sector not in {'ict', 'retail'}", "employer.sector in {'retail'}", "employer.sector in {'ict'}"}),
        ("min(base, cap)", {"max(base, cap)", "base", "cap"}),
        ("training.recognised and training.guidance", {"training.recognised or training.guidance", "training.recognised", "training.guidance",
                                                       "not training.recognised and training.guidance", "training.recognised and (not training.guidance)"}),
    ],
)  # fmt: skip
def test_the_changes_are_those_an_author_could_make(text: str, wanted: set[str], library: Library) -> None:
    """The changed texts of an expression are the ones named: a limit, a member, a sign, a function, a part."""
    assert set(expressions(text, library.vocabulary)) == wanted


def test_every_used_parameter_is_changed(library: Library) -> None:
    """Each parameter with which a version computes on one of its days has a mutant."""
    for scheme in library.schemes.values():
        for version in scheme.versions:
            changed = {
                mutant.place.split()[1]
                for mutant in mutants_of(version, library.vocabulary)
                if mutant.place.startswith("parameter ")
            }
            days = {
                name
                for name in used_parameters(version)
                if any(_within(value, version) for value in version.parameters[name].values)
            }
            assert changed == days, f"{version.id} {version.version}"


def _within(value: object, version: Version) -> bool:
    starts, ends = value.starts, value.ends  # type: ignore[attr-defined]
    return (ends is None or ends >= version.starts) and (version.ends is None or starts <= version.ends)
