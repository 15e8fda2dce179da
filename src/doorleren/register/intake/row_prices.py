"""The prices of one row of a CSV: parts or a total, with or without VAT, and in which currency."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from doorleren.register.entries import PRICE_PARTS, PricePart
from doorleren.register.intake import checks, currencies
from doorleren.register.intake.amounts import with_vat
from doorleren.register.intake.faults import Fault

LOST = ""
"""Among what is told of a price: a part could not be read, so that the rest would be too low."""
LOST_TOTAL = "?"
"""The total could not be read, which matters where the parts say nothing."""
NET = ".without_vat"

Priced = tuple[tuple[PricePart, ...], list[Fault]]


def prices_of(number: int, told: dict[str, Any], named: Mapping[str, Decimal]) -> Priced:
    """Give the price in its parts. A total without parts is tuition; parts that miss the total stand, with a word, but where they
    hold no tuition what is left of the total is that, for nobody pays for the books alone.

    `told` is by the name of a target behind "price."; `named` holds the rates that the names of columns tell, by the
    same names. If one part cannot be read, is in another currency or lacks the VAT that goes on top, there is no price
    at all: the rest would be too low.
    """
    currency = told.pop("currency", currencies.EURO)
    rates, faults = _rates(told), []
    for part in (*PRICE_PARTS, "total"):
        faults += _with_vat(number, part, told, rates, named)
    total, lost = told.pop("total", None), told.pop(LOST_TOTAL, False)
    if currency != currencies.EURO and LOST not in told and any((total, *told.values())):
        return (), [*faults, checks.in_another_currency(number, currency)]
    if told.pop(LOST, False) or (lost and not any(told.values())):
        return (), faults
    if total is not None and not any(told.values()) and (total or not told):
        return (PricePart("tuition", total, rates["total"]),), faults
    if total is not None and "tuition" not in told and total > sum(told.values()):
        told["tuition"] = total - sum(told.values())
        faults.append(checks.rest_is_tuition(number, total, told["tuition"]))
    if total is not None and sum(told.values()) != total:
        faults.append(checks.total_differs(number, total, sum(told.values())))
    faults += checks.of_sum(number, sum(told.values()))
    return tuple(PricePart(part, told[part], rates[part]) for part in PRICE_PARTS if part in told), faults


def _rates(told: dict[str, Any]) -> dict[str, Decimal | None]:
    """Take the rates of VAT out of what is told: one for all, or one per part."""
    rate = told.pop("vat", None)
    return {"total": rate} | {part: told.pop(f"{part}.vat", rate) for part in PRICE_PARTS}


def _with_vat(
    number: int, part: str, told: dict[str, Any], rates: dict[str, Decimal | None], named: Mapping[str, Decimal]
) -> list[Fault]:
    """Bring a price without VAT to the one with it; one that is told with VAT as well counts as it stands."""
    net = told.pop(part + NET, None)
    if net is None or part in told:
        return []
    if rates[part] is None:
        rates[part] = named.get(part + NET)
    rate = rates[part]
    if net and rate is None:
        told[LOST_TOTAL if part == "total" else LOST] = True
        return [checks.vat_lacks(number, f"price.{part}{NET}", net)]
    told[part] = with_vat(net, rate or Decimal(0))
    return []
