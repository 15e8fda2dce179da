"""Undoing a delivery: what goes back, what stays, who may, and that it happens once."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from doorleren.audit.models import Act
from doorleren.register.answers import ActRefused, Forbidden
from doorleren.register.commands.receive_delivery import Received, receive_delivery
from doorleren.register.commands.undo_delivery import Undone, undo_delivery
from doorleren.register.entries import PricePart, ProviderEntry
from doorleren.register.models import Activity, ActivityVersion, Delivery, Source
from tests.register.commands.scene import ADMINISTRATOR, AT, DECIDER, OWNER, SCHOOL, WELDING, day, receive

pytestmark = pytest.mark.django_db


def priced(cents: int, code: str = "L1"):
    """The welding course at another price."""
    return replace(WELDING, code=code, prices=(PricePart("tuition", cents),))


def stands() -> dict[str, int | None]:
    """The price of each activity as it stands; None where it is not listed."""
    return dict(Activity.objects.order_by("code").values_list("code", "current__tuition_cents"))


def undo(delivery: int, number: int = 9) -> tuple[int, int, int]:
    """Undoes by the school: restored, withdrawn, left."""
    done = undo_delivery(delivery, by=OWNER, at=day(number))
    assert done.delivery == delivery
    return done.restored, done.withdrawn, done.left


def test_what_changed_goes_back_and_what_was_new_is_listed_no_more():
    """A changed activity gets its version before, a new one none, an unchanged one stays; no version is lost."""
    receive(priced(100), priced(100, "L2"))
    second = receive(priced(200), priced(100, "L2"), priced(100, "L3"), at=day(2)).delivery
    assert undo(second) == (1, 1, 0)
    assert stands() == {"L1": 100, "L2": 100, "L3": None}
    assert ActivityVersion.objects.count() == 4
    kept = Delivery.objects.get(pk=second)
    assert (kept.undone_at, kept.undone_by) == (day(9), "person:1")
    assert Act.objects.last().details == {"restored": 1, "withdrawn": 1, "left": 0}


def test_what_is_newer_is_left_and_counted():
    """Where a later delivery has spoken its word stands; the rest goes back."""
    receive(priced(100), priced(100, "L2"))
    second = receive(priced(200), priced(200, "L2"), at=day(2)).delivery
    receive(priced(300), at=day(3))
    assert undo(second) == (1, 0, 1)
    assert stands() == {"L1": 300, "L2": 100}


def test_what_was_undone_never_comes_back():
    """After the second delivery is undone, undoing the third goes back to the first."""
    receive(priced(100))
    second = receive(priced(200), at=day(2)).delivery
    third = receive(priced(300), at=day(3)).delivery
    assert undo(second) == (0, 0, 1)
    assert undo(third) == (1, 0, 0)
    assert stands() == {"L1": 100}


def test_undone_from_last_to_first_leaves_nothing_listed():
    """Undoing all deliveries in turn goes back step by step to none; the same file again lists it again."""
    numbers = [receive(priced(cents), at=day(place)).delivery for place, cents in enumerate((100, 200, 300), 1)]
    found = []
    for number in reversed(numbers):
        undo(number)
        found.append(stands()["L1"])
    assert found == [200, 100, None]
    assert receive(priced(100), at=day(10)).new == 1
    assert stands() == {"L1": 100}


def test_an_undo_is_done_once():
    """The second time is refused with a sentence, and the register stays as it was."""
    receive(priced(100))
    second = receive(priced(200), at=day(2)).delivery
    undo(second)
    receive(priced(200), at=day(10))
    with pytest.raises(ActRefused, match="al teruggedraaid"):
        undo(second, 11)
    assert stands() == {"L1": 200}


def test_only_the_provider_of_all_of_it_or_an_administrator():
    """Another role, or a provider of a part, is refused; an administrator is not."""
    other = ProviderEntry("87654321", "Ander", kvk="87654321")
    rows = [Received(1, priced(200), SCHOOL), Received(2, replace(priced(200, "L9"), provider="87654321"), other)]
    mixed = receive_delivery(rows, source="both", form="csv", by="test", at=day(2)).delivery
    for who in (DECIDER, OWNER):
        with pytest.raises(Forbidden):
            undo_delivery(mixed, by=who, at=day(3))
    assert stands() == {"L1": 200, "L9": 200}
    assert undo_delivery(mixed, by=ADMINISTRATOR, at=day(3)) == Undone(mixed, 0, 2, 0)
    assert stands() == {"L1": None, "L9": None}


def test_what_cannot_be_undone_is_refused_with_a_sentence():
    """A delivery that failed, one that is not there, and an undo before the delivery came are refused."""
    source = Source.objects.create(name="x", form="csv")
    failed = Delivery.objects.create(source=source, form="csv", received_at=AT, received_by="t", failure="kapot")
    with pytest.raises(ActRefused, match="niet verwerkt"):
        undo_delivery(failed.pk, by=ADMINISTRATOR, at=day(2))
    with pytest.raises(ActRefused, match="999999"):
        undo_delivery(999_999, by=ADMINISTRATOR, at=day(2))
    later = receive(priced(100), at=day(5)).delivery
    with pytest.raises(ActRefused, match="voor zij er was"):
        undo(later, 4)
    assert stands() == {"L1": 100}


def test_an_undo_takes_the_same_number_of_statements_for_one_and_for_many():
    """The statements do not grow with the activities."""
    counts = []
    for many in (1, 50):
        number = receive(*(priced(100, f"{many}-{place}") for place in range(many)), at=day(2)).delivery
        with CaptureQueriesContext(connection) as seen:
            undo(number)
        counts.append(len(seen))
    assert counts[0] == counts[1]
