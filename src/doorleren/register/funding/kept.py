"""Answers kept for visitors who come back: one per set of facts that the paying schemes of the day look at.

Called by the search and the pages; made anew with the read index, so that an answer never outlives its activities.
"""

from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from threading import Lock

from doorleren.core.days import Asked
from doorleren.register.funding.activities import Activities
from doorleren.register.funding.at_best import at_best
from doorleren.register.funding.facts import PRICES
from doorleren.register.funding.most import most_for_anyone, what_all_tell
from doorleren.register.funding.offers import paying
from doorleren.register.funding.remaining import Remaining, ToPay
from doorleren.rules.library import Library
from doorleren.rules.profile import Profile

ANSWERS_KEPT = 32
"""How many visitors' answers are kept; one for 200,000 activities takes about three megabytes."""

ALWAYS = frozenset({"asker.role", "training.paid_by_other", "employer.de_minimis_last_3_years"})
"""Facts that the plan looks at itself, whatever the schemes ask."""

QUESTIONS_KEPT = 20_000
"""For how many combinations of a visitor's and an activity's facts the question that helps most is kept."""

Known = frozenset[tuple[str, object]]
Key = tuple[Asked, Known]


@dataclass
class KeptAnswers:
    """What remains to pay for all activities, for the visitors of late. Safe to use from several threads.

    Where it is not certain it is the least that may remain, so that whoever narrows and sorts by it sees what cards say.
    """

    library: Library
    activities: Activities
    _answers: OrderedDict[Key, ToPay] = field(default_factory=OrderedDict)
    _questions: OrderedDict[tuple[Key, Known, frozenset[str]], str | None] = field(default_factory=OrderedDict)
    _facts: dict[date, frozenset[str]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def of(self, profile: Profile, asked: Asked) -> ToPay:
        """Answer for a visitor; at once if somebody with the same facts asked the same day or moment before."""
        key = self._key(profile, asked)
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key]
        question = Remaining.of(self.library, profile, asked)
        answer = at_best(question, self.activities, question.for_all(self.activities))
        with self._lock:
            self._answers[key] = answer
            while len(self._answers) > ANSWERS_KEPT:
                self._answers.popitem(last=False)
        return answer

    def question(
        self, facts: Sequence[Profile], profile: Profile, asked: Asked, skipped: Collection[str] = ()
    ) -> str | None:
        """Give the fact that helps most to know for activities that tell these facts; chosen by what they have in common.

        Weighed once for all activities that tell the same of what the schemes look at. None: no answer changes anything.
        """
        matter = self._that_matter(asked.day) | set(PRICES)
        common = {name: value for name, value in what_all_tell(facts).items() if name in matter}
        key = self._key(profile, asked), frozenset(common.items()), frozenset(skipped)
        with self._lock:
            if key in self._questions:
                self._questions.move_to_end(key)
                return self._questions[key]
        found = most_for_anyone(self.library, common, asked, profile, skipped).question
        with self._lock:
            self._questions[key] = found
            while len(self._questions) > QUESTIONS_KEPT:
                self._questions.popitem(last=False)
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
