"""PNG and JPEG by their structure, from the first byte to the last. Pure; no picture is drawn."""

import zlib
from collections.abc import Iterator

from doorleren.applications.evidence.faults import NotAccepted

PNG = b"\x89PNG\r\n\x1a\n"
_MOST_PIXELS = 150_000_000
_FRAMES = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
"""JPEG markers that tell the size of the picture."""
_SCAN, _END = 0xDA, 0xD9


def check_png(raw: bytes) -> None:
    """Raise NotAccepted for a PNG that is damaged, or huge when drawn; after its end nothing may follow."""
    place, kinds = len(PNG), []
    while place < len(raw):
        size = int.from_bytes(raw[place : place + 4], "big")
        kind, end = raw[place + 4 : place + 8], place + 12 + size
        if end > len(raw) or zlib.crc32(raw[place + 4 : end - 4]) != int.from_bytes(raw[end - 4 : end], "big"):
            raise NotAccepted("damaged")
        kinds.append(kind)
        if kind == b"IHDR":
            _refuse_huge(raw[place + 8 : place + 12], raw[place + 12 : place + 16])
        place = end
        if kind == b"IEND":
            break
    if kinds[:1] != [b"IHDR"] or kinds[-1] != b"IEND" or b"IDAT" not in kinds:
        raise NotAccepted("damaged")
    if place != len(raw):
        raise NotAccepted("two_in_one")


def check_jpeg(raw: bytes) -> None:
    """Raise NotAccepted for a JPEG that is damaged, or huge when drawn.

    Telephones put a second picture or notes of their own after the end; what else may not stand there, foreign.py says.
    """
    sized = False
    for marker, start in _segments(raw):
        if marker in _FRAMES:
            _refuse_huge(raw[start + 3 : start + 5], raw[start + 5 : start + 7])
            sized = True
        if marker == _SCAN:
            if not sized or raw.find(b"\xff\xd9", start) < 0:
                raise NotAccepted("damaged")
            return
    raise NotAccepted("damaged")


def _segments(raw: bytes) -> Iterator[tuple[int, int]]:
    """Give the segments before the picture itself: the marker, and where its length stands."""
    place = 2
    while place + 4 <= len(raw):
        if raw[place] != 0xFF:
            raise NotAccepted("damaged")
        marker = raw[place + 1]
        if marker == 0xFF:  # padding
            place += 1
            continue
        if marker == _END or marker < 0xC0:
            raise NotAccepted("damaged")
        yield marker, place + 2
        size = int.from_bytes(raw[place + 2 : place + 4], "big")
        if size < 2:
            raise NotAccepted("damaged")
        place += 2 + size


def _refuse_huge(one: bytes, other: bytes) -> None:
    pixels = int.from_bytes(one, "big") * int.from_bytes(other, "big")
    if not 0 < pixels <= _MOST_PIXELS:
        raise NotAccepted("bomb" if pixels else "damaged")
