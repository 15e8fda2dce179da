"""How a document is encrypted: with a key of its own, in pieces, so that it can arrive in pieces. Pure; keys are passed in.

A kept file is a mark and then frames: the length of the piece (4 bytes, the highest bit for the closing one), a nonce of 12
random bytes, and the piece under AES-256-GCM. Each frame is bound to the file's name, its place and whether it closes, so
that frames cannot be changed, moved, left out, added or taken from another file. The closing frame is empty.
"""

import secrets
from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MARK = b"DLE1"
HEAD, NONCE, TAG, KEY = 4, 12, 16, 32
WRAPPED = NONCE + KEY + TAG
"""Bytes of a wrapped key."""
_CLOSES = 0x8000_0000


class DoesNotOpen(Exception):
    """What is kept is not what was put there: changed, cut off, of another file, or under another key."""


def new_key() -> bytes:
    """Make the key of one document."""
    return secrets.token_bytes(KEY)


def wrapped(key: bytes, by: bytes, name: str) -> bytes:
    """Encrypt the key of a document with that of the site, bound to the name under which the document is kept."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(by).encrypt(nonce, key, b"doorleren evidence key\n" + name.encode())


def unwrapped(held: bytes, by: bytes, name: str) -> bytes:
    """Give the key of a document. Raises DoesNotOpen."""
    try:
        return AESGCM(by).decrypt(held[:NONCE], held[NONCE:], b"doorleren evidence key\n" + name.encode())
    except InvalidTag as error:
        raise DoesNotOpen(f"the key of the document kept as {name} does not open with this site's key") from error


def frame(piece: bytes, key: bytes, name: str, offset: int, *, closes: bool = False) -> bytes:
    """Seal one piece that begins at an offset of the plain file."""
    nonce, length = secrets.token_bytes(NONCE), len(piece) | (_CLOSES if closes else 0)
    return length.to_bytes(HEAD, "big") + nonce + AESGCM(key).encrypt(nonce, piece, _bound(name, offset, closes))


def whole_frames(file: BinaryIO) -> tuple[int, int, bool]:
    """Walk over a kept file without opening it: the bytes of the plain file so far, where the last whole frame ends, and
    whether it is closed. A frame that was cut off does not count.
    """
    file.seek(0, 2)
    size = file.tell()
    plain, end, closed = 0, len(MARK), False
    while not closed and end + HEAD <= size:
        file.seek(end)
        length = int.from_bytes(file.read(HEAD), "big")
        piece = length & ~_CLOSES
        after = end + HEAD + NONCE + piece + TAG
        if after > size:
            break
        plain, end, closed = plain + piece, after, bool(length & _CLOSES)
    return plain, end, closed


def opened(file: BinaryIO, key: bytes, name: str, *, closed: bool = True) -> Iterator[bytes]:
    """Give the pieces of a kept file. Raises DoesNotOpen; `closed`: also when its closing frame is not its end."""
    file.seek(0)
    if file.read(len(MARK)) != MARK:
        raise DoesNotOpen(f"the document kept as {name} does not begin as one")
    box, offset, ended = AESGCM(key), 0, False
    while head := file.read(HEAD):
        length = int.from_bytes(head, "big")
        closes, size = bool(length & _CLOSES), length & ~_CLOSES
        nonce, sealed = file.read(NONCE), file.read(size + TAG)
        if ended or len(head) + len(nonce) + len(sealed) != HEAD + NONCE + size + TAG:
            raise DoesNotOpen(f"the document kept as {name} is cut off or was added to")
        try:
            piece = box.decrypt(nonce, sealed, _bound(name, offset, closes))
        except InvalidTag as error:
            raise DoesNotOpen(f"the document kept as {name} was changed at byte {offset}") from error
        ended, offset = closes, offset + len(piece)
        yield piece
    if closed and not ended:
        raise DoesNotOpen(f"the document kept as {name} is cut off at byte {offset}")


def _bound(name: str, offset: int, closes: bool) -> bytes:
    return b"doorleren evidence\n" + name.encode() + offset.to_bytes(8, "big") + bytes([closes])
