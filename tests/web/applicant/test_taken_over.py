"""What is known when a draft starts, on its pages: shown with where it is from, not asked again, confirmed or changed."""

import re
from typing import Any

from django.utils import timezone

from doorleren.applications.models import Answer, Application
from doorleren.core.days import day_of
from doorleren.rounds.models import Round
from tests.applications.made import stood_ready
from tests.people import made as people
from tests.web.applicant.test_apply import BIRTH, begin, shown
from tests.web.provider.visitor import Visitor

PERSON = "person.birth_date,person.labour_market_link"


def seen(page: Any) -> str:
    """Give the number of the last answer that the page showed."""
    found = re.search(r'name="seen" value="(\d+)"', page.page)
    assert found
    return found.group(1)


def second(nadia: Visitor, round_: Round) -> str:
    """Answer about oneself in one application that is put ready, and start another."""
    first = begin(nadia, round_)
    nadia.post(first, {"group": "person", "shown": PERSON, "person.labour_market_link": "true", **BIRTH})
    stood_ready(Application.objects.latest("pk"), timezone.now())
    return begin(nadia, round_)


def test_what_was_told_before_is_shown_and_not_asked(nadia: Visitor, round_: Round) -> None:
    """The next draft says what it took over and from which application, and asks only what lacks."""
    page = nadia.open(second(nadia, round_))
    assert shown(page) == "training.price"
    began = day_of(Application.objects.earliest("pk").started_at)
    assert f"uit uw eerdere aanvraag van {began.day} " in page.words
    assert "Kloppen ze nog?" in page.words
    assert "1 april 1990" in page.words


def test_one_click_says_that_it_is_right(nadia: Visitor, round_: Round) -> None:
    """The button confirms all at once, and then nothing is said of an earlier application any more; looking writes nothing."""
    place = second(nadia, round_)
    answers = Answer.objects.count()
    page = nadia.open(place)
    assert Answer.objects.count() == answers
    nadia.post(f"{place}/confirm", {"seen": seen(page)})
    assert (nadia.status, nadia.place) == (302, place)
    page = nadia.open(place)
    assert "eerdere aanvraag" not in page.words
    assert "Kloppen ze nog?" not in page.words
    assert Answer.objects.count() == answers + 2


def test_one_click_to_change_it(nadia: Visitor, round_: Round) -> None:
    """The link beside an answer opens its questions filled in; what comes back wrong is shown again, what is right counts."""
    place = second(nadia, round_)
    assert f'href="{place}?group=person&amp;change=1"' in nadia.open(place).page
    page = nadia.open(f"{place}?group=person&change=1")
    assert shown(page) == PERSON
    assert 'value="1990"' in page.page
    posted = {"group": "person", "shown": PERSON, "seen": seen(page), "person.labour_market_link": "true"}
    page = nadia.post(place, posted | BIRTH | {"person.birth_date.day": "31"})
    assert nadia.status == 422
    assert 'value="31"' in page.page
    nadia.post(place, posted | {"seen": seen(page)} | BIRTH | {"person.birth_date.year": "1991"})
    assert nadia.place == f"{place}?group=training"
    page = nadia.open(place)
    assert "1 april 1991" in page.words
    assert "eerdere aanvraag" not in page.words


def test_what_was_told_in_the_finder(nadia: Visitor, round_: Round) -> None:
    """An answer of the finder says so, and is not asked again beside what lacks in its group."""
    page = nadia.open(begin(nadia, round_, **{"person.labour_market_link": "true"}))
    assert 'van uzelf, bij "Wat kan ik krijgen?"' in page.words
    assert shown(page) == "person.birth_date"


def test_only_who_may_change_it_confirms(nadia: Visitor, round_: Round) -> None:
    """Another person's draft does not exist, a visitor has to sign in, and a GET does nothing."""
    place = second(nadia, round_)
    page = nadia.open(place)
    other = Visitor(people.person(name="Piet"))
    other.post(f"{place}/confirm", {"seen": seen(page)})
    assert other.status == 404
    assert Visitor(None).client.post(f"{place}/confirm", {"seen": seen(page)}).status_code == 403
    assert nadia.client.get(f"{place}/confirm").status_code == 405
    nadia.post(f"{place}/confirm", {"seen": "0"})
    assert nadia.status == 409
    assert Answer.objects.filter(application=Application.objects.latest("pk"), taken_from="").count() == 0
