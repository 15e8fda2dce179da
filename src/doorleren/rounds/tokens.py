"""The token of a frozen draft: what the lean submit may enter, signed by us when the draft was found complete.

Called by whoever freezes a draft and by the intake of tickets, which knows nothing else of an application. Pure: the
key and the moment are passed in. A draft that is edited gets another content hash, and the one before is superseded
(commands/supersede.py), so that an older token of it is refused.
"""

import binascii
import hmac
import re
from dataclasses import astuple, dataclass

HEX = re.compile(r"[0-9a-f]{64}", re.ASCII)
KEY = re.compile(r"[A-Za-z0-9_-]{16,64}", re.ASCII)
KIND = re.compile(r"[a-z0-9_]{0,40}", re.ASCII)
MOST_CENTS = 10**14


class BadToken(ValueError):
    """The token is none of ours, has been changed, or its time is over; the message says which."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """A draft as it was frozen: for which round, by whom (keyed hash), what (hash), how much, and until when it may come in.

    `key` names the draft for good: the same key twice is the same submission. `kind` is the kind of applicant for which
    a part of the ceiling may be set apart, or empty. `until` is in whole seconds since 1970 (UTC).
    """

    round: int
    key: str
    person: str
    content: str
    cents: int
    kind: str
    until: int

    def __post_init__(self) -> None:
        """Refuse what no ticket can hold, so that one bad row never meets the database."""
        fits = (
            0 < self.round < 1 << 63
            and KEY.fullmatch(self.key)
            and HEX.fullmatch(self.person)
            and HEX.fullmatch(self.content)
            and 0 <= self.cents <= MOST_CENTS
            and KIND.fullmatch(self.kind)
        )
        if not fits:
            raise BadToken("the token has a part that no ticket can hold")


def sealed_token(frozen: Frozen, key: bytes) -> str:
    """Write a token: the parts of what was frozen in their order, a point between them, and the HMAC-SHA-256 of that.

    No part can hold a point, so this needs no other form; a token is opened for every submission.
    """
    told = ".".join(map(str, astuple(frozen)))
    return f"{told}.{_mac(told.encode(), key).decode()}"


def opened_token(token: bytes, key: bytes, now: float) -> Frozen:
    """Read a token and hold it against our key and its time. Raises BadToken."""
    told, point, mac = token.rpartition(b".")
    if not point or not hmac.compare_digest(_mac(told, key), mac):
        raise BadToken("the token was not signed by us, or has been changed")
    try:
        round_, name, person, content, cents, kind, until = told.decode().split(".")
        frozen = Frozen(int(round_), name, person, content, int(cents), kind, int(until))
    except ValueError as error:
        raise BadToken("the token is of another version of this site") from error
    if now > frozen.until:
        raise BadToken("the time of this token is over; freeze the application again")
    return frozen


def _mac(told: bytes, key: bytes) -> bytes:
    return binascii.hexlify(hmac.digest(key, told, "sha256"))
