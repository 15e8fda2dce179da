"""Handing a token on to the intake on this machine, for who has no script: what it answered, in one word."""

import json
import urllib.error
import urllib.request
from typing import Literal

Answer = Literal["entered", "token", "closed", "other_content", "changed", "second", "again", "unreachable"]
ASK_AGAIN: frozenset[str] = frozenset({"again", "unreachable"})
"""Answers after which the same token may simply be sent again."""

_KNOWN: tuple[Answer, ...] = ("token", "closed", "other_content", "changed", "second", "again")
REFUSALS: dict[str, Answer] = {f"urn:doorleren:intake:{name}": name for name in _KNOWN}
SECONDS = 15
_LONGEST = 100_000


def submitted(origin: str | None, token: str) -> Answer:
    """Send a token to the intake at an origin ("http://127.0.0.1:8001"; none: there is no intake).

    "unreachable" also when no answer came in time: the ticket may be there, so ask again.
    """
    if not origin:
        return "unreachable"
    told = {"Content-Type": "text/plain"}
    asked = urllib.request.Request(f"{origin}/tickets", token.encode(), told, method="POST")  # noqa: S310 - from our own settings
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(asked, timeout=SECONDS) as reply:
            return "entered" if reply.status == 201 else "unreachable"
    except urllib.error.HTTPError as refused:
        with refused:
            return _refusal(refused.read(_LONGEST))
    except OSError:
        return "unreachable"


def _refusal(body: bytes) -> Answer:
    try:
        told = json.loads(body)
        return REFUSALS.get(told["type"], "unreachable")
    except (ValueError, TypeError, KeyError):
        return "unreachable"
