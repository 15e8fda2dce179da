"""What an offer comes to: each activity's price group, contribution and co-financing, and the totals. Pure.

The scheme's file decides: an activity gets what the amount of its track gives for it, and the application is judged as
its hardest activity is. What a scheme asks of a participant is left for the enrolment. Of a partnership the amount may be
one for the whole application; then the list tells which activities there are, and money stays with its members.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from doorleren.applications.form import ROLE
from doorleren.register.entries import Entry
from doorleren.register.funding.facts import FACTS, training_facts
from doorleren.register.funding.price_group import Placed, PriceGroups
from doorleren.rules.law import LawTables
from doorleren.rules.profile import Profile
from doorleren.rules.settled import Settled, SettledCondition, settle
from doorleren.rules.verdicts import judge
from doorleren.rules.versions import Track
from doorleren.rules.vocabulary import Vocabulary

PARTICIPANTS, REQUESTED, FREE = "partnership.participants", "partnership.requested", "training.free_for_participant"
CO_FINANCING, RECOGNITION = "partnership.co_financing_share", "provider.recognition"
COMPUTED = frozenset({PARTICIPANTS, REQUESTED, FREE, CO_FINANCING})
"""Facts that follow from the list where the amount is one for each activity."""
PROVIDER, PARTNERSHIP = "training_provider", "partnership"
MILLION = 10**6
OFFER = "offer"
"""The origin of what is computed from the list; no row has it, nobody typed it."""
ABOUT_PARTICIPANT = "person."
OF_EACH = "of each participant, and none is named in the application"
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
    """An offer as it stands: its lines in the order in which they came, and what follows from them.

    `each`: the scheme gives an amount for each activity, so that the money of the application follows from the list.
    """

    lines: tuple[Weighed, ...]
    each: bool = True

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
    def paid_by_others(self) -> int | None:
        """Give which share of all prices others pay, in millionths rounded down; None while one does not add up."""
        whole = sum((one.line.entry.price_cents or 0) * one.line.participants for one in self.lines)
        if not whole or any(one.lacking != 0 for one in self.lines):
            return None
        return sum(one.line.paid_by_others * one.line.participants for one in self.lines) * MILLION // whole

    @property
    def hardest(self) -> Weighed | None:
        """Give the line that decides: the first that fails, else the first that is not certain, else the first."""
        return min(self.lines, key=lambda one: _HARDNESS[one.holds], default=None)


def has_offer(track: Track) -> bool:
    """Say whether one can apply in a track with a list of activities, for people who learn.

    A provider always does; a partnership where the track pays for training.
    """
    if track.beneficiary != "person":
        return False
    return track.applicant == PROVIDER or (track.applicant == PARTNERSHIP and track.amount.pays_for == "training")


def for_each(track: Track) -> bool:
    """Say whether the amount of a track with an offer is one for each activity: then nobody applies without a list."""
    return has_offer(track) and (track.applicant == PROVIDER or track.amount.per == "activity")


def by_members(track: Track) -> bool:
    """Say whether the providers of the activities are members of the partnership that applies: one of them is a party."""
    return track.applicant == PARTNERSHIP and PROVIDER in (track.payee, track.reporter)


def not_typed(track: Track) -> frozenset[str]:
    """Name what nobody types who applies with an offer: it follows from the list, or the register tells it."""
    told = {RECOGNITION} if track.applicant == PROVIDER or by_members(track) else set()
    return (COMPUTED if for_each(track) else frozenset()) | told


def left_to_list(track: Track, used: frozenset[str], *, empty: bool) -> frozenset[str]:
    """Name what is not asked while a list that one must make is empty: what the register tells of each training in it."""
    return used & FACTS.keys() if empty and for_each(track) else frozenset()


def without_participants(whole: Settled, vocabulary: Vocabulary, law: LawTables) -> Settled:
    """Settle a track without what it asks of a participant: nobody is enrolled yet when a provider applies."""
    later = {one.condition for one in whole.conditions if about_participant(one)}
    only = whole.tracks[0].track
    kept = replace(only, conditions=tuple(one for one in only.conditions if one not in later))
    return settle(replace(whole.version, tracks=(kept,)), whole.day, vocabulary, law)


def names_nobody(track: Track) -> bool:
    """Say whether who files in a track does so for people who learn of whom none is named: a partnership does."""
    return track.applicant == PARTNERSHIP and track.beneficiary == "person"


def with_stated_participants(whole: Settled, vocabulary: Vocabulary, law: LawTables) -> Settled:
    """Settle a track so that what it asks of a participant is stated of all of them, and asked of nobody.

    What is true of one learner says nothing of the others: it is for who files to see to, and for who treats it to look at.
    """
    later = {one.condition for one in whole.conditions if about_participant(one)}
    only = whole.tracks[0].track
    stated = tuple(replace(one, when=None, why=OF_EACH) if one in later else one for one in only.conditions)
    return settle(replace(whole.version, tracks=(replace(only, conditions=stated),)), whole.day, vocabulary, law)


def about_participant(one: SettledCondition) -> bool:
    """Say whether a condition looks at the participant."""
    return any(fact.startswith(ABOUT_PARTICIPANT) for fact in one.facts)


def weighed(
    lines: Iterable[Line], settled: Settled, told: Profile, groups: PriceGroups | None,
    recognised: Mapping[str, Any] | None = None,
) -> Offer:  # fmt: skip
    """Weigh the lines of an offer under a track (settled by `without_participants`); `told` is what else is known.

    `recognised`: how each provider among the members is recognised, by its code in the register.
    """
    track = settled.tracks[0].track
    left_out = COMPUTED if for_each(track) else frozenset()
    told = {name: value for name, value in told.items() if name not in left_out} | {ROLE: track.applicant}
    found = [_weighed(one, settled, told, groups, recognised or {}) for one in lines]
    totals = _totals(Offer(tuple(found), for_each(track)))
    return Offer(tuple(_judged(one, settled, told, totals) for one in found), for_each(track))


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
    if offer is None or not offer.lines:
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


def _weighed(
    line: Line, settled: Settled, told: Profile, groups: PriceGroups | None, recognised: Mapping[str, Any] | None = None
) -> Weighed:  # fmt: skip
    facts = training_facts(line.entry, None, on=settled.day, in_register=True, groups=groups)
    if recognised and line.entry.provider in recognised:
        facts = {**facts, RECOGNITION: recognised[line.entry.provider]}
    track, profile = settled.tracks[0], told | facts
    placed = None if groups is None else groups.group(line.entry)
    if not for_each(track.track):
        return Weighed(line, placed, None, facts)
    amount = track.ask_amount(profile) if track.ask_amount else None
    contribution = amount if isinstance(amount, int) else track.ask_most(profile)
    one = Weighed(line, placed, contribution, facts)
    if one.lacking is not None:
        one = replace(one, facts=facts | {FREE: one.lacking == 0})
    return one


def _judged(one: Weighed, settled: Settled, told: Profile, totals: Mapping[str, Any]) -> Weighed:
    profile = {**told, **one.facts, **totals}
    return replace(one, holds=judge(settled, profile).truth, failing=failing(settled, profile))


def _totals(offer: Offer) -> dict[str, Any]:
    if not offer.each:
        return {}
    found = {PARTICIPANTS: offer.participants, REQUESTED: offer.requested, CO_FINANCING: offer.paid_by_others}
    return {name: value for name, value in found.items() if value is not None}
