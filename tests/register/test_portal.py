"""The portal's own search, one training and what remains to pay, from the database and the index."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from doorleren.core.days import Asked, day_of
from doorleren.core.places import index_folder
from doorleren.finder.plan import plan
from doorleren.register.commands.index_occupations import index_occupations
from doorleren.register.commands.load_demo import load_demo, load_demo_skills
from doorleren.register.commands.rebuild_index import rebuild_index
from doorleren.register.funding.facts import with_activity
from doorleren.register.funding.stored import Stored
from doorleren.register.models import Activity
from doorleren.register.portal import Portal
from doorleren.register.reference.entries import Occupation as Named
from doorleren.register.search.asking import Query
from doorleren.register.search.reader import IndexUnavailable
from doorleren.register.words.occupation_index import OccupationIndex
from doorleren.rules.library import open_library

pytestmark = pytest.mark.django_db

DAY = datetime(2021, 9, 1, 9, tzinfo=UTC)
WORKER = {"person.work_status": "employee", "person.labour_market_link": True, "asker.role": "person"}


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[Portal]:
    """The demo register on a day with many schemes, with its index."""
    library = open_library()
    load_demo(at=DAY)
    rebuild_index(library, tmp_path, today=day_of(DAY))
    return Portal(library, tmp_path)


def test_a_search_finds_what_its_words_mean(portal: Portal) -> None:
    """Words, a letter wrong and part of a compound find the training; what remains to pay stands beside each."""
    for words in ("lassen", "lasen", "verpleegkundige"):
        found = portal.search(Query(text=words), profile={}, today=day_of(DAY))
        assert found.results.total
        titles = [found.listings[hit.key].entry.title.lower() for hit in found.results.hits]
        assert any("las" in title or "verpleeg" in title for title in titles)
        for hit in found.results.hits:
            paid, price = found.to_pay[hit.key], found.listings[hit.key].entry.price_cents
            assert paid.price_cents == price
            assert paid.to_pay_cents is not None
            assert 0 <= paid.to_pay_cents <= price


def test_sorting_by_what_remains_covers_everything(portal: Portal) -> None:
    """Sorted by what remains to pay, page after page goes up, over all activities and not one page."""
    seen, after = [], ""
    while True:
        found = portal.search(Query(sort="to_pay", size=50, after=after), profile=WORKER, today=day_of(DAY))
        seen += [hit.to_pay_cents for hit in found.results.hits]
        after = found.results.after
        if not after:
            break
    assert len(seen) == Activity.objects.count()
    assert seen == sorted(seen)


def test_one_training_says_what_the_plan_says(portal: Portal) -> None:
    """Where the sum is certain it is that of the plan for the visitor with the training's facts; no training, no answer."""
    for key in Activity.objects.values_list("pk", flat=True)[:40]:
        found = portal.activity(key, profile=WORKER, today=day_of(DAY))
        assert found is not None
        if found.to_pay.certain:
            made = plan(portal.library, with_activity(WORKER, found.facts), Asked(day_of(DAY)))
            assert found.to_pay.to_pay_cents == made.plans[0].to_pay
    assert portal.activity(0, profile={}, today=day_of(DAY)) is None


def test_the_facts_on_disk_are_read_again_when_they_change(portal: Portal) -> None:
    """The facts that the rebuild wrote are those of all activities; without a file there are none."""
    stored = Stored(index_folder(portal.home, "funding"), portal.library.vocabulary)
    first = stored.activities()
    assert sorted(first.keys) == sorted(Activity.objects.values_list("pk", flat=True))
    assert stored.activities() is first
    rebuild_index(portal.library, portal.home, today=day_of(DAY))
    assert stored.activities() is not first
    assert stored.activities().profile(0) == first.profile(0)
    assert Stored(portal.home / "nowhere", portal.library.vocabulary).activities().keys.len() == 0


def test_without_an_index_the_search_says_so(tmp_path: Path) -> None:
    """A home without an index answers with the state of the index, not with nothing found."""
    with pytest.raises(IndexUnavailable) as refused:
        Portal(open_library(), tmp_path).search(Query(), profile={}, today=day_of(DAY))
    assert refused.value.state == "absent"


def test_the_price_of_some_trainings_is_that_of_a_search(portal: Portal) -> None:
    """What remains to pay of listings by themselves equals what the search says of the same ones, with and without answers."""
    for profile in ({}, WORKER):
        found = portal.search(Query(text="lassen"), profile=profile, today=day_of(DAY))
        assert found.to_pay
        assert portal.to_pay(found.listings.values(), profile=profile, today=day_of(DAY)) == found.to_pay


def test_the_demo_knows_its_occupations_and_follows_another_index(portal: Portal, tmp_path: Path) -> None:
    """Without an index no name is known; one is made of the register's occupations, once, and another one is seen at once."""
    assert load_demo_skills()
    assert portal.occupations("kok") == []
    assert index_occupations(tmp_path)
    assert not index_occupations(tmp_path)
    assert "kok" in dict(portal.occupations("kok")).values()
    OccupationIndex.build([Named("one", "5120", "", "scheepskok")], index_folder(tmp_path, "occupations"))
    assert portal.occupations("kok") == [("one", "scheepskok")]


def test_skills_in_common_go_by_what_people_call_work(portal: Portal, tmp_path: Path) -> None:
    """A name that is nearly right finds its occupation, which has all its own skills; work that nobody knows gives nothing."""
    assert load_demo_skills()
    assert portal.shared_skills("kok", "kok") is None
    assert index_occupations(tmp_path)
    found = portal.shared_skills("kok", "koks")
    assert found is not None
    assert (found.origin, found.target) == ("kok", "kok")
    assert found.had == found.asked > 0
    assert portal.shared_skills("kok", "xyzzyqwv") is None
