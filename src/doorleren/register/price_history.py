"""The price of an activity through time: from before the listing, then version by version, with the change in percent.

For officials who judge whether a price rose towards what a scheme pays.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from doorleren.core.days import day_of
from doorleren.register.access import Actor, ensure
from doorleren.register.entries import PRICE_PARTS
from doorleren.register.models import Activity, ActivityVersion, FormerPrice


@dataclass(frozen=True, slots=True)
class Told:
    """A price as told: the day, whole cents with VAT (None: not told), who told it, and whether it was taken back."""

    on: date
    cents: int | None
    source: str
    listed: bool
    undone: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A price in the history; `change` is in percent with one decimal, None where there is nothing to compare with."""

    told: Told
    change: Decimal | None


def steps(prices: Iterable[Told]) -> list[Step]:
    """Compare each price with the last one before it that was told and not taken back.

    Example: 800 euros and then 1,000 euros is a change of 25.0 percent. From a price of nothing there is no percentage.
    """
    found, before = [], None
    for one in prices:
        found.append(Step(one, _change(before, one.cents)))
        if one.cents is not None and not one.undone:
            before = one.cents
    return found


def price_history(activity: int, *, by: Actor) -> list[Step]:
    """Give the whole history: former prices by day, then versions in order. Raises Forbidden, Activity.DoesNotExist."""
    owner = Activity.objects.select_related("provider").get(pk=activity).provider
    ensure(by, "see_price_history", {owner.kvk})
    former = FormerPrice.objects.filter(activity=activity).order_by("on", "id")
    told = [Told(on, cents, source, listed=False) for on, cents, source in former.values_list("on", "cents", "source")]
    rows = ActivityVersion.objects.filter(activity=activity).order_by("id")
    columns = [f"{part}_cents" for part in PRICE_PARTS]
    for made_at, source, undone_at, *parts in rows.values_list(
        "made_at", "delivery__source__name", "delivery__undone_at", *columns
    ):
        known = [cents for cents in parts if cents is not None]
        day = day_of(made_at)
        told.append(Told(day, sum(known) if known else None, source, listed=True, undone=undone_at is not None))
    return steps(told)


def _change(before: int | None, now: int | None) -> Decimal | None:
    if not before or now is None:
        return None
    return (Decimal(now - before) * 100 / before).quantize(Decimal("0.1"), ROUND_HALF_UP)
