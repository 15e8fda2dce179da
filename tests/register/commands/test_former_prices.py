"""Former prices and the whole price history: what may be noted, by whom, and how a change is reckoned."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from doorleren.register.answers import ActRefused, Forbidden
from doorleren.register.commands.note_former_price import note_former_price
from doorleren.register.commands.undo_delivery import undo_delivery
from doorleren.register.entries import PricePart
from doorleren.register.models import FormerPrice
from doorleren.register.price_history import Told, price_history, steps
from tests.register.commands.scene import ASSESSOR, AT, OWNER, WELDING, day, listed, receive

pytestmark = pytest.mark.django_db
BEFORE = date(2026, 4, 30)


def note(activity: int, **more: object) -> FormerPrice:
    """Notes 800 euros on the day before the listing."""
    told = {"on": BEFORE, "cents": 80_000, "source": "folder 2026", "by": ASSESSOR, "at": AT} | more
    return note_former_price(activity, **told)


def told(*cents: int | None, undone: int | None = None) -> list[Told]:
    """Prices of days in a row; the one at `undone` was taken back."""
    return [
        Told(BEFORE + timedelta(days=place), one, "s", listed=False, undone=place == undone)
        for place, one in enumerate(cents)
    ]


def test_the_change_is_in_percent_with_one_decimal():
    """Each price is compared with the last one that was told: up, down, the same, and halves away from zero."""
    changes = [one.change for one in steps(told(80_000, 100_000, 100_000, None, 95_050, 95_145))]
    assert changes == [None, Decimal("25.0"), Decimal("0.0"), None, Decimal("-5.0"), Decimal("0.1")]


def test_nothing_is_compared_with_a_price_of_nothing_or_one_taken_back():
    """From zero there is no percentage, and a price that was taken back is shown but not compared with."""
    assert [one.change for one in steps(told(0, 100))] == [None, None]
    assert [one.change for one in steps(told(100, 500, 110, undone=1))] == [None, Decimal("400.0"), Decimal("10.0")]


def test_the_history_begins_before_the_listing():
    """Former prices come first by day, then the versions in order, with their sources and what was undone."""
    _, activity = listed()
    note(activity.pk)
    note(activity.pk, on=date(2025, 4, 30), cents=40_000, source="site 2025")
    raised = receive(replace(WELDING, prices=(PricePart("tuition", 120_000), PricePart("material", 0))), at=day(3))
    undo_delivery(raised.delivery, by=OWNER, at=day(4))
    found = price_history(activity.pk, by=ASSESSOR)
    assert [(one.told.on, one.told.cents, one.told.source, one.told.listed, one.told.undone) for one in found] == [
        (date(2025, 4, 30), 40_000, "site 2025", False, False),
        (BEFORE, 80_000, "folder 2026", False, False),
        (date(2026, 5, 1), 100_000, "school", True, False),
        (date(2026, 5, 3), 120_000, "school", True, True),
    ]
    assert [one.change for one in found] == [None, Decimal("100.0"), Decimal("25.0"), Decimal("20.0")]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"on": date(2026, 5, 1)}, "01-05-2026"),
        ({"cents": -1}, "-1"),
        ({"source": " "}, "gevonden"),
        ({"source": "x" * 301}, "300"),
    ],
)
def test_what_is_no_former_price_is_refused(more, words):
    """A day of the listing or later, a negative price and a source of no or too many words are refused and named."""
    _, activity = listed()
    with pytest.raises(ActRefused, match=words):
        note(activity.pk, **more)
    assert not FormerPrice.objects.exists()


def test_one_price_per_day_and_source():
    """The same day from the same source is refused; another source or day is not."""
    _, activity = listed()
    note(activity.pk)
    with pytest.raises(ActRefused, match="30-04-2026"):
        note(activity.pk, cents=1)
    note(activity.pk, source="site")
    note(activity.pk, on=date(2026, 4, 29))
    assert FormerPrice.objects.count() == 3


def test_the_history_is_for_officials():
    """A provider neither notes nor sees a former price, not even of its own activity."""
    _, activity = listed()
    with pytest.raises(Forbidden):
        note(activity.pk, by=OWNER)
    with pytest.raises(Forbidden):
        price_history(activity.pk, by=OWNER)


def test_an_activity_that_is_not_there_is_named():
    """A number that is not in the register is refused with that number."""
    with pytest.raises(ActRefused, match="999999"):
        note(999_999)
