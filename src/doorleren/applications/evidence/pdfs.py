"""A PDF that only shows pages: whole, without a password, without programs or files inside it. Pure.

What stands in compressed object streams is looked at too, up to a limit; a picture's own stream is not.
"""

import re
import zlib
from collections.abc import Iterator

from doorleren.applications.evidence.faults import NotAccepted

_END = 1024
"""Bytes at the end among which the end mark stands."""
_MOST_INFLATED = 64_000_000
"""Bytes of object streams that are looked at together; a document of ordinary making has a hundredth of it."""
_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
_ENCRYPT = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
_ACTIVE = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|XFA)(?![A-Za-z0-9])")
_OBJECTS = re.compile(rb"/Type\s*/ObjStm(?:(?!endobj).){0,2000}?stream\r?\n", re.DOTALL)


def check(raw: bytes) -> None:
    """Raise NotAccepted for a PDF that is cut off, has a password, or does more than show pages."""
    end = raw.rstrip(b"\x00\r\n\t ")
    if b"%%EOF" not in end[-_END:] or b"startxref" not in raw:
        raise NotAccepted("damaged")
    if _ENCRYPT.search(raw):
        raise NotAccepted("encrypted")
    for part in (raw, *_objects(raw)):
        if _ACTIVE.search(_plain(part)):
            raise NotAccepted("macros")


def _plain(part: bytes) -> bytes:
    """Write names without escapes: /J#61vaScript is /JavaScript to every reader."""
    return _HEX.sub(lambda found: bytes([int(found[1], 16)]), part)


def _objects(raw: bytes) -> Iterator[bytes]:
    """Give the content of the object streams. Raises NotAccepted for more than any document needs."""
    left = _MOST_INFLATED
    for found in _OBJECTS.finditer(raw):
        inflating = zlib.decompressobj()
        try:
            part = inflating.decompress(raw[found.end() :], left)
        except zlib.error:
            continue  # not compressed, or in another way; readers see such a one as it stands or not at all
        left -= len(part)
        if left <= 0:
            raise NotAccepted("bomb")
        yield part
