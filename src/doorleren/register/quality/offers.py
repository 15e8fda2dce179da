"""What a check of quality is, what it is asked about and what it finds: plain data, shared by all checks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from doorleren.core.texts import Texts
from doorleren.register.answers import Answer
from doorleren.register.entries import Entry, ProviderEntry, Recognition


@dataclass(frozen=True, slots=True)
class Origin:
    """Who told a recognition that counts: the source by its name, or the provider itself, confirmed by an official."""

    source: str = ""
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """What a provider offers on a day. The lists of shortage are given in; None is a list that nobody has.

    Occupations are ids of ESCO, sectors the values of `training.target_sector`. `stated` are recognitions that the
    provider states and that no official has confirmed: they count for nothing. `origins` says of those that count who
    told them, as far as that was kept.
    """

    provider: ProviderEntry
    entries: tuple[Entry, ...]
    on: date
    shortage_occupations: frozenset[str] | None = None
    shortage_sectors: frozenset[str] | None = None
    stated: tuple[Recognition, ...] = ()
    origins: Mapping[Recognition, Origin] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Check:
    """One demand: its name (that of its file), the claim in words, its source, and the question.

    `of_offer` asks the whole offer, `of_entry` each activity in it; one of the two is given. A binding check that
    does not hold stands in the way of admission; the others are weighed by an official.
    """

    name: str
    claim: Texts
    source: Texts
    of_offer: Callable[[Offer], Answer] | None = None
    of_entry: Callable[[Offer, Entry], Answer] | None = None
    binding: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: holds True, False or None (an official must judge), and why; `activity` is a code or ""."""

    check: str
    holds: bool | None
    texts: Texts
    activity: str = ""
