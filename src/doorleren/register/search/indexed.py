"""What the index is built from: an activity as its provider told it, with what the register derives from it."""

from dataclasses import dataclass

from doorleren.register.entries import Entry, ProviderEntry


@dataclass(frozen=True, slots=True)
class Indexed:
    """One activity for the index. `key` is its number in the database, `fundable_by` the ids of schemes.

    `latitude` and `longitude` are degrees north and east of where it is given; None where that is not known or where
    it is given online only; `elsewhere` are the other places where it is given, of which the nearest counts. `region` is
    the code of a labour-market region, empty when unknown, and `other_regions` those of the other places.
    """

    key: int
    entry: Entry
    provider: ProviderEntry
    region: str = ""
    shortage_occupation: bool | None = None
    latitude: float | None = None
    longitude: float | None = None
    fundable_by: tuple[str, ...] = ()
    elsewhere: tuple[tuple[float, float], ...] = ()
    other_regions: tuple[str, ...] = ()
