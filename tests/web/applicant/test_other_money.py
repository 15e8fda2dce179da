"""Other money in the form: asked where the scheme has a ceiling, with its reason, and numbers of firms that cannot be read come back."""

from pathlib import Path
from typing import Any

import pytest

from doorleren.applications.models import Answer
from doorleren.people.models import RoleKind
from doorleren.rounds.models import Round
from doorleren.web import known as web_known
from tests.applications import made, partners
from tests.decisions import made as decisions
from tests.people import made as people
from tests.web.provider.visitor import Visitor

OURS = "90000053"
AID, LINKED = "employer.de_minimis_last_3_years", "employer.linked_firms"
CAP = '\n[stacking]\nde_minimis = { cap = 1200, years = 3 }\nsource = "order"\n'


@pytest.fixture
def capped(db: None, known: Any, tmp_path: Path) -> Round:
    """The round of the scheme whose grants to firms are aid under a ceiling."""
    decisions.library(tmp_path, decisions.HARD + CAP)
    web_known.library.cache_clear()
    return made.a_round(web_known.library(), opened=True)


@pytest.fixture
def emre(capped: Round) -> Visitor:
    """Who files for a firm, with a draft that lacks nothing but other money."""
    found = Visitor(partners.partner(people.organisation(OURS), "Emre", RoleKind.EMPLOYER))
    found.post("/applications/start", {"round": capped.pk, "as": f"firm:{OURS}"})
    found.post(found.place, {"group": "employer", "shown": "employer.employees", "employer.employees": "20"})
    return found


def test_it_is_asked_with_its_reason(emre: Visitor) -> None:
    """Both questions stand in the step on the organisation, with the ceiling as the reason; answered, the draft goes on."""
    place = emre.place.split("?")[0]
    page = emre.open(place)
    assert f'name="shown" value="employer.employees,{AID},{LINKED}"' in page.page
    assert "Een onderneming mag daarvan in drie jaar ten hoogste €\xa01.200 krijgen." in page.page
    emre.post(place, {"group": "employer", "shown": f"{AID},{LINKED}", AID: "500", LINKED: "90000042, 90000031"})
    assert emre.place == f"{place}/ready"
    assert Answer.objects.get(fact=LINKED).text == "90000042, 90000031"
    assert "90000042, 90000031" in emre.open(place + "?group=employer&change=1").page


@pytest.mark.parametrize("typed", ["9000004", "90000042 en 90000031", "bakker", ", ".join(["90000042"] * 21)])
def test_numbers_that_cannot_be_read_come_back(typed: str, emre: Visitor) -> None:
    """What is no list of at most twenty numbers of eight digits is not kept; the page says what is allowed, and "does not apply" is."""
    place = emre.place.split("?")[0]
    page = emre.post(place, {"group": "employer", "shown": f"{AID},{LINKED}", AID: "0", LINKED: typed})
    assert emre.status == 422
    assert "KvK-nummers van acht cijfers" in page.words
    assert not Answer.objects.filter(fact=LINKED).exists()
    emre.post(place, {"group": "employer", "shown": LINKED, LINKED: "n/a"})
    assert emre.place == f"{place}/ready"
