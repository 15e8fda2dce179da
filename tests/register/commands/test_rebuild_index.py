"""The read index as it is built from the database: what the register decided and what was imported reaches the search."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from doorleren.core.places import index_folder
from doorleren.register.commands.rebuild_index import rebuild_index
from doorleren.register.commands.receive_delivery import Received, receive_delivery
from doorleren.register.commands.replace_reference import replace_reference
from doorleren.register.entries import Entry, PricePart, ProviderEntry, Run
from doorleren.register.funding.stored import Stored
from doorleren.register.models import Activity, AdmissionDecision, Provider
from doorleren.register.reference.entries import Occupation, Postcode, Shortage
from doorleren.register.search.asking import Query, Results
from doorleren.register.search.reader import Reader
from doorleren.register.standings import admissions_on
from doorleren.rules.library import Library, open_library

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = date(2026, 11, 22)
SCHOOL = ProviderEntry("S", "School", place="Utrecht")
UTRECHT = Postcode("3511", "Utrecht", "GM0344", "Utrecht", "AM13", "Midden-Utrecht", 52.09, 5.12)
ZEIST = Postcode("3701", "Zeist", "GM0355", "Zeist", "AM13", "Midden-Utrecht", 52.09, 5.24)


@pytest.fixture(scope="module")
def library() -> Library:
    """The schemes of this checkout."""
    return open_library()


@dataclass(frozen=True)
class Site:
    """A register with its index."""

    library: Library
    home: Path

    def search(self, query: Query) -> Results:
        """Build the index and search in it."""
        rebuild_index(self.library, self.home, today=TODAY)
        return Reader(index_folder(self.home, "activities")).index().search(query, today=TODAY)

    def facts(self, code: str) -> dict[str, object]:
        """Give the facts of an activity as the index keeps them."""
        kept = Stored(index_folder(self.home, "funding"), self.library.vocabulary).activities()
        place = kept.place(Activity.objects.get(code=code).pk)
        assert place is not None
        return kept.profile(place)


@pytest.fixture
def site(library: Library, tmp_path: Path) -> Site:
    """Two trainings: a welding course in Zeist without a postcode, and one for cooks at a postcode in Utrecht."""
    entries = [
        Entry("S", "weld", "Opleiding lasser", occupations=("welder",), prices=(PricePart("tuition", 90_000),),
              runs=(Run(place="Zeist"),)),
        Entry("S", "cook", "Opleiding kok", occupations=("cook",), runs=(Run(postcode="3511 AB", place="Utrecht"),)),
        Entry("S", "talk", "Cursus gesprekken", delivery="online"),
    ]  # fmt: skip
    rows = [Received(number, one, SCHOOL) for number, one in enumerate(entries, 1)]
    receive_delivery(rows, source="s", form="csv", by="t", at=AT)
    return Site(library, tmp_path)


def decided(act: str, *, activity: str = "", days: int = 0) -> None:
    """A decision on the school or on one of its activities, of so many days ago."""
    about = {"activity": Activity.objects.get(code=activity)} if activity else {"provider": Provider.objects.get()}
    AdmissionDecision.objects.create(
        **about, act=act, effective_on=TODAY - timedelta(days=days), decided_at=AT - timedelta(days=days), decided_by="t",
        reason="r" if act in ("suspended", "removed") else "", checks=["c"] if act in ("suspended", "removed") else [],
    )  # fmt: skip


def test_without_reference_data_the_search_says_what_it_lacks(site: Site) -> None:
    """Before any import shortages and regions are unknown, and the answer names what lacks; distance goes by place."""
    found = site.search(Query(postcode="Utrecht", sort="distance"))
    assert found.lacking == ("occupations", "postcodes", "shortages")
    assert found.facets["shortage_occupation"] == found.facets["region"] == {}
    assert [None if hit.km is None else round(hit.km) for hit in found.hits] == [0, 8, None]
    assert "training.shortage_occupation" not in site.facts("weld")


def test_what_was_imported_fills_the_facets(site: Site) -> None:
    """Shortages and regions count and narrow; a place without a postcode has the region that all of it lies in."""
    replace_reference(
        "occupations", [Occupation("welder", "7212", "", "lasser"), Occupation("cook", "5120", "", "kok")]
    )
    replace_reference("shortages", [Shortage("72", "metaal", TODAY)])
    replace_reference("postcodes", [UTRECHT, ZEIST])
    found = site.search(Query())
    assert found.lacking == ()
    assert found.facets["shortage_occupation"] == {"yes": 1, "no": 1}
    assert found.facets["region"] == {"AM13": 2}
    short = site.search(Query(chosen={"shortage_occupation": ("yes",)}))
    assert [hit.key for hit in short.hits] == [Activity.objects.get(code="weld").pk]
    assert [site.facts(code).get("training.shortage_occupation") for code in ("weld", "cook", "talk")] == [
        True,
        False,
        None,
    ]


def test_what_was_decided_is_a_fact(site: Site) -> None:
    """Admitted is in the register, suspended or removed is excluded, by itself or by its provider; nobody counts grants."""
    for code in ("weld", "cook"):
        decided("admitted", activity=code, days=9)
    decided("admitted", days=9)
    decided("suspended", activity="cook", days=1)
    site.search(Query())
    told = {code: (site.facts(code)["training.in_register"], site.facts(code)["training.excluded_in_register"])
            for code in ("weld", "cook", "talk")}  # fmt: skip
    assert told == {"weld": (True, False), "cook": (False, True), "talk": (False, False)}
    assert "training.grants_to_activity_this_year" not in site.facts("weld")
    decided("removed", days=0)
    weld, cook = (Activity.objects.get(code=code).pk for code in ("weld", "cook"))
    assert admissions_on(TODAY - timedelta(days=1)).excluded == {cook}
    assert admissions_on(TODAY).excluded == {weld, cook}
    assert admissions_on(TODAY).admitted == frozenset()


def test_the_nearest_of_several_places_counts(site: Site) -> None:
    """An activity is found near each place where it is still given, and in each region; a run that is over counts no more."""
    replace_reference(
        "postcodes",
        [UTRECHT, ZEIST, Postcode("9711", "Groningen", "GM0014", "Groningen", "AM01", "Groningen", 53.22, 6.57)],
    )
    runs = (
        Run(TODAY - timedelta(days=9), place="Zeist"),
        Run(TODAY + timedelta(days=9), place="Groningen"),
        Run(TODAY + timedelta(days=9), place="Utrecht"),
    )
    receive_delivery(
        [Received(1, Entry("S", "far", "Opleiding smid", runs=runs), SCHOOL)], source="t", form="csv", by="t", at=AT
    )
    for place, km in (("Utrecht", 0), ("Groningen", 0), ("Zeist", 8)):
        found = site.search(Query("smid", postcode=place, within_km=10))
        assert [None if hit.km is None else round(hit.km) for hit in found.hits] == [km]
        assert found.facets["distance"] == {"5" if not km else "10": 1}
        assert found.facets["region"] == {"AM13": 1, "AM01": 1}
    assert [hit.key for hit in site.search(Query("smid", {"region": ("AM01",)})).hits] == [
        Activity.objects.get(code="far").pk
    ]
