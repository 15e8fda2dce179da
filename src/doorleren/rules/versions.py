"""A version of a scheme as it was written: conditions, tracks, amounts, rounds, sources. Immutable, not yet settled for a day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from hashlib import sha256

from doorleren.core.texts import Texts, in_language

EXACT_KINDS = frozenset({"fixed", "share"})
AMOUNT_KINDS = EXACT_KINDS | {"band", "pro_rata", "ranking", "loan", "tax", "service"}
WEIGHTS = ("binding", "official", "parliament", "press", "memory")
"""How much a source weighs, strongest first."""

STAGES = ("application", "claim", "settlement")
"""When evidence is asked, in the order of the steps."""
LATER_STAGES = frozenset({"claim", "settlement"})
"""Stages that come after the decision: their evidence is named beforehand, and not asked when applying."""
NEEDED_BY = ("submission", "decision")
"""By when evidence of an application must be there."""
CONFIRMED_BY = {"enrolment_proof": "training_provider"}
"""Who may confirm evidence of this id where the file does not say."""

ROLES = ("person", "employer", "career_adviser", "training_provider", "partnership", "region", "education_institution")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact of the file comes from, and how much weight that has (binding ... memory)."""

    id: str
    cite: str
    weight: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a source, or an assumption of ours where the sources are silent."""

    cite: str
    weight: str

    def __str__(self) -> str:
        """Show the citation as a reader should see it."""
        return self.cite


@dataclass(frozen=True, slots=True, eq=False)
class Condition:
    """One condition: a claim that can be true, with its source; without `when` nobody can compute it."""

    id: str
    text: Texts
    citation: Citation
    when: str | None = None
    why: str = ""
    of: str = ""
    note: str = ""

    def says(self, language: str) -> str:
        """Give the claim in a language, in Dutch if it was not written in that one."""
        return in_language(self.text, language)


@dataclass(frozen=True, slots=True)
class Conflict:
    """What a weaker source says instead, shown beside the value that counts."""

    value: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A parameter's value from a day on, with its source and what a weaker source says."""

    starts: date
    ends: date | None
    value: Fraction | date | frozenset[str]
    citation: Citation
    conflict: Conflict | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ParameterHistory:
    """A parameter through the years; its name where the file gives one."""

    id: str
    unit: str
    values: tuple[DatedValue, ...]
    name: Texts

    def on(self, day: date) -> DatedValue | None:
        """Give the value on a day, the latest that has begun and not ended."""
        current = [value for value in self.values if value.starts <= day and (value.ends is None or day <= value.ends)]
        return max(current, key=lambda value: value.starts, default=None)


@dataclass(frozen=True, slots=True)
class Amount:
    """What a track pays: an expression for what is granted (`is`) and for the most (`max`), and what it pays for."""

    kind: str
    per: str = ""
    granted: str | None = None
    most: str | None = None
    pays_for: str = "training"
    vat: str = "silent"
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class Handling:
    """What a scheme sets itself of how a grant is handled (`rules/handling.py`); "" where its framework of law says.

    `decision_term`, `settlement_term`, `request_term`, `claim_until`, `advance`, `later_advance`, `later_advance_over`,
    `delivered` and `retention` (which a track has not) are ids of parameters. `longer_decision` is a term of its framework;
    `budget_reservation`: a grant is on condition that the budget has enough money (Awb 4:34). Of a loan `repay_within` and
    `repay_interest` are ids of parameters, as is `repay_remission`, and `repay_from` says what day it is paid back from.
    """

    decision_term: str = ""
    settlement_term: str = ""
    request_term: str = ""
    advance: str = ""
    later_advance: str = ""
    later_advance_over: str = ""
    delivered: str = ""
    claim_until: str = ""
    retention: str = ""
    decision_from: str = ""
    settle: str = ""
    basis: str = ""
    longer_decision: str = ""
    budget_reservation: bool = False
    repay_within: str = ""
    repay_interest: str = ""
    repay_from: str = ""
    repay_remission: str = ""


@dataclass(frozen=True, slots=True)
class Once:
    """For whom an application by a track counts once: a "person" whom it is for, or the "applicant"; `who` is "application" for nobody.

    `within`: one "round", a calendar "year" or the whole "scheme". `times`: the id of the parameter that says how often
    instead; "" is once. How it is read and what it comes to: rules/once.py.
    """

    who: str
    within: str
    times: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Track:
    """One way through a scheme: who files, for whom, who is paid, on which conditions, for what amount.

    `once`: for whom an application counts how often; None where the file does not say, and then it is once in a round.
    """

    id: str
    name: Texts
    applicant: str
    beneficiary: str
    payee: str
    reporter: str
    conditions: tuple[Condition, ...]
    amount: Amount
    handling: Handling = Handling()
    once: Once | None = None


TIES = ("draw", "criteria")
"""What settles the same score: the draw; or the criteria, in the order of the file, and after them the draw."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """What is scored in whole points from `least` to `most`, and how much each point weighs.

    `threshold`: whose mean is lower is not good enough, whatever else it scores; None where there is none.
    """

    id: str
    text: Texts
    weight: Fraction
    least: int
    most: int
    threshold: Fraction | None
    citation: Citation

    def says(self, language: str) -> str:
        """Give its name in a language, in Dutch if it was not written in that one."""
        return in_language(self.text, language)


MOST_PAPER_DAYS = 60
"""The longest that everybody who came on the same day can wait for what came on paper that day."""


@dataclass(frozen=True, slots=True)
class Component:
    """A part of the ceiling of a round with its own purpose: what it is for, euros, and how many are meant to be reached."""

    text: Texts
    money: Fraction
    target: int | None = None


@dataclass(frozen=True, slots=True)
class Fallback:
    """What happens where the opening of a round fails, announced beforehand; two people decide that it did.

    It failed where it could not open on its day, or where for `silent_minutes` in its first `within_hours` nobody could submit.
    `then`: it opens anew, at least `notice_hours` later, and who was in keeps their place before who comes then
    ("keep_places") or is treated like who comes then ("treat_alike"); or it stays open for longer ("extend").
    """

    then: str
    silent_minutes: int
    within_hours: int
    notice_hours: int = 0
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """A window for filing with its ceiling and order of treatment; `ran_out_at` is when it was exhausted.

    `counts`: by arrival the "moment" counts, or the "day" with a draw among who came on the same one; then what came on
    paper counts on its day of receipt when it is entered within `paper_days` days. `ties`: what settles the same score
    where the best come first (one of TIES). `waiting_list`: who no longer fits waits for a place that comes free.
    `floor`: the least (euros) that each gets where all divide the pot in proportion. `components`: of what the ceiling in
    money consists; together they are it. `fallback`: what happens where its opening fails; None where nothing was announced.
    `place_from`: from what an application that had to be completed has its place: its "completion" or its "submission"; ""
    where its framework says (`Framework.place_from`).
    """

    id: str
    tracks: tuple[str, ...]
    opens: datetime
    closes: datetime | None
    announced_on: date
    citation: Citation
    ceiling_money: Fraction | None = None
    ceiling_count: int | None = None
    order: str = "arrival"
    counts: str = "moment"
    paper_days: int = 0
    last: str = "whole"
    after_miss: str = "stop"
    ran_out_at: datetime | None = None
    ring_fenced: Mapping[str, object] = field(default_factory=dict, hash=False)
    note: str = ""
    ties: str = "draw"
    waiting_list: bool = False
    floor: Fraction | None = None
    components: tuple[Component, ...] = ()
    fallback: Fallback | None = None
    place_from: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A document that proves something at some stage; `tracks` are those that ask it, all of the version unless some are named.

    `citation`: where it is asked; None where the file does not say. `needed_by`: whether it must be there to submit, or
    may come until the decision. `confirmed_by`: who may say so on the site instead of a file; "" is nobody. `completes`: it
    proves by itself that all was completed; never asked for besides, and with it no share of the activities is asked.
    """

    id: str
    text: Texts
    proves: str
    stage: str
    types: tuple[str, ...]
    tracks: tuple[str, ...]
    citation: Citation | None
    needed_by: str = "decision"
    confirmed_by: str = ""
    completes: bool = False

    @property
    def with_application(self) -> bool:
        """Say whether it is asked when applying, and not at a later stage."""
        return self.stage not in LATER_STAGES


@dataclass(frozen=True, slots=True)
class Stacking:
    """With what a scheme may and may not be combined."""

    excludes: frozenset[str] = frozenset()
    only_above_cap: bool = False
    per_calendar_year: int | None = None
    group: str | None = None
    group_cap: Fraction | None = None
    de_minimis_cap: Fraction | None = None
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a scheme: the law for the filing dates from `starts` to `ends`."""

    id: str
    version: str
    published_on: date
    starts: date
    ends: date | None
    name: Texts
    summary: Texts
    pillar: str
    kind: str
    body: Mapping[str, str]
    framework: str
    procedure: str
    apply: Texts
    instruments: tuple[str, ...]
    sources: Mapping[str, Source]
    parameters: Mapping[str, ParameterHistory]
    tracks: tuple[Track, ...]
    rounds: tuple[Round, ...]
    evidence: tuple[Evidence, ...]
    stacking: Stacking
    omissions: tuple[Mapping[str, str], ...]
    digest: str
    path: str
    handling: Handling = Handling()
    criteria: tuple[Criterion, ...] = ()

    def holds_on(self, day: date) -> bool:
        """Say whether this version governs what is filed on the day."""
        return self.starts <= day and (self.ends is None or day <= self.ends)

    def conditions(self) -> tuple[Condition, ...]:
        """Give each condition of the version once."""
        return tuple(dict.fromkeys(condition for track in self.tracks for condition in track.conditions))

    def called(self, language: str) -> str:
        """Give the name in a language, in Dutch if there is no other."""
        return in_language(self.name, language)


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scheme with all its versions, oldest first."""

    id: str
    versions: tuple[Version, ...]

    @property
    def digest(self) -> str:
        """Give the hash of all versions together, in hexadecimal: rounds of one version may be for tracks of another."""
        return sha256("".join(version.digest for version in self.versions).encode()).hexdigest()

    def on(self, day: date) -> Version | None:
        """Give the version that governs the day; an ended scheme has none, never an older one."""
        return next((version for version in reversed(self.versions) if version.holds_on(day)), None)

    def nearest(self, day: date) -> Version:
        """Give the version to speak of on a day without one: the last before it, else the first."""
        before = [version for version in self.versions if version.starts <= day]
        return before[-1] if before else self.versions[0]
