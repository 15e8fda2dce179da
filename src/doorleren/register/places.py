"""Where an activity is given: by its postcode where postcodes were imported, else by its place; with the region."""

from dataclasses import dataclass

from doorleren.register import models
from doorleren.register.reference.distance import Places
from doorleren.register.reference.entries import Postcode

Spot = tuple[float, float]


@dataclass(frozen=True)
class Nearby:
    """Where postcodes and places lie, and the labour-market region of a postcode."""

    places: Places
    regions: dict[str, str]

    @property
    def coordinates(self) -> dict[str, Spot]:
        """Give degrees north and east per four digits of a postcode; empty while none were imported."""
        found = ((pc4, self.places.at(pc4)) for pc4 in self.regions)
        return {pc4: (point.latitude, point.longitude) for pc4, point in found if point is not None}

    def at(self, postcode: str, place: str) -> tuple[str, Spot | None]:
        """Give the region (empty if not known) and the coordinates (None if not known) of a postcode, else of a place."""
        pc4 = postcode.replace(" ", "")[:4]
        point = (self.places.at(pc4) if pc4 in self.regions else None) or (self.places.at(place) if place else None)
        return self.regions.get(pc4, ""), None if point is None else (point.latitude, point.longitude)


def nearby() -> Nearby:
    """Read the postcodes that were imported."""
    columns = Postcode.__dataclass_fields__
    rows = [Postcode(*row) for row in models.Postcode.objects.values_list(*columns)]
    return Nearby(Places(rows), {one.pc4: one.region_code for one in rows})
