"""Where an activity is given: by its postcode where postcodes were imported, else by its place; with the region."""

from dataclasses import dataclass

from doorleren.register import models
from doorleren.register.reference.entries import Postcode
from doorleren.register.reference.place_names import Places

Spot = tuple[float, float]


@dataclass(frozen=True)
class Nearby:
    """Where postcodes and places lie, and the labour-market region of a postcode or place."""

    places: Places

    @property
    def coordinates(self) -> dict[str, Spot]:
        """Give degrees north and east per four digits of a postcode; empty while none were imported."""
        return {pc4: (point.latitude, point.longitude) for pc4, point in self.places.postcodes.items()}

    def at(self, postcode: str, place: str) -> tuple[str, Spot | None]:
        """Give the region (empty if not known) and the coordinates (None if not known) of a postcode, else of a place.

        A region is known from imported postcodes only: of a place, where all of it lies in one region.
        """
        pc4 = postcode.replace(" ", "")[:4]
        named = self.places.called(place) if place else None
        region = self.places.regions.get(pc4, "") or (named.region if named else "")
        point = self.places.postcodes.get(pc4) or (named.point if named else None)
        return region, None if point is None else (point.latitude, point.longitude)


def nearby() -> Nearby:
    """Read the postcodes that were imported."""
    columns = Postcode.__dataclass_fields__
    return Nearby(Places(Postcode(*row) for row in models.Postcode.objects.values_list(*columns)))
