"""What a provider says of one training activity, and of itself: plain data, before any table, format or page.

Importers make entries, the database keeps them as versions, the index and every outlet read them. The words of
`kind`, `route`, `goal`, `level`, `delivery`, `intensity`, `sector` and `recognition` are those of the facts of the
same name in `schemes/facts.toml`, so that a scheme's own conditions judge an activity. None is "not told".
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

PRICE_PARTS = ("tuition", "examination", "material", "registration")
"""The parts of a price, as the register asks for them."""

CERTIFICATE_VALUES = (
    "diploma", "mbo_certificate", "mbo_elective", "higher_certificate", "practice_statement", "sector_certificate", "none",
)  # fmt: skip
"""What the certificate is worth: mbo certificate of a vocational part, elective with civil effect, of higher education."""


@dataclass(frozen=True, slots=True)
class PricePart:
    """One part of a price: which, what is paid for it in cents with VAT included, and the VAT rate in percent.

    A rate of None is "not told"; 0 is exempt.
    """

    part: str
    cents: int
    vat: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One time that the activity is given; without days it starts whenever one likes."""

    starts_on: date | None = None
    ends_on: date | None = None
    place: str = ""
    postcode: str = ""
    enrol_from: date | None = None
    enrol_until: date | None = None


@dataclass(frozen=True, slots=True)
class Recognition:
    """One way in which a provider is recognised (`provider.recognition`), with proof and days."""

    route: str
    proof: str = ""
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Location:
    """One place where a provider teaches, beside its visiting address; postcode as "1234 AB" or four digits."""

    name: str = ""
    street: str = ""
    postcode: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class ProviderEntry:
    """A provider: KvK number (eight digits, empty where there is none), name, visiting address, how to reach it.

    `recognitions` are those that count: delivered by a source, or stated by the provider and confirmed by an official.
    `email` and `phone` are for who wants to apply.
    """

    code: str
    name: str
    kvk: str = ""
    website: str = ""
    street: str = ""
    postcode: str = ""
    place: str = ""
    recognitions: tuple[Recognition, ...] = ()
    email: str = ""
    phone: str = ""
    locations: tuple[Location, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A training activity. `provider` and `code` together name it for ever: the provider's code and its own code.

    `language` is the one of teaching, `text_language` that of the title and the other texts, each as two letters of ISO
    639-1; an empty one is not told.
    """

    provider: str
    code: str
    title: str
    description: str = ""
    learning_outcomes: tuple[str, ...] = ()
    kind: str | None = None
    route: str | None = None
    goal: str | None = None
    level: str | None = None
    nlqf_level: int | None = None
    eqf_level: int | None = None
    intensity: str | None = None
    study_hours: int | None = None
    duration_months: Decimal | None = None
    delivery: str | None = None
    independent_of_time: bool | None = None
    independent_of_place: bool | None = None
    evening: bool | None = None
    combinable_with_work: bool | None = None
    combinable_with_care: bool | None = None
    modular: bool | None = None
    language: str = "nl"
    entry_requirements: str = ""
    sector: str | None = None
    occupations: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    certificate: str = ""
    certificate_value: str | None = None
    guidance: bool | None = None
    prior_learning_shortens: bool | None = None
    prices: tuple[PricePart, ...] = ()
    runs: tuple[Run, ...] = ()
    url: str = ""
    published_from: date | None = None
    published_until: date | None = None
    text_language: str = ""

    @property
    def price_cents(self) -> int | None:
        """Give the whole price in cents, VAT included; None when no part is told."""
        return sum(one.cents for one in self.prices) if self.prices else None

    @property
    def eqf(self) -> int | None:
        """Give the EQF level: as told, else that of the NLQF, whose levels 1 to 8 are those of the EQF one to one."""
        return self.nlqf_level if self.eqf_level is None else self.eqf_level
