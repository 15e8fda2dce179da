"""What would remain to pay of every activity if a visitor got the most that is still possible: `most.py` in columns.

What is certain stays as it is. So the card of a training, and the filter, facet and order by price after funding, all
say the same. Called by `kept`; computed once per distinct combination of the facts that matter.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from doorleren.finder.check import Finding
from doorleren.finder.plan import aid_used, paid_by_others
from doorleren.register.funding.activities import Activities
from doorleren.register.funding.at_most import most_in_columns
from doorleren.register.funding.combining import LEFT, Offering, with_best
from doorleren.register.funding.facts import PRICES
from doorleren.register.funding.offers import SHUT, paying, pays_exactly, track_for_visitor
from doorleren.register.funding.remaining import PRICE, Remaining, ToPay
from doorleren.register.funding.visitor import with_answers
from doorleren.rules import tree
from doorleren.rules.columns import Columns
from doorleren.rules.layout import column
from doorleren.rules.rounds import best_state, rounds_for
from doorleren.rules.simplified import NO
from doorleren.rules.tree import facts_of, walk
from doorleren.rules.versions import Scheme


@dataclass(frozen=True, slots=True)
class HopedTrack:
    """A track that may pay for the training: what it still asks, and the amounts of which the lowest is its most."""

    truth: tree.Node
    amounts: tuple[tree.Node, ...]


@dataclass(frozen=True, slots=True)
class Hoped:
    """A scheme that may pay, with the tracks that are not ruled out for the visitor; `finding` says how its rounds stand."""

    scheme: str
    finding: Finding
    tracks: tuple[HopedTrack, ...]

    @property
    def amount(self) -> str:
        """Name the column of the most in cents; null where the scheme pays nothing."""
        return f"{self.scheme}|most"


def at_best(question: Remaining, activities: Activities, told: ToPay) -> ToPay:
    """Give an answer again, with the least that may remain wherever it is not certain. Raises SchemeFault.

    `told` is the answer to the same question. Without a price nothing is known and nobody pays.
    """
    open_still = pl.DataFrame({"priced": told.cents.is_not_null(), "open": ~told.certain}).select(
        pl.col("priced") & pl.col("open")
    )["priced"]
    hoped = _hoped(question, activities)
    if not hoped or not open_still.any():
        return told
    nodes = [node for one in hoped for track in one.tracks for node in (track.truth, *track.amounts)]
    facts = frozenset().union(*(facts_of(node) for node in nodes))
    distinct = activities.distinct((facts & activities.told) | {PRICE})
    wanted = distinct.places.filter(open_still).unique().sort()
    rows = with_answers(distinct.rows[wanted], activities.told, nodes, question.visitor, activities.vocabulary)
    offered = _with_mosts(rows.with_columns(_left(question)), hoped)
    best, names = with_best(offered, [_offering(one) for one in hoped], aid_used(question.visitor))
    return _together(told, open_still, best[_at(distinct.places, wanted, open_still)], tuple(names.numbers))


def _hoped(question: Remaining, activities: Activities) -> list[Hoped]:
    """Give the schemes that may still pay: not shut, and with a track that is not ruled out by what is known."""
    varying = activities.told | set(PRICES)
    found = []
    for scheme in paying(question.library, question.asked.day):
        one = _of_scheme(scheme, question, varying)
        if one.tracks and one.finding.round_state not in SHUT:
            found.append(one)
    return found


def _of_scheme(scheme: Scheme, question: Remaining, varying: frozenset[str]) -> Hoped:
    version, asked = scheme.on(question.asked.day), question.asked
    assert version is not None, "a scheme that pays is in force"
    settled = question.library.settled(version, asked.day)
    tracks = []
    for track in filter(pays_exactly, settled.tracks):
        truth = track_for_visitor(settled, track, question.visitor, varying)
        if truth != NO:
            tracks.append(HopedTrack(truth, tuple(one for one in (track.most, track.granted) if one is not None)))
    state, opened = best_state(rounds_for(scheme, version.tracks), asked)
    return Hoped(scheme.id, Finding(scheme, version, None, frozenset(), state, opened), tuple(tracks))


def _left(question: Remaining) -> pl.Expr:
    """Give what is left to fund after what others pay, in cents."""
    return (pl.col(column(PRICE)).cast(pl.Int64) - paid_by_others(question.visitor)).clip(lower_bound=0).alias(LEFT)


def _with_mosts(frame: pl.DataFrame, hoped: Sequence[Hoped]) -> pl.DataFrame:
    """Add, per scheme, the most that it could pay: everything that is left, where nothing limits it."""
    algebra = Columns(frame.columns)
    mosts = [_most(one, algebra).alias(one.amount) for one in hoped]
    lazy = algebra.added_to(frame.lazy()).with_columns(mosts)
    return lazy.select(LEFT, *(pl.when(pl.col(one.amount) > 0).then(pl.col(one.amount)) for one in hoped),
                       *(pl.lit(1, pl.UInt64).alias(_fits(one)) for one in hoped)).collect()  # fmt: skip


def _most(one: Hoped, algebra: Columns) -> pl.Expr:
    mosts = []
    for track in one.tracks:
        limit = pl.min_horizontal([most_in_columns(node, algebra) for node in track.amounts])
        may_hold = walk(track.truth, algebra).expr.fill_null(True)
        mosts.append(pl.when(may_hold).then(pl.coalesce(limit, pl.col(LEFT))))
    return pl.max_horizontal(mosts)


def _offering(one: Hoped) -> Offering:
    return Offering(one.scheme, _fits(one), one.amount, {1: one.finding})


def _fits(one: Hoped) -> str:
    return f"{one.scheme}|fits"


def _at(places: pl.Series, wanted: pl.Series, open_still: pl.Series) -> pl.Series:
    """Give, for each activity that is still open, the place of its row among those that were weighed."""
    return wanted.search_sorted(places.filter(open_still))


def _together(told: ToPay, open_still: pl.Series, best: pl.DataFrame, names: tuple[tuple[str, ...], ...]) -> ToPay:
    """Put what was weighed in the place of what was not certain; the combinations of both are numbered together."""
    numbers = {schemes: number for number, schemes in enumerate(told.combinations)}
    renamed = pl.Series([numbers.setdefault(schemes, len(numbers)) for schemes in names], dtype=pl.UInt32)
    at = open_still.arg_true()
    cents = told.cents.cast(pl.Int64).scatter(at, best["to_pay"].cast(pl.Int64))
    taken = told.numbers.cast(pl.UInt32).scatter(at, renamed.gather(best["combination"]))
    return replace(told, cents=cents.alias("to_pay_cents"), numbers=taken, combinations=tuple(numbers))
