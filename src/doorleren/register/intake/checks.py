"""What must be true of the values of a row together, whichever format they came in."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from doorleren.core.money import euros
from doorleren.register.entries import ProviderEntry, Run
from doorleren.register.intake.amounts import A_PRICE, LARGEST_PRICE
from doorleren.register.intake.currencies import in_euros
from doorleren.register.intake.faults import Fault, fault, remark

_NEEDED = {
    "title": {"nl": "een titel", "en": "a title"},
    "code": {"nl": "een code van de opleiding", "en": "a code of the training"},
    "provider.code": {
        "nl": "een opleider: een code, een KvK-nummer of een naam", "en": "a provider: a code, a KvK number or a name",
    },
}  # fmt: skip


def of_values(
    number: int, values: Mapping[str, Any], owner: ProviderEntry | None, before: Iterable[Fault] = ()
) -> list[Fault]:
    """Find what is needed and missing, unless a fault spoke of it before, and a publication that ends before it begins."""
    spoken = {one.field for one in before}
    missing = [] if owner is not None or "provider.kvk" in spoken else ["provider.code"]
    if not values.get("title"):
        missing.append("title")
    elif owner is not None and not values.get("code"):
        missing.append("code")
    found = [fault(number, name, "", _NEEDED[name]) for name in missing if name not in spoken]
    start, end = values.get("published_from"), values.get("published_until")
    if start and end and end < start:
        found.append(fault(number, "published_until", end, _not_before(start)))
    return found


def of_run(number: int, run: Run) -> list[Fault]:
    """Find a run that ends before it starts, or closes before it opens."""
    found = []
    if run.starts_on and run.ends_on and run.ends_on < run.starts_on:
        found.append(fault(number, "run.ends_on", run.ends_on, _not_before(run.starts_on)))
    if run.enrol_from and run.enrol_until and run.enrol_until < run.enrol_from:
        found.append(fault(number, "run.enrol_until", run.enrol_until, _not_before(run.enrol_from)))
    return found


def of_sum(number: int, cents: int) -> list[Fault]:
    """Find parts of a price that are together absurdly much."""
    return [fault(number, "price", euros(cents), A_PRICE)] if cents > LARGEST_PRICE else []


def total_differs(number: int, total: int, together: int) -> Fault:
    """Say that the parts of a price do not make its total; the parts stand."""
    allowed = {"nl": f"de som van de delen, {euros(together)}", "en": f"the sum of the parts, {euros(together)}"}
    return fault(number, "price.total", euros(total), allowed, refuses=False)


def rest_is_tuition(number: int, total: int, rest: int) -> Fault:
    """Say that what a total holds beyond its parts was read as tuition, for none was told; the row stands."""
    allowed = {
        "nl": "een totaal met het lesgeld als een van de delen",
        "en": "a total with the tuition as one of its parts",
    }
    read_as = {"nl": f"met {euros(rest)} als lesgeld", "en": f"with {euros(rest)} as tuition"}
    return remark(number, "price.total", euros(total), allowed, read_as)


def in_another_currency(number: int, currency: str) -> Fault:
    """Say that the column of currencies names another than euros in this row; the row stands without a price."""
    return fault(number, "price.currency", currency, in_euros(currency), refuses=False)


def vat_lacks(number: int, field: str, cents: int) -> Fault:
    """Say that a price is given without VAT and without the rate of it; the row stands without a price."""
    allowed = {
        "nl": "een prijs met btw, of een prijs zonder btw met het btw-tarief in een eigen kolom (zoals 21%); het tarief ontbreekt",
        "en": "a price with VAT, or one without and the VAT rate in a column of its own (such as 21%); the rate is missing",
    }
    return fault(number, field, euros(cents), allowed, refuses=False)


def days_differ(number: int, field: str, days: int, starts: int) -> Fault:
    """Say that a row has another number of these days than of starts, so that they were left out; the row stands."""
    allowed = {"nl": f"evenveel dagen als startdatums ({starts})", "en": f"as many days as starts ({starts})"}
    return fault(number, field, days, allowed, refuses=False)


def postcode_of_one(number: int, postcode: str, places: int) -> Fault:
    """Say that a row has one postcode beside several places, so that it was left out; the row stands."""
    allowed = {
        "nl": f"een postcode bij één plaats; de rij noemt er {places}",
        "en": f"a postcode beside one place; the row names {places}",
    }
    return fault(number, "run.postcode", postcode, allowed, refuses=False)


def every_start_everywhere(number: int, places: tuple[str, ...], starts: int) -> Fault:
    """Say that every start of a row was read as one at every place of it, for their numbers differ; the row stands."""
    allowed = {"nl": f"evenveel plaatsen als startdatums ({starts})", "en": f"as many places as starts ({starts})"}
    read_as = {"nl": "elke startdatum op elke plaats", "en": "every start at every place"}
    return remark(number, "run.place", "; ".join(places), allowed, read_as)


def read_as_free(number: int, field: str, given: str, column: str = "", *, in_object: bool = False) -> Fault:
    """Say that a word such as "gratis" was read as a price of 0 euros; the row stands."""
    allowed = {"nl": "een bedrag, 0 voor gratis", "en": "an amount, 0 for free"}
    read_as = {"nl": "een prijs van 0 euro", "en": "a price of 0 euros"}
    return remark(number, field, given, allowed, read_as, column=column, in_object=in_object)


def read_as_text(number: int, field: str, given: str, column: str = "", *, in_object: bool = False) -> Fault:
    """Say that a formula was kept as the text that it is, and never calculated; the row stands."""
    allowed = {"nl": "een tekst, geen formule", "en": "a text, no formula"}
    read_as = {"nl": "een tekst, want een formule rekenen wij niet uit", "en": "a text, for we work out no formula"}
    return remark(number, field, given, allowed, read_as, column=column, in_object=in_object)


def read_as_day(number: int, field: str, given: str, day: date, column: str = "") -> Fault:
    """Say that a month was read as its first day, or its last where something ends; the row stands."""
    allowed = {"nl": "een dag", "en": "a day"}
    read_as = {"nl": f"{day.day}-{day.month}-{day.year}", "en": day.isoformat()}
    return remark(number, field, given, allowed, read_as, column=column)


def in_columns(faults: Iterable[Fault], columns: Mapping[str, str]) -> list[Fault]:
    """Give faults that name the column of the file where they know only the field; `columns` are by field."""
    found = []
    for one in faults:
        column = columns.get(one.field, "") or (columns.get("price.total", "") if one.field == "price" else "")
        if one.column or not column:
            found.append(one)
        else:
            found.append(fault(one.row, one.field, one.given, one.allowed, refuses=one.refuses, column=column))
    return found


def second(number: int, code: str, first: int) -> Fault:
    """Say that a code stood in a row before."""
    allowed = {
        "nl": f"elke code één keer per opleider; deze staat al in rij {first}",
        "en": f"each code once per provider; this one stands in row {first} already",
    }
    return fault(number, "code", code, allowed)


def _not_before(day: object) -> dict[str, str]:
    return {"nl": f"een dag op of na {day}", "en": f"a day on or after {day}"}
