"""The key of the last result of a page: opaque text that says where the next page begins, and nothing else.

It holds what the result was sorted by, its activity and how many came before it, bound to the question it was given
for. The digest finds what was mangled, shortened or carried to another question; it keeps no secret.
"""

import base64
import binascii
import json
from dataclasses import dataclass
from hashlib import blake2b

from doorleren.register.search.asking import BadQuery, Query

DIGEST_BYTES = 9


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ended: the value it is sorted by, the key of the activity, and how many results came so far."""

    value: float
    key: int
    passed: int


def written(place: Place, query: Query) -> str:
    """Write a place down for the next page of the same question."""
    content = json.dumps([place.value, place.key, place.passed], separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(_digest(content, query) + content).decode().rstrip("=")


def read(query: Query) -> Place | None:
    """Read where the page begins; None for the first. Raises BadQuery when the key is not one that was given out."""
    if not query.after:
        return None
    try:
        packed = base64.b64decode(query.after + "=" * (-len(query.after) % 4), altchars=b"-_", validate=True)
        digest, content = packed[:DIGEST_BYTES], packed[DIGEST_BYTES:]
        if digest != _digest(content, query):
            raise ValueError("another question, or changed")
        value, key, passed = json.loads(content)
    except (ValueError, binascii.Error) as fault:
        raise BadQuery("after", query.after, "the key that came with the page before, for the same question") from fault
    return Place(value, key, passed)


def _digest(content: bytes, query: Query) -> bytes:
    chosen = {facet: sorted(values) for facet, values in sorted(query.chosen.items()) if values}
    asked = [query.text, chosen, query.postcode, query.within_km, query.occupation, query.sort, query.match]
    return blake2b(content + json.dumps(asked).encode(), digest_size=DIGEST_BYTES, person=b"doorleren-page").digest()
