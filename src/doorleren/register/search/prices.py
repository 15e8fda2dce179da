"""The bands that a price after funding is counted in."""

import polars as pl

BANDS_CENTS = (0, 25_000, 50_000, 100_000, 250_000, 500_000)
MORE = "more"
UNKNOWN = 255
"""The place of the band of an amount that is not known."""


def band_of(cents: int) -> str:
    """Name the band of an amount: the most cents of it, as text, or "more"; "0" costs nothing."""
    return next((str(most) for most in BANDS_CENTS if cents <= most), MORE)


def places(cents: pl.Series) -> pl.Series:
    """Give the place of each amount's band among `bands()` (UInt8); `UNKNOWN` where it is null."""
    found = pl.Series(BANDS_CENTS, dtype=cents.dtype).search_sorted(cents, side="left").cast(pl.UInt8)
    return pl.select(pl.when(cents.is_not_null()).then(found).otherwise(pl.lit(UNKNOWN, pl.UInt8))).to_series()


def bands() -> tuple[str, ...]:
    """Give the names of all bands, cheapest first."""
    return (*map(str, BANDS_CENTS), MORE)
