"""What remains to pay for every activity, for one visitor on one day: `finder/plan.py` over the whole register.

Computed once per distinct combination of the facts that matter to this visitor, in columns. Called by the search (the
filter, facet and sort by price after funding) and by the pages with results.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, reduce

import polars as pl

from doorleren.core.days import Asked
from doorleren.finder.check import Finding, find
from doorleren.finder.plan import aid_used, paid_by_others
from doorleren.register.funding.activities import Activities, profile_of
from doorleren.register.funding.combining import LEFT, Offering, with_best
from doorleren.register.funding.facts import PRICES, with_activity, without_prices
from doorleren.register.funding.offers import SHUT, Candidate, candidates, facts_that_matter, with_offers
from doorleren.register.funding.visitor import with_answers
from doorleren.register.search.funding import FundingColumn
from doorleren.rules.layout import column
from doorleren.rules.library import Library
from doorleren.rules.profile import Profile

PRICE = "training.price"


@dataclass(frozen=True)
class ToPay:
    """What remains to pay, per activity in the order of the register.

    `cents` is null where the price is not told. `certain` is False while something unknown may still lower it. The
    schemes that pay are `combinations[number]` in order of filing. `distinct` counts the combinations of facts.
    """

    keys: pl.Series
    cents: pl.Series
    certain: pl.Series
    numbers: pl.Series
    combinations: tuple[tuple[str, ...], ...]
    distinct: int

    @cached_property
    def column(self) -> FundingColumn:
        """Give what the search narrows, counts and sorts by: one object, so that an index aligns it once."""
        return FundingColumn(self.keys, self.cents)

    def schemes(self, place: int) -> tuple[str, ...]:
        """Name the schemes that pay for one activity, by its place."""
        return self.combinations[self.numbers[place]]

    def frame(self) -> pl.DataFrame:
        """Give columns `key`, `to_pay_cents`, `schemes` (a list of ids) and `certain`."""
        lists = pl.Series("schemes", [list(one) for one in self.combinations], pl.List(pl.String))
        return pl.DataFrame({
            "key": self.keys, "to_pay_cents": self.cents, "schemes": lists.gather(self.numbers), "certain": self.certain,
        })  # fmt: skip


@dataclass(frozen=True)
class Remaining:
    """The question for one visitor: the facts known of them, and the day or moment."""

    library: Library
    visitor: Profile
    asked: Asked

    @staticmethod
    def of(library: Library, profile: Profile, asked: Asked) -> "Remaining":
        """Ask for a visitor; the price of a training in the profile is left out, for every activity has its own."""
        return Remaining(library, without_prices(profile), asked)

    def for_all(self, activities: Activities) -> ToPay:
        """Answer for all activities. Raises SchemeFault if a scheme file is wrong."""
        varying = activities.told | set(PRICES)
        found = candidates(self.library, self.visitor, varying, self.asked)
        distinct = activities.distinct((facts_that_matter(found, varying) & activities.told) | {PRICE})
        priced = distinct.rows.with_row_index("at").filter(pl.col(column(PRICE)).is_not_null())
        offered = with_offers(self._asked(priced, activities, found), found)
        offered, offerings = self._open(offered, priced, [one for one in found if one.may_offer], activities)
        best, names = with_best(offered.with_columns(self._left()), offerings, aid_used(self.visitor))
        answers = _spread(distinct.rows.height, priced["at"], best.with_columns(_certain(offered, best, found)))
        told = answers[distinct.places]
        return ToPay(
            activities.keys,
            told["to_pay"].alias("to_pay_cents"),
            told["certain"],
            told["combination"],
            tuple(names.numbers),
            distinct.rows.height,
        )

    def _asked(self, rows: pl.DataFrame, activities: Activities, found: Sequence[Candidate]) -> pl.DataFrame:
        nodes = [node for one in found for track in one.tracks for node in track.nodes]
        return with_answers(rows.drop("at"), activities.told, nodes, self.visitor, activities.vocabulary)

    def _left(self) -> pl.Expr:
        """Give what is left to fund after what others pay, in cents."""
        price, others = pl.col(column(PRICE)), paid_by_others(self.visitor)
        return pl.when(price <= others).then(0).otherwise(price - others).alias(LEFT)

    def _open(
        self, offered: pl.DataFrame, rows: pl.DataFrame, found: Sequence[Candidate], activities: Activities
    ) -> tuple[pl.DataFrame, list[Offering]]:
        """Drop the offers whose rounds are over; the finder itself says so, of an example per set of tracks."""
        offerings = []
        for one in found:
            examples = self._examples(offered, rows, one, activities)
            shut = [fits for fits, finding in examples.items() if finding.round_state in SHUT]
            still = {fits: finding for fits, finding in examples.items() if fits not in shut}
            if shut:
                over = pl.when(~pl.col(one.fits).is_in(shut)).then(pl.col(one.amount)).alias(one.amount)
                offered = offered.with_columns(over)
            if still:
                offerings.append(Offering(one.scheme.id, one.fits, one.amount, still))
        return offered, offerings

    def _examples(
        self, offered: pl.DataFrame, rows: pl.DataFrame, one: Candidate, activities: Activities
    ) -> dict[int, Finding]:
        """Ask the finder about one row per set of tracks that hold."""
        some = offered.select(one.fits, one.amount).with_row_index("example")
        some = some.filter(pl.col(one.amount).is_not_null()).unique(one.fits, keep="any")
        found = {}
        for place, fits in zip(some["example"], some[one.fits], strict=True):
            told = profile_of(rows.row(place, named=True), activities.told, activities.vocabulary)
            profile = with_activity(self.visitor, told)
            found[fits] = find(self.library, one.scheme, profile, self.asked)
        return found


def _certain(offered: pl.DataFrame, best: pl.DataFrame, found: Sequence[Candidate]) -> pl.Series:
    """Say where nothing unknown can still lower what remains."""
    undecided = [pl.col(one.undecided) for one in found]
    if not undecided:
        return pl.Series("certain", [True], pl.Boolean).new_from_index(0, best.height)
    open_still = offered.select(reduce(pl.Expr.or_, undecided).alias("certain"))["certain"]
    return (~open_still | (best["to_pay"] == 0)).alias("certain")


def _spread(height: int, at: pl.Series, answers: pl.DataFrame) -> pl.DataFrame:
    """Put the answers of the rows with a price beside those without: nothing to pay is known of them."""
    if at.len() == height:
        return answers
    whole = pl.DataFrame({"at": pl.Series(range(height), dtype=pl.UInt32)})
    told = whole.join(answers.with_columns(at), on="at", how="left", maintain_order="left").drop("at")
    return told.with_columns(pl.col("certain").fill_null(False), pl.col("combination").fill_null(0))
