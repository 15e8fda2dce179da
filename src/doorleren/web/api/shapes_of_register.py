"""The published shapes of providers and training activities. They describe what the interface writes; a test says so."""

from ninja import Schema
from pydantic import Field

from doorleren.web.api.shapes_of_answers import Day, Money


class PricePartShape(Schema):
    """A part of a price: tuition, examination, material or registration, VAT included."""

    part: str
    amount: Money
    vat: str | None = Field(description="VAT rate in percent; null is not told, 0 exempt")


class RunShape(Schema):
    """One time that the activity is given; without days it starts whenever one likes."""

    starts_on: Day | None
    ends_on: Day | None
    place: str
    postcode: str
    enrol_from: Day | None
    enrol_until: Day | None


class RecognitionShape(Schema):
    """A recognition of the provider, and the days between which it holds."""

    route: str
    proof: str
    starts_on: Day | None
    ends_on: Day | None


class LocationShape(Schema):
    """A place where the provider teaches, beside its visiting address."""

    name: str
    street: str
    postcode: str
    place: str


class ProviderShape(Schema):
    """A provider of training activities."""

    code: str
    name: str
    kvk: str = Field(description="Number in the trade register, eight digits; empty where none was told")
    website: str
    street: str
    postcode: str
    place: str
    recognitions: list[RecognitionShape] = Field(description="Those that count; one that nobody confirmed is not here")
    email: str = Field(description="For who wants to apply; empty where none was told")
    phone: str
    locations: list[LocationShape]


class ActivityShape(Schema):
    """A training activity as its provider told it; null is not told. `price` is the sum of its parts."""

    id: int
    code: str
    title: str
    provider: ProviderShape
    description: str
    learning_outcomes: list[str]
    kind: str | None
    route: str | None
    goal: str | None
    level: str | None
    nlqf_level: int | None
    eqf_level: int | None
    intensity: str | None
    study_hours: int | None
    duration_months: str | None
    delivery: str | None
    independent_of_time: bool | None
    independent_of_place: bool | None
    evening: bool | None
    combinable_with_work: bool | None
    combinable_with_care: bool | None
    modular: bool | None
    language: str
    text_language: str = Field(description="Language of the title and the other texts; empty: not told")
    entry_requirements: str
    sector: str | None
    occupations: list[str] = Field(description="Ids of ESCO occupations")
    skills: list[str] = Field(description="Ids of ESCO skills")
    certificate: str
    certificate_value: str | None
    guidance: bool | None
    prior_learning_shortens: bool | None
    price: Money | None
    prices: list[PricePartShape]
    runs: list[RunShape]
    url: str
    published_from: Day | None
    published_until: Day | None
    changed_at: str
    admitted: bool = Field(description="Admitted to the register today: the activity itself and its provider")
    standing: str | None = Field(description="applied, admitted, refused, suspended, removed; null: never applied for")
    standing_since: Day | None


class FoundActivities(Schema):
    """A page of the search: how many in all, and `after`, the key of the next page (null on the last)."""

    total: int
    items: list[ActivityShape]
    after: str | None


class Providers(Schema):
    """A page of providers by code, and `after`, the key of the next page (null on the last)."""

    items: list[ProviderShape]
    after: str | None
