"""A grid of profiles around the eligible worked examples: every fact singly and in pairs, on both sides of every date.

Used to show that all evaluators agree and that a changed definition is noticed. A base is an eligible worked
example, three or more per track; on its own day all single values and all pairs are tried, on every other day on
which something changes the single values around the base moved to that day.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations
from typing import Any

from doorleren.cli.cases import cases_of
from doorleren.rules.library import Library
from doorleren.rules.profile import Profile
from doorleren.rules.settled import Settled, days_of_change
from doorleren.rules.verdicts import Judgement, judge
from doorleren.rules.versions import Version
from tests.rules.limits import ABSENT, Limits, moved

BASES_PER_TRACK = 3
ONE_DAY = timedelta(days=1)
BEYOND_THE_TABLE = (date(2028, 12, 31), date(2029, 1, 1), date(2031, 6, 1))
"""Days around and after the end of the table of the state pension age."""


@dataclass(frozen=True)
class Plot:
    """A version on a day, with the bases of which pairs are tried and those of which only single values are."""

    settled: Settled
    paired: list[Profile] = field(default_factory=list)
    single: list[Profile] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Name the plot for a message."""
        return f"{self.settled.version.id} {self.settled.version.version} on {self.settled.day}"


def plots(library: Library, version: Version) -> list[Plot]:
    """Lay out the grid of one version."""
    chosen = chosen_bases(library, version)
    found: dict[date, Plot] = {}
    for day in sorted({day for day, _ in chosen} | set(days_both_sides(version))):
        plot = Plot(library.settled(version, day))
        for own_day, profile in chosen:
            if own_day == day:
                plot.paired.append(profile)
            elif day in days_both_sides(version):
                plot.single.append(moved(profile, day - own_day))
        found[day] = plot
    return list(found.values())


def eligible_bases(library: Library, version: Version) -> dict[str, list[tuple[date, Profile, Judgement]]]:
    """Give, per track, the worked examples with which that track is eligible on their own day, each profile once."""
    found: dict[str, list[tuple[date, Profile, Judgement]]] = {track.id: [] for track in version.tracks}
    for case in cases_of(library, version.id):
        if not version.holds_on(case.asked.day):
            continue
        judgement = judge(library.settled(version, case.asked.day), case.profile)
        for track, truth in zip(version.tracks, judgement.tracks, strict=True):
            if truth and case.profile not in [profile for _, profile, _ in found[track.id]]:
                found[track.id].append((case.asked.day, case.profile, judgement))
    return found


def chosen_bases(library: Library, version: Version) -> list[tuple[date, Profile]]:
    """Choose three bases per track, each the one that differs most from those before it."""
    chosen: list[tuple[date, Profile]] = []
    for bases in eligible_bases(library, version).values():
        left, picked = [base[:2] for base in bases], []
        while left and len(picked) < BASES_PER_TRACK:
            best = max(left, key=lambda base: min((_distance(base[1], other[1]) for other in picked), default=0))
            left.remove(best)
            picked.append(best)
        chosen += [base for base in picked if base not in chosen]
    return chosen


def _distance(first: Profile, second: Profile) -> int:
    return sum(first.get(name, ABSENT) != second.get(name, ABSENT) for name in first.keys() | second.keys())


def days_both_sides(version: Version) -> list[date]:
    """Give the first and last day, each day on which a parameter changes with the day before, and turns of the year."""
    last = version.ends or date(2031, 12, 31)
    days = {version.starts, last, *days_of_change(version), *(day - ONE_DAY for day in days_of_change(version))}
    if any("pension_age" in (one.when or "") for one in version.conditions()):
        years = range(version.starts.year, last.year + 1)
        days |= {date(year, month, number) for year in years for month, number in ((1, 1), (12, 31))}
        days |= set(BEYOND_THE_TABLE)
    return sorted(day for day in days if version.holds_on(day))


def around(base: Profile, values: dict[str, list[Any]]) -> Iterator[Profile]:
    """Give the base and each fact changed singly."""
    yield base
    for name, tried in values.items():
        for value in tried:
            yield changed(base, {name: value})


def in_pairs(base: Profile, values: dict[str, list[Any]]) -> Iterator[Profile]:
    """Give each pair of facts changed together."""
    for first, second in combinations(values, 2):
        for one in values[first]:
            part = {**base, first: one}
            for other in values[second]:
                yield known({**part, second: other})


def changed(base: Profile, wanted: dict[str, Any]) -> Profile:
    """Give a profile with some facts replaced; ABSENT takes a fact away."""
    return known({**base, **wanted})


def known(merged: dict[str, Any]) -> Profile:
    """Leave out the facts that were taken away."""
    return {name: value for name, value in merged.items() if value is not ABSENT}


def rows_of(plot: Plot, library: Library, *, pairs_everywhere: bool = False) -> Iterator[Profile]:
    """Give all profiles of a plot; pairs only on the day of the base itself, or on every day."""
    yield from single_rows(plot, library)
    yield from pair_rows(plot, library, everywhere=pairs_everywhere)


def single_rows(plot: Plot, library: Library) -> Iterator[Profile]:
    """Give the bases of a plot and what lies one fact away from them."""
    limits = Limits(plot.settled, library.vocabulary)
    for base in (*plot.paired, *plot.single):
        yield from around(base, limits.around(base))


def pair_rows(plot: Plot, library: Library, *, everywhere: bool = False) -> Iterator[Profile]:
    """Give what lies two facts away from the bases."""
    limits = Limits(plot.settled, library.vocabulary)
    for base in (*plot.paired, *(plot.single if everywhere else ())):
        yield from in_pairs(base, limits.around(base))


def count_rows(plot: Plot, library: Library) -> int:
    """Count the profiles of a plot without making them."""
    limits = Limits(plot.settled, library.vocabulary)
    singly = [limits.around(base) for base in plot.single]
    paired = [limits.around(base) for base in plot.paired]
    return sum(1 + sum(_sizes(values)) for values in [*singly, *paired]) + sum(
        _pairs(_sizes(values)) for values in paired
    )


def _sizes(values: dict[str, list[Any]]) -> list[int]:
    return [len(tried) for tried in values.values()]


def _pairs(sizes: Iterable[int]) -> int:
    return sum(one * other for one, other in combinations(sizes, 2))
