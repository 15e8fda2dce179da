"""A version settled for one day: its conditions and amounts as trees, with the functions that answer for one person.

Who calls it: the library, for the verdicts of one person and the evaluators for columns and SQL; and the checks of a
scheme file.
Settling is where a fault in an expression shows, with file, condition and column.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from doorleren.rules import bounds, tree
from doorleren.rules.applying import implied
from doorleren.rules.compiled import Answering, amounting, answering
from doorleren.rules.law import LawTables
from doorleren.rules.person import Closure, closure
from doorleren.rules.profile import Profile
from doorleren.rules.reading import Parameter, Setting, read_amount, read_condition
from doorleren.rules.tree import facts_of
from doorleren.rules.versions import EXACT_KINDS, Condition, Track, Version
from doorleren.rules.vocabulary import Vocabulary

ROLE = tree.FactValue("asker.role", "text")
ANSWERED_BY_OTHERS = ("adviser", "provider")
"""Tables of which a person who asks knows nothing; unknown conditions about them are told, not asked."""


@dataclass(frozen=True, slots=True, eq=False)
class SettledCondition:
    """A condition that can be computed: its tree as written, and as it counts when a person asks."""

    condition: Condition
    written: tree.Node
    counted: tree.Node

    def ask(self, profile: Profile) -> bool | None:
        """Ask this condition alone, as it counts."""
        holds: bool | None = closure(self.counted)(profile)
        return holds

    @property
    def facts(self) -> frozenset[str]:
        """Name the facts it looks at."""
        return facts_of(self.written)


@dataclass(frozen=True, slots=True, eq=False)
class SettledTrack:
    """A track: the places of its conditions in the version's list, what nobody can compute, and the amounts.

    `ask_amount` gives the amount (None: never exact), `ask_most` the most that its expressions allow.
    """

    track: Track
    places: tuple[int, ...]
    unchecked: tuple[Condition, ...]
    granted: tree.Node | None
    most: tree.Node | None
    exact: bool
    ask_amount: Closure | None
    ask_most: bounds.Most


@dataclass(frozen=True, slots=True, eq=False)
class Settled:
    """A version on a day; `answer` gives the truth of each condition and of each track."""

    version: Version
    day: date
    conditions: tuple[SettledCondition, ...]
    tracks: tuple[SettledTrack, ...]
    facts: frozenset[str]
    answer: Answering

    @property
    def ids(self) -> tuple[str, ...]:
        """Name the conditions, in the order of a judgement's answers."""
        return tuple(one.condition.id for one in self.conditions)


def settle(version: Version, day: date, vocabulary: Vocabulary, law: LawTables) -> Settled:
    """Read all expressions of a version for a day. Raises SchemeFault at the first that does not fit."""
    setting = Setting(vocabulary, parameters_on(version, day), day, law)
    settled: dict[Condition, SettledCondition] = {}
    for condition in version.conditions():
        if condition.when is not None:
            settled[condition] = _condition(condition, setting, version)
    places = {condition: place for place, condition in enumerate(settled)}
    tracks = tuple(_track(track, version, setting, settled, places) for track in version.tracks)
    conditions = tuple(settled.values())
    facts = frozenset().union(*(one.facts for one in conditions), *(_amount_facts(track) for track in tracks))
    answer = answering([one.counted for one in conditions], [track.places for track in tracks])
    return Settled(version, day, conditions, tracks, facts, answer)


def parameters_on(version: Version, day: date) -> dict[str, Parameter]:
    """Give the parameters that have a value on the day."""
    found = {}
    for name, history in version.parameters.items():
        dated = history.on(day)
        if dated is not None:
            found[name] = Parameter(dated.value, history.unit)
    return found


def _condition(condition: Condition, setting: Setting, version: Version) -> SettledCondition:
    assert condition.when is not None
    written = read_condition(condition.when, setting, f"{version.path}, condition {condition.id}")
    counted = tree.Presumed(written, ROLE, "person") if _of_others(condition, written) else written
    return SettledCondition(condition, written, counted)


def _of_others(condition: Condition, node: tree.Node) -> bool:
    if condition.of:
        return condition.of in ANSWERED_BY_OTHERS
    facts = facts_of(node)
    return bool(facts) and all(fact.partition(".")[0] in ANSWERED_BY_OTHERS for fact in facts)


def _track(
    track: Track,
    version: Version,
    setting: Setting,
    settled: Mapping[Condition, SettledCondition],
    places: Mapping[Condition, int],
) -> SettledTrack:
    checked = [condition for condition in track.conditions if condition in settled]
    applicable = frozenset().union(*(implied(settled[condition].written, True) for condition in checked))

    def amount(text: str | None, key: str) -> tree.Node | None:
        where = f"{version.path}, track {track.id}, amount.{key}"
        return None if text is None else read_amount(text, setting, where, applicable)

    granted, most = amount(track.amount.granted, "is"), amount(track.amount.most, "max")
    asks = {node: amounting(node) for node in (most, granted) if node is not None}
    exact = track.amount.kind in EXACT_KINDS and not _shared_out(version, track)
    return SettledTrack(
        track,
        tuple(places[condition] for condition in checked),
        tuple(condition for condition in track.conditions if condition not in settled),
        granted,
        most,
        exact,
        asks.get(granted) if exact and granted is not None else None,
        bounds.least_of([bounds.most(node, ask) for node, ask in asks.items()]),
    )


def _shared_out(version: Version, track: Track) -> bool:
    """Say whether what one gets depends on who else applies: a ranking or a division pro rata."""
    return any(track.id in opened.tracks and opened.order in ("pro_rata", "ranking") for opened in version.rounds)


def _amount_facts(track: SettledTrack) -> frozenset[str]:
    return frozenset().union(*(facts_of(node) for node in (track.granted, track.most) if node is not None))


def days_of_change(version: Version) -> list[date]:
    """Give the days within a version on which a parameter changes, its first day included."""
    days = {version.starts}
    for history in version.parameters.values():
        days.update(value.starts for value in history.values if version.holds_on(value.starts))
    return sorted(days)


def check_version(version: Version, vocabulary: Vocabulary, law: LawTables) -> None:
    """Settle a version on each day on which something changes. Raises SchemeFault."""
    for day in days_of_change(version):
        settle(version, day, vocabulary, law)
