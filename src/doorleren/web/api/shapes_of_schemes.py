"""The published shapes of schemes, instruments and facts. They describe what the interface writes; a test says so."""

from typing import Any, Literal

from ninja import Schema
from pydantic import Field

from doorleren.web.api.shapes_of_answers import Day, DayOrMoment, Money, Round, Weight

Hash = Field(pattern="^[0-9a-f]{64}$", description="of the resolved file, shared parts and engine included")


class Words(Schema):
    """A text in Dutch and, where it was written, in English."""

    nl: str
    en: str | None = None


class Period(Schema):
    """The days of filing for which a version holds; without an end it still does."""

    starts_on: Day
    ends_on: Day | None


class Bodies(Schema):
    """Who decides, who executes and who pays."""

    decides: str | None = None
    executes: str | None = None
    pays: str | None = None


class SchemeSummary(Schema):
    """A scheme in the overview; `computable` of its `conditions` can be checked."""

    scheme: str
    version: str
    name: str
    kind: str
    pillar: str
    body: Bodies
    rounds: list[Round]
    conditions: int
    computable: int
    in_force: Period
    holds: bool = Field(description="whether this version governs what is filed on the day")


class Condition(Schema):
    """A claim that can be true: computed by `when`, or known but not computable and then with a `why`."""

    id: str
    text: Words
    when: str | None
    why: str | None
    of: str | None
    tracks: list[str]
    source: str
    weight: Weight
    note: str | None


class ConflictingValue(Schema):
    """What a weaker source says instead."""

    value: str | list[str]
    source: str
    weight: Weight


class DatedValue(Schema):
    """A value from a day on: euros with two decimals, a decimal, a fraction such as 1/3, a day, or a set of texts."""

    starts_on: Day
    ends_on: Day | None
    value: str | list[str]
    source: str
    weight: Weight
    conflict: ConflictingValue | None
    note: str | None


class Parameter(Schema):
    """A quantity that the rules use, through the years; its name where the scheme file gives one."""

    id: str
    name: Words | None
    unit: str
    values: list[DatedValue]


class AmountRule(Schema):
    """What a track pays: an expression for what is granted and for the most."""

    kind: str
    per: str | None
    granted: str | None
    most: str | None
    pays_for: str
    vat: str
    source: str | None
    weight: Weight | None


class OnceRule(Schema):
    """For whom an application counts once: a person, the applicant, or each application by itself.

    `within` a round, a calendar year or the scheme; `times` names the parameter that says how often instead.
    """

    who: str
    within: str
    times: str | None
    source: str
    weight: str


class Track(Schema):
    """One way through a scheme: who files, for whom, who is paid, on which conditions."""

    id: str
    name: Words | None
    applicant: str
    beneficiary: str
    payee: str | None
    reporter: str | None
    conditions: list[str]
    amount: AmountRule
    once: OnceRule | None


class RoundComponent(Schema):
    """A part of the ceiling of a round with its own purpose; euros."""

    text: Words
    money: Money
    target: int | None


class RoundInFull(Round):
    """A round with its state at the time asked; null if nobody knew of it yet."""

    state: Literal["open", "planned", "closed", "exhausted"] | None
    announced_on: Day
    ring_fenced: Any = None
    floor: Money | None
    components: list[RoundComponent]
    note: str | None


class EvidenceRule(Schema):
    """A document that proves something at some stage."""

    id: str
    text: Words | None
    proves: str | None
    stage: str | None
    types: list[str]
    needed_by: str | None
    confirmed_by: str | None
    completes: bool


class StackingRule(Schema):
    """With what a scheme may and may not be combined."""

    excludes: list[str]
    only_above_cap: bool
    per_calendar_year: int | None
    group: str | None
    group_cap: Money | None
    de_minimis_cap: Money | None
    source: str | None
    weight: Weight | None


class Omission(Schema):
    """A rule of the source that is left out, and why."""

    what: str
    why: str


class Source(Schema):
    """A paper or regulation that the file rests on."""

    id: str
    cite: str
    weight: Weight


class VersionInList(Schema):
    """One version in the history of a scheme."""

    version: str
    published_on: Day
    in_force: Period
    holds: bool
    hash: str = Hash


class SchemeInFull(Schema):
    """One version of a scheme: all that follows from its file."""

    scheme: str
    version: str
    name: Words
    summary: Words | None
    on: DayOrMoment
    in_force: Period
    holds: bool = Field(description="whether this version governs what is filed on the day")
    published_on: Day
    kind: str
    procedure: str
    pillar: str
    body: Bodies
    framework: str | None
    apply: Words | None
    instruments: list[str]
    conditions: list[Condition]
    computable: int
    parameters: list[Parameter]
    tracks: list[Track]
    rounds: list[RoundInFull]
    evidence: list[EvidenceRule]
    stacking: StackingRule
    omissions: list[Omission]
    sources: list[Source]
    versions: list[VersionInList]
    hash: str = Hash
    engine: str


class Site(Schema):
    """A website, and the source that names it."""

    url: str
    source: str


class Instrument(Schema):
    """One instrument of the papers, computed or not; if not, `why` says why."""

    id: str
    name: Words
    kind: str
    pillar: Literal["1", "2", "3", "4", "cross"]
    assigned: bool = Field(description="the papers name no pillar; an analyst chose one")
    status: str
    runs: Words
    for_whom: Words
    what: Words
    schemes: list[str]
    computed: bool
    why: Words | None
    source: str
    site: Site | None


class Fact(Schema):
    """One fact of the vocabulary: its type, values and unit, and the question that asks for it."""

    name: str
    table: str
    table_label: Words
    type: Literal["date", "bool", "int", "decimal", "money", "enum", "set", "code"]
    values: list[str] = Field(description="all that is allowed; empty if the type says enough")
    value_labels: dict[str, Words]
    pattern: str | None = Field(description="the form of a code, as a regular expression for the whole of it")
    allowed: str | None = Field(description="that form in words")
    ordered: bool = Field(description="the values stand in rising order")
    unit: str | None
    decimals: int | None = Field(description="how many decimals a number may have")
    sensitive: bool = Field(description="asked only because a law makes it a condition")
    audience: list[Literal["person", "employer", "region"]]
    question: Words
    help: Words | None
    label: Words
