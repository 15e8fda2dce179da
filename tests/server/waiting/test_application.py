"""The waiting room over HTTP: answers from memory, a wait in each, and a clear refusal for whatever else comes."""

import asyncio
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from doorleren.server.waiting.application import REFUSALS, Application
from doorleren.server.waiting.pacing import LONGEST_SECONDS
from doorleren.server.waiting.rooms import Rooms, Standing

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
KEYS = tuple(f"key-of-draft-{number:08d}" for number in range(1, 4))


@dataclass
class Scope:
    """What RSGI tells of a request."""

    path: str = "/waiting/7"
    query_string: str = ""
    method: str = "GET"


@dataclass
class Protocol:
    """What RSGI gives to answer with."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    answer: Any = None

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        """Take the answer."""
        self.status, self.headers, self.answer = status, dict(headers), json.loads(body)


def rooms(closed: datetime | None = None) -> Rooms:
    """Give rooms with round 7: open, by arrival, three tickets."""
    made = Rooms()
    made.take([Standing(7, "s", "r", "arrival", False, AT, None, 1800, AT, closed, False, KEYS, (7 << 32) + 3)], AT)
    return made


def ask(scope: Scope, known: Rooms | None = None) -> Protocol:
    """Put one request."""
    protocol = Protocol()
    asyncio.run(Application(known or rooms(), None).__rsgi__(scope, protocol))
    return protocol


@pytest.mark.parametrize(
    ("order", "opens_in", "latest"),
    [("arrival", 10, 30), ("arrival", -10, 20), ("arrival", -70, 120), ("draw", 10, 120), ("arrival", 600, 120)],
    ids=["soon", "late", "much-later", "drawn", "not-yet"],
)
def test_who_waits_for_an_opening_hears_of_it_in_time(order: str, opens_in: int, latest: int) -> None:
    """Where being early counts, nobody asks later than 20 seconds after the announced opening; else within two minutes."""
    made = Rooms()
    announced = Standing(7, "s", "r", order, False, AT + timedelta(seconds=opens_in), None, 0, None, None, False, [], 0)
    made.take([announced], AT)
    waits = [ask(Scope(), made).answer["again"] for _ in range(400)]
    assert latest * 0.8 < max(waits) <= latest


def test_the_state_and_when_to_ask_again() -> None:
    """Open, three tickets; each answer has a wait of its own up to two minutes, also as retry-after, and is kept nowhere."""
    answers = [ask(Scope()) for _ in range(50)]
    assert {(one.status, one.answer["state"], one.answer["tickets"]) for one in answers} == {(200, "open", 3)}
    waits = [one.answer["again"] for one in answers]
    assert 0 <= min(waits) < max(waits) <= LONGEST_SECONDS
    assert all(0 <= int(one.headers["retry-after"]) - one.answer["again"] <= 1.05 for one in answers)
    assert answers[0].headers["cache-control"] == "no-store"
    assert "submitted" not in answers[0].answer


def test_a_place_by_key() -> None:
    """The third ticket has two before it; the key of nobody has none."""
    third, nobody = ask(Scope(query_string=f"key={KEYS[2]}")), ask(Scope(query_string="key=" + "n" * 16))
    assert (third.answer["submitted"], third.answer["before"]) == (True, 2)
    assert (nobody.answer["submitted"], nobody.answer["before"]) == (False, None)


def test_a_closed_round() -> None:
    """Nobody needs to ask again after the closing."""
    answer = ask(Scope(), rooms(closed=AT))
    assert (answer.answer["state"], answer.answer["again"]) == ("closed", None)
    assert "retry-after" not in answer.headers


@pytest.mark.parametrize(
    ("scope", "name"),
    [
        (Scope("/"), "not_found"),
        (Scope("/waiting/8"), "not_found"),
        (Scope("/waiting/"), "not_found"),
        (Scope("/waiting/7a"), "not_found"),
        (Scope("/waiting/٧"), "not_found"),
        (Scope("/waiting/" + "9" * 5000), "not_found"),
        (Scope(method="POST"), "not_found"),
        (Scope(query_string="key="), "key"),
        (Scope(query_string="key=a b"), "key"),
        (Scope(query_string="other=1"), "key"),
    ],
    ids=["root", "other round", "no number", "no digits", "other digits", "long", "post", "empty key", "bad key", "other question"],
)  # fmt: skip
def test_what_is_refused(scope: Scope, name: str) -> None:
    """Each wrong request gets its own refusal."""
    answer = ask(scope)
    assert (answer.status, answer.answer["type"]) == (REFUSALS[name][0], f"urn:doorleren:waiting:{name}")


def test_before_the_first_look_nobody_knows() -> None:
    """Until the database was looked at, the answer is 503 with a wait that differs."""
    answers = [ask(Scope(), Rooms()) for _ in range(20)]
    assert {one.status for one in answers} == {503}
    assert len({one.headers["retry-after"] for one in answers}) > 1
