"""The world of a simulation: its dice, its clock, and the season that it is in with its officials and cases. All from one seed."""

import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from doorleren.applications.evidence.storage import Store
from doorleren.applications.models import Application
from doorleren.cases.models import Case
from doorleren.core.days import day_of
from doorleren.people.models import Assurance, RoleKind
from doorleren.people.signed_in import SignedIn
from doorleren.rules.library import Library
from doorleren.simulation.outside import Book, Outside

_One = TypeVar("_One")
BEGIN = datetime(2026, 3, 2, 8, tzinfo=UTC)
ODD = 0.12
"""How often an act is tried by anybody instead of by who has the role."""
STALE = 0.01
"""How often somebody proved who they are too long ago."""
_JUMPS = ((0.02, (1, 9)), (0.004, (10, 60)), (0.001, (70, 800)))
"""How often the clock jumps, and by how many days."""
_TO_A_HOLIDAY = 0.002
LAST_YEAR = 2095
"""Until then time jumps, and people wait; after it only minutes go by. Of the years after 2100 no holidays are known."""
_LATE = 0.1
"""How often an act comes just around midnight in Amsterdam, when the day is another than in UTC."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something that somebody is about to do: its name and the product's own command; `forbidden`: whatever happens it is refused.

    `unchanged`: gives what the act must leave as it is.
    """

    name: str
    run: Callable[[], object]
    case: int | None = None
    forbidden: bool = False
    unchanged: Callable[[], object] = lambda: None


@dataclass
class Season:
    """A body with its rounds: ids of its officials with the roles that they were given, its cases in order of opening.

    `ceilings` of its rounds, in cents; in the second one, where there is one, who applied in the first may apply again.
    `most`: how many apply in the first. `reserves`: what is granted is claimed later; `lends`: it is repaid. `book`: that of the bank of the body.
    """

    number: int
    body: int
    ceilings: dict[int, int]
    officials: dict[int, tuple[RoleKind, ...]]
    administrators: tuple[int, ...]
    ranked: bool
    tracks: tuple[str, ...]
    most: int
    reserves: bool = False
    lends: bool = False
    cases: list[int] = field(default_factory=list)
    applications: int = 0
    book: Book = field(default_factory=Book)

    @property
    def round(self) -> int:
        """Give the first round."""
        return next(iter(self.ceilings))

    @property
    def again(self) -> int | None:
        """Give the round in which one may apply again; None where there is none."""
        return next(reversed(self.ceilings)) if len(self.ceilings) > 1 else None


class World:
    """What a simulation draws from and changes. `outside` is what is not ours: the post, the bank, a virus scanner.

    `seasons`: all that there were, the last is the one that it is.
    """

    def __init__(self, seed: str, library: Library) -> None:
        """Begin; there is no season yet. `dice`: what the product draws in secret."""
        self.chance = random.Random(seed)  # noqa: S311 - a simulation that can be repeated
        self.dice = random.Random(f"dice {seed}")  # noqa: S311
        self.library, self.at = library, BEGIN
        self.outside = Outside(self.chance)
        self.seasons: list[Season] = []
        self._store: Store | None = None

    @property
    def season(self) -> Season:
        """Give the season that it is."""
        if not self.seasons:
            raise RuntimeError("no season has begun")
        return self.seasons[-1]

    def begin(self, season: Season) -> None:
        """Let a season begin, with an empty book at the bank."""
        self.seasons.append(season)
        self.outside.open_book(season.book)

    @property
    def store(self) -> Store:
        """Give where documents lie."""
        if self._store is None:
            raise RuntimeError("there is no folder for documents")
        return self._store

    @contextmanager
    def with_store(self) -> Iterator[None]:
        """Keep documents in a folder of this world, which goes with it."""
        with tempfile.TemporaryDirectory(prefix="doorleren-documents-") as folder:
            self._store = Store(Path(folder), b"s" * 32)
            try:
                yield
            finally:
                self._store = None

    # --- the clock

    @property
    def today(self) -> date:
        """Give the day in Amsterdam."""
        return day_of(self.at)

    def tick(self) -> None:
        """Let time go on: minutes, now and then days or years, to a holiday, or to just around midnight."""
        self.at += timedelta(minutes=self.chance.randint(1, 40))
        if self.at.year > LAST_YEAR:
            return
        for share, (least, most) in _JUMPS:
            if self.chance.random() < share:
                self.at += timedelta(days=self.chance.randint(least, most))
        if self.chance.random() < _TO_A_HOLIDAY:
            month, day = self.chance.choice(((12, 24), (12, 31), (4, 26), (5, 4)))
            there = datetime(self.at.year + 1, month, day, 22, 58, tzinfo=UTC)
            self.at = max(self.at, there)
        elif self.chance.random() < _LATE * _JUMPS[0][0]:
            self.at = self.at.replace(hour=21, minute=59) + timedelta(days=1)

    def wait(self, days: int) -> None:
        """Let so many days go by: people wait for a term."""
        if self.at.year <= LAST_YEAR:
            self.at += timedelta(days=days)

    # --- people

    def anybody(self) -> int:
        """Draw an official."""
        return self.chance.choice(tuple(self.season.officials))

    def official(self, *kinds: RoleKind) -> SignedIn:
        """Draw an official who was given one of these roles, or now and then just anybody; signed in now."""
        fitting = [one for one, held in self.season.officials.items() if set(held) & set(kinds)]
        return self.by(self.anybody() if self.chance.random() < ODD else self.chance.choice(fitting))

    def by(self, person: int) -> SignedIn:
        """Let somebody be signed in, who proved it now or, seldom, too long ago."""
        proven = self.at - timedelta(hours=1) if self.chance.random() < STALE else self.at
        return SignedIn(person, Assurance.SUBSTANTIAL, True, proven)

    def fresh(self, person: int) -> SignedIn:
        """Let somebody be signed in who proved it just now."""
        return SignedIn(person, Assurance.SUBSTANTIAL, True, self.at)

    def applicant(self, case: int) -> SignedIn:
        """Let the applicant of a case be signed in, or now and then somebody else's."""
        if self.chance.random() < ODD / 4:
            case = self.chance.choice(self.season.cases)
        subject = Case.objects.values_list("subject_id", flat=True).get(pk=case)
        number = Application.objects.values_list("applicant_number", flat=True).get(pk=int(subject))
        return self.by(number)

    # --- things

    def days_ahead(self, least: int = 1, most: int = 30) -> date:
        """Draw a day that is yet to come; now and then one that has passed."""
        days = -1 if self.chance.random() < ODD / 4 else self.chance.randint(least, most)
        return self.today + timedelta(days=days)

    def pick(self, from_: Sequence[_One]) -> _One | None:
        """Draw one; None where there is none."""
        return self.chance.choice(from_) if from_ else None

    def maybe(self, share: float) -> bool:
        """Say yes as often as this."""
        return self.chance.random() < share
