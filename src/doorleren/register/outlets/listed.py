"""One activity as the register lists it, and where it lives on the web: what every outlet starts from."""

from dataclasses import dataclass
from datetime import datetime

from doorleren.register.entries import Entry, ProviderEntry

ACTIVITY_PAGE = "/trainings/{number}"
"""The page of an activity below the address of the site."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An activity with its provider, its number in the register, when it last changed and whether it is admitted.

    `changed_at` must know its time zone, because every standard asks for it; ValueError when it does not.
    """

    entry: Entry
    provider: ProviderEntry
    number: int
    changed_at: datetime
    admitted: bool

    def __post_init__(self) -> None:
        """Refuse a moment without a time zone and a provider that is not the one the entry names."""
        if self.changed_at.tzinfo is None:
            raise ValueError(f"changed_at: a moment with its time zone is needed, not {self.changed_at.isoformat()}")
        if self.entry.provider != self.provider.code:
            raise ValueError(f"provider: the entry names {self.entry.provider!r}, but {self.provider.code!r} was given")


def activity_address(base_url: str, number: int) -> str:
    """Give the address of the page of an activity; `base_url` is that of the site, with or without a last slash."""
    return base_url.rstrip("/") + ACTIVITY_PAGE.format(number=number)
