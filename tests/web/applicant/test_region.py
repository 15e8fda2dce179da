"""A region applies on the pages: which region is asked, what an official judges is shown and not asked, who filed is named."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from doorleren.applications.models import Application
from doorleren.people.models import Organisation, Person
from doorleren.rounds.models import Round
from doorleren.web import known as web_known
from tests.applications import made
from tests.applications.partners import partner
from tests.applications.test_region import FILE, for_region, ready
from tests.people import made as people
from tests.web.applicant.test_apply import shown
from tests.web.provider.visitor import Visitor


@pytest.fixture
def year(db: None, tmp_path: Path) -> Iterator[Round]:
    """The round for the plans of this year, open."""
    made.library(tmp_path / "schemes", FILE)
    web_known.library.cache_clear()
    yield made.a_round(web_known.library(), code="2026", opened=True)
    web_known.library.cache_clear()


@pytest.fixture
def leila(db: None) -> Person:
    """Who files for a municipality."""
    return partner(people.organisation("90000075"), "Leila")


def begin(year: Round, visitor: Visitor) -> str:
    """Start the plan on the page of the round, and give its address."""
    visitor.post("/applications/start", {"round": str(year.pk), "as": "plan:90000075"})
    assert visitor.status == 302
    return visitor.place


def test_the_region_is_asked_and_the_approval_is_not(year: Round, leila: Person) -> None:
    """The only question is the region; looking it over says that the official judges the plan, and it can be put ready."""
    visitor = Visitor(leila)
    place = begin(year, visitor)
    assert shown(visitor.open(place)) == "region.code"
    visitor.post(place, {"group": "region", "shown": "region.code,region.plan_approved", "region.code": "AM05",
                         "region.plan_approved": "true"})  # fmt: skip
    words = visitor.open(f"{place}/ready").words
    assert "Dit beoordeelt de uitvoerder" in words
    assert "het plan is goedgekeurd" in words
    visitor.post(f"{place}/ready", {})
    assert visitor.place == f"{place}/submit"
    assert not Application.objects.get().answers.filter(fact="region.plan_approved").exists()


def test_who_comes_second_reads_who_filed(year: Round, leila: Person) -> None:
    """Putting ready says which organisation applied already for the region and the year, and the draft stays."""
    known, other = web_known.library(), people.organisation("90000086")
    els = partner(other, "Els")
    first = for_region(known, year, other, els)
    ready(known, first, els)
    made.submitted(first)
    second = for_region(known, year, Organisation.objects.get(kvk="90000075"), leila)
    visitor = Visitor(leila)
    page = visitor.post(f"/applications/{second.pk}/ready", {})
    assert visitor.status == 422
    assert "voor 2026, door Bedrijf 90000086" in page.words
    assert not second.freezes.exists()
