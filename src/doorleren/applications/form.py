"""The form of an application as it follows from the scheme: what is still to be asked, in which group, and why. Pure.

Nothing is asked whose answer can no longer change the verdict or the amount of the track, and nothing that is known.
Facts that are used but never stored (sensitive in facts.toml) are apart: they are asked when the draft is frozen. What
only who treats an application can say (assessed) is not asked at all.
"""

from dataclasses import dataclass, replace
from datetime import date

from doorleren.rules.law import LawTables
from doorleren.rules.profile import Profile
from doorleren.rules.settled import Settled, settle
from doorleren.rules.tree import facts_of
from doorleren.rules.verdicts import Judgement, judge, unsettled
from doorleren.rules.versions import Condition, Track, Version
from doorleren.rules.vocabulary import Fact, Vocabulary

ROLE = "asker.role"


def of_track(version: Version, track: str, day: date, vocabulary: Vocabulary, law: LawTables) -> Settled:
    """Settle one track of a version for a day. Raises KeyError when the version has no such track."""
    one = next((one for one in version.tracks if one.id == track), None)
    if one is None:
        raise KeyError(track)
    return settle(replace(version, tracks=(one,)), day, vocabulary, law)


@dataclass(frozen=True, slots=True)
class Form:
    """Where an application stands: the verdict on its track with the answers so far, and the facts that are still needed.

    `needed` are in the order of the vocabulary; `sensitive` are those of them that are asked at the end only;
    `elsewhere` names what no question asks, for it is computed from the members of a partnership or from an offer, or the
    register tells it. `also` are facts that must be known whatever the rules look at. `assessed` are the conditions that
    wait for who treats the application, which stops nobody.
    `asked` is what an offer comes to in all, in cents, or an application for several (several.py); else None.
    """

    judgement: Judgement
    needed: tuple[Fact, ...]
    sensitive: tuple[Fact, ...]
    elsewhere: frozenset[str] = frozenset()
    asked: int | None = None
    also: frozenset[str] = frozenset()
    assessed: tuple[Condition, ...] = ()
    several: bool = False

    @property
    def used(self) -> frozenset[str]:
        """Name the facts that matter here."""
        return self.judgement.settled.facts | self.also

    @property
    def to_ask(self) -> tuple[Fact, ...]:
        """Give what is needed and can be asked."""
        return tuple(fact for fact in self.needed if fact.name not in self.elsewhere)

    @property
    def track(self) -> Track:
        """Give the track."""
        return self.judgement.settled.tracks[0].track

    @property
    def cents(self) -> int | None:
        """Give the amount in cents (of an offer or of several in all), else the most; None while neither is known."""
        if self.asked is not None or self.several:
            return self.asked
        return self.judgement.amount if self.judgement.amount is not None else self.judgement.amount_max

    @property
    def complete(self) -> bool:
        """Say whether nothing is needed any more, sensitive facts apart."""
        return not self.needed

    def why(self, fact: str) -> tuple[Condition, ...]:
        """Give the conditions for which a fact is asked; none where it is asked for the amount only."""
        return tuple(one.condition for one in self.judgement.settled.conditions if fact in one.facts)

    def for_amount(self, fact: str) -> bool:
        """Say whether the amount depends on a fact."""
        track = self.judgement.settled.tracks[0]
        return any(fact in facts_of(node) for node in (track.granted, track.most) if node is not None)


def form_of(
    settled: Settled, profile: Profile, vocabulary: Vocabulary, elsewhere: frozenset[str] = frozenset(),
    also: frozenset[str] = frozenset(),
) -> Form:  # fmt: skip
    """Judge the answers so far for the applicant of the track, and name what is still needed.

    `elsewhere` names the facts that are computed and never asked, `also` those that must be known in any case.
    With a failing condition nothing more is asked: the verdict stands until an answer is corrected.
    """
    track = settled.tracks[0]
    judgement = judge(settled, profile | {ROLE: track.track.applicant})
    names = {name for name in also if name not in profile}
    if judgement.truth is not False:
        names |= judgement.missing()
        for node in (track.granted, track.most):
            names |= unsettled(node, judgement.profile) if node is not None else frozenset()
    facts = [fact for name, fact in vocabulary.facts.items() if name in names]
    return Form(
        judgement,
        tuple(fact for fact in facts if not fact.sensitive and not fact.assessed),
        tuple(fact for fact in vocabulary.facts.values() if fact.sensitive and fact.name in settled.facts),
        elsewhere,
        also=also,
        assessed=_assessed(judgement, vocabulary),
    )


def _assessed(judgement: Judgement, vocabulary: Vocabulary) -> tuple[Condition, ...]:
    """Give the conditions that are open and look at what only who treats an application says."""
    told = zip(judgement.settled.conditions, judgement.holds, strict=True)
    return tuple(
        one.condition
        for one, holds in told
        if holds is None and any(vocabulary.facts[name].assessed for name in one.facts)
    )


def asked_in(form: Form, table: str, told: Profile, vocabulary: Vocabulary) -> tuple[Fact, ...]:
    """Give the questions of one group: what is needed, and what the applicant answered before and may correct."""
    needed, elsewhere = set(form.to_ask), form.elsewhere
    return tuple(
        fact
        for name, fact in vocabulary.facts.items()
        if fact.table == table and (fact in needed or (name in form.used and name in told))
        and not fact.sensitive and not fact.assessed and name not in elsewhere
    )  # fmt: skip
