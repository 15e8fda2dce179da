"""The bands that a price after funding is counted in."""

BANDS_CENTS = (0, 25_000, 50_000, 100_000, 250_000, 500_000)
MORE = "more"


def band_of(cents: int) -> str:
    """Name the band of an amount: the most cents of it, as text, or "more"; "0" costs nothing."""
    return next((str(most) for most in BANDS_CENTS if cents <= most), MORE)


def bands() -> tuple[str, ...]:
    """Give the names of all bands, cheapest first."""
    return (*map(str, BANDS_CENTS), MORE)
