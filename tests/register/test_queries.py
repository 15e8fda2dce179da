"""Reading the register: what stands now, in one piece or as a stream."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from doorleren.register.commands.receive_delivery import Received, receive_delivery
from doorleren.register.entries import Entry, PricePart, ProviderEntry, Recognition, Run
from doorleren.register.models import Activity
from doorleren.register.queries import all_listings, is_published, listings

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
SCHOOL = ProviderEntry("S", "School", recognitions=(Recognition("ocw"), Recognition("nlqf", "N1", date(2026, 1, 1))))
COURSE = Entry("S", "1", "Cursus", prices=(PricePart("tuition", 100),), runs=(Run(date(2027, 1, 1)), Run(place="Ede")))


def test_what_stands_is_listed_with_its_provider():
    """All listings in a stream and some by number are the entries that were received, the last version of each."""
    rows = [Received(1, COURSE, SCHOOL), Received(2, replace(COURSE, code="2", runs=()), SCHOOL)]
    receive_delivery(rows, source="s", form="csv", by="t", at=AT)
    newer = replace(COURSE, title="Cursus, beter")
    receive_delivery([Received(1, newer, SCHOOL)], source="s", form="csv", by="t", at=AT)
    found = list(all_listings())
    assert [one.entry for one in found] == [newer, rows[1].entry]
    assert {one.provider for one in found} == {SCHOOL}
    key = Activity.objects.get(code="2").pk
    assert listings([key, 0]) == {key: found[1]}


@pytest.mark.parametrize(
    ("day", "seen"),
    [(date(2026, 12, 31), False), (date(2027, 1, 1), True), (date(2027, 6, 30), True), (date(2027, 7, 1), False)],
)
def test_an_activity_is_seen_between_its_days(day, seen):
    """An entry is published from its first day to its last, both included; without days always."""
    entry = replace(COURSE, published_from=date(2027, 1, 1), published_until=date(2027, 6, 30))
    assert is_published(entry, day) is seen
    assert is_published(COURSE, day)
