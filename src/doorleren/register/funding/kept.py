"""Answers kept for visitors who come back: one per set of facts that the paying schemes of the day look at.

Called by the search and the pages; made anew with the read index, so that an answer never outlives its activities.
"""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date
from threading import Lock

from doorleren.core.days import Asked
from doorleren.register.funding.activities import Activities
from doorleren.register.funding.facts import PRICES
from doorleren.register.funding.most import Most, most_for_anyone
from doorleren.register.funding.offers import paying
from doorleren.register.funding.remaining import Remaining, ToPay
from doorleren.rules.library import Library
from doorleren.rules.profile import Profile

ANSWERS_KEPT = 32
"""How many visitors' answers are kept; one for 200,000 activities takes about three megabytes."""

ALWAYS = frozenset({"asker.role", "training.paid_by_other", "employer.de_minimis_last_3_years"})
"""Facts that the plan looks at itself, whatever the schemes ask."""

MOSTS_KEPT = 20_000
"""For how many combinations of a visitor's and an activity's facts the most that could be got is kept."""

Known = frozenset[tuple[str, object]]
Key = tuple[Asked, Known]


@dataclass
class KeptAnswers:
    """What remains to pay for all activities, for the visitors of late. Safe to use from several threads."""

    library: Library
    activities: Activities
    _answers: OrderedDict[Key, ToPay] = field(default_factory=OrderedDict)
    _mosts: OrderedDict[tuple[Key, Known], Most] = field(default_factory=OrderedDict)
    _facts: dict[date, frozenset[str]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def of(self, profile: Profile, asked: Asked) -> ToPay:
        """Answer for a visitor; at once if somebody with the same facts asked the same day or moment before."""
        key = self._key(profile, asked)
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key]
        answer = Remaining.of(self.library, profile, asked).for_all(self.activities)
        with self._lock:
            self._answers[key] = answer
            while len(self._answers) > ANSWERS_KEPT:
                self._answers.popitem(last=False)
        return answer

    def most(self, place: int | None, profile: Profile, asked: Asked) -> Most:
        """Give the most that could be got for one activity, by its place, without the question to ask then.

        Weighed once for all activities that tell the same of what the schemes look at. None: it is not here.
        """
        facts = {} if place is None else self.activities.profile(place)
        matter = self._that_matter(asked.day) | set(PRICES)
        key = self._key(profile, asked), frozenset(pair for pair in facts.items() if pair[0] in matter)
        with self._lock:
            if key in self._mosts:
                self._mosts.move_to_end(key)
                return self._mosts[key]
        found = most_for_anyone(self.library, facts, asked, profile, with_question=False)
        with self._lock:
            self._mosts[key] = found
            while len(self._mosts) > MOSTS_KEPT:
                self._mosts.popitem(last=False)
        return found

    def _key(self, profile: Profile, asked: Asked) -> Key:
        matter = self._that_matter(asked.day)
        return asked, frozenset((name, value) for name, value in profile.items() if name in matter)

    def _that_matter(self, day: date) -> frozenset[str]:
        if day not in self._facts:
            self._facts = {day: facts_asked(self.library, day) - set(PRICES)}
        return self._facts[day]


def facts_asked(library: Library, day: date) -> frozenset[str]:
    """Name the facts on which what remains to pay can depend on a day."""
    versions = [scheme.on(day) for scheme in paying(library, day)]
    return ALWAYS.union(*(library.settled(version, day).facts for version in versions if version is not None))
