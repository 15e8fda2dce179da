"""Files that are two things at once: a picture that is an archive too, a PDF that a browser takes for a page. Pure."""

import re

from doorleren.applications.evidence.faults import NotAccepted

_BEGINNING = 1024
"""Bytes at the beginning among which readers look for a PDF or a page."""
_END_OF_ARCHIVE = 65_557
"""The end record of an archive with the longest comment."""
_PAGE = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|script|iframe|svg|\?php)\b", re.IGNORECASE)
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")


def refuse_foreign(raw: bytes, name: str) -> None:
    """Raise NotAccepted for a file of one kind that another program takes for a file of another kind."""
    beginning = raw[:_BEGINNING]
    if name != "pdf" and b"%PDF-" in beginning:
        raise NotAccepted("two_in_one")
    if _PAGE.search(beginning):
        raise NotAccepted("two_in_one")
    if name in ("pdf", "png", "jpeg") and (_ends_as_archive(raw) or any(one in raw for one in _ARCHIVES)):
        raise NotAccepted("two_in_one")


def _ends_as_archive(raw: bytes) -> bool:
    """Say whether an end record of a zip stands in the tail whose list of parts is where such a record says."""
    tail = raw[-_END_OF_ARCHIVE:]
    place = tail.rfind(b"PK\x05\x06")
    while place >= 0:
        size = int.from_bytes(tail[place + 12 : place + 16], "little")
        listed = len(raw) - len(tail) + place - size
        if size == 0 or size == 0xFFFFFFFF or (listed >= 0 and raw[listed : listed + 4] == b"PK\x01\x02"):
            return True
        place = tail.rfind(b"PK\x05\x06", 0, place)
    return False
