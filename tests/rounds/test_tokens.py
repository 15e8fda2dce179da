"""A token lets in exactly what was frozen: nothing forged, changed, foreign or too late."""

import hmac
from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from doorleren.rounds.tokens import BadToken, Frozen, opened_token, sealed_token
from tests.rounds.made import frozen

KEY = b"k" * 32
ONE = frozen(1, 1, until=1000)
TOKEN = sealed_token(ONE, KEY).encode()


def test_a_token_comes_back_as_it_was() -> None:
    """What was frozen is what is opened, up to and including its last second."""
    assert opened_token(TOKEN, KEY, 1000) == ONE


@pytest.mark.parametrize("now", [1000.001, 10**12])
def test_a_token_whose_time_is_over(now: float) -> None:
    """After its last second a token is refused, and the sentence says what to do."""
    with pytest.raises(BadToken, match="time of this token is over"):
        opened_token(TOKEN, KEY, now)


def test_a_foreign_token() -> None:
    """A token of another site, with another key, is refused."""
    with pytest.raises(BadToken, match="not signed by us"):
        opened_token(sealed_token(ONE, b"x" * 32).encode(), KEY, 0)


@given(some.integers(0, len(TOKEN) - 1), some.integers(1, 255))
def test_a_changed_token(place: int, turn: int) -> None:
    """One byte changed anywhere in a token makes it no token of ours."""
    other = bytearray(TOKEN)
    other[place] ^= turn
    with pytest.raises(BadToken):
        opened_token(bytes(other), KEY, 0)


@given(some.binary(max_size=200))
def test_nonsense_is_no_token(text: bytes) -> None:
    """Whatever bytes come in, the answer is a refusal and never another error."""
    with pytest.raises(BadToken):
        opened_token(text, KEY, 0)


def test_the_contents_of_another_token_under_our_seal() -> None:
    """The seal of one token does not fit what another says."""
    other = sealed_token(replace(ONE, cents=5), KEY).encode()
    with pytest.raises(BadToken, match="not signed by us"):
        opened_token(other.rpartition(b".")[0] + b"." + TOKEN.rpartition(b".")[2], KEY, 0)


def test_a_token_of_another_version() -> None:
    """A token under our seal that has other parts than today's is refused, and no other error comes of it."""
    for told in (b"1.2.3", TOKEN.rpartition(b".")[0] + b".more", b"x" + TOKEN.rpartition(b".")[0]):
        mac = hmac.new(KEY, told, "sha256").hexdigest().encode()
        with pytest.raises(BadToken, match="another version"):
            opened_token(told + b"." + mac, KEY, 0)


@pytest.mark.parametrize(
    "part",
    [{"round": 0}, {"key": "short"}, {"key": "x" * 65}, {"person": "123456782"}, {"content": "A" * 64}, {"cents": -1},
     {"cents": 1 << 60}, {"kind": "x y"}, {"kind": "\x00"}],
    ids=str,
)  # fmt: skip
def test_what_no_ticket_can_hold(part: dict[str, object]) -> None:
    """A part that the table of tickets would refuse is refused before it gets a token; a national number too."""
    with pytest.raises(BadToken):
        Frozen(**(asdict(ONE) | part))
