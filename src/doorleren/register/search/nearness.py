"""How far: great-circle distances in kilometres, and the bands that results are counted in."""

from math import asin, cos, radians, sin, sqrt

import polars as pl

EARTH_KM = 6371.0088
"""The mean radius of the earth (IUGG)."""

BANDS_KM = (5, 10, 25, 50, 100)
FARTHER = "farther"


def kilometres(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Give the great-circle distance between two places in degrees (latitude, longitude), by the haversine formula.

    Example: Utrecht (52.0907, 5.1214) to Amsterdam (52.3676, 4.9041) is 34.1 km.
    """
    latitude, longitude = radians(here[0]), radians(here[1])
    other_latitude, other_longitude = radians(there[0]), radians(there[1])
    half = (
        sin((other_latitude - latitude) / 2) ** 2
        + cos(latitude) * cos(other_latitude) * sin((other_longitude - longitude) / 2) ** 2
    )
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


def band_of(km: float) -> str:
    """Name the band of a distance: the most kilometres of it, as text, or "farther"."""
    return next((str(most) for most in BANDS_KM if km <= most), FARTHER)


def bands() -> tuple[str, ...]:
    """Give the names of all bands, nearest first."""
    return (*map(str, BANDS_KM), FARTHER)


def distances(latitudes: pl.Series, longitudes: pl.Series, here: tuple[float, float]) -> pl.Series:
    """Give the great-circle distances of many places to one, in kilometres."""
    latitude, longitude = radians(here[0]), radians(here[1])
    north, east = pl.col("latitude").radians(), pl.col("longitude").radians()
    half = ((north - latitude) / 2).sin() ** 2 + cos(latitude) * north.cos() * ((east - longitude) / 2).sin() ** 2
    places = pl.DataFrame({"latitude": latitudes, "longitude": longitudes})
    return places.select(km=2 * EARTH_KM * half.sqrt().clip(0.0, 1.0).arcsin())["km"]
