"""The price of a program of EDU-DEX in parts, VAT included: what everybody has to pay to take part, on the day asked.

The schema does not say whether `amount` holds the VAT. The numbers do: with 21 percent, 100 and 21 are without, 121
and 21 are with. Where only a rate is given, the amount is taken as what is paid.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from doorleren.register.entries import PRICE_PARTS, PricePart
from doorleren.register.intake.days import Calendar
from doorleren.register.intake.json_values import Source, objects

_PARTS = {
    "tuition fee": "tuition", "coaching": "tuition", "location": "tuition", "lunch": "tuition", "dinner": "tuition",
    "excursions": "tuition", "examination": "examination", "certificate": "examination", "study material": "material",
    "registration fee": "registration",
}  # fmt: skip
"""Costs of living, travel and staying are no price of a training, and a discount is not for everybody."""

_PERIODS = {"year": "years", "month": "months", "week": "weeks", "day": "days", "hour": "hours"}


def prices(source: Source, calendar: Calendar) -> tuple[PricePart, ...] | None:
    """Give the parts of the price; None if nothing is told, or a part cannot be counted: the rest would be too low."""
    costs = list(_that_count(_costs(source), source, calendar))
    cents: dict[str, int] = {}
    rates: dict[str, set[Decimal | None]] = {}
    whole = True
    for cost in costs:
        part = _PARTS[str(cost.get("costType"))]
        amount = _amount(source, cost)
        if amount is None:
            whole = False
            continue
        cents[part] = cents.get(part, 0) + amount[0]
        rates.setdefault(part, set()).add(amount[1])
    if not whole or not cents:
        return None
    return tuple(
        PricePart(part, cents[part], rates[part].pop() if len(rates[part]) == 1 else None)
        for part in PRICE_PARTS
        if part in cents
    )


def _costs(source: Source) -> list[dict[str, Any]]:
    """Give the costs of the program, else those of its first run that has any."""
    told = objects(source.at("programSchedule.genericProgramRun.cost"))
    runs = (objects(one.get("cost")) for one in objects(source.at("programSchedule.programRun")))
    return told or next((costs for costs in runs if costs), [])


def _that_count(costs: Iterable[dict[str, Any]], source: Source, calendar: Calendar) -> Iterable[dict[str, Any]]:
    for cost in costs:
        if cost.get("isRequiredCost") is False or cost.get("payableBy") == "group":
            continue
        if str(cost.get("costType")) not in _PARTS:
            continue
        start = source.read("price.total", cost.get("amountValidFrom"), calendar.read, column="amountValidFrom")
        end = source.read("price.total", cost.get("amountValidUntil"), calendar.read_end, column="amountValidUntil")
        if (start is None or start <= calendar.today) and (end is None or end >= calendar.today):
            yield cost


def _amount(source: Source, cost: dict[str, Any]) -> tuple[int, Decimal | None] | None:
    """Give what is paid in cents, and the rate of VAT; None with a fault if it cannot be counted in euros."""
    if not source.is_in_euros(cost, cost.get("amount")):
        return None
    amount = source.price(cost.get("amount"), column="cost.amount")
    times = _times(source, cost.get("period"))
    if amount is None or times is None:
        return None
    vat = source.cents(cost.get("amountVAT"), column="cost.amountVAT") if cost.get("amountVAT") is not None else None
    if vat is None and cost.get("amountVAT") is not None:
        return None
    paid, rate = with_vat(amount, vat, cost.get("VATPercentage"))
    return paid * times, rate


def with_vat(amount: int, vat: int | None, percentage: object) -> tuple[int, Decimal | None]:
    """Give the amount with VAT in cents, and the rate in percent if it is told or follows.

    100.00 with 21.00 of VAT gives 121.00 and 21; 121.00 with 21.00 of VAT stays 121.00, and the rate is 21 too.
    """
    rate = Decimal(percentage) if isinstance(percentage, int) and 0 <= percentage <= 100 else None
    if not vat:
        return amount, Decimal(0) if vat == 0 and rate is None else rate
    without = Decimal(vat) * 100 / amount if amount else Decimal(0)
    within = Decimal(vat) * 100 / (amount - vat) if amount > vat else Decimal(0)
    aims = (rate, rate) if rate is not None else (Decimal(round(without)), Decimal(round(within)))
    if abs(without - aims[0]) < abs(within - aims[1]):
        return amount + vat, aims[0]
    return amount, aims[1]


def _times(source: Source, period: object) -> int | None:
    """Say how often an amount is paid: once for the program, else once per year, month, week, day or hour of it."""
    if period in (None, "program"):
        return 1
    told = source.at("programClassification.programDuration")
    times = told.get(_PERIODS.get(str(period), "")) if isinstance(told, dict) else None
    if isinstance(times, int) and not isinstance(times, bool) and 0 < times < 10_000:
        return times
    allowed = {
        "nl": "een bedrag per programma, of een duur in dezelfde eenheid",
        "en": "an amount per program, or a duration in the same unit",
    }
    source.wrong("price.total", period, allowed, column="cost.period", refuses=False)
    return None
