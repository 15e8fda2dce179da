"""What the register tells of an activity, in the facts that schemes ask for: the one table from entry to vocabulary.

Pure. What an entry does not tell stays unknown; nothing is guessed. Called by the pages for one activity and by
`activities` for all of them; a scheme's own conditions then judge the activity, so the register holds no second copy
of a rule.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from doorleren.core.money import half_up
from doorleren.register.entries import Entry, ProviderEntry, Recognition, Run
from doorleren.register.funding.price_group import PriceGroups
from doorleren.rules.profile import Profile
from doorleren.rules.vocabulary import DECIMALS

PRICES = ("training.price", "training.price_excluding_vat")
"""Facts that are never taken from the visitor: a price told of another training says nothing of this one."""

COMPONENT_OF_KIND = {
    "course": "training", "module": "training", "programme": "training", "language_basic_skills": "training",
    "digital_skills": "training", "personal_development": "training", "evc": "evc", "advice": "advice",
}  # fmt: skip
"""What an activity of a kind consists of; a practice route or a bespoke trajectory may consist of anything."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the register itself decided or counted of an activity; None is not known.

    `grants_this_year` counts the grants given to the activity this year; `excluded` says that it is listed with a
    note that it no longer qualifies.
    """

    in_register: bool | None = None
    grants_this_year: int | None = None
    excluded: bool | None = None
    shortage_occupation: bool | None = None
    provider_registered: bool | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that the facts of one activity follow from, on one day."""

    entry: Entry
    provider: ProviderEntry | None
    standing: Standing
    on: date
    groups: PriceGroups | None


FACTS: Mapping[str, Callable[[Told], Any]] = {
    "training.kind": lambda told: told.entry.kind,
    "training.route": lambda told: told.entry.route,
    "training.goal": lambda told: told.entry.goal,
    "training.level": lambda told: told.entry.level,
    "training.nlqf_level": lambda told: told.entry.nlqf_level,
    "training.intensity": lambda told: told.entry.intensity,
    "training.delivery": lambda told: told.entry.delivery,
    "training.guidance": lambda told: told.entry.guidance,
    "training.target_sector": lambda told: told.entry.sector,
    "training.study_hours": lambda told: told.entry.study_hours,
    "training.duration_months": lambda told: millionths(told.entry.duration_months),
    "training.starts_on": lambda told: next_start(told.entry.runs, told.on),
    "training.price": lambda told: told.entry.price_cents,
    "training.price_excluding_vat": lambda told: price_excluding_vat(told.entry),
    "training.price_group": lambda told: told.groups and told.groups.place(told.entry),
    "training.components": lambda told: components(told.entry),
    "training.elective_with_certificate": lambda told: is_elective(told.entry),
    "training.in_register": lambda told: told.standing.in_register,
    "training.excluded_in_register": lambda told: told.standing.excluded,
    "training.grants_to_activity_this_year": lambda told: told.standing.grants_this_year,
    "training.shortage_occupation": lambda told: told.standing.shortage_occupation,
    "provider.recognition": lambda told: recognitions_on(told.provider, told.on),
    "provider.registered": lambda told: told.standing.provider_registered,
}
"""Fact by fact how an activity tells it, as the engine keeps a value: cents, millionths, days, frozensets."""


def training_facts(
    entry: Entry,
    provider: ProviderEntry | None,
    *,
    on: date,
    in_register: bool | None,
    grants_this_year: int | None = None,
    excluded: bool | None = None,
    shortage_occupation: bool | None = None,
    provider_registered: bool | None = None,
    groups: PriceGroups | None = None,
) -> Profile:
    """Give the facts of an activity on a day, as a profile: full names, values as the engine keeps them.

    `groups` (see `price_groups_on`) puts the activity in a price group; without it that fact stays unknown.
    """
    standing = Standing(in_register, grants_this_year, excluded, shortage_occupation, provider_registered)
    return facts_told(Told(entry, provider, standing, on, groups))


def facts_told(told: Told) -> Profile:
    """Give the facts that are told; a fact that is not told is not in the profile."""
    found = {name: ask(told) for name, ask in FACTS.items()}
    return {name: value for name, value in found.items() if value is not None}


def facts_in_columns(told: Sequence[Told]) -> dict[str, list[Any]]:
    """Give the same facts of many activities: per fact what each tells, in their order; None is not told."""
    return {name: [ask(one) for one in told] for name, ask in FACTS.items()}


def with_activity(visitor: Profile, facts: Profile) -> Profile:
    """Give the visitor's profile with an activity filled in: what the activity tells goes before the visitor's answers.

    The price is always the activity's own: a visitor who told the price of another training gets none here.
    """
    return without_prices(visitor) | facts


def without_prices(visitor: Profile) -> Profile:
    """Give the visitor's profile without the price of the training that the visitor had in mind."""
    return {name: value for name, value in visitor.items() if name not in PRICES}


def next_start(runs: tuple[Run, ...], on: date) -> date | None:
    """Give the day on which the next run starts that one can still enrol in on the day; None if no day is told.

    Enrolment that is still to open counts; a run whose enrolment has no last day closes when it starts.
    """
    open_still = [
        run.starts_on for run in runs if run.starts_on is not None and on <= (run.enrol_until or run.starts_on)
    ]
    return min(open_still, default=None)


def price_excluding_vat(entry: Entry) -> int | None:
    """Give the price in cents without VAT, rounded once and half up; None unless the rate of every part is told."""
    if not entry.prices or any(part.vat is None for part in entry.prices):
        return None
    rates = {part.vat for part in entry.prices}
    if len(rates) > 1:
        return half_up(sum((part.cents * _share_without_vat(part.vat) for part in entry.prices), Fraction(0)))
    share = _share_without_vat(rates.pop())
    whole, below = sum(part.cents for part in entry.prices) * share.numerator, share.denominator
    return (2 * whole + below) // (2 * below)


@lru_cache(maxsize=64)
def _share_without_vat(rate: Decimal | None) -> Fraction:
    """Give the share of a price that is left without VAT, exactly."""
    return 100 / (100 + Fraction(rate or 0))


def components(entry: Entry) -> frozenset[str] | None:
    """Give what the activity consists of, from its kind and whether guidance is given; None if either is not told.

    Support (such as a loan of equipment) is not something an entry tells apart from guidance.
    """
    return _consists_of(entry.kind, entry.guidance)


@lru_cache(maxsize=256)
def _consists_of(kind: str | None, guidance: bool | None) -> frozenset[str] | None:
    own = COMPONENT_OF_KIND.get(kind or "")
    if own is None or guidance is None:
        return None
    return frozenset((own, "guidance") if guidance else (own,))


def is_elective(entry: Entry) -> bool | None:
    """Say whether the activity is an mbo elective with civil effect; None if the certificate's value is not told."""
    return None if entry.certificate_value is None else entry.certificate_value == "mbo_elective"


def recognitions_on(provider: ProviderEntry | None, on: date) -> frozenset[str] | None:
    """Give the routes by which the provider is recognised on the day; None if no recognition was ever told."""
    if provider is None or not provider.recognitions:
        return None
    return _routes_on(provider.recognitions, on)


@lru_cache(maxsize=4096)
def _routes_on(recognitions: tuple[Recognition, ...], on: date) -> frozenset[str]:
    return frozenset(
        one.route
        for one in recognitions
        if (one.starts_on is None or one.starts_on <= on) and (one.ends_on is None or on <= one.ends_on)
    )


def millionths(value: Decimal | None) -> int | None:
    """Give a decimal as the engine keeps it; a finer part than a millionth is rounded half up."""
    return None if value is None else _in_millionths(value)


@lru_cache(maxsize=4096)
def _in_millionths(value: Decimal) -> int:
    return int((value * 10 ** DECIMALS["decimal"]).to_integral_value(ROUND_HALF_UP))
