"""Which schemes could fund an activity for somebody: those whose own conditions it does not fail.

Only what the activity itself tells is known; whatever asks for the person, the employer or anybody else is open. Called
by the search for the facet "fundable by", and by the register to derive what an activity is eligible for.
"""

from dataclasses import dataclass
from functools import reduce

import polars as pl

from doorleren.core.days import Asked
from doorleren.register.funding.activities import Activities
from doorleren.register.funding.offers import track_for_visitor
from doorleren.rules import tree
from doorleren.rules.columns import Columns
from doorleren.rules.library import Library
from doorleren.rules.simplified import NO
from doorleren.rules.tree import facts_of, walk

CHUNK = 60
"""How many schemes fit in one whole number, a bit each."""


@dataclass(frozen=True)
class Fundable:
    """Which schemes could fund each activity, in the order of the register: `combinations[number]`, by scheme id."""

    keys: pl.Series
    numbers: pl.Series
    combinations: tuple[tuple[str, ...], ...]

    def schemes(self, place: int) -> tuple[str, ...]:
        """Name the schemes that could fund one activity, by its place."""
        return self.combinations[self.numbers[place]]

    def each(self) -> list[tuple[str, ...]]:
        """Name the schemes of all activities, in order: one column turned into a list, not one look-up each."""
        return [self.combinations[number] for number in self.numbers.to_list()]

    def lists(self) -> pl.Series:
        """Give a list of scheme ids per activity."""
        lists = pl.Series("schemes", [list(one) for one in self.combinations], pl.List(pl.String))
        return lists.gather(self.numbers)


def fundable_by(library: Library, activities: Activities, asked: Asked) -> Fundable:
    """Give the schemes in force whose verdict on the activity alone is not "not eligible", and that pay for training.

    Loans and tax advantages are among them, for they fund a training too; whether a round is open is told elsewhere.
    """
    truths = _truths(library, activities, asked)
    asked_for = frozenset().union(*(facts_of(node) for nodes in truths.values() for node in nodes))
    distinct = activities.distinct(asked_for & activities.told)
    bits = _bits(distinct.rows, truths)
    different = bits.unique(maintain_order=True).with_row_index("number")
    names = tuple(_named(row, tuple(truths)) for row in different.drop("number").iter_rows())
    numbers = bits.join(different, on=bits.columns, how="left", maintain_order="left")["number"]
    return Fundable(activities.keys, numbers.gather(distinct.places), names)


def _truths(library: Library, activities: Activities, asked: Asked) -> dict[str, list[tree.Node]]:
    """Give, per scheme, what each track that pays for training asks of an activity; those that nobody passes are left out."""
    found: dict[str, list[tree.Node]] = {}
    for settled in library.in_force(asked.day):
        tracks = [track for track in settled.tracks if track.track.amount.pays_for == "training"]
        nodes = [track_for_visitor(settled, track, {}, activities.told) for track in tracks]
        possible = [node for node in nodes if node != NO]
        if possible:
            found[settled.version.id] = possible
    return found


def _bits(rows: pl.DataFrame, truths: dict[str, list[tree.Node]]) -> pl.DataFrame:
    """Ask the distinct rows: a bit per scheme, set where some track holds or may still hold."""
    algebra = Columns(rows.columns)
    open_to = [
        reduce(pl.Expr.or_, [walk(node, algebra).expr.fill_null(True) for node in nodes]) for nodes in truths.values()
    ]
    chunks = [open_to[start : start + CHUNK] for start in range(0, len(open_to), CHUNK)] or [[pl.lit(False)]]
    added = algebra.added_to(rows.lazy()).with_columns(
        reduce(pl.Expr.add, [may.cast(pl.UInt64) * 2**bit for bit, may in enumerate(chunk)]).alias(f"bits {place}")
        for place, chunk in enumerate(chunks)
    )
    return added.select(f"bits {place}" for place in range(len(chunks))).collect()


def _named(row: tuple[int, ...], schemes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(scheme for place, scheme in enumerate(schemes) if row[place // CHUNK] >> place % CHUNK & 1)
