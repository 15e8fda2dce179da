"""The page of the waiting room: no database, no session, kept for a moment, honest about the order, useful without a script."""

import io
import json
import re
import urllib.error
from collections.abc import Callable, Iterator
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from django.http import Http404
from django.test import Client

from doorleren.server.waiting import pacing
from doorleren.web.public import waiting
from tests.web.markup import Markup

ROUND: dict[str, Any] = {
    "round": 7, "scheme": "unknown-scheme", "code": "r", "rehearsal": True, "order": "arrival", "state": "open",
    "present_seconds": None, "opens_at": "2026-03-01T09:00:00+00:00", "opens_in": None, "closes_at": None, "closed_at": None, "tickets": 1234,
    "at": "2026-03-01T09:05:00+00:00", "again": 42.4,
}  # fmt: skip
Tell = Callable[..., list[int]]


@pytest.fixture
def tell(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[Tell]:
    """Give a function that says what the waiting room tells; it gives a list that grows with each question to the room."""
    settings.DOORLEREN_WAITING, settings.DOORLEREN_WAITING_PUBLIC = "http://127.0.0.1:9", "https://wait.example"
    asked: list[int] = []

    def tell(told: dict[str, Any] | None = None, **other: Any) -> list[int]:
        def heard(_: str | None, number: int) -> dict[str, Any] | None:
            asked.append(number)
            return None if told == {} else (told or ROUND) | other

        monkeypatch.setattr(waiting, "heard", heard)
        waiting._pages.clear()
        return asked

    yield tell
    waiting._pages.clear()


def get(address: str = "/rounds/7/waiting") -> Any:
    """Open the page; a question to the database would fail, for this test may ask none."""
    return Client(headers={"host": "localhost"}).get(address)


def shown(page: str) -> list[str]:
    """Give the states that the page shows."""
    return re.findall(r'data-state="(\w+)">', page)


@pytest.mark.parametrize("state", ["announced", "postponed", "open", "closed"])
def test_the_page_says_how_the_round_stands(tell: Tell, state: str) -> None:
    """Exactly the part of its state is shown, without a fault of markup."""
    tell(state=state)
    reply = get()
    page = Markup(reply.content.decode())
    assert (reply.status_code, page.faults) == (200, [])
    assert shown(reply.content.decode()) == [state]
    assert "1.234" in page.words


def test_it_may_be_kept_and_belongs_to_nobody(tell: Tell) -> None:
    """Kept for a few seconds by anybody; no cookie, and no answer that differs by cookie."""
    tell()
    reply = get()
    assert "public" in reply["Cache-Control"]
    assert "max-age=5" in reply["Cache-Control"]
    assert not reply.cookies
    assert "cookie" not in reply.get("Vary", "").lower()


def test_many_visits_make_one_page(tell: Tell, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred visits while a page is kept ask the room once per language, and once more when that time is over."""
    monkeypatch.setattr(waiting, "MADE_SECONDS", 60.0)
    asked = tell()
    for _ in range(50):
        get()
        get("/en/rounds/7/waiting")
    assert len(asked) == 2
    waiting._pages[7, "nl"] = (0.0, waiting._pages[7, "nl"][1])
    get()
    assert len(asked) == 3


@pytest.mark.parametrize(("order", "said"), [("arrival", "Ja. Wie het eerst"), ("draw", "Nee. De volgorde"), ("random_present", "binnen 30 minuten na de opening"), ("ranking", "Nee. De volgorde")])  # fmt: skip
def test_it_says_whether_speed_matters(tell: Tell, order: str, said: str) -> None:
    """By arrival speed counts and the page says so; in every other order it says that it does not, or how long it does not."""
    tell(order=order, present_seconds=1800 if order == "random_present" else None)
    assert said in Markup(get().content.decode()).words


def test_without_a_script_the_page_loads_itself_again(tell: Tell) -> None:
    """In a noscript where a script asks, plain where browsers do not reach the room, not at all once it is closed."""
    tell()
    assert '<noscript><meta http-equiv="refresh" content="42"></noscript>' in get().content.decode()
    tell(again=3.0)
    assert 'content="20"' in get().content.decode()
    tell(again=None, state="closed")
    assert "refresh" not in get().content.decode()


def test_where_browsers_do_not_reach_the_room(tell: Tell, settings: Any) -> None:
    """Without a public address there is no script, and the page loads itself again for everybody."""
    settings.DOORLEREN_WAITING_PUBLIC = None
    tell()
    page = get().content.decode()
    assert "waiting.js" not in page
    assert '<meta http-equiv="refresh" content="42">' in page


def test_the_script_may_ask_the_room_and_nothing_else(tell: Tell) -> None:
    """The policy of the page names the address of the room; the page carries it with the waits of the room itself."""
    tell()
    reply = get()
    assert "connect-src 'self' https://wait.example" in reply["Content-Security-Policy"]
    assert 'data-waiting-room="https://wait.example/waiting/7"' in reply.content.decode()
    assert (waiting.FIRST_SECONDS, waiting.LONGEST_SECONDS) == (pacing.FIRST_SECONDS, pacing.LONGEST_SECONDS)


def test_when_nobody_knows_the_page_says_so(tell: Tell) -> None:
    """503, kept nowhere, a clear sentence, and it tries again."""
    tell({})
    reply = get()
    assert (reply.status_code, shown(reply.content.decode())) == (503, ["unknown"])
    assert "no-store" in reply["Cache-Control"]
    assert int(reply["Retry-After"]) > 0
    assert "refresh" in reply.content.decode()


def test_a_page_is_read_and_nothing_else(tell: Tell) -> None:
    """POST is refused."""
    tell()
    assert Client(headers={"host": "localhost"}).post("/rounds/7/waiting").status_code == 405


class Opener:
    """Opens nothing: gives what it was told, or fails so."""

    def __init__(self, gives: bytes | Exception) -> None:
        """Keep it."""
        self._gives = gives

    def open(self, *_: Any, **__: Any) -> io.BytesIO:
        """Give it."""
        if isinstance(self._gives, Exception):
            raise self._gives
        return io.BytesIO(self._gives)


def hear(monkeypatch: pytest.MonkeyPatch, gives: bytes | Exception) -> Any:
    """Hear what the room gives."""
    monkeypatch.setattr(waiting.urllib.request, "build_opener", lambda *_: Opener(gives))
    return waiting.heard("http://127.0.0.1:9", 7)


@pytest.mark.parametrize(
    "gives", [b"", b"[]", b"{}", b'{"state": "unknown"}', OSError("no route"), TimeoutError("late")], ids=str
)
def test_a_room_that_does_not_answer_well(monkeypatch: pytest.MonkeyPatch, gives: Any) -> None:
    """Nothing, another form, a doubt, no connection or no answer in time: nobody knows, and no error."""
    assert hear(monkeypatch, gives) is None


def test_a_room_that_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """A good answer is heard; "not found" is a page that is not there; another refusal means that nobody knows."""
    assert hear(monkeypatch, json.dumps(ROUND).encode()) == ROUND
    with pytest.raises(Http404):
        hear(monkeypatch, urllib.error.HTTPError("", 404, "", Message(), io.BytesIO()))
    assert hear(monkeypatch, urllib.error.HTTPError("", 503, "", Message(), io.BytesIO())) is None
    assert waiting.heard(None, 7) is None


def test_the_script_shows_what_the_page_has() -> None:
    """Every mark that the script looks for stands in the page."""
    front = Path(__file__).parents[2]
    script = (front / "front/script/waiting.js").read_text()
    page = (front / "src/doorleren/web/templates/waiting.html").read_text()
    for name in set(re.findall(r'"\[data-([\w-]+)\]"', script)) | {"state", "place"}:
        assert f"data-{name}" in page, name


def test_a_failed_opening_is_told_with_its_new_moment(tell: Tell) -> None:
    """Whose round opens anew reads when, and that a receipt holds."""
    tell(state="postponed", opens_at="2026-03-17T09:00:00+00:00")
    page = get().content.decode()
    for words in ("De opening is mislukt", "17 maart 2026, 10:00 uur", "hoeft u niet opnieuw in te dienen"):
        assert words in page, words
