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
from doorleren.rounds.models import Completeness, FixedPlace, PlaceChange
from doorleren.rounds.queries import place_now
from doorleren.web.surroundings import now
from tests.applications.made import a_round
from tests.decisions import made
from tests.decisions.objecting import next_moment
from tests.web.officer.case_lives import LIVES, Life
from tests.web.officer.cases_made import Bureau, scheme_known
from tests.web.officer.desk import Desk
from tests.web.officer.test_case import done, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau(settings: Any, tmp_path: Path, db: None) -> Iterator[Bureau]:
    """A round of 1,000 euros on a site that knows its scheme: the first has 699.95 and the second the rest."""
    with scheme_known(settings, tmp_path, made.TIGHT) as library:
        found = Bureau(library, a_round(library, opened=True))
        made.a_case(library, a_round(library), "Omar")
        yield found


def ahead(bureau: Bureau, name: str, by: Desk | None = None, **fields: Any) -> str:
    """Look at the preview of an act; nothing may be kept of it."""
    desk, models = by or bureau.fatima, (Completeness, PlaceChange, FixedPlace)
    kept = ([model.objects.count() for model in models], bureau.acts())
    page = desk.send(f"{bureau.at}/acts/{name}", seen=str(bureau.again().acts), **fields)
    assert ([model.objects.count() for model in models], bureau.acts()) == kept
    assert desk.status == 200, page.words
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


def test_what_deciding_sets_free(bureau: Bureau) -> None:
    """Whoever grants less than was kept, or refuses, reads what comes free and that another comes in; a whole grant frees nothing."""
    fatima = bureau.fatima.person
    assert fatima is not None
    made.assessed(bureau.case, bureau.known, fatima, at=next_moment(bureau.case))
    assert "vrij. Dat gaat naar wie daarna komt" not in ahead(bureau, "grant", bureau.joost)
    made.assessed(bureau.case, bureau.known, fatima, at=next_moment(bureau.case), cents=50_000)
    words = ahead(bureau, "grant", bureau.joost)
    assert "komt € 199,95 vrij. Dat gaat naar wie daarna komt in de volgorde." in words
    assert "krijgt 1 andere aanvraag een plaats of meer geld" in words


def test_what_refusing_sets_free(bureau: Bureau) -> None:
    """Whoever refuses reads that all of it comes free, who comes in by that, and what an objection that is won would do."""
    LIVES["intended"](Life(bureau))
    words = ahead(bureau, "refuse", bureau.joost, ground="other-facts")
    assert "komt € 699,95 vrij. Dat gaat naar wie daarna komt in de volgorde." in words
    assert "krijgt 1 andere aanvraag een plaats of meer geld" in words
    assert "wat er dan niet meer is, komt boven het plafond" in words
