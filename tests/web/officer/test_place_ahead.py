"""Before an official asks, notes a completion or leaves out, the page says what that does to the place; nothing is kept of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from doorleren.audit.acts import SITE
from doorleren.cases.commands.note_dispatch import note_dispatch
from doorleren.core.days import day_of
from doorleren.decisions.matters import matter_of
from doorleren.rounds.commands.fill_freed import fill_freed
from doorleren.rounds.models import Completeness, PlaceChange
from doorleren.rounds.queries import place_now
from doorleren.web import known
from doorleren.web.surroundings import now
from tests.applications.made import a_round
from tests.decisions import made
from tests.web.officer.cases_made import Bureau
from tests.web.officer.test_case import done, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau(settings: Any, tmp_path: Path, db: None) -> Iterator[Bureau]:
    """A round of 1,000 euros on a site that knows its scheme: the first has 699.95 and the second the rest."""
    library = made.library(tmp_path, made.TIGHT)
    settings.DOORLEREN_SCHEMES = (tmp_path / "schemes",)
    known.library.cache_clear()
    found = Bureau(library, a_round(library, opened=True))
    made.a_case(library, a_round(library), "Omar")
    yield found
    known.library.cache_clear()


def ahead(bureau: Bureau, name: str, **fields: Any) -> str:
    """Look at the preview of an act; nothing may be kept of it."""
    kept = (Completeness.objects.count(), PlaceChange.objects.count(), bureau.acts())
    page = bureau.fatima.send(f"{bureau.at}/acts/{name}", seen=str(bureau.again().acts), **fields)
    assert (Completeness.objects.count(), PlaceChange.objects.count(), bureau.acts()) == kept
    assert bureau.fatima.status == 200, page.words
    words: str = page.words
    return words


def test_what_asking_does(bureau: Bureau) -> None:
    """Asking for what lacks frees the money, and somebody else comes in by it; asking to explain does nothing of the kind."""
    asked = {"parts": ["training.price"], "until": typed(14)}
    told = ahead(bureau, "ask", lacking="lacks", **asked)
    for words in (
        "verliest haar plaats: € 699,95",
        "krijgt 1 andere aanvraag een plaats of meer geld",
        "na wie er dan al is",
    ):
        assert words in told, words
    assert "houdt haar plaats" in ahead(bureau, "ask", lacking="explains", **asked)


def test_what_completing_and_leaving_out_do(bureau: Bureau) -> None:
    """Whoever notes the completion reads what is left for it; leaving out frees nothing that was free already."""
    done(bureau.fatima, bureau, "ask", parts=["training.price"], lacking="lacks", until=typed(14))
    ticket = matter_of(bureau.again()).ticket
    fill_freed(ticket.round_id, at=now())
    place = place_now(ticket)
    assert place is not None
    assert (place.outcome, place.reason) == ("outside", "incomplete")
    told = ahead(bureau, "complete", on=typed(0))
    assert "De aanvraag krijgt een plaats: er is € 300,05 voor." in told
    note_dispatch(bureau.case.pk, of=bureau.again().acts, on=day_of(now()), by=SITE, at=now())
    done(bureau.fatima, bureau, "complete", on=typed(0))
    fill_freed(ticket.round_id, at=now())
    place = place_now(ticket)
    assert place is not None
    assert (place.outcome, place.cents) == ("inside", 30_005)
