"""The published shapes of verdicts and plans. They describe what `finder` writes; a test holds the two together."""

from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

Money = Annotated[str, Field(pattern=r"^-?\d+\.\d{2}$", examples=["699.95"], description="euros with two decimals")]
Instant = Annotated[str, Field(json_schema_extra={"format": "date-time"})]
Day = Annotated[str, Field(json_schema_extra={"format": "date"})]
Outcome = Literal["eligible", "not_eligible", "unknown"]
RoundState = Literal["open", "planned", "closed", "exhausted", "none"]
Weight = Annotated[
    str, Field(description="binding, official, parliament, press, memory or assumption", examples=["binding"])
]
FactName = Annotated[str, Field(examples=["person.birth_date"])]
DayOrMoment = Annotated[str, Field(description="the day, or the moment with its zone", examples=["2020-08-15"])]


class Change(Schema):
    """A value of a fact with which a failing condition would hold."""

    fact: FactName
    sign: str
    value: bool | int | str | list[str]


class Reason(Schema):
    """One condition: whether it holds (null: unknown), in words, with its source and the track it belongs to."""

    condition: str
    holds: bool | None
    text: str
    source: str
    weight: Weight | None = None
    track: str | None
    change: list[Change]
    missing: list[FactName] = Field(default_factory=list)


class Provision(Schema):
    """A condition that must hold too, but that nobody can compute beforehand."""

    condition: str
    text: str
    source: str
    weight: Weight
    why: str


class Application(Schema):
    """Who files, and where."""

    who: str
    where: str | None


class Round(Schema):
    """A window for filing, with its ceiling and order of treatment."""

    id: str
    opens: Instant
    closes: Instant | None
    ran_out_at: Instant | None
    ceiling_money: Money | None
    ceiling_count: int | None
    order: str
    last: str
    after_miss: str
    tracks: list[str]
    source: str
    weight: Weight


class Receipt(Schema):
    """What an answer rests on; the same receipt means the same answer, for ever."""

    id: str = Field(pattern="^[0-9a-f]{64}$")
    scheme_hash: str = Field(pattern="^[0-9a-f]{64}$")
    versions_hash: str = Field(pattern="^[0-9a-f]{64}$", description="all versions of the scheme, for its rounds")
    law_hash: str = Field(pattern="^[0-9a-f]{64}$")
    engine: str
    version: str
    on: DayOrMoment
    facts: dict[str, Any]


class Verdict(Schema):
    """What one scheme says: whether its conditions hold, why, and how much it would pay."""

    scheme: str
    version: str
    name: str
    verdict: Outcome
    track: str | None
    amount: Money | None = Field(description="what would be granted; null if that is not certain")
    amount_max: Money | None = Field(description="what would be granted at most")
    round: RoundState
    reasons: list[Reason]
    provided: list[Provision]
    missing: list[FactName]
    amount_missing: list[FactName]
    apply: Application
    round_details: Round | None
    receipt: Receipt


class CheckAnswer(Schema):
    """The verdicts on a day, best first, and the fact to ask next."""

    on: DayOrMoment
    verdicts: list[Verdict]
    next_question: FactName | None


class PlanPart(Schema):
    """What one scheme pays of the training, and who files for it, in order."""

    scheme: str
    name: str
    amount: Money
    payer: str | None
    apply: Application
    order: int
    round: RoundState
    provided: list[str]


class PlanOption(Schema):
    """One permitted combination of schemes, and what is left to pay."""

    to_pay: Money
    parts: list[PlanPart]


class PlanExclusion(Schema):
    """Schemes that may not be combined, or one that is not counted, and why."""

    combination: list[str]
    reason: str
    source: str | None


class NamedScheme(Schema):
    """A scheme that never lowers what is left to pay: a loan, a tax advantage, or what is not certain."""

    scheme: str
    name: str
    amount_max: Money | None
    round: RoundState
    reason: str


class PlanAnswer(Schema):
    """The permitted combinations for the training in the profile, the one that leaves the least to pay first."""

    on: DayOrMoment
    price: Money
    already_paid: Money
    plans: list[PlanOption]
    excluded: list[PlanExclusion]
    named: list[NamedScheme]


class Problem(Schema):
    """Why there is no answer (RFC 9457)."""

    type: str = Field(json_schema_extra={"format": "uri-reference"}, examples=["about:blank"])
    title: str
    status: int = Field(ge=400, le=599)
    detail: str


class AccessProblem(Problem):
    """Why somebody may not do what was asked; `reason` is a word for programs."""

    reason: str = Field(examples=["no_mandate"])


class InputProblem(Problem):
    """Why the input cannot be read: which fact, field or parameter, what was given, and what is allowed."""

    fact: str = Field(examples=["training.price"])
    given: str = Field(examples=["a lot"])
    allowed: str = Field(examples=["a number with at most 2 decimals, such as 699.95"])
