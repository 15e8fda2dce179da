"""The verdict of one scheme for one person on one day: its best track, with reasons, amount and what is missing.

`judge` does what must be fast: it asks every condition once. The rest (missing facts, what would change the
outcome, the receipt) is computed from the judgement when somebody looks.
"""

from typing import Literal, NamedTuple

from doorleren.rules import tree
from doorleren.rules.person import closure
from doorleren.rules.profile import NA, Profile
from doorleren.rules.settled import Settled, SettledCondition, SettledTrack
from doorleren.rules.tree import parts_of
from doorleren.rules.versions import Condition

Outcome = Literal["eligible", "not_eligible", "unknown"]
WORDS: dict[bool | None, Outcome] = {True: "eligible", False: "not_eligible", None: "unknown"}
RANK = {True: 2, None: 1, False: 0}


class Judgement(NamedTuple):
    """What came of asking every condition of a version: per condition and per track True, False or None (unknown).

    `amount` and `amount_max` are whole cents; see the contract for when they are None. A named tuple, because one is
    made per scheme and person.
    """

    settled: Settled
    profile: Profile
    holds: tuple[bool | None, ...]
    tracks: tuple[bool | None, ...]
    richest: SettledTrack | None
    truth: bool | None
    amount: int | None
    amount_max: int | None

    @property
    def best(self) -> SettledTrack:
        """Give the track that the verdict speaks of: the one that pays most or, if none fits, the one that fails least."""
        return self.richest or min(self.settled.tracks, key=self._failures)

    def _failures(self, track: SettledTrack) -> int:
        return [self.holds[place] for place in track.places].count(False)

    @property
    def outcome(self) -> Outcome:
        """Give the verdict in the words of the contract."""
        return WORDS[self.truth]

    def holds_by_id(self) -> dict[str, bool | None]:
        """Give what each condition says as written, by id; where two tracks use one id, that of the best track."""
        best = set(self.best.places)
        ordered = sorted(enumerate(self.settled.conditions), key=lambda pair: pair[0] in best)
        return {one.condition.id: self.asked(one) for _place, one in ordered}

    def missing(self) -> frozenset[str]:
        """Name the unknown facts that can still change the verdict."""
        if self.truth is not None:
            return frozenset()
        found: set[str] = set()
        for track, truth in zip(self.settled.tracks, self.tracks, strict=True):
            if truth is None:
                for place in track.places:
                    if self.holds[place] is None:
                        found |= unsettled(self.settled.conditions[place].counted, self.profile)
        return frozenset(found)

    def missing_for_amount(self) -> frozenset[str]:
        """Name the unknown facts on which the amount still depends, once the verdict is eligible."""
        if self.truth is not True or self.amount is not None or self.best.granted is None or not self.best.exact:
            return frozenset()
        return unsettled(self.best.granted, self.profile)

    def provided(self) -> tuple[Condition, ...]:
        """Give what must hold too but is not computed: nobody can, or only the adviser or provider knows."""
        if self.truth is False:
            return ()
        presumed = [
            one.condition
            for one in (self.settled.conditions[place] for place in self.best.places)
            if self._presumed(one)
        ]
        return (*presumed, *self.best.unchecked)

    def _presumed(self, one: SettledCondition) -> bool:
        return isinstance(one.counted, tree.Presumed) and one.ask(self.profile) is True and self.asked(one) is None

    def asked(self, one: SettledCondition) -> bool | None:
        """Give what a condition says as written, without presuming anything of advisers and providers."""
        holds: bool | None = closure(one.written)(self.profile)
        return holds


def judge(settled: Settled, profile: Profile) -> Judgement:
    """Ask every condition of a version and choose the best track."""
    holds, tracks = settled.answer(profile)
    if True in tracks:
        truth: bool | None = True
    elif None in tracks:
        truth = None
    else:
        return Judgement(settled, profile, holds, tracks, None, False, None, None)
    if len(tracks) == 1:
        track = settled.tracks[0]
        amount, amount_max = _amounts(track, profile, truth)
    else:
        fitting = [track for place, track in enumerate(settled.tracks) if tracks[place] is truth]
        track, amount, amount_max = _richest(fitting, profile, truth)
    return Judgement(settled, profile, holds, tracks, track, truth, amount, amount_max)


def _richest(
    tracks: list[SettledTrack], profile: Profile, truth: bool | None
) -> tuple[SettledTrack, int | None, int | None]:
    paid = [(track, *_amounts(track, profile, truth)) for track in tracks]
    return paid[0] if len(paid) == 1 else max(paid, key=_worth)


def _worth(paid: tuple[SettledTrack, int | None, int | None]) -> tuple[int, bool, int]:
    """Rank a known amount above none, then a most without a limit, then the highest most."""
    track, amount, limit = paid
    endless = limit is None and not (track.granted is None and track.most is None)
    return -1 if amount is None else amount, endless, limit or 0


def _amounts(track: SettledTrack, profile: Profile, truth: bool | None) -> tuple[int | None, int | None]:
    amount = track.ask_amount(profile) if truth and track.ask_amount else None
    if amount is not None and amount is not NA:
        return amount, amount
    return None, track.ask_most(profile)


def unsettled(node: tree.Node, profile: Profile) -> frozenset[str]:
    """Name the unknown facts through which a tree is still unknown; a part that is settled asks for nothing."""
    if closure(node)(profile) is not None:
        return frozenset()
    match node:
        case tree.FactValue(name, _):
            return frozenset((name,))
        case tree.Choose(test, yes, no):
            wanted = unsettled(test, profile)
            chosen = closure(test)(profile)
            sides = (yes, no) if chosen is None else (yes,) if chosen else (no,)
            return wanted.union(*(unsettled(side, profile) for side in sides))
        case tree.Presumed(part, _, _):
            return unsettled(part, profile)
    return frozenset().union(*(unsettled(part, profile) for part in parts_of(node)))


def used_facts(judgement: Judgement) -> dict[str, object]:
    """Give the known facts that the version looks at, and who asks: what the answer rests on."""
    names = judgement.settled.facts | {"asker.role"}
    return {name: judgement.profile[name] for name in sorted(names) if name in judgement.profile}
