"""Which schemes would pay part of which activity, in columns: for one visitor, over distinct combinations of facts.

The same as the offers of `finder/plan.py`, from the same trees: only an exact amount for the training itself, from
the best track, with a round that is open or planned. Called by `remaining`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce

import polars as pl

from doorleren.core.days import Asked, day_of
from doorleren.register.funding.visitor import for_visitor, never_true
from doorleren.rules import tree
from doorleren.rules.columns import Columns
from doorleren.rules.library import Library
from doorleren.rules.profile import Profile
from doorleren.rules.rounds import best_state, closing, rounds_for
from doorleren.rules.settled import Settled, SettledTrack
from doorleren.rules.simplified import NO, YES, simplified
from doorleren.rules.tree import facts_of, walk
from doorleren.rules.versions import Scheme, Version

SHUT = ("closed", "exhausted")


@dataclass(frozen=True, slots=True)
class PartTrack:
    """A track for one visitor: what it still asks of an activity, and its amount (None: never exact).

    `bit` is its place in the version; `pays` says that it pays for the training.
    """

    bit: int
    truth: tree.Node
    amount: tree.Node | None
    pays: bool

    @property
    def nodes(self) -> list[tree.Node]:
        """Give its trees."""
        return [self.truth, *([self.amount] if self.amount is not None else [])]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A scheme that may pay something for some activity, with the tracks that can hold for the visitor.

    `over` says that no track of it has a round that is open or planned.
    """

    scheme: Scheme
    tracks: tuple[PartTrack, ...]
    over: bool

    @property
    def fits(self) -> str:
        """Name the column of the tracks that hold, a bit each."""
        return f"{self.scheme.id}|fits"

    @property
    def amount(self) -> str:
        """Name the column of the amount in cents; null where the scheme offers nothing."""
        return f"{self.scheme.id}|amount"

    @property
    def undecided(self) -> str:
        """Name the column that says that something unknown may still make it pay (more)."""
        return f"{self.scheme.id}|undecided"

    def of(self, track: PartTrack, what: str) -> str:
        """Name the column of a track's truth or amount."""
        return f"{self.scheme.id}|{track.bit}|{what}"

    @property
    def may_offer(self) -> bool:
        """Say whether some activity can have an offer for certain."""
        return any(one.pays and one.amount is not None and not never_true(one.truth) for one in self.tracks)


def paying(library: Library, day: date) -> list[Scheme]:
    """Give the schemes in force that can pay an exact sum for a training, whoever asks."""
    return [scheme for scheme in library.schemes.values() if _may_pay(library, scheme, day)]


def any_open(library: Library, asked: Asked) -> bool:
    """Say whether some scheme that can pay an exact sum for a training has a round that is open or planned."""
    for scheme in paying(library, asked.day):
        version = scheme.on(asked.day)
        if version is not None and best_state(rounds_for(scheme, version.tracks), asked)[0] not in SHUT:
            return True
    return False


def last_open(library: Library, day: date) -> date | None:
    """Give the last day before another on which a scheme that pays an exact sum for a training was open; None if none was."""
    last = {one for scheme in library.schemes.values() for version in scheme.versions for one in _last_days(version)}
    return next((one for one in sorted(last, reverse=True) if one < day and _is_open(library, Asked(one))), None)


def _last_days(version: Version) -> Iterator[date]:
    """Give the last day of each round that came to an end: by its time, or because it ran out."""
    for opened in version.rounds:
        ends = [moment for moment in (closing(opened, version), opened.ran_out_at) if moment is not None]
        if ends:
            yield day_of(min(ends) - timedelta(microseconds=1))


def _is_open(library: Library, asked: Asked) -> bool:
    for scheme in paying(library, asked.day):
        version = scheme.on(asked.day)
        if version is not None and best_state(rounds_for(scheme, version.tracks), asked)[0] == "open":
            return True
    return False


def _may_pay(library: Library, scheme: Scheme, day: date) -> bool:
    version = scheme.on(day)
    return version is not None and any(pays_exactly(track) for track in library.settled(version, day).tracks)


def pays_exactly(track: SettledTrack) -> bool:
    """Say whether a track gives an exact sum for the training itself: the only kind that the plan counts."""
    return track.exact and track.granted is not None and track.track.amount.pays_for == "training"


def candidates(library: Library, visitor: Profile, varying: frozenset[str], asked: Asked) -> list[Candidate]:
    """Give the schemes in force that can pay for a training, with everything known of the visitor filled in."""
    found = []
    for scheme in paying(library, asked.day):
        version = scheme.on(asked.day)
        assert version is not None, "a scheme that pays is in force"
        settled = library.settled(version, asked.day)
        parts = [_part(settled, bit, visitor, varying) for bit in range(len(settled.tracks))]
        tracks = tuple(one for one in parts if one.truth != NO)
        if any(one.pays and one.amount is not None for one in tracks):
            state, _ = best_state(rounds_for(scheme, version.tracks), asked)
            found.append(Candidate(scheme, tracks, state in SHUT))
    return found


def _part(settled: Settled, bit: int, visitor: Profile, varying: frozenset[str]) -> PartTrack:
    track = settled.tracks[bit]
    truth = track_for_visitor(settled, track, visitor, varying)
    exact = track.granted is not None and track.exact and truth != NO
    amount = for_visitor(track.granted, visitor, varying) if exact and track.granted is not None else None
    return PartTrack(bit, truth, amount, track.track.amount.pays_for == "training")


def track_for_visitor(settled: Settled, track: SettledTrack, visitor: Profile, varying: frozenset[str]) -> tree.Node:
    """Join the conditions of a track with everything known of the visitor filled in; stops at one that fails."""
    parts = []
    for place in track.places:
        part = for_visitor(settled.conditions[place].counted, visitor, varying)
        assert part is not None, "a condition always applies"
        if part == NO:
            return NO
        parts.append(part)
    return simplified(tree.Every(tuple(parts))) if parts else YES


def facts_that_matter(found: Iterable[Candidate], varying: frozenset[str]) -> frozenset[str]:
    """Name the facts of activities on which the offers still depend."""
    nodes = (node for one in found for track in one.tracks for node in track.nodes)
    return frozenset().union(*(facts_of(node) for node in nodes)) & varying


def with_offers(frame: pl.DataFrame, found: Sequence[Candidate]) -> pl.DataFrame:
    """Add, per scheme, which tracks hold, what it would pay, and whether something unknown may still change that."""
    algebra = Columns(frame.columns)
    asked = [expr for one in found for track in one.tracks for expr in _asked(one, track, algebra)]
    lazy = algebra.added_to(frame.lazy()).with_columns(asked)
    for turn in range(max((len(one.tracks) for one in found), default=0)):
        lazy = lazy.with_columns(
            [expr for one in found if turn < len(one.tracks) for expr in _better(one, one.tracks[turn], first=not turn)]
        )
    names = [name for one in found for name in (one.fits, one.amount, one.undecided)]
    return lazy.with_columns([expr for one in found for expr in _answers(one)]).select(*frame.columns, *names).collect()


def _asked(one: Candidate, track: PartTrack, algebra: Columns) -> list[pl.Expr]:
    """Give the truth of a track, and its amount where it has one."""
    truth = walk(track.truth, algebra).expr.alias(one.of(track, "truth"))
    if track.amount is None:
        return [truth]
    return [truth, walk(track.amount, algebra).told.cast(pl.Int64).alias(one.of(track, "amount"))]


def _better(one: Candidate, track: PartTrack, *, first: bool) -> list[pl.Expr]:
    """Take a track's amount where it is more than that of the tracks before it, and with it what it pays for."""
    best, pays = f"{one.scheme.id}|best", f"{one.scheme.id}|pays"
    before = pl.lit(None, dtype=pl.Int64) if first else pl.col(best)
    paid_before = pl.lit(False) if first else pl.col(pays)
    if track.amount is None:
        return [before.alias(best), paid_before.alias(pays)]
    due = pl.when(pl.col(one.of(track, "truth"))).then(pl.col(one.of(track, "amount")))
    more = due.is_not_null() & (before.is_null() | (due > before))
    return [
        pl.when(more).then(due).otherwise(before).alias(best),
        pl.when(more).then(pl.lit(track.pays)).otherwise(paid_before).alias(pays),
    ]


def _answers(one: Candidate) -> list[pl.Expr]:
    """Give the three answers of a scheme from those of its tracks."""
    bits = [pl.col(one.of(track, "truth")).fill_null(False).cast(pl.UInt64) * 2**track.bit for track in one.tracks]
    best = pl.col(f"{one.scheme.id}|best")
    return [
        reduce(pl.Expr.add, bits).alias(one.fits),
        pl.when(pl.col(f"{one.scheme.id}|pays") & (best > 0)).then(best).alias(one.amount),
        _undecided(one).alias(one.undecided),
    ]


def _undecided(one: Candidate) -> pl.Expr:
    """Say where a track may still pay for the training, and a truth or an amount of the scheme is still unknown."""
    if one.over:
        return pl.lit(False)
    truths = {track: pl.col(one.of(track, "truth")) for track in one.tracks}
    payers = [track for track in one.tracks if track.pays and track.amount is not None]
    may_pay = reduce(pl.Expr.or_, [truths[track].fill_null(True) for track in payers])
    unknown = [truth.is_null() for truth in truths.values()]
    unknown += [truths[track].fill_null(False) & pl.col(one.of(track, "amount")).is_null() for track in payers]
    return may_pay & reduce(pl.Expr.or_, unknown)
