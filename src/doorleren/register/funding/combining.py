"""The best permitted combination for every row of offers: what `finder/plan.py` weighs for one training, in columns.

Rows that have the same offers in the same order of filing are weighed together: which combinations are permitted, who
is filed first and which share goes first is asked of the plan itself, once per such group; only the amounts differ.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import polars as pl

from doorleren.finder.check import Finding
from doorleren.finder.plan import MOST_SCHEMES, Offer, Rules, filing_order, sharing_order

MOST_COMBINATIONS = 512
"""With more permitted combinations than this, rows are weighed one by one."""

LEFT = "left"
"""The column of what is left to fund, in cents; never null here."""


@dataclass(frozen=True, slots=True)
class Offering:
    """The offers of one scheme in a frame: its columns, and per set of tracks that hold an example's finding."""

    scheme: str
    fits: str
    amount: str
    findings: Mapping[int, Finding]

    def offer(self, fits: int, amount: int) -> Offer:
        """Make the plan's own offer, as it is where these tracks hold."""
        finding = self.findings[fits]
        return Offer(self.scheme, amount, finding.version.stacking, finding)


@dataclass
class Names:
    """The combinations that were found best, numbered; 0 is none at all."""

    numbers: dict[tuple[str, ...], int] = field(default_factory=lambda: {(): 0})

    def number(self, schemes: Sequence[str]) -> int:
        """Give the number of a combination, in order of filing."""
        return self.numbers.setdefault(tuple(schemes), len(self.numbers))


def with_best(frame: pl.DataFrame, offerings: Sequence[Offering], aid_used: int) -> tuple[pl.DataFrame, Names]:
    """Give, per row, what remains to pay (`to_pay`, cents) and the number of the combination (`combination`)."""
    names = Names()
    marked = frame.with_columns(_signature(offerings)).with_row_index("row")
    signature = [name for name in marked.columns if name.startswith("=")]
    if not signature:
        return frame.select(pl.col(LEFT).alias("to_pay"), pl.lit(0, pl.UInt32).alias("combination")), names
    found = [
        _weighed(group, offerings, aid_used, names) for group in marked.partition_by(signature, maintain_order=False)
    ]
    return pl.concat(found).sort("row").drop("row"), names


def _signature(offerings: Sequence[Offering]) -> list[pl.Expr]:
    """Say what rows must have in common to be weighed together: the tracks that hold, and who is filed first."""
    holds = [
        pl.when(pl.col(one.amount).is_not_null()).then(pl.col(one.fits)).otherwise(0).alias(f"={one.scheme}")
        for one in offerings
    ]
    ties = [
        (pl.col(one.amount) >= pl.col(other.amount)).fill_null(False).alias(f"={one.scheme}>={other.scheme}")
        for one, other in combinations(sorted(offerings, key=lambda one: one.scheme), 2)
        if _places(one) & _places(other)
    ]
    return [*holds, *ties]


def _places(one: Offering) -> set[tuple[object, ...]]:
    """Give the places in the order of filing that a scheme may have, its amount and name apart."""
    return {filing_order(one.offer(fits, 0))[:-2] for fits in one.findings}


def _weighed(group: pl.DataFrame, offerings: Sequence[Offering], aid_used: int, names: Names) -> pl.DataFrame:
    example = group.row(0, named=True)
    amounts = {one.scheme: one.amount for one in offerings}
    offers = [one.offer(example[one.fits], example[one.amount]) for one in offerings if example[one.amount] is not None]
    rules = Rules(0, aid_used)
    few = len(offers) <= MOST_SCHEMES
    permitted = list(_at_most(rules.permitted(offers), MOST_COMBINATIONS + 1)) if few else []
    if not few or len(permitted) > MOST_COMBINATIONS:
        return _one_by_one(group, offerings, aid_used, names)
    return _together(group, permitted, amounts, aid_used, names)


def _at_most(chosen: Iterator[tuple[Offer, ...]], most: int) -> Iterator[tuple[Offer, ...]]:
    return (one for one, _ in zip(chosen, range(most), strict=False))


def _one_by_one(group: pl.DataFrame, offerings: Sequence[Offering], aid_used: int, names: Names) -> pl.DataFrame:
    """Let the plan weigh each row by itself."""
    to_pay, numbers = [], []
    for row in group.iter_rows(named=True):
        offers = [one.offer(row[one.fits], row[one.amount]) for one in offerings if row[one.amount] is not None]
        offers.sort(key=lambda offer: (-offer.amount, offer.scheme))
        best = Rules(row[LEFT], aid_used).best(offers[:MOST_SCHEMES])[0]
        to_pay.append(best.to_pay)
        numbers.append(names.number([share.offer.scheme for share in best.shares]))
    return _answer(group, pl.Series(to_pay, dtype=pl.Int64), pl.Series(numbers, dtype=pl.UInt32))


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of one combination: its schemes, what is left to pay, and whether each share pays something."""

    schemes: tuple[str, ...]
    to_pay: pl.Series
    useful: pl.Series


def _together(
    group: pl.DataFrame, permitted: Sequence[tuple[Offer, ...]], amounts: Mapping[str, str], aid_used: int, names: Names
) -> pl.DataFrame:
    """Weigh all rows at once: the least to pay, then the fewest schemes, unless a larger one only adds to it."""
    outcomes = [_outcome(group, chosen, amounts, aid_used) for chosen in permitted]
    outcomes.sort(key=lambda one: (len(one.schemes), one.schemes))
    best = pl.Series([None], dtype=pl.Int64).new_from_index(0, group.height)
    number = pl.Series([0], dtype=pl.UInt32).new_from_index(0, group.height)
    for one in outcomes:
        better = one.useful & (best.is_null() | (one.to_pay < best).fill_null(False))
        for other in outcomes:
            if set(one.schemes) < set(other.schemes):
                better = better & ~(other.useful & (other.to_pay <= one.to_pay))
        if better.any():
            own = pl.Series([names.number(one.schemes)], dtype=pl.UInt32).new_from_index(0, group.height)
            best, number = one.to_pay.zip_with(better, best), own.zip_with(better, number)
    return _answer(group, best, number)


def _outcome(group: pl.DataFrame, chosen: Sequence[Offer], amounts: Mapping[str, str], aid_used: int) -> _Outcome:
    """Share the price of every row among schemes, as `Rules.weigh` does for one."""
    left = group[LEFT]
    nothing = left * 0
    useful = left.is_not_null()
    groups: dict[str, pl.Series] = {}
    aid = nothing + aid_used
    for offer in sorted(chosen, key=sharing_order):
        rule = offer.stacking
        amount = _least(group[amounts[offer.scheme]], left)
        if rule.group is not None and rule.group_cap is not None:
            amount = _least(amount, int(rule.group_cap * 100) - groups.get(rule.group, nothing))
        if rule.de_minimis_cap is not None:
            amount = _least(amount, int(rule.de_minimis_cap * 100) - aid)
            aid = aid + amount.clip(lower_bound=0)
        amount = amount.clip(lower_bound=0)
        if rule.group is not None:
            groups[rule.group] = groups.get(rule.group, nothing) + amount
        left = left - amount
        useful = useful & (amount > 0)
    return _Outcome(tuple(offer.scheme for offer in sorted(chosen, key=filing_order)), left, useful)


def _least(one: pl.Series, other: pl.Series) -> pl.Series:
    return one.zip_with(one <= other, other)


def _answer(group: pl.DataFrame, to_pay: pl.Series, number: pl.Series) -> pl.DataFrame:
    return pl.DataFrame({"row": group["row"], "to_pay": to_pay.cast(pl.Int64), "combination": number})
