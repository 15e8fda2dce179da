"""What an offer comes to: each activity's price group, contribution and co-financing, and the totals. Pure.

The scheme's file decides: an activity gets what the amount of its track gives for it, and the application is judged as
its hardest activity is. What a scheme asks of a participant is left for the enrolment.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from doorleren.applications.form import ROLE
from doorleren.register.entries import Entry
from doorleren.register.funding.facts import training_facts
from doorleren.register.funding.price_group import Placed, PriceGroups
from doorleren.rules.law import LawTables
from doorleren.rules.profile import Profile
from doorleren.rules.settled import Settled, SettledCondition, settle
from doorleren.rules.verdicts import judge
from doorleren.rules.versions import Track
from doorleren.rules.vocabulary import Vocabulary

PARTICIPANTS, REQUESTED, FREE = "partnership.participants", "partnership.requested", "training.free_for_participant"
COMPUTED = frozenset({PARTICIPANTS, REQUESTED, FREE})
"""Facts that follow from the list."""
NOT_TYPED = COMPUTED | {"provider.recognition"}
"""Facts that nobody types who applies with an offer: they follow from the list, or the register tells them."""
OFFER = "offer"
"""The origin of what is computed from the list; no row has it, nobody typed it."""
ABOUT_PARTICIPANT = "person."
_HARDNESS = {False: 0, None: 1, True: 2}


@dataclass(frozen=True, slots=True)
class Share:
    """What somebody else pays for each participant, in cents."""

    financier: str
    name: str
    cents: int


@dataclass(frozen=True, slots=True)
class Line:
    """An activity in an offer: its number, what the register said of it then (and in which version), for how many."""

    activity: int
    version: int
    entry: Entry
    participants: int
    shares: tuple[Share, ...] = ()

    @property
    def paid_by_others(self) -> int:
        """Give what others pay for each participant, in cents."""
        return sum(one.cents for one in self.shares)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A line with what the scheme gives for it. Amounts in cents for each participant; None is not known.

    `holds` is the truth of the track for this activity, `failing` are the conditions that it does not meet.
    """

    line: Line
    group: Placed | None
    contribution: int | None
    facts: Profile
    holds: bool | None = None
    failing: tuple[SettledCondition, ...] = ()

    @property
    def above(self) -> int | None:
        """Give what the activity costs above the contribution: never less than nothing."""
        price = self.line.entry.price_cents
        return None if price is None or self.contribution is None else max(0, price - self.contribution)

    @property
    def lacking(self) -> int | None:
        """Give what nobody pays yet: 0 where it fits to the cent, less than 0 where too much was told."""
        return None if self.above is None else self.above - self.line.paid_by_others

    @property
    def asked(self) -> int | None:
        """Give what is asked for all participants of this activity; never more than it costs."""
        price = self.line.entry.price_cents
        if self.contribution is None or price is None:
            return None
        return min(self.contribution, price) * self.line.participants


@dataclass(frozen=True, slots=True)
class Offer:
    """An offer as it stands: its lines in the order in which they came, and what follows from them."""

    lines: tuple[Weighed, ...]

    @property
    def participants(self) -> int:
        """Give for how many participants it is."""
        return sum(one.line.participants for one in self.lines)

    @property
    def requested(self) -> int | None:
        """Give what is asked in all, in cents; None without a line, or while one of them is not known."""
        asked = [one.asked for one in self.lines]
        return None if not asked or None in asked else sum(one for one in asked if one is not None)

    @property
    def hardest(self) -> Weighed | None:
        """Give the line that decides: the first that fails, else the first that is not certain, else the first."""
        return min(self.lines, key=lambda one: _HARDNESS[one.holds], default=None)


def has_offer(track: Track) -> bool:
    """Say whether one applies in a track with an offer of activities: a provider, for people who learn."""
    return track.applicant == "training_provider" and track.beneficiary == "person"


def without_participants(whole: Settled, vocabulary: Vocabulary, law: LawTables) -> Settled:
    """Settle a track without what it asks of a participant: nobody is enrolled yet when a provider applies."""
    later = {one.condition for one in whole.conditions if about_participant(one)}
    only = whole.tracks[0].track
    kept = replace(only, conditions=tuple(one for one in only.conditions if one not in later))
    return settle(replace(whole.version, tracks=(kept,)), whole.day, vocabulary, law)


def about_participant(one: SettledCondition) -> bool:
    """Say whether a condition looks at the participant."""
    return any(fact.startswith(ABOUT_PARTICIPANT) for fact in one.facts)


def weighed(
    lines: Iterable[Line], settled: Settled, told: Profile, groups: PriceGroups | None
) -> Offer:  # fmt: skip
    """Weigh the lines of an offer under a track (settled by `without_participants`); `told` is what else is known."""
    role = {ROLE: settled.tracks[0].track.applicant}
    told = {name: value for name, value in told.items() if name not in COMPUTED} | role
    found = [_weighed(one, settled, told, groups) for one in lines]
    totals = _totals(Offer(tuple(found)))
    return Offer(tuple(_judged(one, settled, told, totals) for one in found))


def weigh(line: Line, settled: Settled, told: Profile, groups: PriceGroups | None) -> Weighed:
    """Weigh one activity by itself: its group, its contribution and what others must pay."""
    return _weighed(line, settled, {**told, ROLE: settled.tracks[0].track.applicant}, groups)


def facts_of_offer(offer: Offer, reads: frozenset[str], vocabulary: Vocabulary) -> dict[str, Any]:
    """Give what an offer tells of what the rules look at: the totals, and the facts of the hardest activity."""
    hardest = offer.hardest
    found = {} if hardest is None else hardest.facts | _totals(offer)
    return {name: value for name, value in found.items() if name in reads and name in vocabulary.facts}


def frozen_of_offer(offer: Offer | None) -> dict[str, Any]:
    """Say what is frozen of an offer: activity, version, group, participants, contribution, and who else pays."""
    if offer is None:
        return {}
    rows = [
        [
            one.line.activity, one.line.version, one.group.id if one.group else None, one.line.participants, one.contribution,
            [[share.financier, share.name, share.cents] for share in one.line.shares],
        ]
        for one in offer.lines
    ]  # fmt: skip
    return {"offer": rows}


def failing(settled: Settled, profile: Profile) -> tuple[SettledCondition, ...]:
    """Give the conditions of a track that do not hold."""
    holds = judge(settled, profile).holds
    return tuple(one for one, each in zip(settled.conditions, holds, strict=True) if each is False)


def _weighed(line: Line, settled: Settled, told: Profile, groups: PriceGroups | None) -> Weighed:
    facts = training_facts(line.entry, None, on=settled.day, in_register=True, groups=groups)
    track, profile = settled.tracks[0], told | facts
    amount = track.ask_amount(profile) if track.ask_amount else None
    contribution = amount if isinstance(amount, int) else track.ask_most(profile)
    placed = None if groups is None else groups.group(line.entry)
    one = Weighed(line, placed, contribution, facts)
    if one.lacking is not None:
        one = replace(one, facts=facts | {FREE: one.lacking == 0})
    return one


def _judged(one: Weighed, settled: Settled, told: Profile, totals: Mapping[str, Any]) -> Weighed:
    profile = {**told, **one.facts, **totals}
    return replace(one, holds=judge(settled, profile).truth, failing=failing(settled, profile))


def _totals(offer: Offer) -> dict[str, Any]:
    found: dict[str, Any] = {PARTICIPANTS: offer.participants}
    if offer.requested is not None:
        found[REQUESTED] = offer.requested
    return found
