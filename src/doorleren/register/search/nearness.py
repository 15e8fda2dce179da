"""How far: great-circle distances in kilometres, and the bands that results are counted in."""

from collections.abc import Collection
from math import cos, radians

import polars as pl

from doorleren.register.reference.distance import EARTH_KM, Point

BANDS_KM = (5, 10, 25, 50, 100)
FARTHER = "farther"


def band_of(km: float) -> str:
    """Name the band of a distance: the most kilometres of it, as text, or "farther"."""
    return next((str(most) for most in BANDS_KM if km <= most), FARTHER)


def bands() -> tuple[str, ...]:
    """Give the names of all bands, nearest first."""
    return (*map(str, BANDS_KM), FARTHER)


def near(km: pl.Series, within_km: int | None, chosen: Collection[str]) -> pl.Series | None:
    """Say per distance whether it lies within a radius and in one of the bands; None where neither was asked."""
    if within_km is None and not chosen:
        return None
    inside = pl.repeat(True, len(km), eager=True) if within_km is None else km <= within_km
    return inside & pl.Series([band_of(one) in chosen for one in km], dtype=pl.Boolean) if chosen else inside


def distances(latitudes: pl.Series, longitudes: pl.Series, here: Point) -> pl.Series:
    """Give the great-circle distances of many places to one, in kilometres; as `kilometres`, in columns."""
    latitude, longitude = radians(here.latitude), radians(here.longitude)
    north, east = pl.col("latitude").radians(), pl.col("longitude").radians()
    half = ((north - latitude) / 2).sin() ** 2 + cos(latitude) * north.cos() * ((east - longitude) / 2).sin() ** 2
    places = pl.DataFrame({"latitude": latitudes, "longitude": longitudes})
    return places.select(km=2 * EARTH_KM * half.sqrt().clip(0.0, 1.0).arcsin())["km"]
