"""What remains to pay for one visitor, per activity: computed elsewhere, used here to narrow, count and sort."""

from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class FundingColumn:
    """Whole cents that remain to pay (Int64, null is unknown), aligned with the keys of activities (UInt64).

    Fastest when `keys` is `Index.keys` of the index that is asked; any other order or selection is aligned once per
    index. A key that the column does not have is unknown.
    """

    keys: pl.Series
    cents: pl.Series

    def __post_init__(self) -> None:
        """Refuse columns of different lengths. Raises ValueError."""
        if len(self.keys) != len(self.cents):
            raise ValueError(f"keys and cents must be as long: {len(self.keys)} keys, {len(self.cents)} amounts")
