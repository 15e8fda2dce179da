"""A Merkle tree over the tickets of one batch: one root to sign, and for each leaf the path that leads to it.

As in RFC 6962 (section 2.1): a leaf and a node are hashed apart (0 and 1 in front), and a tree of n leaves splits at the
largest power of two below n. Pure.
"""

import hashlib
from collections.abc import Sequence


def leaf_hash(content: bytes) -> bytes:
    """Hash what a leaf holds."""
    return hashlib.sha256(b"\x00" + content).digest()


def levels(leaves: Sequence[bytes]) -> list[list[bytes]]:
    """Give the levels of a tree of leaf hashes, from the leaves up to the root alone. One leaf or more."""
    found = [list(leaves)]
    while len(found[-1]) > 1:
        below = found[-1]
        above = [_node(left, right) for left, right in zip(below[::2], below[1::2], strict=False)]
        found.append(above if len(below) % 2 == 0 else [*above, below[-1]])
    return found


def root_of(leaf: bytes, place: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """Give the root that a leaf at a place in a tree of that size leads to; None when the path does not fit the tree."""
    if not 0 <= place < size:
        return None
    found, siblings = leaf, iter(path)
    while size > 1:
        if place % 2 or place + 1 < size:
            sibling = next(siblings, None)
            if sibling is None:
                return None
            found = _node(sibling, found) if place % 2 else _node(found, sibling)
        place, size = place // 2, (size + 1) // 2
    return None if next(siblings, None) is not None else found


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()
