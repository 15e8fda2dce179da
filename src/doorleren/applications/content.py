"""The hashes of a frozen draft: of its content, and of the person for whom one grant counts. Pure; keys are passed in."""

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from typing import Any

FORM = "doorleren-application/1"


def canonical(told: Mapping[str, Any], answers: Sequence[tuple[str, int, str, Any, str]]) -> bytes:
    """Write what counts as canonical JSON: `told` names round, version, track and parties; an answer is subject (kind,
    number), fact, value as in a profile, and origin. The order in which answers were given does not matter.
    """
    rows = sorted([*one] for one in answers)
    written = {"form": FORM, **told, "answers": rows}
    return json.dumps(written, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def content_hash(written: bytes, salt: str) -> str:
    """Give the hash of a content: SHA-256 keyed with the salt of its application, in hexadecimal."""
    return hmac.new(bytes.fromhex(salt), written, hashlib.sha256).hexdigest()


def person_hash(named: str, key: bytes) -> str:
    """Give the keyed hash (HMAC-SHA-256, hexadecimal) of the one for whom a round gives one place.

    `named` says who: "number:" and the look-up of a national number, "person:" or "organisation:" and an id.
    """
    return hmac.new(key, f"doorleren person\n{named}".encode(), hashlib.sha256).hexdigest()
