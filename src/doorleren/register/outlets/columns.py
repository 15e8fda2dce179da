"""The columns of the open data: their names, kinds, what they mean and how they are read. The order is for ever.

A new column comes at the end; a name is never used again for something else.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from doorleren.core.money import euros
from doorleren.register.entries import PRICE_PARTS, Entry, PricePart
from doorleren.register.outlets.listed import Listed
from doorleren.register.outlets.plain import clean, plain

Cell = str | int | bool | Decimal | date | datetime | None

KINDS = ("text", "integer", "decimal", "euros", "boolean", "date", "moment", "json")
"""Text is cleaned; decimal has six decimals at most, euros two, both exact; moment is UTC; json is text that holds a JSON array."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, its kind (one of `KINDS`), what it means, and how a cell is read; None is not told."""

    name: str
    kind: str
    meaning: str
    read: Callable[[Listed], Cell]


def _of_entry(name: str, kind: str, meaning: str) -> Column:
    def read(listed: Listed) -> Cell:
        value = getattr(listed.entry, name)
        if kind == "json":
            return json.dumps(plain(value), ensure_ascii=False)
        return (clean(value) or None) if isinstance(value, str) else value

    return Column(name, kind, meaning, read)


def _of_provider(name: str, kind: str, meaning: str) -> Column:
    def read(listed: Listed) -> Cell:
        if kind == "json":
            return json.dumps(plain(getattr(listed.provider, name)), ensure_ascii=False)
        return clean(getattr(listed.provider, name)) or None

    return Column(f"provider_{name}", kind, meaning, read)


def _parts(entry: Entry, part: str) -> list[PricePart]:
    return [one for one in entry.prices if one.part == part]


def _of_price(part: str) -> tuple[Column, Column]:
    def paid(listed: Listed) -> Cell:
        found = _parts(listed.entry, part)
        return _euros(sum(one.cents for one in found)) if found else None

    def vat(listed: Listed) -> Cell:
        rates = {one.vat for one in _parts(listed.entry, part)}
        return rates.pop() if len(rates) == 1 else None

    return (
        Column(part, "euros", f"price of the {part} in euros, VAT included", paid),
        Column(f"vat_of_{part}", "decimal", f"VAT rate of the {part} in percent; 0 is exempt", vat),
    )


def _whole_price(listed: Listed) -> Cell:
    cents = listed.entry.price_cents
    return None if cents is None else _euros(cents)


def _euros(cents: int) -> Decimal:
    return Decimal(euros(cents))


COLUMNS: tuple[Column, ...] = (
    Column("number", "integer", "number of the activity in the register", lambda one: one.number),
    _of_entry("provider", "text", "code of the provider; with `code` it names the activity for ever"),
    _of_entry("code", "text", "the provider's own code of the activity"),
    Column("admitted", "boolean", "admitted to the register", lambda one: one.admitted),
    Column("changed_at", "moment", "when the entry last changed", lambda one: one.changed_at.astimezone(UTC)),
    _of_entry("title", "text", "title"),
    _of_entry("description", "text", "description"),
    _of_entry("learning_outcomes", "json", "learning outcomes"),
    _of_entry("kind", "text", "kind of training (fact training.kind)"),
    _of_entry("route", "text", "learning route (fact training.route)"),
    _of_entry("goal", "text", "what a learner receives (fact training.goal)"),
    _of_entry("level", "text", "level (fact training.level)"),
    _of_entry("nlqf_level", "integer", "NLQF level, 1 to 8"),
    _of_entry("eqf_level", "integer", "EQF level, 1 to 8"),
    _of_entry("intensity", "text", "full time, part time ... (fact training.intensity)"),
    _of_entry("study_hours", "integer", "study load in hours"),
    _of_entry("duration_months", "decimal", "duration in months"),
    _of_entry("delivery", "text", "online, blended or on_site (fact training.delivery)"),
    _of_entry("independent_of_time", "boolean", "can be followed at any time"),
    _of_entry("independent_of_place", "boolean", "can be followed anywhere"),
    _of_entry("evening", "boolean", "given in the evening"),
    _of_entry("combinable_with_work", "boolean", "can be combined with work"),
    _of_entry("combinable_with_care", "boolean", "can be combined with care"),
    _of_entry("modular", "boolean", "can be followed in modules"),
    _of_entry("language", "text", "language of teaching, ISO 639-1"),
    _of_entry("entry_requirements", "text", "entry requirements"),
    _of_entry("sector", "text", "sector aimed at (fact training.target_sector)"),
    _of_entry("occupations", "json", "ESCO occupations aimed at"),
    _of_entry("skills", "json", "ESCO skills taught"),
    _of_entry("certificate", "text", "name of the certificate"),
    _of_entry("certificate_value", "text", "what the certificate is worth"),
    _of_entry("guidance", "boolean", "guidance is given"),
    _of_entry("prior_learning_shortens", "boolean", "what somebody can do already shortens it"),
    Column("price", "euros", "whole price in euros, VAT included", _whole_price),
    *(column for part in PRICE_PARTS for column in _of_price(part)),
    _of_entry("runs", "json", "runs: starts_on, ends_on, place, postcode, enrol_from, enrol_until"),
    _of_entry("url", "text", "the provider's page about the activity"),
    _of_entry("published_from", "date", "first day that the entry is shown"),
    _of_entry("published_until", "date", "last day that the entry is shown"),
    _of_provider("name", "text", "name of the provider"),
    _of_provider("kvk", "text", "KvK number of the provider, eight digits"),
    _of_provider("website", "text", "site of the provider"),
    _of_provider("street", "text", "street and number of the provider"),
    _of_provider("postcode", "text", "postcode of the provider"),
    _of_provider("place", "text", "place of the provider"),
    _of_provider("recognitions", "json", "recognitions of the provider: route, proof, starts_on, ends_on"),
    _of_provider("email", "text", "e-mail address of the provider for applicants"),
    _of_provider("phone", "text", "telephone number of the provider for applicants"),
    _of_provider("locations", "json", "locations of the provider beside its address: name, street, postcode, place"),
    _of_entry("text_language", "text", "language of the title and the other texts, ISO 639-1"),
)
