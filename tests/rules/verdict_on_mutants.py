"""Is a mutant noticed? The rows of the grid and the worked examples are asked in both definitions until an answer differs.

What is compared is what a user sees: the verdict, the amount, the most it can be, the track that is eligible, and
the answer to each condition and each track (somebody who applies is judged in one track).
Only the trees that differ are asked again, and only where one gives another answer the verdict is drawn up.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import islice

from doorleren.cli.cases import cases_of
from doorleren.rules.faults import SchemeFault
from doorleren.rules.library import Library
from doorleren.rules.person import Closure, closure
from doorleren.rules.profile import Profile
from doorleren.rules.settled import Settled, settle
from doorleren.rules.verdicts import Judgement, judge
from doorleren.rules.versions import Version
from tests.rules.grid import pair_rows, plots, single_rows
from tests.rules.mutants import Mutant, mutants_of

BY_EXAMPLE, BY_GRID, BY_REASON, SURVIVED, NO_MUTANT = "example", "grid", "reason", "survived", "no mutant"


@dataclass
class Field:
    """The rows of one plot, made once and asked for every mutant of the version."""

    settled: Settled
    library: Library
    rows: list[Profile]
    kind: str
    judged: dict[int, Judgement] = field(default_factory=dict)

    def _judged(self, place: int) -> Judgement:
        if place not in self.judged:
            self.judged[place] = judge(self.settled, self.rows[place])
        return self.judged[place]

    def outcome(self, other: Settled) -> str | None:
        """Say how a mutant, settled for the day, is noticed here; None if it is the same then."""
        pairs = list(_differing(self.settled, other))
        if not pairs and _trees(self.settled) == _trees(other):
            return None
        found = SURVIVED
        for place, profile in enumerate(self.rows):
            if pairs and all(_same(one(profile), another(profile)) for one, another in pairs):
                continue
            first, second = self._judged(place), judge(other, profile)
            if _seen(first) != _seen(second):
                return self.kind
            if first.tracks != second.tracks or (len(first.holds) == len(second.holds) and first.holds != second.holds):
                found = BY_REASON
        return found


@dataclass
class Trial:
    """All mutants of one version, and what became of each."""

    library: Library
    version: Version
    outcomes: dict[str, list[Mutant]] = field(default_factory=dict)

    @cached_property
    def fields(self) -> list[Field]:
        """Give the worked examples per day, then the grid: single facts on every day first, then pairs."""
        examples: dict[date, list[Profile]] = {}
        for case in cases_of(self.library, self.version.id):
            if self.version.holds_on(case.asked.day):
                examples.setdefault(case.asked.day, []).append(case.profile)
        found = [
            Field(self.library.settled(self.version, day), self.library, rows, BY_EXAMPLE)
            for day, rows in examples.items()
        ]
        for sown in (single_rows, pair_rows):
            for plot in plots(self.library, self.version):
                rows = list(sown(plot, self.library))
                found += [Field(plot.settled, self.library, rows, BY_GRID)] if rows else []
        return found

    def run(self, *, every: int = 1, first: int = 0) -> "Trial":
        """Judge the mutants, or each so many-th of them from the first."""
        for mutant in islice(mutants_of(self.version, self.library.vocabulary), first, None, every):
            self.outcomes.setdefault(self.judge(mutant), []).append(mutant)
        return self

    def judge(self, mutant: Mutant) -> str:
        """Say how a mutant is noticed."""
        found, on_days = NO_MUTANT, {}
        for one in self.fields:
            day = one.settled.day
            if day not in on_days:
                try:
                    on_days[day] = settle(mutant.made, day, self.library.vocabulary, self.library.law)
                except SchemeFault:
                    return NO_MUTANT
            outcome = one.outcome(on_days[day])
            if outcome in (BY_EXAMPLE, BY_GRID):
                return outcome
            if outcome is not None and found != BY_REASON:
                found = outcome
        return found

    def count(self, outcome: str) -> int:
        """Count the mutants of an outcome."""
        return len(self.outcomes.get(outcome, ()))


def _seen(judgement: Judgement) -> tuple:
    track = judgement.best.track.id if judgement.truth and judgement.best else None
    return judgement.truth, judgement.amount, judgement.amount_max, track


def _differing(first: Settled, second: Settled) -> Iterator[tuple[Closure, Closure]]:
    """Give the conditions that differ, as closures; nothing if the amounts or the tracks differ as well."""
    if len(first.conditions) != len(second.conditions) or _amounts(first) != _amounts(second):
        return
    for one, other in zip(first.conditions, second.conditions, strict=True):
        if one.counted != other.counted:
            yield closure(one.counted), closure(other.counted)


def _amounts(settled: Settled) -> list[tuple]:
    return [(track.granted, track.most) for track in settled.tracks]


def _trees(settled: Settled) -> tuple:
    return [one.counted for one in settled.conditions], _amounts(settled)


def _same(first: object, second: object) -> bool:
    return first is second or (first == second and type(first) is type(second))
