"""Which sources are due, and when a delivery meets what was agreed: the pure rules."""

from datetime import UTC, datetime, timedelta

import pytest

from doorleren.register.feeds.criteria import Criteria, failing
from doorleren.register.feeds.schedule import Planned, due, due_sources
from doorleren.register.models import Delivery, Source

AT = datetime(2026, 5, 1, 9, tzinfo=UTC)


def ago(hours: float) -> datetime:
    """So many hours before."""
    return AT - timedelta(hours=hours)


@pytest.mark.parametrize(
    ("every", "last", "expected"),
    [
        (24, ago(24), True),
        (24, ago(23.99), False),
        (24, None, True),
        (None, None, False),
        (0, None, False),
        (-1, ago(1), False),
        (1, ago(-5), False),
    ],
)
def test_a_source_is_due_when_its_hours_are_over(every, last, expected):
    """Due from the hour itself on; never without a schedule; a new one at once; one delivered in the future not."""
    assert due([Planned(7, every, last)], AT) == ([7] if expected else [])


def test_who_never_delivered_comes_first_and_then_the_longest_overdue():
    """The order is new ones, then by how long their hours have been over, then by number."""
    planned = [Planned(1, 24, ago(30)), Planned(2, 1, ago(20)), Planned(3, 24, None), Planned(4, 24, ago(30))]
    assert due(planned, AT) == [3, 2, 1, 4]


@pytest.mark.django_db
def test_the_last_delivery_counts_also_when_it_failed():
    """A source with an address is due by its last delivery, failed or not; one without an address never is."""
    sources = [
        Source.objects.create(name=name, form="csv", address=where, every_hours=24)
        for name, where in (("a", "/a"), ("b", "/b"), ("c", ""))
    ]
    for source, hours in ((sources[0], 30), (sources[0], 2), (sources[1], 30)):
        Delivery.objects.create(source=source, form="csv", received_at=ago(hours), received_by="t", failure="x")
    assert due_sources(AT) == [sources[1].pk]


@pytest.mark.parametrize(
    ("accepted", "refused", "words"),
    [
        (90, 10, None),
        (89, 11, "hoogstens 10 procent"),
        (5, 0, None),
        (4, 0, "ten minste 5"),
        (0, 0, "ten minste 5"),
        (0, 3, "hoogstens 10 procent"),
    ],
)
def test_a_delivery_meets_what_was_agreed(accepted, refused, words):
    """Exactly the agreed share and number are enough; one row more or less is not, and the sentence names the agreement."""
    found = failing(Criteria(10, 5), accepted, refused)
    assert (found is None) == (words is None)
    if found and words:
        assert words in found["nl"]
        assert found["en"] != found["nl"]


def test_nothing_agreed_lets_everything_in():
    """With a hundred percent and no rows an empty delivery is fine."""
    assert failing(Criteria(100, 0), 0, 0) is None
