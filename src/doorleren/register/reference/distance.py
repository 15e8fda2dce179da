"""How far two places are from each other as the crow flies."""

import math
from typing import NamedTuple

EARTH_KM = 6371.0088
"""Mean radius of the earth (IUGG)."""


class Point(NamedTuple):
    """A place on earth in degrees (WGS 84)."""

    latitude: float
    longitude: float


def kilometres(one: Point, other: Point) -> float:
    """Give the great-circle distance in kilometres (haversine on a sphere; within 0.5 % of the ellipsoid).

    Example: Utrecht (52.0907, 5.1214) to Amsterdam (52.3676, 4.9041) is 34.1 km.
    """
    north, south = math.radians(one.latitude), math.radians(other.latitude)
    across, along = north - south, math.radians(one.longitude - other.longitude)
    half = math.sin(across / 2) ** 2 + math.cos(north) * math.cos(south) * math.sin(along / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))
