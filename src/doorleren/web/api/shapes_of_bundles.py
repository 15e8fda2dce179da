"""The published shapes of signing in and of bundles. They describe what the interface writes; a test says so."""

from ninja import Schema
from pydantic import Field


class SignIn(Schema):
    """Who a token stands for here."""

    person: int
    name: str
    assurance: str = Field(description="low, substantial or high")
    second_factor: bool
    organisations: list[str] = Field(description="KvK numbers of the organisations for which a mandate holds today")


class RowFault(Schema):
    """Why a row is refused: the field, the rule, a sentence per language and the source of the rule. Never what was given."""

    field: str
    rule: str = Field(description="The id of a condition of the scheme, or a name of ours")
    nl: str
    en: str
    source: str


class RowAnswer(Schema):
    """The answer to one row, as it was given then."""

    row: int = Field(description="The first is 1")
    reference: str = Field(description="The adviser's own; empty where it could not be used")
    outcome: str = Field(description="accepted, already or refused")
    application: int | None
    number: int | None = Field(description="The place in the order of arrival")
    faults: list[RowFault]


class RowNow(RowAnswer):
    """The answer to one row, and how its registration stands now."""

    confirmation: str | None = Field(
        description="confirmed, not_me or not_wanted; null: the participant said nothing yet"
    )
    place: str | None = Field(description="inside, outside or waiting; null: not given yet")
    lacking: list[str] | None = Field(
        description="Ids of the evidence to complete it with; null: it cannot be completed now"
    )
    completed_at: str | None


class BundleSummary(Schema):
    """A bundle and how many of its rows came to what."""

    bundle: int
    round_id: int
    scheme: str
    round: str
    kvk: str
    at: str
    rows: int
    answered: int
    accepted: int
    already: int
    refused: int


class Bundles(Schema):
    """A page of bundles, the newest first, and `after`, the key of the next page (null on the last)."""

    items: list[BundleSummary]
    after: str | None


class BundleAnswer(Schema):
    """The answers to all rows of a bundle: asked again, the same word for word."""

    form: str
    bundle: int
    scheme: str
    round: str
    at: str
    rows: int
    answered: int
    accepted: int
    already: int
    refused: int
    answers: list[RowAnswer]


class BundleNow(BundleAnswer):
    """The answers to all rows of a bundle, and how each registration stands now."""

    answers: list[RowNow]  # type: ignore[assignment]
