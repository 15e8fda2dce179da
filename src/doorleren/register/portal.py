"""What the portal shows: a search with what remains to pay, one training, and the way from one occupation to another.

Called by the pages and by the command line. Everything comes from the read index, except what is shown of a training:
that is read from the database, which is the truth.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from doorleren.core.days import Asked
from doorleren.core.places import index_folder
from doorleren.finder.plan import plan
from doorleren.finder.plan_contract import plan_as_dict
from doorleren.register.admission import below_cap
from doorleren.register.answers import Answer as Admission
from doorleren.register.entries import ProviderEntry
from doorleren.register.funding.facts import with_activity
from doorleren.register.funding.kept import KeptAnswers
from doorleren.register.funding.remaining import ToPay as Answer
from doorleren.register.funding.stored import Stored
from doorleren.register.queries import (
    Listing,
    is_published,
    listings,
    occupation_descriptions,
    occupation_names,
    offered_by,
    skill_names,
)
from doorleren.register.search.asking import Query, Results
from doorleren.register.search.reader import Reader
from doorleren.register.standings import admission_of, standing_of_activity
from doorleren.register.ways import Gap, SharedSkills, gap_between, shared_skills
from doorleren.register.words.occupation_index import OccupationIndex
from doorleren.register.words.postings import UnusableIndex, stamp
from doorleren.rules.library import Library
from doorleren.rules.profile import Profile


@dataclass(frozen=True, slots=True)
class ToPay:
    """What remains to pay of a price, in cents (None: the price is not told), and from which schemes the rest comes.

    `certain` is False when it is the most that could be got, because something about the visitor is unknown.
    """

    price_cents: int | None
    to_pay_cents: int | None
    certain: bool
    schemes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The results of a search, the trainings on the page, and what remains to pay for each.

    `question` is the fact that helps most to know for those trainings of which the sum is not certain; None for nothing.
    """

    results: Results
    listings: Mapping[int, Listing]
    to_pay: Mapping[int, ToPay]
    question: str | None = None


@dataclass(frozen=True, slots=True)
class FoundActivity:
    """One training: what is said of it, what remains to pay, the plans, and the question that helps most."""

    listing: Listing
    to_pay: ToPay
    plans: dict[str, Any] | None
    question: str | None
    facts: Profile
    occupations: tuple[str, ...]


@dataclass
class Portal:
    """The portal on one home folder; safe to use from several threads, and follows the index when it is rebuilt."""

    library: Library
    home: Path

    def __post_init__(self) -> None:
        self._kept: tuple[object, KeptAnswers] | None = None
        self._names: tuple[tuple[int, int], OccupationIndex] | None = None

    @cached_property
    def _reader(self) -> Reader:
        return Reader(index_folder(self.home, "activities"))

    @cached_property
    def _stored(self) -> Stored:
        return Stored(index_folder(self.home, "funding"), self.library.vocabulary)

    def search(
        self, query: Query, *, profile: Profile, today: date, skipped: Collection[str] = (), in_short: bool = False
    ) -> Found:
        """Search; `skipped` are the facts that the visitor does not know, `in_short` as in `register.queries.listings`.

        Raises BadQuery for what cannot be asked, IndexUnavailable while there is no index.
        """
        index = self._reader.index()
        kept, asked = self._answers(), Asked(today)
        answers = kept.of(profile, asked)
        results = index.search(query, to_pay=answers.column, today=today)
        found = listings([hit.key for hit in results.hits], in_short=in_short)
        to_pay = {key: _to_pay(one, kept, answers) for key, one in found.items()}
        open_still = [kept.activities.facts_of(key) for key, one in to_pay.items() if one.schemes and not one.certain]
        question = kept.question(open_still, profile, asked, skipped) if open_still else None
        return Found(results, found, to_pay, question)

    def activity(
        self, key: int, *, profile: Profile, today: date, language: str = "nl", skipped: Collection[str] = ()
    ) -> FoundActivity | None:
        """Give one training that is listed; None if it is not. `skipped` are the facts that the visitor does not know."""
        listing = listings([key]).get(key)
        if listing is None or not is_published(listing.entry, today):
            return None
        kept, asked = self._answers(), Asked(today)
        facts = kept.activities.facts_of(key)
        combined = with_activity(profile, facts)
        question = kept.question([facts], profile, asked, skipped)
        plans = None
        if listing.entry.price_cents is not None:
            plans = plan_as_dict(plan(self.library, combined, asked), language)
        labels = occupation_names(listing.entry.occupations)
        to_pay = _to_pay(listing, kept, kept.of(profile, asked))
        return FoundActivity(listing, to_pay, plans, question, facts, labels)

    def to_pay(self, found: Iterable[Listing], *, profile: Profile, today: date) -> dict[int, ToPay]:
        """Give per training what remains to pay. Raises IndexUnavailable while there is no index."""
        kept = self._answers()
        answers = kept.of(profile, Asked(today))
        return {one.key: _to_pay(one, kept, answers) for one in found}

    def skills(self, keys: Sequence[str]) -> tuple[str, ...]:
        """Give the names of skills by their ESCO ids; one that was not imported is left out."""
        return skill_names(keys) if keys else ()

    def provider(
        self, code: str, *, start: int, size: int, today: date
    ) -> tuple[ProviderEntry, list[Listing], int] | None:  # fmt: skip
        """Give a provider by its code with some of its trainings by title, and how many there are; None if unknown."""
        return offered_by(code, today, start=start, size=size)

    def admission(self, key: int, *, today: date) -> Admission:
        """Say whether a training that is listed is admitted to the register, itself and its provider."""
        return admission_of(key, today)

    def room(self, key: int, *, today: date, granted: Callable[[], int]) -> Admission:
        """Say whether a training has room for one more grant this year, by a count that is passed in and asked if needed."""
        most = standing_of_activity(key, today).grants_a_year
        return below_cap(most, 0 if most is None else granted())

    def occupations(self, text: str) -> list[tuple[str, str]]:
        """Give the occupations that a name may mean, best first, as pairs of id and name; none while none were imported."""
        try:
            index = self._occupations()
        except UnusableIndex:
            return []
        return [(one.id, one.label) for one in index.find(text)]

    def occupation_descriptions(self, keys: Sequence[str]) -> dict[str, str]:
        """Give what some occupations are in the words of the reference data, by ESCO id."""
        return occupation_descriptions(keys)

    def gap(self, origin: str, target: str, *, today: date, can: Collection[str] = ()) -> Gap:
        """Give what lies between two occupations, by their ESCO ids, for who can some skills besides."""
        return gap_between(origin, target, today=today, can=can)

    def shared_skills(self, origin: str, target: str) -> SharedSkills | None:
        """Count the skills in common of two occupations by what people call them; None where one of both is not known."""
        found = [self.occupations(text)[:1] for text in (origin, target)]
        return shared_skills(found[0][0], found[1][0]) if all(found) else None

    def _occupations(self) -> OccupationIndex:
        """Give the index of occupations, opened anew when another was written. Raises UnusableIndex."""
        folder = index_folder(self.home, "occupations")
        written = stamp(folder)
        if self._names is None or self._names[0] != written:
            self._names = (written, OccupationIndex.open(folder))
        return self._names[1]

    def _answers(self) -> KeptAnswers:
        activities = self._stored.activities()
        if self._kept is None or self._kept[0] is not activities:
            self._kept = (activities, KeptAnswers(self.library, activities))
        return self._kept[1]


def _to_pay(listing: Listing, kept: KeptAnswers, told: Answer) -> ToPay:
    """Give what the plan leaves to pay; where that is not certain, what the most that can be got would leave."""
    place, price = kept.activities.place(listing.key), listing.entry.price_cents
    if place is None:
        return ToPay(price, None, False, ())
    return ToPay(price, told.cents[place], told.certain[place], told.schemes(place))
