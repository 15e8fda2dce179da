"""What millions of people may get: verdict, amount and, if asked, every reason of versions, as columns in Polars."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce

import polars as pl

from doorleren.rules import tree
from doorleren.rules.columns import Columns, Value, arithmetic, every
from doorleren.rules.layout import named_conditions
from doorleren.rules.settled import Settled
from doorleren.rules.simplified import simplified
from doorleren.rules.tree import parts_of, walk


def with_verdicts(frame: pl.LazyFrame, versions: Iterable[Settled], *, reasons: bool = False) -> pl.LazyFrame:
    """Give, per version, a column of verdicts (True eligible, False not, null unknown) and one of amounts in cents.

    Columns are named after the scheme; with reasons there is one more per condition. Lazy: nothing runs yet. What is
    asked more than once, in one scheme or in several, is computed once.
    """
    questions = [_Question(version) for version in versions]
    algebra = Columns(frame.collect_schema().names(), _repeated(questions, reasons=reasons))
    answers = [expr for one in questions for expr in one.answers(algebra)]
    told = [expr for one in questions for expr in one.reasons(algebra)] if reasons else []
    return algebra.added_to(frame).select(*answers, *told)


class _Question:
    """A version with its trees simplified, and the columns that it answers with."""

    def __init__(self, version: Settled) -> None:
        self.version = version
        self.conditions = [simplified(one.counted) for one in version.conditions]
        amounts = [
            simplified(track.granted) if track.granted is not None and track.exact else None for track in version.tracks
        ]
        self.divisor, self.amounts = _rounded_last(amounts)

    def answers(self, algebra: Columns) -> list[pl.Expr]:
        """Give the verdict and the amount."""
        name = self.version.version.id
        truths = self._truths(algebra)
        paid = [
            _paid(truth, walk(node, algebra))
            for node, truth in zip(self.amounts, truths, strict=True)
            if node is not None
        ]
        amount = algebra.once(self._rounded(algebra.richest(paid))).expr if paid else pl.lit(None, dtype=pl.Int64)
        verdict = reduce(pl.Expr.or_, [truth.expr for truth in truths])
        return [verdict.alias(name), amount.cast(pl.Int64).alias(f"{name}|amount")]

    def _truths(self, algebra: Columns) -> list[Value]:
        """Give the truth of each track; what all tracks ask is joined once."""
        tracks, shared = self.version.tracks, self._shared()
        if len(tracks) == 1 or len(shared) < 2:
            return [algebra.once(every(self._told(track.places, algebra))) for track in tracks]
        together = algebra.once(every(self._told(shared, algebra)))
        own = [[place for place in track.places if place not in shared] for track in tracks]
        return [algebra.once(every([together, *self._told(places, algebra)])) for places in own]

    def _shared(self) -> list[int]:
        first, *others = self.version.tracks
        return [place for place in first.places if all(place in track.places for track in others)]

    def in_several_tracks(self) -> list[int]:
        """List the conditions that more than one track asks for itself."""
        joined = self._shared() if len(self._shared()) > 1 else []
        counted = Counter(place for track in self.version.tracks for place in track.places)
        return [place for place, times in counted.items() if times > 1 and place not in joined]

    def _told(self, places: Iterable[int], algebra: Columns) -> list[Value]:
        return [walk(self.conditions[place], algebra) for place in places]

    def _rounded(self, richest: Value) -> Value:
        if self.divisor is None:
            return richest
        return Value(arithmetic(tree.HalfUp(tree.Unknown(), self.divisor), [richest.expr]), step=richest.step)

    def reasons(self, algebra: Columns) -> list[pl.Expr]:
        """Give the truth of every condition under its name."""
        named = zip(self.conditions, named_conditions(self.version), strict=True)
        return [algebra.once(walk(node, algebra)).expr.alias(name) for node, (_, name) in named]


def _rounded_last(amounts: Sequence[tree.Node | None]) -> tuple[int | None, list[tree.Node | None]]:
    """Take the rounding out of the amounts where all round alike: the greatest of them rounds to the greatest."""
    divisors = {node.divisor if isinstance(node, tree.HalfUp) else None for node in amounts if node is not None}
    divisor = divisors.pop() if len(divisors) == 1 else None
    if divisor is None:
        return None, list(amounts)
    return divisor, [node.part if isinstance(node, tree.HalfUp) else None for node in amounts]


def _paid(truth: Value, amount: Value) -> Value:
    """Give an amount where it is due and known, otherwise null."""
    due = truth.expr if amount.known is None else truth.expr & amount.known
    return Value(pl.when(due).then(amount.expr), step=max(truth.step, amount.step))


def _repeated(questions: Iterable[_Question], *, reasons: bool) -> frozenset[tree.Node]:
    """Find the parts, leaves apart, that are asked more than once: in several places, or as a reason too."""
    counted: Counter[tree.Node] = Counter()
    for one in questions:
        if reasons:
            counted.update(one.conditions)
        for node in (*one.conditions, *(amount for amount in one.amounts if amount is not None)):
            counted.update(_branches(node))
        counted.update(one.conditions[place] for place in one.in_several_tracks())
    return frozenset(node for node, times in counted.items() if times > 1)


def _branches(node: tree.Node) -> Iterator[tree.Node]:
    parts = parts_of(node)
    if parts:
        yield node
    for part in parts:
        yield from _branches(part)
