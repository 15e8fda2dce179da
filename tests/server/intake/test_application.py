"""The intake over HTTP: one address, one method; whatever else comes gets a clear refusal and never an error."""

import asyncio
import json
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from doorleren.rounds.models import Round, Ticket
from doorleren.rounds.receipts import verify_receipt
from doorleren.rounds.tokens import sealed_token
from doorleren.server.intake.application import LONGEST_TOKEN, REFUSALS, Application
from doorleren.server.intake.keys import Keys
from tests.rounds.made import a_round, frozen
from tests.server.intake.conftest import KEY, connect, now

KEYS = Keys(b"t" * 32, KEY)


@dataclass
class Scope:
    """What RSGI tells of a request."""

    method: str = "POST"
    path: str = "/tickets"


@dataclass
class Protocol:
    """What RSGI gives to read a body and to answer with."""

    body: bytes
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    answer: Any = None

    async def __call__(self) -> bytes:
        """Give the body."""
        return self.body

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        """Take the answer."""
        self.status, self.headers, self.answer = status, dict(headers), json.loads(body)


@pytest.fixture
def ask(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Give a function that puts requests to an application, one after another."""
    monkeypatch.setattr(Application, "_connect", lambda _: connect())

    def ask(*bodies: bytes, scope: Scope | None = None) -> list[Protocol]:
        async def use() -> list[Protocol]:
            application = Application("", KEYS, now)
            application.__rsgi_init__(asyncio.get_running_loop())
            answers = [Protocol(body) for body in bodies]
            for one in answers:
                await application.__rsgi__(scope or Scope(), one)
            await application.close()
            return answers

        return asyncio.run(use())

    return ask


@pytest.fixture
def opened(transactional_db: None) -> Round:
    """Open a round."""
    return a_round()


def token(round_: Round, number: int = 1, key: bytes = KEYS.tokens, **other: Any) -> bytes:
    """Seal a token."""
    return sealed_token(frozen(round_.pk, number, **other), key).encode()


def test_a_token_gives_a_receipt(ask: Any, opened: Round) -> None:
    """A good token gives 201 and a receipt that verifies with the key of the site; again the same, and nothing is cached."""
    first, again = ask(token(opened), token(opened))
    assert (first.status, again.status) == (201, 201)
    assert verify_receipt(first.answer, KEYS.public).round == opened.pk
    assert again.answer == first.answer
    assert first.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("wrong", ["forged", "expired", "foreign", "edited", "empty"])
def test_tokens_that_let_nobody_in(ask: Any, opened: Round, wrong: str) -> None:
    """A token that is forged, too late, of another site, changed or absent is refused, and no ticket is made."""
    body = {
        "forged": token(opened)[:-64] + b"0" * 64,
        "expired": token(opened, until=1),
        "foreign": token(opened, key=b"x" * 32),
        "edited": b"A" + token(opened)[1:],
        "empty": b"",
    }[wrong]
    (answer,) = ask(body)
    assert (answer.status, answer.answer["type"]) == (403, "urn:doorleren:intake:token")
    assert not Ticket.objects.exists()


def test_an_application_that_was_edited_since(ask: Any, opened: Round) -> None:
    """When a draft is edited after it came in, the token of the new text is refused and the first counts."""
    one = frozen(opened.pk, 1)
    edited = replace(one, content="e" * 64)
    first, second = ask(*(sealed_token(each, KEYS.tokens).encode() for each in (one, edited)))
    assert (first.status, second.status, second.answer["type"]) == (201, 409, "urn:doorleren:intake:other_content")


@pytest.mark.parametrize(
    "scope", [Scope("GET"), Scope("POST", "/"), Scope("PUT"), Scope("POST", "/tickets/1")], ids=str
)
def test_other_addresses(ask: Any, scope: Scope) -> None:
    """Any other address or method is not found."""
    (answer,) = ask(b"", scope=scope)
    assert answer.status == 404


def test_a_long_body(ask: Any) -> None:
    """A body longer than a token is refused."""
    (answer,) = ask(b"x" * (LONGEST_TOKEN + 1))
    assert answer.status == 413


def test_ask_again_says_when(ask: Any, opened: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the database cannot be reached the answer is 503 with a moment that differs, so that clients do not storm."""

    async def nothing(_: object) -> None:
        raise OSError("no route")

    monkeypatch.setattr(Application, "_connect", nothing)
    answers = ask(*(token(opened, number) for number in range(12)))
    assert {one.status for one in answers} == {503}
    assert len({one.headers["retry-after"] for one in answers}) > 1


def test_every_refusal_has_a_status_and_a_sentence() -> None:
    """Each refusal is an error of the client or of ours, with a sentence."""
    assert all(400 <= status < 600 and text.endswith(".") for status, text in REFUSALS.values())
