"""Pulling an endpoint of the Open Onderwijs API: its pages come in as one delivery, or nothing of them does."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pytest_django.live_server_helper import LiveServer

from doorleren.register.access import SITE_ITSELF
from doorleren.register.commands.pull_source import Pulled, pull_source
from doorleren.register.entries import Run
from doorleren.register.feeds import endpoint
from doorleren.register.feeds.fetching import fetch
from doorleren.register.feeds.visiting import Limits
from doorleren.register.intake.reading import read_file
from doorleren.register.models import Activity, ActivityVersion, Delivery, Source
from tests.register.commands.scene import SCHOOL, WELDING, day, receive
from tests.register.feeds.ooapi_server import course, endpoint_on_loopback

QUICK = Limits(seconds=10, silent_seconds=2, size=1_000_000, questions=100, nearby=True)


def pull(address: str, *, number: int = 1, limits: Limits = QUICK, **more) -> Pulled:
    """Pulls an endpoint on a day in May."""
    source, _ = Source.objects.update_or_create(name="feed", defaults={"form": "ooapi", "address": address, **more})
    return pull_source(source.pk, home=Path("nowhere"), by=SITE_ITSELF, at=day(number), limits=limits)


def stands() -> tuple[dict[str, tuple[str, int | None]], int]:
    """Per code the title and the price as they stand, and how many versions there are."""
    rows = Activity.objects.filter(current__isnull=False).values_list(
        "code", "current__title", "current__tuition_cents"
    )
    return {code: (title, cents) for code, title, cents in rows}, ActivityVersion.objects.count()


@pytest.mark.django_db
def test_all_pages_with_their_offerings_become_one_delivery():
    """Three pages of courses, their organisation and the offerings of each are one delivery with exact prices and runs."""
    with endpoint_on_loopback() as served:
        pulled = pull(served.address)
    assert pulled.failure is None
    assert stands()[0] == {f"L{number}": (f"Lassen {number}", 19_995) for number in range(1, 6)}
    assert set(Activity.objects.values_list("provider__kvk", flat=True)) == {"12345678"}
    assert ActivityVersion.objects.filter(runs__starts_on=date(2026, 9, 1)).count() == 5
    assert Delivery.objects.get().file_name == "127.0.0.1/ooapi/v5/courses"
    assert served.asked[0] == "organizations 1"
    assert [one for one in served.asked if one.startswith("courses ")] == ["courses 1", "courses 2", "courses 3"]


def answers(status: int, body: str = "{}"):
    """An answer that does not look at the page."""
    return lambda _page: (status, body.encode())


def changed(**more):
    """The page with other members; None takes one away."""
    return lambda page: (200, json.dumps({k: v for k, v in {**page, **more}.items() if v is not None}).encode())


SPOILT = {
    "the first page fails": ("courses 1", answers(500), "status 500"),
    "page 2 is missing": ("courses 2", answers(404), "Bladzijde 2 van courses ontbreekt (status 404)"),
    "page 2 fails": ("courses 2", answers(503), "Bladzijde 2 van courses ontbreekt (status 503)"),
    "page 2 is broken JSON": ("courses 2", answers(200, '{"items": [{"courseId": "c-3"'), "geen JSON"),
    "page 2 is a list": ("courses 2", answers(200, "[]"), "geen object"),
    "page 2 is too deep": ("courses 2", answers(200, "[" * 100_000), "geen JSON"),
    "page 2 is page 1 again": ("courses 2", changed(pageNumber=1), "iets anders"),
    "page 2 has nothing, and more follows": ("courses 2", changed(items=[]), "iets anders"),
    "page 2 has no items": ("courses 2", changed(items=None), "geen bladzijde"),
    "page 2 has items that are none": ("courses 2", changed(items=["c-3"]), "geen bladzijde"),
    "page 2 does not say what follows": ("courses 2", changed(hasNextPage=None, totalPages=None), "geen bladzijde"),
    "a course has no number": ("courses 2", changed(items=[{"name": "x"}]), "geen courseId"),
    "no organisations": ("organizations 1", answers(404), "status 404"),
    "the offerings of one fail": ("courses/c-4/offerings 1", answers(500), "status 500"),
    "the offerings of one are not there for us": ("courses/c-4/offerings 1", answers(403), "status 403"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("how", SPOILT)
def test_an_endpoint_that_fails_halfway_changes_nothing_and_is_reported(how):
    """One answer that is missing or broken fails the whole delivery with its own sentence; the register stays as it was."""
    place, answer, words = SPOILT[how]
    with endpoint_on_loopback() as served:
        pull(served.address)
        before = stands()
        served.courses = [course(number) | {"abbreviation": "N"} for number in range(1, 9)]
        served.spoil = lambda asked, page: answer(page) if asked == place else None
        pulled = pull(served.address, number=2)
        assert words in pulled.failure["nl"]
        assert pulled.failure["en"] != pulled.failure["nl"]
        assert Delivery.objects.get(pk=pulled.delivery).failure == pulled.failure["nl"]
        assert stands() == before
        served.spoil = lambda _asked, _page: None
        assert pull(served.address, number=3).outcome.new == 3


@pytest.mark.django_db
def test_a_list_that_says_it_ends_too_soon_is_read_to_the_end():
    """When a page says that nothing follows but its count of pages says otherwise, the count is believed."""
    with endpoint_on_loopback() as served:
        served.spoil = lambda _place, page: (200, json.dumps(page | {"hasNextPage": False}).encode())
        assert pull(served.address).outcome.new == 5


@pytest.mark.django_db
def test_a_course_that_has_gone_meanwhile_stays_as_it_was():
    """A course whose offerings are not found is left out, the others come in; if that goes for all the delivery fails."""
    with endpoint_on_loopback() as served:
        pull(served.address)
        before = stands()
        served.spoil = lambda place, _page: (404, b"{}") if place.startswith("courses/c-2/") else None
        pulled = pull(served.address, number=2)
        assert (pulled.failure, pulled.outcome.unchanged) == (None, 4)
        assert stands() == before
        served.spoil = lambda place, _page: (404, b"{}") if place.startswith("courses/") else None
        assert "geen van de 5" in pull(served.address, number=3).failure["nl"]
        assert stands() == before


@pytest.mark.django_db
def test_a_course_that_comes_twice_counts_once():
    """A list that moves on while it is read gives a course twice; that is no fault."""
    with endpoint_on_loopback(courses=[course(1), course(2), course(1), course(3)]) as served:
        pulled = pull(served.address)
    assert (pulled.outcome.new, pulled.outcome.refused) == (3, 0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (replace(QUICK, questions=4), "meer dan 4 verzoeken"),
        (replace(QUICK, size=1500), "groter dan 1500 bytes"),
        (replace(QUICK, seconds=0), "duurde langer"),
    ],
)
def test_an_endpoint_without_end_stops_at_the_limits(limits, words):
    """The questions, the bytes and the time of all pages together are limited."""
    with endpoint_on_loopback() as served:
        pulled = pull(served.address, limits=limits)
    assert words in pulled.failure["nl"]
    assert len(served.asked) <= 4
    assert not Activity.objects.exists()


@pytest.mark.django_db
def test_a_source_that_is_down_is_reported():
    """Nobody at the address is a failure of the delivery, and what was known stays."""
    receive(WELDING)
    before = stands()
    assert "URLError" in pull("http://127.0.0.1:1/ooapi/v5").failure["nl"]
    assert stands() == before


@pytest.fixture
def own(settings, transactional_db) -> Iterator[str]:
    """Our own endpoint, on the database of the test."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    server = LiveServer("127.0.0.1")
    yield f"{server.url}/ooapi/v5"
    server.stop()


def test_our_own_endpoint_can_be_pulled(own, tmp_path, monkeypatch):
    """What this register gives out as Open Onderwijs API comes back as the same activities, runs and whole prices."""
    monkeypatch.setattr(endpoint, "PAGE_SIZE", 10)
    run = Run(date(2026, 9, 1), date(2026, 12, 1), "Utrecht")
    entries = [replace(WELDING, code=f"L{number}", title=f"Lassen {number}", runs=(run,)) for number in range(12)]
    receive(*entries)
    fetched = fetch(own, "ooapi", tmp_path, Limits(nearby=True), today=date(2026, 5, 1))
    rows = list(read_file(fetched.path, form="ooapi", today=date(2026, 5, 1)))
    assert [row.faults for row in rows if row.faults] == []
    told = {row.entry.code: row.entry for row in rows if row.entry}
    assert {code: (one.title, one.price_cents, one.runs) for code, one in told.items()} == {
        one.code: (one.title, one.price_cents, one.runs) for one in entries
    }
    assert {row.provider.kvk for row in rows} == {SCHOOL.kvk}


@pytest.mark.django_db
def test_programs_come_with_the_courses():
    """A source that lists programs is asked for those and their offerings too; one without that list has none."""
    one = course(9)
    del one["courseId"]
    with endpoint_on_loopback(programs=[one | {"programId": "p-9", "programType": "program"}]) as served:
        pulled = pull(served.address)
    assert pulled.failure is None
    assert stands()[0]["L9"] == ("Lassen 9", 19_995)
    assert ActivityVersion.objects.get(activity__code="L9").kind == "programme"
    assert "programs/p-9/offerings 1" in served.asked
